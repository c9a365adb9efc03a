package rule

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// told are the rules of docs/rules.md with their codes, from the tables that say what each one asks for.
func told(t *testing.T) (ids []string, codes map[string][]string) {
	t.Helper()
	text, err := os.ReadFile("../../docs/rules.md")
	if err != nil {
		t.Fatal(err)
	}
	codes = map[string][]string{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if !strings.HasPrefix(line, "| R-") || len(cells) != 4 {
			continue
		}
		id := strings.TrimSpace(cells[0])
		ids = append(ids, id)
		for code := range strings.SplitSeq(cells[2], ",") {
			if code = strings.TrimSpace(code); code != "" {
				codes[id] = append(codes[id], code)
			}
		}
	}
	return ids, codes
}

func TestTheRulesAndTheirCodesAreThoseOfTheDocument(t *testing.T) {
	ids, codes := told(t)
	var have []string
	for _, r := range All() {
		have = append(have, r.ID)
		var of []string
		for _, code := range r.Codes {
			of = append(of, string(code))
			if _, known := problem.Lookup(code); !known {
				t.Errorf("%s: there is no code %s", r.ID, code)
			}
		}
		if !slices.Equal(of, codes[r.ID]) {
			t.Errorf("%s has %q, the document %q", r.ID, of, codes[r.ID])
		}
		if missing := r.Says.Missing(); len(missing) > 0 {
			t.Errorf("%s says nothing in %v", r.ID, missing)
		}
	}
	slices.Sort(ids)
	slices.Sort(have)
	if !slices.Equal(ids, have) || len(have) < 40 {
		t.Errorf("rules %q\ndocument %q", have, ids)
	}
}

var (
	inBraces = regexp.MustCompile(`\{[^{}]*\}`)
	ruled    = regexp.MustCompile(`rule: (R-[A-Z]+-\d+)`)
	sourced  = regexp.MustCompile(`source: "?([0-9a-z]+)"?`)
)

// Each figure of an edition names its rule and its source.
func TestARuleNamesTheSourcesOfItsFigures(t *testing.T) {
	files, err := filepath.Glob("../programme/editions/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	pairs := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, figure := range inBraces.FindAllString(string(text), -1) {
			rule, source := ruled.FindStringSubmatch(figure), sourced.FindStringSubmatch(figure)
			if rule == nil || source == nil {
				continue
			}
			pairs++
			if r, _ := Find(rule[1]); !slices.Contains(r.Sources, source[1]) {
				t.Errorf("%s doesn't name source %s", rule[1], source[1])
			}
		}
	}
	if pairs < 30 {
		t.Errorf("%d figures were looked at", pairs)
	}
	known := []string{programme.Derived, programme.Practice}
	for _, s := range programme.Current().Sources {
		known = append(known, s.ID)
	}
	for _, r := range All() {
		for _, source := range r.Sources {
			if !slices.Contains(known, source) {
				t.Errorf("%s rests on %s, which is nothing", r.ID, source)
			}
		}
	}
}

func TestACodeLeadsToTheRulesThatItComesFrom(t *testing.T) {
	of := Of("ALREADY_MEMBER")
	if len(of) != 2 || of[0].ID != "R-APP-5" || of[1].ID != "R-APP-9" {
		t.Errorf("%v", of)
	}
	if of := Of("FILE_EMPTY"); len(of) != 0 {
		t.Errorf("%v", of)
	}
	if _, found := Find("R-APP-none"); found {
		t.Error("there is no such rule")
	}
}
