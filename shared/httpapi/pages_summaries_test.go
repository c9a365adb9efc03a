package httpapi_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

// figured is a report on the fund with figures, lists and a file.
func figured(received int64) summary.Report {
	r := reported(occasionOf("fund-month", programme.FundSummary, schedule.Subject{}))
	group := locale.Text{EN: "March 2026", FR: "Mars 2026", ES: "Marzo de 2026"}
	r.Path = "fund"
	r.Figures = []summary.Figure{
		{
			Key: "received", Group: group, Label: locale.Text{EN: "Received", FR: "Reçu", ES: "Recibido"},
			Value: summary.Money(money.Amount{Minor: received, Currency: "USD"}),
		},
		{Key: "reached", Group: group, Label: locale.Text{EN: "Share", FR: "Part", ES: "Parte"}, Value: summary.Share(1250)},
		{Key: "late", Label: locale.Text{EN: "Overdue", FR: "En retard", ES: "Vencidos"}, Value: summary.Number(2)},
	}
	r.Lists = []summary.List{
		{Key: "overdue", Title: locale.Text{EN: "Overdue", FR: "En retard", ES: "Vencidos"}, More: 1, Entries: []summary.Entry{{
			Key: "kor#1", Name: locale.Same("Republic of Korea <1>"), Note: locale.Same("US$25.00"), On: civil.Date{Year: 2026, Month: 2, Day: 1}, Late: true,
			Path: "donors/donor_country/KR",
		}}},
		{
			Key: "spent", Title: locale.Text{EN: "Spent", FR: "Dépensé", ES: "Gastado"},
			Empty: locale.Text{EN: "Nothing.", FR: "Rien.", ES: "Nada."},
		},
	}
	r.Files = []summary.File{{Label: locale.Text{EN: "Workbook", FR: "Classeur", ES: "Libro"}, Kind: "fund", Term: "2025-2027"}}
	return r
}

// corrected puts a report on record that was compared with one before it, and corrected.
func (w *world) corrected() outbox.Entry {
	w.t.Helper()
	before := figured(50_00)
	before.Occasion.Period = schedule.Period{From: civil.Date{Year: 2025, Month: 12, Day: 1}, To: civil.Date{Year: 2025, Month: 12, Day: 31}}
	w.written(before, "somebody")
	first, second := summary.Since(figured(100_00), &before), summary.Since(figured(150_00), &before)
	entry := w.written(first, "somebody")
	w.now = w.now.Add(time.Hour)
	entry, err := w.outbox.Revise(w.t.Context(), entry.ID, 1, "anna", second, summary.Corrections(first, second), []string{"somebody"})
	w.must(err)
	return entry
}

func TestASummaryIsReadWithWhatItWasBeforeAndWhatWasCorrected(t *testing.T) {
	w := newWorld(t)
	path := "/summaries/" + w.corrected().ID
	w.everyLanguage("summaries/summary", path)
	w.everyLanguage("summaries/list", "/summaries")
	if text := w.html(path).text; !strings.Contains(text, "before: US$50.00") || !strings.Contains(text, "US$100.00") ||
		!strings.Contains(text, "Korea &lt;1&gt;") || strings.Contains(text, "earlier revision") {
		t.Error(text)
	}
	if text := w.html(path + "?revision=1").text; !strings.Contains(text, "earlier revision") || strings.Contains(text, "US$150.00") ||
		strings.Contains(text, "/files/0") {
		t.Error(text)
	}
	w.actor = actorOf(access.Treasurer)
	if text := w.html(path).text; strings.Contains(text, path+"/mails") || !strings.Contains(text, "Have it corrected") {
		t.Error(text)
	}
}

func TestSummariesAreListedByWhatTheyAreAbout(t *testing.T) {
	w := newWorld(t)
	w.corrected()
	w.written(reported(occasionOf("call-city", programme.CallCity, schedule.Subject{City: "FR#brest"})), "somebody")
	for query, want := range map[string]int{"": 3, "?about=fund_summary": 2, "?about=call_city&outcome=written": 1, "?outcome=lapsed": 0} {
		text := w.html("/summaries" + query).text
		if got := strings.Count(text, `<th scope="row">`); got != want {
			t.Errorf("%q lists %d, want %d", query, got, want)
		}
	}
	w.actor = actorOf(access.City)
	if text := w.html("/summaries").text; strings.Count(text, `<th scope="row">`) != 1 || strings.Contains(text, "planned") {
		t.Error(text)
	}
}

func TestAFileOfASummaryIsMadeAsOfItsMomentAndFetchedOnItsOwnPage(t *testing.T) {
	w := newWorld(t)
	entry := w.corrected()
	r := w.form("/summaries/"+entry.ID+"/files/0?lang=es", "request=a1")
	to, _, _ := strings.Cut(r.header.Get("Location"), "?")
	if r.status != http.StatusSeeOther || !strings.HasPrefix(to, "/exports/") || len(w.made.bodies) != 1 {
		t.Fatalf("%d %s", r.status, r.text)
	}
	kept, err := w.exports.Find(t.Context(), strings.TrimPrefix(to, "/exports/"))
	if err != nil || kept.Wish.Lang != locale.ES || !kept.Wish.Past || !kept.Wish.At.Equal(entry.Occasion.Due) || kept.Wish.Term != "2025-2027" {
		t.Errorf("%+v, %v", kept, err)
	}
	for _, number := range []string{"1", "-1", "none"} {
		if r := w.form("/summaries/"+entry.ID+"/files/"+number, "request=a2"); r.status/100 != 4 {
			t.Errorf("file %s: %d", number, r.status)
		}
	}
}

