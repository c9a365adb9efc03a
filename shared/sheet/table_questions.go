package sheet

import (
	"maps"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// columnState is what a column's cells leave open, and what they prove.
type columnState struct {
	asked  *problem.Problem // the question at the first cell that is open
	count  int              // cells that are open
	proves [2]int           // cells that show which of the two answers their writer means
	values [2]string        // the answers
}

// ask counts a cell that can be read in two ways; the first one becomes the question.
func (s *columnState) ask(make func() *problem.Problem, first, second string) {
	if s.count++; s.asked == nil {
		s.asked, s.values = make(), [2]string{first, second}
	}
}

// question is what the sender has to answer, with the answer that the other cells suggest.
func (s *columnState) question() *problem.Problem {
	p := s.asked.WithInt("count", s.count)
	for i, n := range s.proves {
		if n > 0 && s.proves[1-i] == 0 {
			p.Suggest(s.values[i])
		}
	}
	return p
}

// Problems returns what concerns the sheet or a whole column: ROWS_HIDDEN_OR_FILTERED, DATE_AMBIGUOUS and
// NUMBER_LOCALE_AMBIGUOUS (one for each column, at its first open cell), EDIT_MISPLACED, HEADER_BLANK, SHEET_PHANTOM_RANGE, DATE_SYSTEM_1904.
// The questions of columns come from decoding the lines. It is complete after the last Next.
func (t *Table) Problems() []problem.Problem {
	var problems []problem.Problem
	raise := func(p *problem.Problem) { problems = append(problems, *p) }
	if t.hidden > 0 {
		raise(problem.New("ROWS_HIDDEN_OR_FILTERED").At(t.loc.Sheet, 0, 0).WithInt("count", t.hidden))
	}
	if layout, _ := t.book.knownLayout(t.loc.Sheet); layout.Phantom() {
		raise(problem.New("SHEET_PHANTOM_RANGE").At(t.loc.Sheet, 0, 0).WithInt("rows", layout.LastRow-layout.LastValueRow))
	}
	if t.date && t.hasDates() {
		raise(problem.New("DATE_SYSTEM_1904").At(t.loc.Sheet, 0, 0))
	}
	var untitled []Span
	for _, col := range slices.Sorted(maps.Keys(t.untitled)) {
		untitled = addToSpans(untitled, col)
	}
	for _, span := range untitled {
		name := ColumnName(span.First)
		if span.Last > span.First {
			name += "–" + ColumnName(span.Last)
		}
		raise(problem.New("HEADER_BLANK").At(t.loc.Sheet, t.loc.HeaderRow, span.First).With("column", name))
	}
	for i := range t.states {
		if t.states[i].asked != nil {
			raise(t.states[i].question())
		}
	}
	return append(problems, t.misplacedEdits()...)
}

// Against counts the cells of a column that contradict an answer to its question, such as 04/25/2025 where that is dmy. It is
// complete after the last Next, whether or not the question was asked.
func (t *Table) Against(column, answer string) int {
	i := t.loc.Schema.column(column)
	if i < 0 {
		return 0
	}
	var given columnAnswers
	given.settle(&t.loc.Schema.Columns[i], answer)
	switch proves := t.states[i].proves; {
	case given.order == dayFirst, given.mark == '.':
		return proves[1]
	case given.order == monthFirst, given.mark == ',':
		return proves[0]
	}
	return 0
}

func (t *Table) hasDates() bool {
	for i, col := range t.loc.Columns {
		if col > 0 && t.loc.Schema.Columns[i].Type == TypeDate {
			return true
		}
	}
	return false
}

// shownDate writes a date so that day and month can't be taken for each other.
func shownDate(d civil.Date) locale.Text {
	return inEachLanguage(func(lang locale.Lang) string { return locale.FormatDate(lang, d.Year, int(d.Month), d.Day) })
}

// shownDecimal writes a number the way each language does.
func shownDecimal(decimal string) locale.Text {
	return inEachLanguage(func(lang locale.Lang) string { return locale.FormatDecimal(lang, decimal) })
}

// isYear reports whether a number in a column of dates is a year.
func isYear(f float64) bool { return f >= 1800 && f <= 2200 && f == float64(int(f)) }

// basicDate reads 20250425 stored as a number.
func basicDate(f float64) (civil.Date, bool) {
	if f < 10000101 || f > 99991231 || f != float64(int(f)) {
		return civil.Date{}, false
	}
	n := int(f)
	d := civil.Date{Year: n / 10000, Month: time.Month(n / 100 % 100), Day: n % 100}
	return d, isDay(d)
}
