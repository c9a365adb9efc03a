package programme_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

func source(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile("editions/2025.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// spoilt is the edition of 2025 with pieces of text replaced, each at its first place.
func spoilt(t *testing.T, replacements ...string) string {
	t.Helper()
	text := source(t)
	for i := 0; i < len(replacements); i += 2 {
		if !strings.Contains(text, replacements[i]) {
			t.Fatalf("the edition has no %q", replacements[i])
		}
		text = strings.Replace(text, replacements[i], replacements[i+1], 1)
	}
	return text
}

func faults(t *testing.T, text string) programme.Faults {
	t.Helper()
	edition, err := programme.Load(strings.NewReader(text))
	var all programme.Faults
	if err == nil || !errors.As(err, &all) || edition != nil {
		t.Fatalf("Load gave %v, %v; want faults", edition, err)
	}
	return all
}

const (
	invalid  = "PROGRAMME_INVALID"
	mismatch = "BUDGET_SUM_MISMATCH"
)

func TestAFaultIsReportedAtItsPlace(t *testing.T) {
	for _, c := range []struct {
		name     string
		old, new string
		code     problem.Code
		path     string
		says     string
	}{
		{"a cluster names an unknown topic", "topics: [esd]", "topics: [esd, tennis]", invalid, "clusters[0].topics[1]", `"tennis" is not known`},
		{"a topic is in two clusters", "topics: [literacy]", "topics: [literacy, health]", invalid, "clusters[6].topics[1]", `already in the cluster "health"`},
		{"a topic is in no cluster", "topics: [planning, monitoring]", "topics: [planning]", invalid, "topics[11].id", `"monitoring" is in no cluster`},
		{"a label misses a language", `es: "Personas mayores"`, `es: ""`, invalid, "topics[3].label.es", "missing"},
		{"an identifier stands twice", "{id: elderly, number: 4", "{id: health, number: 4", invalid, "topics[3].id", `"health" stands twice`},
		{"a number stands twice", "{id: elderly, number: 4", "{id: elderly, number: 3", invalid, "topics[3].number", "twice"},
		{"an identifier is not a slug", "{id: donor_country", "{id: Donor Country", invalid, "donorTypes[1].id", "not an identifier"},
		{"a topic's group is unknown", "group: green, label", "group: red, label", invalid, "topics[0].group", `"red"`},
		{"a date does not exist", `value: "2025-06-15"`, `value: "2025-06-31"`, invalid, "calls[0].cityDeadline.value", "not a date"},
		{"commissions close before cities", `value: "2025-07-15"`, `value: "2025-05-15"`, invalid, "calls[0].commissionDeadline.value", "comes before"},
		{"a zone is unknown", "value: Europe/Berlin", "value: Europe/Atlantis", invalid, "calls[0].zone.value", "not a time zone"},
		{"a quota of none", "quota: {value: 3", "quota: {value: 0", invalid, "calls[0].quota.value", "0 is less than 1"},
		{"a quota that is no number", "quota: {value: 3", "quota: {value: three", invalid, "calls[0].quota.value", "not a whole number"},
		{"a limit is missing", "  planWords: {value: 200, source: practice, rule: R-APP-10}\n", "", invalid, "limits.planWords", "missing"},
		{"a limit is unknown", "  planWords:", "  planWord: {value: 1, source: practice, rule: R-APP-10}\n  planWords:", invalid, "limits.planWord", "not known"},
		{"a source is unknown", `quota: {value: 3, source: "000"`, `quota: {value: 3, source: "999"`, invalid, "calls[0].quota.source", `"999"`},
		{"a figure has no source", `quota: {value: 3, source: "000", rule`, `quota: {value: 3, rule`, invalid, "calls[0].quota.source", "missing"},
		{"a rule is misspelt", "rule: R-FUN-10}", "rule: R-FUND-10}", invalid, "fund.supportCostPercent.rule", "not a rule"},
		{"coordinators' weights miss a hundred", "weight: 20", "weight: 10", invalid, "coordinators.items", "add up to 90 instead of 100"},
		{"coordinators' answers can't be rated", "ratingHighest: {value: 5, source: practice, rule: R-CLU-6", "ratingHighest: {value: 0, source: practice, rule: R-CLU-6", invalid, "coordinators.ratingHighest.value", "0 is less than 1"},
		{"a duty is under no budget line", "months: 6, line: cluster/4.1", "months: 6, line: cluster/9.1", invalid, "duties[0].line", `"cluster/9.1" is not known`},
		{"a term is too short", `end: "2021-09-30"`, `end: "2021-08-31"`, invalid, "terms[0].end", "2021-09-30"},
		{"terms overlap", `start: "2021-10-01", end: "2023-09-30"`, `start: "2021-09-30", end: "2023-09-29"`, invalid, "terms[1].start", "2019-2021"},
		{"a line's cost is not what is printed", `unitCost: "20000"`, `unitCost: "30000"`, mismatch, "budget.lines[6].printed", "US$30,000.00 x 1"},
		{"an area's printed total is wrong", `text: "$160,000"`, `text: "$170,000"`, mismatch, "budget.areas[0].printedPerCluster", "US$160,000.00, but US$170,000.00 is printed"},
		{"an area's total over the clusters is wrong", `text: "$140,000"`, `text: "$120,000"`, mismatch, "budget.areas[3].printedAll", "US$140,000.00"},
		{"the derived total is wrong", `text: "$2,450,000"`, `text: "$2,400,000"`, mismatch, "budget.totals.all", "US$2,450,000.00"},
		{"the fund's lines miss the printed total", `planned: "80000"`, `planned: "90000"`, mismatch, "fund.areas[1].printedAll", "US$510,000.00"},
		{"the odd total without a decision", `text: "$1,000,00", readAs: "1000000"`, `text: "$1,000,00"`, invalid, "fund.printedTotal.text", "readAs"},
		{"a decision that nothing asks for", `text: "$400,000",`, `text: "$400,000", readAs: "400000",`, invalid, "fund.areas[0].printedAll.readAs", "by itself"},
		{"a line's code is not in its area", "code: cluster/3.2", "code: cluster/2.2", invalid, "budget.lines[6].code", "cluster/"},
		{"a line's code stands twice", "code: cluster/3.2", "code: cluster/3.1", invalid, "budget.lines[6].code", "twice"},
		{"a line's code has no namespace", "code: cluster/1.1", `code: "1.1"`, invalid, "budget.lines[0].code", "cluster/1.1"},
		{"an amount is no number", `planned: "100000"`, `planned: "$100,000"`, invalid, "fund.activities[6].planned", "not an amount"},
		{"a currency is unknown", "  currency: USD\n  areas", "  currency: XXD\n  areas", invalid, "budget.currency", "ISO 4217"},
		{"support costs beyond all", `supportCostPercent: {value: "0"`, `supportCostPercent: {value: "101"`, invalid, "fund.supportCostPercent.value", "percentage"},
		{"a cluster's printed votes are not its topics'", "{id: equity, votes: 59}", "{id: equity, votes: 58}", mismatch, "surveys[0].printed.clusters[1].votes", "58"},
		{"more votes than the cities have", "cities: 101", "cities: 97", invalid, "surveys[0].printed.topics", "292 is more than 291"},
		{"an item carries no line", "carries: cluster/2.1", "carries: cluster/9.9", invalid, "questionnaire.items[2].carries", "cluster/9.9"},
		{"a key is misspelt", "      quantity: 1\n", "      quantity: 1\n      quantiti: 2\n", invalid, "$", "quantiti"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, f := range faults(t, spoilt(t, c.old, c.new)) {
				if f.Code == c.code && f.Field == c.path && strings.Contains(f.Message(locale.EN), c.says) {
					return
				}
			}
			t.Errorf("no %s at %s saying %q in:\n%v", c.code, c.path, c.says, faults(t, spoilt(t, c.old, c.new)))
		})
	}
}

func TestAllFaultsAreReportedAtOnceInTheOrderOfTheFile(t *testing.T) {
	all := faults(t, spoilt(t,
		`planned: "100000"`, `planned: "1e5"`,
		"quota: {value: 3", "quota: {value: -1",
		"value: Europe/Berlin", "value: Mars",
		`es: "Personas mayores"`, `es: " "`,
		"topics: [esd]", "topics: [chess]",
		`text: "$700,000"`, `text: "$700,001"`,
	))
	want := []string{
		"calls[0].zone.value", "calls[0].quota.value", "topics[0].id", "topics[3].label.es", "clusters[0].topics[0]",
		"budget.areas[1].printedAll", "fund.printedTotal", "fund.areas[2].printedAll", "fund.activities[6].planned",
		"surveys[0].printed.clusters[0].votes",
	}
	var got []string
	for _, f := range all {
		got = append(got, f.Field)
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("faults at %v\nwant      %v", got, want)
	}
	if lines := strings.Count(all.Error(), "\n") + 1; lines != len(want) {
		t.Errorf("the error has %d lines", lines)
	}
}

func TestAFaultNamesTheLineOfTheFile(t *testing.T) {
	text := spoilt(t, "quota: {value: 3", "quota: {value: 0", "  planWords: {value: 200, source: practice, rule: R-APP-10}\n", "")
	lines := strings.Split(text, "\n")
	for _, f := range faults(t, text) {
		line := lines[f.Row-1]
		if !strings.Contains(line, "quota") && !strings.Contains(line, "limits") && !strings.Contains(line, "clustersPerCity") {
			t.Errorf("%s is said to stand on line %d: %s", f.Field, f.Row, line)
		}
	}
}

func TestFaultsReadInEveryLanguage(t *testing.T) {
	all := faults(t, spoilt(t, "quota: {value: 3", "quota: {value: 0", `text: "$700,000"`, `text: "$1"`, "topics: [esd]", "topics: []"))
	for _, f := range all {
		entry, ok := problem.Lookup(f.Code)
		if !ok {
			t.Fatalf("%s is not in the catalogue", f.Code)
		}
		for _, name := range entry.Params {
			if missing := f.Params[name].Missing(); len(missing) > 0 {
				t.Errorf("%s at %s: %s is missing in %v", f.Code, f.Field, name, missing)
			}
		}
	}
}

func TestWhatIsNoEditionIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":           "",
		"a scalar":          "42",
		"broken YAML":       "id: [",
		"a list for a map":  "limits: [1, 2]",
		"a map for a list":  "calls: {id: x}",
		"a key twice":       "id: a\nid: b",
		"bytes":             "\x00\xff\xfe",
		"an unknown anchor": "id: *x",
		"other YAML":        "name: something else\nversion: 3",
	} {
		t.Run(name, func(t *testing.T) {
			if all := faults(t, text); len(all) == 0 {
				t.Error("no fault")
			}
		})
	}
	broken := errors.New("the disk is gone")
	if _, err := programme.Load(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("a reader's error came out as %v", err)
	}
}

// An edition cut off anywhere is refused and never brings the program down.
func TestACutOffEditionIsRefused(t *testing.T) {
	text := source(t)
	end := strings.Index(text, "disagreements:") // what follows is a list that may be shorter
	for cut := 0; cut < end; cut += 1499 {
		if len(faults(t, text[:cut])) == 0 {
			t.Errorf("cut at byte %d: no fault", cut)
		}
	}
}
