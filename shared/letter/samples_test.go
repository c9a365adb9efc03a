package letter_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/letter"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/summary"
)

// sample is a letter as it may be sent.
type sample struct {
	name   string
	report summary.Report
	about  letter.About
}

// digests are where package digest shows what its reports are; reports, the copies of them whose letters are shown here.
const (
	digests = "../digest/testdata/*.json"
	reports = "testdata/reports"
)

// samples are a letter about each report and reminder that is written, and of each form that a letter may have besides: with what changed
// since the last one, with nothing new, and as a correction.
var samples = sync.OnceValue(func() (all []sample) {
	if *update {
		copyReports()
	}
	said := map[string]summary.Report{}
	files, err := filepath.Glob(filepath.Join(reports, "*.json"))
	must(err)
	for _, file := range files {
		body, err := os.ReadFile(file)
		must(err)
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		said[name], err = summary.Read(body)
		must(err)
	}
	for _, name := range slices.Sorted(maps.Keys(said)) {
		all = append(all, about(name, said[name], 1, nil))
	}
	fund, members, statement := said["fund_month"], said["membership_summary"], said["donor_statement"]
	before, last, wrong := earlier(fund), earlier(members), earlier(statement)
	last.Figures, members.Lists = members.Figures, nil
	wrong.Lists = slices.Clone(statement.Lists)
	wrong.Lists[0].Entries = wrong.Lists[0].Entries[1:]
	return append(all,
		about("form_changes", summary.Since(fund, &before), 1, nil),
		about("form_nothing", summary.Since(members, &last), 1, nil),
		about("form_correction", statement, 2, summary.Corrections(wrong, statement)),
	)
})

// copyReports takes over the reports that package digest shows.
func copyReports() {
	must(os.RemoveAll(reports))
	must(os.MkdirAll(reports, 0o755))
	files, err := filepath.Glob(digests)
	must(err)
	for _, file := range files {
		body, err := os.ReadFile(file)
		must(err)
		must(os.WriteFile(filepath.Join(reports, filepath.Base(file)), body, 0o644))
	}
}

// about is the letter that a report's schedule has written.
func about(name string, r summary.Report, revision int, changes []summary.Change) sample {
	how, ok := programme.Current().Schedule(r.Occasion.Schedule)
	if !ok {
		panic("no schedule has " + name + " written")
	}
	return sample{name, r, letter.About{Revision: revision, Changes: changes, Schedule: how.Label, Contractual: how.Contractual}}
}

// earlier is a report as it may have been a period before: a few amounts were less, and there was a figure that is no more.
func earlier(r summary.Report) summary.Report {
	of := &r.Occasion.Period
	of.From, of.To = of.From.AddMonths(-1), of.From.AddDays(-1)
	r.Figures = slices.Clone(r.Figures)
	for i, f := range r.Figures[:6] {
		if f.Value.Money != nil && f.Value.Money.Minor > 100 && i%2 == 1 {
			r.Figures[i].Value = summary.Money(money.Amount{Minor: f.Value.Money.Minor/2 - 1, Currency: f.Value.Money.Currency})
		}
	}
	r.Figures = append(r.Figures, summary.Figure{
		Key: "balance.EUR", Group: r.Figures[0].Group, Label: locale.Text{EN: "Held in euros", FR: "Détenu en euros", ES: "En euros"},
		Value: summary.Money(money.Amount{Minor: 12_500_00, Currency: "EUR"}),
	})
	return r
}

func day(text string) civil.Date {
	d, err := civil.Parse(text)
	must(err)
	return d
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