func TestASummaryThatWouldSayTheSameIsNotCorrected(t *testing.T) {
	w := newWorld(t)
	o := occasionOf("fund-month", programme.FundSummary, schedule.Subject{})
	report, err := w.config.Office.Digest.Report(t.Context(), o, o.Due)
	w.must(err)
	path := "/summaries/" + w.written(report, "somebody").ID
	r := w.form(path, "request=a1&version=1")
	if r.status/100 != 4 || !strings.Contains(r.text, "says the same") || !strings.Contains(r.text, `name="version" value="1"`) {
		t.Errorf("%d %s", r.status, r.text)
	}
	wellFormed(t, r.text, locale.EN)
	if r := w.form(path, "request=a1&version=7"); r.status/100 != 4 {
		t.Errorf("from a revision that there isn't: %d", r.status)
	}
}

// inDoubt has the letter of a summary to a person sent without an answer.
func (w *world) inDoubt(entry outbox.Entry, person string) outbox.Mail {
	w.t.Helper()
	l := outbox.Letter{Summary: entry.ID, Revision: entry.Revision, Person: person}
	begun, _, err := w.outbox.Begin(w.t.Context(), l)
	w.must(err)
	w.must(w.outbox.Doubt(w.t.Context(), begun))
	m, err := w.outbox.Mail(w.t.Context(), l)
	w.must(err)
	return m
}

func (w *world) mailForm(m outbox.Mail, act, version string) reply {
	return w.form("/mails", "request=a1&act="+act+"&version="+version+"&letter="+m.Letter.String())
}

func TestAnUncertainLetterIsSentAgainByChoiceOrLetGo(t *testing.T) {
	w := newWorld(t)
	enrolled(w, actorOf(access.Auditor))
	entry := w.written(figured(100_00), "somebody", "gone", "auditor")
	for _, person := range []string{"somebody", "gone"} {
		w.inDoubt(entry, person)
	}
	w.everyLanguage("summaries/mails", "/mails")
	w.everyLanguage("summaries/sent", "/summaries/"+entry.ID+"/mails")
	for person, want := range map[string]outbox.State{"somebody": outbox.Waiting, "gone": outbox.Dropped} {
		m, err := w.outbox.Mail(t.Context(), outbox.Letter{Summary: entry.ID, Revision: 1, Person: person})
		w.must(err)
		act := map[outbox.State]string{outbox.Waiting: "again", outbox.Dropped: "let-go"}[want]
		if r := w.mailForm(m, act, "1"); r.status/100 != 4 || !strings.Contains(r.text, `role="alert"`) {
			t.Errorf("decided by what was read before: %d", r.status)
		}
		r := w.mailForm(m, act, locale.FormatInt(locale.EN, m.Version))
		if r.status != http.StatusSeeOther || !strings.Contains(r.header.Get("Location"), "done="+act) {
			t.Fatalf("%d %s", r.status, r.text)
		}
		if m, err = w.outbox.Mail(t.Context(), m.Letter); err != nil || m.State != want || m.By != "anna" {
			t.Errorf("%+v, %v", m, err)
		}
	}
	if len(w.delivered.bodies) != 1 {
		t.Errorf("%q are sent", w.delivered.bodies)
	}
	if r := w.form("/mails", "act=again&letter=nonsense"); r.status/100 != 4 {
		t.Errorf("of no letter: %d", r.status)
	}
	w.actor = actorOf(access.Auditor)
	if text := w.html("/mails").text; strings.Contains(text, `name="act"`) || !strings.Contains(text, "uncertain") {
		t.Error(text)
	}
}

func TestSomebodyDeclinesTheLettersThatCanBeDeclined(t *testing.T) {
	w := newWorld(t)
	enrolled(w, actorOf(access.City))
	w.actor = actorOf(access.City)
	w.everyLanguage("summaries/letters", "/account/letters")
	if text := w.html("/account/letters").text; strings.Contains(text, `value="call-city"`) || strings.Count(text, "checked") == 0 {
		t.Error(text)
	}
	r := w.form("/account/letters", "request=a1&version=1&wanted=call-city")
	if r.status != http.StatusSeeOther {
		t.Fatalf("%d %s", r.status, r.text)
	}
	if text := w.html(r.header.Get("Location")).text; strings.Contains(text, "checked") || !strings.Contains(text, "choice is kept") {
		t.Error(text)
	}
	if r := w.form("/account/letters", "request=a2&version=1"); r.status/100 != 4 || !strings.Contains(r.text, `role="alert"`) {
		t.Errorf("by what was read before: %d", r.status)
	}
}

func TestWhoseAddressTakesNoLettersIsToldAndSaysWhenItWorksAgain(t *testing.T) {
	w := newWorld(t)
	enrolled(w, actorOf(access.Donor))
	w.actor = actorOf(access.Donor)
	w.must(w.config.Office.Directory.Failing(t.Context(), "donor", "bounce", w.now))
	if text := w.html("/account/letters").text; !strings.Contains(text, "don&#39;t reach you") && !strings.Contains(text, "don't reach you") {
		t.Error(text)
	}
	r := w.form("/account/letters", "request=a1&act=renew")
	if r.status != http.StatusSeeOther {
		t.Fatalf("%d %s", r.status, r.text)
	}
	if text := w.html(r.header.Get("Location")).text; strings.Contains(text, "reach you") || !strings.Contains(text, "sent to you again") {
		t.Error(text)
	}
}
