package city

import (
	"bufio"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
)

func TestEveryLineOfOtherNamesIsOneCity(t *testing.T) {
	country := regexp.MustCompile(`^[A-Z]{2}$`)
	owner := map[string]string{}
	var order []string
	lines := bufio.NewScanner(strings.NewReader(exonyms))
	for lines.Scan() {
		line := lines.Text()
		if strings.HasPrefix(line, "#") {
			continue
		}
		iso2, list, _ := strings.Cut(line, ":")
		if !country.MatchString(iso2) || strings.Count(list, "/") == 0 {
			t.Errorf("%q is not a country with two names or more", line)
		}
		order = append(order, iso2)
		for name := range strings.SplitSeq(list, "/") {
			key := iso2 + "#" + joined(core(locale.Fold(name)))
			if other, taken := owner[key]; taken && other != line {
				t.Errorf("%s stands in %q and in %q", name, other, line)
			}
			owner[key] = line
		}
	}
	if len(order) < 80 || !slices.IsSorted(order) {
		t.Errorf("%d lines, in the order of countries: %v", len(order), slices.IsSorted(order))
	}
}
