package sheet

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/locale"
)

// TemplateOptions change what stands around a template's table.
type TemplateOptions struct {
	Creator string      // of the workbook, and author of its notes
	Advice  locale.Text // a line of the sender's own above the titles
}

// templateRows is how many rows of a template have their lists and checks.
const templateRows = 1000

// listSheet holds the entries of drop-down lists, a column for each list.
const listSheet = "_lists"

// The looks of a template.
var (
	titleStyle    = Style{Bold: true, Size: 16, Color: "1F3864"}
	adviceStyle   = Style{Color: "595959"}
	requiredStyle = Style{Bold: true, Fill: "1F4E79", Color: "FFFFFF", Border: true, Wrap: true, VAlign: "center"}
	optionalStyle = Style{Bold: true, Fill: "DDE6F0", Color: "1F3864", Border: true, Wrap: true, VAlign: "center"}
)

// WriteTemplate writes an empty table of the schema for people to fill in: titles in a language, required ones marked, lists
// and checks for 1,000 rows, formats, notes, and the hidden sheet by which it is recognised when it comes back. Derived
// and Spare columns are left out.
func WriteTemplate(dst io.Writer, schema *Schema, lang locale.Lang, opts TemplateOptions) error {
	if err := schema.Check(); err != nil {
		return err
	}
	w := NewWriter(dst, WriterOptions{Title: schema.Title.In(lang), Creator: opts.Creator, Lang: lang})
	defer w.Discard()
	t := template{w: w, schema: schema, lang: lang}
	for i := range schema.Columns {
		if !schema.Columns[i].Derived && !schema.Columns[i].Spare {
			t.columns = append(t.columns, &schema.Columns[i])
		}
	}
	if err := t.table(opts.Advice.In(lang)); err != nil {
		return err
	}
	if err := t.lists(); err != nil {
		return err
	}
	ids := make([]string, len(t.columns))
	for i, c := range t.columns {
		ids[i] = c.ID
	}
	if err := w.Identify(schema, lang, ids); err != nil {
		return err
	}
	return w.Close()
}

type template struct {
	w       *Writer
	schema  *Schema
	lang    locale.Lang
	columns []*Column
	choices [][]string // entries of the lists, in the order of the list sheet's columns
}

func (t *template) table(advice string) error {
	lines := []string{templateTexts["fill"].In(t.lang), templateTexts["point"].In(t.lang)}
	if advice != "" {
		lines = append(lines, advice)
	}
	header := len(lines) + 2
	spec := SheetSpec{
		Name: t.w.SheetName(t.schema.Title.In(t.lang)), FreezeRows: header, TitleRows: header, Landscape: true, FitWidth: true,
		Footer: t.schema.Title.In(t.lang) + "\t\t{page} / {pages}",
	}
	var titles []OutCell
	for _, c := range t.columns {
		title, look := c.Label.In(t.lang), optionalStyle
		if c.Required {
			title, look = title+" *", requiredStyle
		}
		titles = append(titles, OutCell{Value: title, Style: t.w.Style(look)})
		spec.Widths = append(spec.Widths, c.width(title))
		spec.ColumnStyles = append(spec.ColumnStyles, t.w.Style(c.cellStyle()))
	}
	s, err := t.w.Sheet(spec)
	if err != nil {
		return err
	}
	if err := s.TallRow(24, OutCell{Value: t.schema.Title.In(t.lang), Style: t.w.Style(titleStyle)}); err != nil {
		return err
	}
	for _, line := range lines {
		if err := s.Row(OutCell{Value: line, Style: t.w.Style(adviceStyle)}); err != nil {
			return err
		}
	}
	if err := s.TallRow(33, titles...); err != nil {
		return err
	}
	return t.guide(s, header)
}

// guide adds the notes, lists and checks.
func (t *template) guide(s *SheetWriter, header int) error {
	for i, c := range t.columns {
		if err := s.Note(CellName(i+1, header), c.Label.In(t.lang)+"\n"+t.explain(c)); err != nil {
			return err
		}
		v, ok := t.validation(c)
		if !ok {
			continue
		}
		v.Range = Range{FirstCol: i + 1, FirstRow: header + 1, LastCol: i + 1, LastRow: header + templateRows}
		if err := s.Validate(v); err != nil {
			return err
		}
	}
	return nil
}

// lists writes the sheet of the entries that cells offer.
func (t *template) lists() error {
	if len(t.choices) == 0 {
		return nil
	}
	s, err := t.w.Sheet(SheetSpec{Name: listSheet, VeryHidden: true})
	if err != nil {
		return err
	}
	for n, more := 0, true; more; n++ {
		more = false
		row := make([]OutCell, len(t.choices))
		for i, list := range t.choices {
			if n < len(list) {
				row[i].Value, more = list[n], true
			}
		}
		if more {
			if err := s.Row(row...); err != nil {
				return err
			}
		}
	}
	return nil
}

// listOf gives the reference to a list of entries.
func (t *template) listOf(entries []string) string {
	t.choices = append(t.choices, entries)
	col := len(t.choices)
	return Ref(listSheet, Range{FirstCol: col, FirstRow: 1, LastCol: col, LastRow: len(entries)}.absolute())
}

// validation is the check of a column's cells; false when they may hold anything.
func (t *template) validation(c *Column) (Validation, bool) {
	v := Validation{
		Title: c.Label.In(t.lang), Prompt: t.explain(c),
		Refusal: templateTexts["refused"].In(t.lang), Error: t.sentence(c),
	}
	switch {
	case c.Type == TypeBool:
		v.Kind, v.ListRef = ValidList, t.listOf([]string{templateTexts["yes"].In(t.lang), templateTexts["no"].In(t.lang)})
	case len(c.Choices) > 0:
		v.Kind, v.ListRef, v.Lenient = ValidList, t.listOf(c.choiceLabels(t.lang)), c.Type != TypeEnum
	case c.Type == TypeDate:
		v.Kind = ValidDate
	case c.Type == TypeInteger:
		v.Kind, v.Min, v.Max = ValidWhole, "-999999999999999", "999999999999999"
	case c.Type == TypeDecimal, c.Type == TypeAmount:
		v.Kind = ValidDecimal
	case c.MaxChars > 0 && c.MaxChars < MaxCellText:
		v.Kind, v.Max = ValidLength, Number(strconv.Itoa(c.MaxChars))
	default:
		return v, false
	}
	return v, true
}

// cellStyle is the format of a column's cells.
func (c *Column) cellStyle() Style {
	s := Style{VAlign: "top"}
	switch c.Type {
	case TypeDate:
		s.NumFmt = dateFormat
	case TypeAmount:
		s.NumFmt = "#,##0.00"
	case TypeInteger:
		s.NumFmt = "0"
	case TypeCode:
		s.NumFmt = "@"
	case TypeText, TypeEnums:
		s.Wrap = true
	}
	return s
}

// width is the declared one, or what the title and the usual content need.
func (c *Column) width(title string) float64 {
	if c.Width > 0 {
		return float64(c.Width)
	}
	usual := map[Type]int{TypeText: 24, TypeEnum: 22, TypeEnums: 30, TypeEmail: 28, TypeURL: 30, TypeLookup: 22}[c.Type]
	if c.MaxChars > 0 {
		usual = min(usual, c.MaxChars+4)
	}
	longest := 0
	for _, word := range strings.Fields(title) {
		longest = max(longest, utf8.RuneCountInString(word))
	}
	half := (utf8.RuneCountInString(title) + 1) / 2 // titles may take two lines
	return float64(min(max(usual, longest+3, half+3, 12), 60))
}
