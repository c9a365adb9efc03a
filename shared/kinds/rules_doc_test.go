package kinds

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/problem"
)

// TestTheTableOfRulesNamesCodesAndTestsThatExist reads docs/rules.md: its codes are in the catalogue, and each test stands in the
// package that it is said to be in.
func TestTheTableOfRulesNamesCodesAndTestsThatExist(t *testing.T) {
	root := filepath.Join("..", "..")
	doc, err := os.ReadFile(filepath.Join(root, "docs", "rules.md"))
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`(shared/[a-z/]+)`|\\b(Test\\w+)")
	rules := 0
	for line := range strings.Lines(string(doc)) {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || !strings.HasPrefix(cells[1], " R-") {
			continue
		}
		rules++
		for code := range strings.SplitSeq(cells[3], ",") {
			code = strings.TrimSpace(code)
			if _, ok := problem.Lookup(problem.Code(code)); !ok && code != "" {
				t.Errorf("%s: there is no code %s", cells[1], code)
			}
		}
		pkg := ""
		for _, match := range named.FindAllStringSubmatch(cells[4], -1) {
			if match[1] != "" {
				pkg = match[1]
			} else if !testsOf(t, filepath.Join(root, pkg))[match[2]] {
				t.Errorf("%s: %s has no %s", cells[1], pkg, match[2])
			}
		}
	}
	if rules < 15 {
		t.Errorf("only %d rules were found in the table", rules)
	}
}

var declaration = regexp.MustCompile(`(?m)^func (Test\w+)\(`)

// testsOf names the tests of a package.
func testsOf(t *testing.T, dir string) map[string]bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]bool{}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range declaration.FindAllStringSubmatch(string(source), -1) {
			tests[match[1]] = true
		}
	}
	return tests
}
