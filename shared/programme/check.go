package programme

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/reference"
)

// Each check below notes a fault under the place's path and gives a zero value,
// so that the rest of the file is still read.

func invalid(path string, line int, reason locale.Text) *problem.Problem {
	return problem.New("PROGRAMME_INVALID").At("", line, 0).In(path).With("path", path).WithText("reason", reason)
}

func (l *loader) fault(path string, reason locale.Text) {
	l.faults = append(l.faults, *invalid(path, l.line(path), reason))
}

// mismatch notes a computed total that is not the printed one (R-BUD-3).
func (l *loader) mismatch(path string, what locale.Text, computed, printed, rule string) {
	p := problem.New("BUDGET_SUM_MISMATCH").At("", l.line(path), 0).In(path).Under(rule)
	l.faults = append(l.faults, *p.WithText("what", what).With("computed", computed).With("printed", printed))
}

// line is where a path stands in the file, or where the nearest thing above it does.
func (l *loader) line(path string) int {
	for path != "" {
		if query, err := yaml.PathString("$." + path); err == nil {
			if node, err := query.FilterFile(l.file); err == nil && node != nil {
				return node.GetToken().Position.Line
			}
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return 1
}

func (l *loader) sorted() Faults {
	slices.SortStableFunc(l.faults, func(a, b problem.Problem) int { return cmp.Compare(a.Row, b.Row) })
	return l.faults
}

func at(list string, index int, key string) string {
	if key == "" {
		return fmt.Sprintf("%s[%d]", list, index)
	}
	return fmt.Sprintf("%s[%d].%s", list, index, key)
}

func (l *loader) required(path, value string) string {
	if strings.TrimSpace(value) == "" {
		l.fault(path, reasonMissing())
	}
	return value
}

// text wants a label in all three languages (R-LAN-1).
func (l *loader) text(path string, t locale.Text) locale.Text {
	for _, lang := range t.Missing() {
		l.fault(path+"."+string(lang), reasonMissing())
	}
	return t
}

var (
	slug = regexp.MustCompile(`^[a-z0-9]+(?:[-_][a-z0-9]+)*$`)
	rule = regexp.MustCompile(`^R-[A-Z]{3}-[1-9][0-9]*$`)
)

// id wants a stable identifier: ASCII, small, once in its list.
func (l *loader) id(path, id string, seen map[string]bool) string {
	switch {
	case id == "":
		l.fault(path, reasonMissing())
	case !slug.MatchString(id):
		l.fault(path, reasonNotSlug(id))
	case seen[id]:
		l.fault(path, reasonTwice(id))
	}
	seen[id] = true
	return id
}

// whole wants a whole number of at least least.
func (l *loader) whole(path, value string, least int) int {
	if value == "" {
		l.fault(path, reasonMissing())
		return 0
	}
	n, err := strconv.Atoi(value)
	if err != nil {
		l.fault(path, reasonNotWhole(value))
		return 0
	}
	if n < least {
		l.fault(path, reasonTooSmall(n, least))
	}
	return n
}

// number is whole for a position in a list: from 1, once.
func (l *loader) number(path, value string, seen map[int]bool) int {
	n := l.whole(path, value, 1)
	if n >= 1 && seen[n] {
		l.fault(path, reasonTwice(value))
	}
	seen[n] = true
	return n
}

func (l *loader) date(path, value string) civil.Date {
	if value == "" {
		l.fault(path, reasonMissing())
		return civil.Date{}
	}
	d, err := civil.Parse(value)
	if err != nil {
		l.fault(path, reasonNotDate(value))
	}
	return d
}

// inOrder wants the second date on or after the first; either may be faulty.
func (l *loader) inOrder(path string, first, second civil.Date) {
	if !first.IsZero() && !second.IsZero() && second.Before(first) {
		l.fault(path, reasonBefore(second, first))
	}
}

func (l *loader) zone(path, value string) string {
	if value == "" {
		l.fault(path, reasonMissing())
	} else if _, err := time.LoadLocation(value); err != nil || value == "Local" {
		l.fault(path, reasonNotZone(value))
	}
	return value
}

func (l *loader) currency(path, code string) money.Currency {
	c, ok := reference.Load().Currency(code)
	if !ok {
		l.fault(path, reasonNotCurrency(code))
	}
	return c
}

// country wants the ISO 3166-1 alpha-2 code of a country.
func (l *loader) country(path, code string) string {
	if _, ok := reference.Load().Country(code); !ok {
		l.fault(path, reasonUnknown(code))
	}
	return code
}

// amount wants decimal text of at least 0.
func (l *loader) amount(path, value string, c money.Currency) money.Amount {
	if value == "" {
		l.fault(path, reasonMissing())
		return money.Zero(c)
	}
	a, err := money.Parse(value, c)
	if err != nil || a.Minor < 0 {
		l.fault(path, reasonNotAmount(value))
		return money.Zero(c)
	}
	return a
}

// origin wants a known source and a rule identifier.
func (l *loader) origin(path string, o docOrigin) Origin {
	switch {
	case o.Source == "":
		l.fault(path+".source", reasonMissing())
	case o.Source != Derived && o.Source != Practice && !l.sources[o.Source]:
		l.fault(path+".source", reasonUnknown(o.Source))
	}
	switch {
	case o.Rule == "":
		l.fault(path+".rule", reasonMissing())
	case !rule.MatchString(o.Rule):
		l.fault(path+".rule", reasonNotRule(o.Rule))
	}
	return Origin{Rule: o.Rule, Source: o.Source}
}

// notEmpty wants at least one entry in a list.
func (l *loader) notEmpty(path string, entries int) {
	if entries == 0 {
		l.fault(path, reasonMissing())
	}
}
