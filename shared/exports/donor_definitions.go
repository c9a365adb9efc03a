package exports

import (
	"github.com/learning-cities/guildhall/shared/statement"
)

// definitions says what the statement's words mean and how its shares are found.
func (b *donorBook) definitions() error {
	p, err := b.page(b.r.in(definitionsTab), 2, 40, 120)
	if err != nil {
		return err
	}
	p.title(b.r.in(definitionsTab), b.subtitle())
	p.firstHeading(b.r.in(methodHeading))
	p.wideRemark(b.r.in(statement.MethodText), 2)
	for _, note := range methodNotes {
		p.wideRemark(b.r.in(note), 2)
	}
	p.heading(b.r.in(definitionsTab))
	p.titles(words(termWord), words(meaning))
	for _, d := range b.s.Definitions {
		p.Row(cell(b.r.in(d.Term), p.total), cell(b.r.in(d.Text), p.wrap))
	}
	return nil
}
