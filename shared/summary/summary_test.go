package summary_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

func occasion(year int) schedule.Occasion {
	return schedule.Occasion{
		Schedule: "membership", About: programme.MembershipSummary, Due: time.Date(year+1, 1, 6, 7, 0, 0, 0, time.UTC),
		Period: schedule.Period{From: civil.Date{Year: year, Month: 1, Day: 1}, To: civil.Date{Year: year, Month: 12, Day: 31}},
	}
}

func report(year, members int, entries ...summary.Entry) summary.Report {
	return summary.Report{
		Occasion: occasion(year), AsOf: occasion(year).Due, Title: locale.Same("Members"), Lead: locale.Same("The members."),
		Figures: []summary.Figure{{Key: "members", Label: locale.Same("Members"), Value: summary.Number(members)}},
		Lists:   []summary.List{{Key: "late", Title: locale.Same("Late"), Entries: entries}},
	}
}

func entry(key, note string) summary.Entry {
	return summary.Entry{Key: key, Name: locale.Same(key), Note: locale.Same(note)}
}

// TestWhatIsNewIsWhatTheReportBeforeDidNotSay goes through what can differ between two reports.
func TestWhatIsNewIsWhatTheReportBeforeDidNotSay(t *testing.T) {
	before := report(2024, 7, entry("Brest", "news"))
	fresh := func(r summary.Report) summary.Report { r.Lists[0].Fresh = true; return r }
	for _, c := range []struct {
		name    string
		after   summary.Report
		before  *summary.Report
		news    bool
		changes int
	}{
		{"there was none before", report(2025, 7), nil, true, 0},
		{"nothing differs", report(2025, 7, entry("Brest", "news")), &before, false, 0},
		{"a figure", report(2025, 8, entry("Brest", "news")), &before, true, 1},
		{"a further entry", report(2025, 7, entry("Brest", "news"), entry("Dakar", "")), &before, true, 0},
		{"an entry says something else", report(2025, 7, entry("Brest", "a report")), &before, true, 0},
		{"an entry is gone", report(2025, 7), &before, false, 0},
		{"an entry of the period, whatever was before", fresh(report(2025, 7, entry("Brest", "news"))), &before, true, 0},
		{"no entry of the period", fresh(report(2025, 7)), &before, false, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := summary.Since(c.after, c.before)
			if got.News != c.news || len(got.Changes) != c.changes {
				t.Errorf("news %v with changes %+v, want %v with %d", got.News, got.Changes, c.news, c.changes)
			}
			if want := c.before != nil; (got.Since == before.Occasion.ID()) != want {
				t.Errorf("since %q", got.Since)
			}
			if again := summary.Since(got, c.before); again.News != got.News || len(again.Changes) != len(got.Changes) {
				t.Error("what is new is counted twice")
			}
		})
	}
}

