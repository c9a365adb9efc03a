package imports

import (
	"slices"
	"strconv"
	"time"

	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// speller writes the JSON of a plan's rows, the same bytes as encoding/json without its escapes for HTML: attributes in the
// order of their names, empty parts left out. A third of a check's time went into encoding/json and into spelling bodies a
// second time to compare rows; this one knows the fields.
type speller struct {
	line   []byte
	bodies records.Speller
}

// row spells a line, valid until the next call.
func (s *speller) row(row *PlanRow) []byte {
	s.line = strconv.AppendInt(append(s.line[:0], `{"row":`...), int64(row.Row), 10)
	s.text(`,"outcome":`, string(row.Outcome))
	s.textIfAny(`,"label":`, row.Label)
	s.textIfAny(`,"cell":`, row.Cell)
	s.textIfAny(`,"value":`, row.Value)
	for i := range row.Writes {
		s.raw(first(i, `,"writes":[`))
		s.write(&row.Writes[i])
	}
	if len(row.Writes) > 0 {
		s.raw("]")
	}
	s.raw("}\n")
	return s.line
}

func (s *speller) write(w *PlanWrite) {
	s.text(`{"op":`, string(w.Op))
	s.text(`,"type":`, w.Type)
	s.textIfAny(`,"partition":`, w.Partition)
	s.text(`,"id":`, w.ID)
	s.integer(`,"base":`, w.Base)
	s.bodyIfAny(`,"before":`, w.Before)
	s.bodyIfAny(`,"after":`, w.After)
	if len(w.after) > len("{}") {
		s.line = append(append(s.line, `,"after":`...), w.after...)
	}
	for i, field := range w.Fields {
		s.text(first(i, `,"fields":[`), field)
	}
	if len(w.Fields) > 0 {
		s.raw("]")
	}
	if w.From != nil {
		s.source(w.From)
	}
	for i, claim := range w.Claims {
		s.raw(first(i, `,"claims":[`))
		s.text(`{"partition":`, claim.Partition)
		s.text(`,"id":`, claim.ID)
		s.text(`,"holder":`, claim.Holder)
		if claim.Held {
			s.raw(`,"held":true`)
		}
		s.raw("}")
	}
	if len(w.Claims) > 0 {
		s.raw("]")
	}
	if w.First != 0 {
		s.integer(`,"first":`, int64(w.First))
	}
	s.raw("}")
}

// source spells where a body came from; the comma before its first part is taken out.
func (s *speller) source(p *PlanSource) {
	s.raw(`,"from":{`)
	begin := len(s.line)
	s.textIfAny(`,"import":`, p.Import)
	s.textIfAny(`,"file":`, p.File)
	s.textIfAny(`,"sha256":`, p.FileSHA256)
	s.textIfAny(`,"sheet":`, p.Sheet)
	if p.Row != 0 {
		s.integer(`,"row":`, int64(p.Row))
	}
	s.textIfAny(`,"person":`, p.Person)
	s.textIfAny(`,"request":`, p.Request)
	if !p.At.IsZero() {
		s.line = append(p.At.AppendFormat(append(s.line, `,"at":"`...), time.RFC3339Nano), '"')
	}
	s.textIfAny(`,"undo":`, p.Undo)
	if len(s.line) > begin {
		s.line = slices.Delete(s.line, begin, begin+1)
	}
	s.raw("}")
}

// first is what stands before an element of a list: its beginning, or a comma.
func first(i int, begin string) string {
	if i == 0 {
		return begin
	}
	return ","
}

func (s *speller) raw(text string) { s.line = append(s.line, text...) }

func (s *speller) text(before, value string) {
	s.line = records.AppendText(append(s.line, before...), value)
}

func (s *speller) textIfAny(before, value string) {
	if value != "" {
		s.text(before, value)
	}
}

func (s *speller) integer(before string, value int64) {
	s.line = strconv.AppendInt(append(s.line, before...), value, 10)
}

func (s *speller) bodyIfAny(before string, body table.Attributes) {
	if len(body) > 0 {
		s.line = s.bodies.Attributes(append(s.line, before...), body)
	}
}
