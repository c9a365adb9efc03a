package letter_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/letter"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

// halfYear is a report of half a year that says how many members there were.
func halfYear(from, to string, members int, entries ...summary.Entry) summary.Report {
	return summary.Report{
		Occasion: schedule.Occasion{Schedule: "network-digest", About: programme.NetworkDigest, Period: schedule.Period{From: day(from), To: day(to)}},
		AsOf:     day(to).AddDays(10).EndOf(time.UTC),
		Title:    locale.Text{EN: "The network", FR: "Le réseau", ES: "La red"}, Lead: locale.Same("Lead."),
		Figures: []summary.Figure{{Key: "members", Label: locale.Text{EN: "Members", FR: "Membres", ES: "Miembros"}, Value: summary.Number(members)}},
		Lists:   []summary.List{{Key: "joined", Title: locale.Same("Joined"), Entries: entries}},
	}
}

// text is the letter's plain text as one line.
func text(r summary.Report, about letter.About) string {
	about.Address = address
	return strings.Join(strings.Fields(strings.ReplaceAll(letter.Write(r, about).Text, "\u00a0", " ")), " ")
}

func TestAFigureStandsBesideWhatItWas(t *testing.T) {
	last := halfYear("2025-04-01", "2025-09-30", 1234)
	r := summary.Since(halfYear("2025-10-01", "2026-03-31", 1356), &last)
	for lang, want := range map[locale.Lang][]string{
		locale.EN: {"1 October 2025 to 31 March 2026", "up to 30 September 2025, stands beside", "Members: 1,356 (before: 1,234)"},
		locale.FR: {"du 1er octobre 2025 au 31 mars 2026", "arrêtée au 30 septembre 2025, figure", "Membres : 1 356 (avant : 1 234)"},
		locale.ES: {"del 1 de octubre de 2025 al 31 de marzo de 2026", "hasta el 30 de septiembre de 2025, figura", "Miembros: 1356 (antes: 1234)"},
	} {
		got := strings.ReplaceAll(text(r, letter.About{Lang: lang}), "\u202f", " ")
		for _, one := range want {
			if !strings.Contains(got, one) {
				t.Errorf("in %s there is no %q:\n%s", lang, one, got)
			}
		}
	}
}

func TestWhatAReportIsComparedWithIsSaidOnlyWhereThereIsOne(t *testing.T) {
	last := halfYear("2025-04-01", "2025-09-30", 12)
	same, joined := halfYear("2025-10-01", "2026-03-31", 12), halfYear("2025-10-01", "2026-03-31", 12, summary.Entry{Key: "a", Name: locale.Same("Brest")})
	for _, c := range []struct {
		name   string
		report summary.Report
		want   string
	}{
		{"a first report", summary.Since(same, nil), ""},
		{"nothing new", summary.Since(same, &last), "There is nothing new since the last summary, up to 30 September 2025."},
		{"only lists are new", summary.Since(joined, &last), "The figures are those of the last summary, up to 30 September 2025; what is new stands in the lists."},
	} {
		got := text(c.report, letter.About{Lang: locale.EN})
		if !strings.Contains(got, c.want) || c.want == "" && strings.Contains(got, "last summary") {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func TestACorrectionSaysWhichRevisionItIsAndWhatIsDifferent(t *testing.T) {
	wrong := halfYear("2025-10-01", "2026-03-31", 12, summary.Entry{Key: "a", Name: locale.Same("Brest")}, summary.Entry{Key: "b", Name: locale.Same("Metz")})
	wrong.Figures = append(wrong.Figures, summary.Figure{Key: "countries", Label: locale.Same("Countries"), Value: summary.Number(3)})
	right := halfYear("2025-10-01", "2026-03-31", 13, summary.Entry{Key: "b", Name: locale.Same("Metz")}, summary.Entry{Key: "c", Name: locale.Same("Nancy")})
	about := letter.About{Lang: locale.EN, Address: address, Revision: 3, Changes: summary.Corrections(wrong, right)}
	l := letter.Write(right, about)
	if l.Subject != "Correction: The network" {
		t.Errorf("its subject is %q", l.Subject)
	}
	got := text(right, about)
	for _, want := range []string{
		"This is revision 3 of this summary. It replaces what was sent before.", "- Members: 13 (before: 12)", "- Countries: 3 (taken out)", "- Joined: Nancy (added)", "- Joined: Brest (taken out)",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %q: %s", want, got)
		}
	}
	about.Revision, about.Changes = 1, nil
	if first := letter.Write(right, about); first.Subject != "The network" || strings.Contains(first.Text, "revision") {
		t.Errorf("a first revision is one: %s: %s", first.Subject, first.Text)
	}
}

func TestALetterSaysHowToDeclineItOrWhyNobodyCan(t *testing.T) {
	r := halfYear("2025-10-01", "2026-03-31", 12)
	for _, contractual := range []bool{false, true} {
		l := letter.Write(r, letter.About{Lang: locale.EN, Address: address, Schedule: locale.Same("Newsletter"), Contractual: contractual})
		page := address + "account/letters"
		if (l.Decline == page) == contractual || strings.Contains(l.Text, page) == contractual || strings.Contains(l.HTML, page) == contractual {
			t.Errorf("contractual %v: it names the page %q: %s", contractual, l.Decline, l.Text)
		}
		if said := strings.Contains(strings.Join(strings.Fields(l.Text), " "), "can’t be declined"); said != contractual {
			t.Errorf("contractual %v: it says that it can't be declined: %v", contractual, said)
		}
		if !strings.Contains(l.Text, "“Newsletter”") {
			t.Errorf("it doesn't say which letters these are: %s", l.Text)
		}
	}
}

func TestAReminderLeadsToThePageOnWhichToActFirst(t *testing.T) {
	for about, want := range map[programme.About]string{
		programme.CallCity: "Due: 15 June 2025", programme.TermEnd: "Ends: 15 June 2025", programme.ParticipationEnd: "Ends: 15 June 2025",
		programme.InstalmentOverdue: "Was due: 15 June 2025",
	} {
		r := summary.Report{Occasion: schedule.Occasion{Schedule: "a", About: about, Day: day("2025-06-15")}, Title: locale.Same("Title"), Path: "applications"}
		got := text(r, letter.About{Lang: locale.EN})
		if !strings.Contains(got, want) {
			t.Errorf("%s: there is no %q: %s", about, want, got)
		}
		if act, open := strings.Index(got, address+"applications"), strings.Index(got, address+"summaries/"+r.Occasion.ID()); act < 0 || open < act {
			t.Errorf("%s leads to the page at %d and to the reminder at %d: %s", about, act, open, got)
		}
	}
}

func TestWhatIsTooMuchForALetterIsCounted(t *testing.T) {
	var entries []summary.Entry
	for i := range 40 {
		entries = append(entries, summary.Entry{Key: fmt.Sprint(i), Name: locale.Same(fmt.Sprint("City ", i))})
	}
	r := halfYear("2025-10-01", "2026-03-31", 12, entries...)
	r.Lists[0].More = 1000
	for i := range 80 {
		r.Figures = append(r.Figures, summary.Figure{Key: fmt.Sprint("f", i), Label: locale.Same(fmt.Sprint("Figure ", i)), Value: summary.Number(i)})
	}
	got := text(r, letter.About{Lang: locale.EN})
	for _, want := range []string{"City 14 1,025 more stand on the page", "Figure 78: 78 1 more stands on the page"} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %q: %s", want, got)
		}
	}
}
