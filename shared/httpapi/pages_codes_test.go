package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/rule"
)

func TestWhatACodeMeansIsToldToEverybodyWithItsRuleAndSource(t *testing.T) {
	w := newWorld(t)
	w.actor = access.Actor{}
	w.everyLanguage("codes/code", "/codes/NATCOM_QUOTA_EXCEEDED")
	w.everyLanguage("codes/rule", "/rules/R-APP-3")
	if text := w.html("/rules/R-APP-3").text; !strings.Contains(text, "Call for membership applications 2025") || !strings.Contains(text, `href="/codes/NATCOM_QUOTA_EXCEEDED"`) {
		t.Error(text)
	}
	for _, path := range []string{"/codes/NO_SUCH_CODE", "/rules/R-APP-none"} {
		if r := w.html(path); r.status != http.StatusNotFound || !strings.Contains(r.text, "ROUTE_UNKNOWN") {
			t.Errorf("%s: %d", path, r.status)
		}
	}
}

func TestEachCodeAndEachRuleHasAPage(t *testing.T) {
	w := newWorld(t)
	for i, entry := range problem.Catalogue() {
		lang := locale.Langs[i%len(locale.Langs)]
		r := w.html("/codes/" + string(entry.Code) + "?lang=" + string(lang))
		if main := mainOf(r.text); r.status != http.StatusOK || strings.ContainsAny(main, "{}") || !strings.Contains(main, `class="badge`) {
			t.Errorf("%s: %d %s", entry.Code, r.status, main)
		}
		wellFormed(t, r.text, lang)
	}
	for i, one := range rule.All() {
		lang := locale.Langs[i%len(locale.Langs)]
		r := w.html("/rules/" + one.ID + "?lang=" + string(lang))
		if r.status != http.StatusOK {
			t.Errorf("%s: %d", one.ID, r.status)
		}
		wellFormed(t, r.text, lang)
		w.linksLead(r.text)
	}
}

// mainOf is the content of a page.
func mainOf(text string) string {
	_, text, _ = strings.Cut(text, "<main")
	text, _, _ = strings.Cut(text, "</main>")
	return text
}

func TestMessagesAreFoundByTheirWordsInTheLanguageOfTheReader(t *testing.T) {
	w := newWorld(t)
	for path, found := range map[string]bool{
		"/codes": true, "/codes?words=mot+de+passe&lang=fr": true, "/codes?words=file_encrypted": true, "/codes?words=mot+de+passe": false,
	} {
		r := w.html(path)
		if got := strings.Contains(r.text, ">FILE_ENCRYPTED<"); r.status != http.StatusOK || got != found {
			t.Errorf("%s: %d, found %v", path, r.status, got)
		}
		w.linksLead(r.text)
	}
	if text := w.html("/codes?words=nothinglikeit").text; !strings.Contains(text, `class="empty"`) {
		t.Error(text)
	}
}

func TestThePageOfAProblemLeadsToWhatItsCodeMeans(t *testing.T) {
	w := newWorld(t)
	if text := w.html("/nowhere").text; !strings.Contains(text, `<a href="/codes/ROUTE_UNKNOWN"><code>ROUTE_UNKNOWN</code></a>`) {
		t.Error(text)
	}
}
