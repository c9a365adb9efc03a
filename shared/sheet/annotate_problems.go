package sheet

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// The table of problems starts below a title, a summary and a remark.
const problemsHeader = 4

// problemsSpec is the sheet of problems under a name.
func problemsSpec(name string) SheetSpec {
	return SheetSpec{
		Name: name, Widths: []float64{24, 24, 70, 24, 14, 28, 12}, FreezeRows: problemsHeader, TitleRows: problemsHeader,
		Landscape: true, FitWidth: true, Footer: "\t\t{page} / {pages}", TabColor: "C00000",
	}
}

// problemsTitles are the keys of the table's titles.
var problemsTitles = []string{"where", "value", "message", "suggestion", "severity", "code", "rule"}

// listsProblems reports whether a sheet is one that writeProblems wrote: it has the table's titles, in one of the languages, at
// their places. Its name says nothing, nor does the marker sheet: people rename and copy both.
func (s *scanned) listsProblems() bool {
	i := slices.IndexFunc(s.rows, func(r scannedRow) bool { return r.number == problemsHeader })
	if i < 0 {
		return false
	}
	return slices.ContainsFunc(locale.Langs[:], func(lang locale.Lang) bool {
		return slices.EqualFunc(s.rows[i].cells, problemsTitles, func(c scannedCell, key string) bool {
			return c.text == annotateTexts[key].In(lang)
		})
	})
}

// problemsName is the name for the sheet of problems. The one that is replaced doesn't count as taken.
func (a *annotation) problemsName() string {
	return freeSheetName(a.text("title"), func(name string) bool {
		for _, info := range a.book.Sheets() {
			if strings.EqualFold(info.Name, name) && info.Name != a.old {
				return true
			}
		}
		return false
	})
}

// findOld finds the sheet of problems that an earlier annotation added: the one that the marker names before others. One that
// can't be read is none, and one that marks are about is the sender's by now.
func (a *annotation) findOld() string {
	old := ""
	for _, info := range a.book.Sheets() {
		if info.Chart || len(a.spots[info.Name]) > 0 {
			continue
		}
		top, err := a.book.scan(a.ctx, info.Name, problemsHeader)
		if err != nil || !top.listsProblems() {
			continue
		}
		if info.Name == a.marker.Problems {
			return info.Name
		}
		old = cmp.Or(old, info.Name)
	}
	return old
}

// writeProblems lists the problems in a sheet.
func (a *annotation) writeProblems(w *Writer, s *SheetWriter) error {
	advice := w.Style(Style{Color: "595959"})
	rows := []func() error{
		func() error {
			return s.TallRow(24, OutCell{Value: a.textWith("heading", shorten(a.name, 200)), Style: w.Style(titleStyle)})
		},
		func() error { return s.Row(OutCell{Value: a.summary(), Style: advice}) },
		func() error { return s.Row(OutCell{Value: a.remark(), Style: advice}) },
		func() error { return s.TallRow(22, a.titlesOfProblems(w)...) },
	}
	for _, write := range rows {
		if err := write(); err != nil {
			return err
		}
	}
	marks := a.marks[:min(len(a.marks), MaxRows-problemsHeader)]
	for i := range marks {
		if err := a.writeProblem(w, s, i); err != nil {
			return err
		}
	}
	return s.Filter(Range{FirstCol: 1, FirstRow: problemsHeader, LastCol: 7, LastRow: problemsHeader + max(len(marks), 1)})
}

func (a *annotation) titlesOfProblems(w *Writer) []OutCell {
	look := w.Style(requiredStyle)
	var titles []OutCell
	for _, key := range problemsTitles {
		titles = append(titles, OutCell{Value: a.text(key), Style: look})
	}
	return titles
}

func (a *annotation) writeProblem(w *Writer, s *SheetWriter, i int) error {
	m := &a.marks[i]
	cell := Style{Border: true, Wrap: true, VAlign: "top"}
	left, link, colored := cell, cell, cell
	left.Align = "left"
	link.Color, link.Underline = "0563C1", true
	colored.Fill = markColor(level(m.Severity), 0)
	where := OutCell{Value: a.whereText(m), Style: w.Style(cell)}
	if spot := a.at[i]; spot != nil && s.NextRow() <= maxLinks {
		where.Style = w.Style(link)
		if err := s.Link(CellName(1, s.NextRow()), Ref(a.sheetOf(m), CellName(spot.col, spot.row))); err != nil {
			return err
		}
	}
	plain := w.Style(cell)
	value := shownValue(m.Value)
	if f, ok := value.(float64); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
		value = strconv.FormatFloat(f, 'g', -1, 64)
	}
	return s.Row(where, OutCell{Value: value, Style: w.Style(left)}, OutCell{Value: shorten(m.Message(a.opts.Lang), MaxCellText), Style: plain},
		OutCell{Value: shorten(m.Suggestion, MaxCellText), Style: plain}, OutCell{Value: severityTexts[severity(m)].In(a.opts.Lang), Style: w.Style(colored)},
		OutCell{Value: string(m.Code), Style: plain}, OutCell{Value: m.Rule, Style: plain})
}

// severity of a mark, where one that isn't known counts as the least.
func severity(m *Mark) problem.Severity {
	if _, known := severityTexts[m.Severity]; known {
		return m.Severity
	}
	return problem.Info
}

// remark tells what else the reader must know of this copy.
func (a *annotation) remark() string {
	var parts []string
	if a.result.Fresh {
		parts = append(parts, a.textWith("fresh", a.result.Reason.In(a.opts.Lang)))
	}
	if len(a.result.Signatures) > 0 {
		parts = append(parts, a.text("signature"))
	}
	if a.result.Noted < a.result.Marked {
		parts = append(parts, a.text("notes"))
	}
	if most := MaxRows - problemsHeader; len(a.marks) > most {
		parts = append(parts, a.textWith("cut", locale.FormatInt(a.opts.Lang, int64(most))))
	}
	return strings.Join(parts, " ")
}
