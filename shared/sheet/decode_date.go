package sheet

import (
	"github.com/learning-cities/guildhall/shared/problem"
)

// readDate reads a day; a time of day is dropped.
func (f *fieldReading) readDate() {
	switch f.cell.Kind {
	case KindDate:
		if d, ok := isoDate(f.cell.Text); ok {
			f.setDate(d)
			return
		}
	case KindNumber:
		f.serialDate()
		return
	case KindText:
		f.typedDate()
		return
	}
	f.fail(problem.New("DATE_INVALID"))
}

// serialDate reads a number that isn't formatted as a date: a year, 20250425, or a serial, which is only suggested because
// its sender sees a number and not a date.
func (f *fieldReading) serialDate() {
	n := f.cell.Number
	class := ClassGeneral
	if f.cell.Style != nil {
		class = f.cell.Style.Class
	}
	switch d, basic := basicDate(n); {
	case class > ClassNumber && class != ClassText: // a percentage, a sum of money, a duration, a serial that no date has
		f.fail(problem.New("DATE_INVALID"))
	case isYear(n):
		f.fail(problem.New("DATE_YEAR_ONLY"))
	case basic:
		f.setDate(d)
	default:
		f.fail(problem.New("DATE_INVALID").Suggest(serialSuggestion(n, f.table.date)))
	}
}

func (f *fieldReading) typedDate() {
	if f.plan.column.Months {
		if first, ok := understandMonth(f.text()); ok {
			f.setDate(first)
			return
		}
	}
	d := understandDate(f.text(), f.place.answer.order)
	switch d.proves {
	case dayFirst:
		f.place.state.proves[0]++
	case monthFirst:
		f.place.state.proves[1]++
	}
	switch d.reading {
	case dateRead:
		f.setDate(d.date)
	case dateAmbiguous:
		f.ask(func() *problem.Problem {
			return problem.New("DATE_AMBIGUOUS").WithText("first", shownDate(d.date)).WithText("second", shownDate(d.other))
		}, "dmy", "mdy")
	case dateYearOnly:
		f.fail(problem.New("DATE_YEAR_ONLY"))
	default:
		f.fail(problem.New("DATE_INVALID").Suggest(d.suggestion))
	}
}

// ask makes the cell one of those that a question on its column leaves open.
func (f *fieldReading) ask(question func() *problem.Problem, first, second string) {
	f.place.state.ask(func() *problem.Problem {
		p := question().At(f.table.loc.Sheet, f.line.Number, f.place.col).In(f.plan.column.ID).Valued(f.cell.Value())
		return p.Under(f.plan.column.Rule)
	}, first, second)
	f.spoil(f.plan.column.ID)
}