func TestFiguresThatComeChangeAndGoAreChanges(t *testing.T) {
	before, after := report(2024, 7), report(2025, 8)
	before.Figures = append(before.Figures, summary.Figure{Key: "gone", Value: summary.Share(250)})
	after.Figures = append(after.Figures, summary.Figure{Key: "come", Value: summary.Day(civil.Date{Year: 2025, Month: 4, Day: 3})})
	var said []string
	for _, c := range summary.Compare(before, after) {
		line := c.Key
		for _, v := range []*summary.Value{c.Before, c.After} {
			line += "|"
			if v != nil {
				line += v.In(locale.EN)
			}
		}
		said = append(said, line)
	}
	if got, want := strings.Join(said, "\n"), "members|7|8\ncome||3 April 2025\ngone|2.5%|"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestACorrectionSaysWhichEntriesCameChangedAndWent(t *testing.T) {
	before := report(2025, 7, entry("Brest", "news"), entry("Dakar", ""), entry("Cairo", ""))
	after := report(2025, 7, entry("Brest", "a report"), entry("Cairo", ""), entry("Lima", ""))
	var keys []string
	for _, c := range summary.Corrections(before, after) {
		keys = append(keys, c.Key)
	}
	if got := strings.Join(keys, " "); got != "late/Brest late/Lima late/Dakar" {
		t.Errorf("got %s", got)
	}
	if same := summary.Corrections(after, after); len(same) != 0 {
		t.Errorf("a report corrects itself: %+v", same)
	}
	after.Lists = nil
	if gone := summary.Corrections(before, after); len(gone) != 3 {
		t.Errorf("a list that is gone: %+v", gone)
	}
}

func TestValuesReadAsEachLanguageWritesThem(t *testing.T) {
	for _, c := range []struct {
		value      summary.Value
		en, fr, es string
	}{
		{summary.Number(12345), "12,345", "12\u202f345", "12\u202f345"},
		{summary.Money(money.Amount{Minor: 5_000_000, Currency: "USD"}), "US$50,000.00", "50\u202f000,00\u00a0USD", "50\u202f000,00\u00a0USD"},
		{summary.Share(1250), "12.5%", "12,5\u00a0%", "12,5\u00a0%"},
		{summary.Share(10_000), "100%", "100\u00a0%", "100\u00a0%"},
		{summary.Share(5), "0.05%", "0,05\u00a0%", "0,05\u00a0%"},
		{summary.Share(-333), "-3.33%", "-3,33\u00a0%", "-3,33\u00a0%"},
		{summary.Day(civil.Date{Year: 2025, Month: 7, Day: 1}), "1 July 2025", "1er juillet 2025", "1 de julio de 2025"},
		{summary.Value{Text: locale.Text{EN: "open", FR: "ouvert", ES: "abierto"}}, "open", "ouvert", "abierto"},
		{summary.Value{}, "", "", ""},
	} {
		if en, fr, es := c.value.In(locale.EN), c.value.In(locale.FR), c.value.In(locale.ES); en != c.en || fr != c.fr || es != c.es {
			t.Errorf("got %q, %q, %q, want %q, %q, %q", en, fr, es, c.en, c.fr, c.es)
		}
	}
}

func TestAReportThatIsKeptComesBackAsTheSameBytes(t *testing.T) {
	r := summary.Since(report(2025, 8, entry("Évry & <Courcouronnes>", "")), new(report(2024, 7)))
	body, sum := r.Canonical()
	back, err := summary.Read(body)
	if err != nil {
		t.Fatal(err)
	}
	again, sameSum := back.Canonical()
	if !bytes.Equal(body, again) || sum != sameSum || len(sum) != 64 {
		t.Errorf("%s\nbecame\n%s", body, again)
	}
	if r.Figures[0].Value = summary.Number(9); sumOf(r) == sum {
		t.Error("another figure has the same sum")
	}
}

func sumOf(r summary.Report) string { _, sum := r.Canonical(); return sum }

func TestAReportOfAnyLengthFitsAndSaysWhatItDoesNotList(t *testing.T) {
	r := report(2025, 7)
	for range 20_000 {
		r.Lists[0].Entries = append(r.Lists[0].Entries, entry("Évry-Courcouronnes", "news"))
	}
	r.Lists = append(r.Lists, summary.List{Key: "short", Title: locale.Same("Short"), Entries: []summary.Entry{entry("Brest", "")}})
	body, _ := r.Canonical()
	if len(body) > summary.Most || len(body) < summary.Most/4 {
		t.Errorf("%d bytes", len(body))
	}
	cut, err := summary.Read(body)
	if err != nil {
		t.Fatal(err)
	}
	if l := cut.Lists[0]; len(l.Entries)+l.More != 20_000 || l.More == 0 {
		t.Errorf("%d entries and %d more", len(l.Entries), l.More)
	}
	if len(cut.Lists[1].Entries) != 1 || len(r.Lists[0].Entries) != 20_000 {
		t.Error("a short list was cut, or the report itself")
	}
}
