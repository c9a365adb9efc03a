package architecture

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// requirements are how many requirements of levels 1 and 2 each section of ASVS 5.0.0 has in the chapters V1 to V16; those of level 3 stand
// behind them.
var requirements = map[string]int{
	"1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
	"2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
	"3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2,
	"4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
	"5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
	"6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
	"7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
	"8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
	"9.1": 3, "9.2": 4,
	"10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3,
	"11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
	"12.1": 3, "12.2": 2, "12.3": 4,
	"13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
	"14.1": 2, "14.2": 4, "14.3": 3,
	"15.1": 3, "15.2": 3, "15.3": 7,
	"16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
}

// securityTables gives the rows of the tables of docs/security.md, by the heading above them.
func securityTables(t *testing.T) map[string][][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", "security.md"))
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string][][]string{}
	heading := ""
	for line := range strings.Lines(string(text)) {
		if name, ok := strings.CutPrefix(line, "## "); ok {
			heading = strings.TrimSpace(name)
		}
		if cells := strings.Split(line, "|"); regexp.MustCompile(`^\| [0-9]`).MatchString(line) {
			tables[heading] = append(tables[heading], cells[1:len(cells)-1])
		}
	}
	return tables
}

func TestEachRequirementOfTheStandardHasItsLine(t *testing.T) {
	missing := map[string]bool{}
	for section, n := range requirements {
		for i := range n {
			missing[fmt.Sprintf("%s.%d", section, i+1)] = true
		}
	}
	for heading, rows := range securityTables(t) {
		for _, cells := range rows {
			for name := range strings.SplitSeq(cells[0], ",") {
				name = strings.TrimSpace(name)
				if !missing[name] {
					t.Errorf("%s: %s is no requirement, or stands there twice", heading, name)
				}
				delete(missing, name)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(missing)) {
		t.Errorf("nothing is said of %s", name)
	}
}

var testInTable = regexp.MustCompile("`((?:shared|infra|functions)/[a-z0-9/-]+)`|(Test\\w+)")

func TestEachLineOfSecurityIsHeldByTestsThatExist(t *testing.T) {
	rows := securityTables(t)["Held by tests"]
	if len(rows) < 50 {
		t.Fatalf("%d lines", len(rows))
	}
	for _, cells := range rows {
		pkg, found := "", 0
		for _, match := range testInTable.FindAllStringSubmatch(cells[2], -1) {
			if match[1] != "" {
				pkg = match[1]
				continue
			}
			found++
			if _, exists := load(t, pkg).tests[match[2]]; !exists {
				t.Errorf("%s: %q has no %s", strings.TrimSpace(cells[0]), pkg, match[2])
			}
		}
		if found == 0 {
			t.Errorf("%s is held by no test", strings.TrimSpace(cells[0]))
		}
	}
}
