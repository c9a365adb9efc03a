package sheet

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// settle turns the best fit into the located table, and says what is wrong with its titles.
func (f *finder) settle(best fit, merges []Range) (*Located, []problem.Problem) {
	h, schema := &best.header, best.titles.schema
	f.template.nameByTemplate(h, schema)
	loc := &Located{
		Schema: schema, Sheet: best.sheet, HeaderRow: h.last, DataRow: h.next, TemplateVersion: f.template.Version,
		Columns: make([]int, len(schema.Columns)), double: make([]bool, len(schema.Columns)), titles: best.titles, header: h.lines,
		top: h.first,
	}
	loc.Lang = f.language(h)
	s := settling{loc: loc, header: h, titles: best.titles}
	s.assign()
	s.merges(merges)
	s.unknown()
	s.missing()
	s.mixed()
	if p := f.template.outdated(loc); p != nil {
		s.raise(p)
	}
	return loc, s.problems
}

// language is the one in which most titles are labels; the template's, the option's and English break ties in this order.
func (f *finder) language(h *header) locale.Lang {
	votes := map[locale.Lang]int{}
	for _, cell := range h.cells {
		if cell.column < 0 {
			continue
		}
		langs, weight := cell.langs, 4
		if langs == 0 {
			langs, weight = tellLanguages(cell.text), 1
		}
		for bit, lang := range locale.Langs {
			if langs&(1<<bit) != 0 {
				votes[lang] += weight
			}
		}
	}
	best := locale.EN
	for _, lang := range []locale.Lang{f.opts.Lang, f.template.Lang} {
		if lang != "" {
			best = lang
		}
	}
	for _, lang := range locale.Langs {
		if votes[lang] > votes[best] {
			best = lang
		}
	}
	return best
}

// settling collects the problems of a header.
type settling struct {
	loc      *Located
	header   *header
	titles   *titles
	problems []problem.Problem
}

func (s *settling) raise(p *problem.Problem) { s.problems = append(s.problems, *p) }

func (s *settling) column(i int) *Column { return &s.loc.Schema.Columns[i] }

// assign gives each column of the schema its place. One that stands there twice gets none: which is meant is not for us to say.
func (s *settling) assign() {
	places := make([][]headerCell, len(s.loc.Columns))
	for _, cell := range s.header.cells {
		s.loc.titled = addToSpans(s.loc.titled, cell.col)
		if cell.column >= 0 {
			places[cell.column] = append(places[cell.column], cell)
		}
	}
	for i, cells := range places {
		switch column := s.column(i); {
		case len(cells) == 1:
			s.loc.Columns[i] = cells[0].col
		case len(cells) > 1 && column.Derived:
			s.loc.double[i] = true
		case len(cells) > 1:
			s.loc.double[i] = true
			names := make([]string, len(cells))
			for j, cell := range cells {
				names[j] = CellName(cell.col, cell.row)
			}
			second := cells[1]
			s.raise(problem.New("HEADER_DUPLICATE").At(s.loc.Sheet, second.row, second.col).In(column.ID).Under(column.Rule).
				Valued(second.text).WithText("column", column.Label).WithText("cells", listed(names)))
		}
	}
}

// merges says where a merged title leaves columns without a name of their own.
func (s *settling) merges(merges []Range) {
	const most, widest = 1000, 1000 // merges, and columns of one: beyond, a header is no header
	looked := 0
	for _, m := range merges {
		if m.FirstCol == m.LastCol || m.LastRow < s.header.first || m.FirstRow > s.header.last || looked == most {
			continue
		}
		looked++
		title, covers := "", false
		for col := m.FirstCol; col <= min(m.LastCol, m.FirstCol+widest); col++ {
			switch cell := s.header.at(col); {
			case cell == nil:
				covers = true
				s.loc.merged = addToSpans(s.loc.merged, col)
			case title == "":
				title = cell.text
			}
		}
		if covers && title != "" {
			s.raise(problem.New("HEADER_MERGED").At(s.loc.Sheet, m.FirstRow, m.FirstCol).Valued(title).With("range", m.String()))
		}
	}
}

// mostNear is how many titles are compared with those that are missing: in a table with more, nobody misspelt them all.
const mostNear = 200

// unknown names the titles that no column has, with the column that they likely misspell.
func (s *settling) unknown() {
	for n, cell := range s.header.cells {
		if cell.column >= 0 {
			continue
		}
		p := problem.New("HEADER_UNKNOWN").At(s.loc.Sheet, cell.row, cell.col).Valued(cell.text).With("header", cell.text)
		if n < mostNear {
			if i, ok := s.titles.nearest(cell.text, s.absent); ok {
				p.Suggest(s.column(i).Label.In(s.loc.Lang))
			}
		}
		s.raise(p)
	}
}

func (s *settling) absent(column int) bool {
	return s.loc.Columns[column] == 0 && !s.loc.double[column]
}

// missing names the required columns that are not there, with the title that was likely meant for each.
func (s *settling) missing() {
	for i := range s.loc.Columns {
		column := s.column(i)
		if !column.Required || column.Derived || !s.absent(i) {
			continue
		}
		p := problem.New("HEADER_MISSING").At(s.loc.Sheet, s.loc.HeaderRow, 0).In(column.ID).Under(column.Rule).
			WithText("column", column.Label)
		for n, cell := range s.header.cells {
			if cell.column >= 0 || n >= mostNear {
				continue
			}
			if _, ok := s.titles.nearest(cell.text, func(c int) bool { return c == i }); ok {
				p.Suggest(cell.text)
				break
			}
		}
		s.raise(p)
	}
}

var languageNames = map[locale.Lang]locale.Text{
	locale.EN: {EN: "English", FR: "anglais", ES: "inglés"},
	locale.FR: {EN: "French", FR: "français", ES: "francés"},
	locale.ES: {EN: "Spanish", FR: "espagnol", ES: "español"},
}

// mixed says that no one language explains all labels.
func (s *settling) mixed() {
	common, only := allLanguages, languages(0)
	for _, cell := range s.header.cells {
		if cell.column < 0 || cell.langs == 0 {
			continue
		}
		common &= cell.langs
		if cell.langs&(cell.langs-1) == 0 {
			only |= cell.langs
		}
	}
	if common != 0 || only&(only-1) == 0 {
		return
	}
	s.raise(problem.New("HEADER_LANGUAGE_MIXED").At(s.loc.Sheet, s.loc.HeaderRow, 0).
		WithText("languages", inEachLanguage(func(lang locale.Lang) string {
			var names []string
			for bit, each := range locale.Langs {
				if only&(1<<bit) != 0 {
					names = append(names, languageNames[each].In(lang))
				}
			}
			return locale.List(lang, names)
		})))
}

// addToSpans adds a column to ascending spans; columns are added in ascending order but for a few.
func addToSpans(spans []Span, col int) []Span {
	if inSpans(spans, col) {
		return spans
	}
	if n := len(spans); n > 0 && spans[n-1].Last == col-1 {
		spans[n-1].Last = col
		return spans
	}
	return append(spans, Span{First: col, Last: col})
}

func inSpans(spans []Span, col int) bool {
	for _, s := range spans {
		if s.First <= col && col <= s.Last {
			return true
		}
	}
	return false
}
