package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
)

func TestAnImportWhoseFilesHaveEndedIsOnRecordAndSaysSo(t *testing.T) {
	w := newWorld(t)
	id := w.checked(1)
	w.put(id, func(imp *intake.Import) { imp.ExpiredAt, imp.Swept = w.now, true })
	of := "/api/imports/" + id
	for _, path := range []string{"/report", "/review", "/review/rows", "/review/changes", "/annotated"} {
		w.refused(w.ask("GET", of+path, ""), http.StatusGone, "IMPORT_EXPIRED")
	}
	w.refused(w.ask("POST", of+"/commit", `{"plan":"plan","mode":"valid"}`), http.StatusGone, "IMPORT_EXPIRED")
	w.refused(w.ask("POST", of+"/check", ""), http.StatusGone, "IMPORT_EXPIRED")
	if r := w.ask("GET", of, ""); r.status != http.StatusOK || r.at("import", "state") != "checked" {
		t.Errorf("%d %s", r.status, r.text)
	}
	for lang, want := range map[locale.Lang]string{locale.EN: "and are gone", locale.FR: "n’existent plus", locale.ES: "ya no existen"} {
		text := w.html("/imports/" + id + "?lang=" + string(lang)).text
		if !strings.Contains(strings.ReplaceAll(text, "&#39;", "’"), want) || strings.Contains(text, "/imports/"+id+"/commit") {
			t.Errorf("%s: %s", lang, text)
		}
		wellFormed(t, text, lang)
	}
}
