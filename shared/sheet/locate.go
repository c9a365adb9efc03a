package sheet

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// TableOptions say how a table is found and read.
type TableOptions struct {
	Sheet   string      // exact name, whatever the sheet's visibility; empty finds the best fitting visible sheet
	Lang    locale.Lang // of the sheet where its titles don't tell
	Answers Answers     // COLUMN=VALUE, COLUMN:TEXT=VALUE and rows.hidden=include or skip
	Edits   []Edit      // texts to be read in place of cells, in the order of their rows and columns, each cell once
	MaxRows int         // rows of data beyond which the table is refused with ROWS_LIMIT; 0 is what a sheet can hold
}

// Located says where a table stands and which column is which.
type Located struct {
	Schema          *Schema
	Sheet           string
	HeaderRow       int // the row that holds the titles, the last one where they take two
	DataRow         int // the first row below the titles
	Lang            locale.Lang
	Columns         []int // for each column of the schema the sheet's column from 1, or 0
	TemplateVersion int   // of the template that the sheet was made from; 0 when it was made from none

	assumed bool         // that no cells are merged
	top     int          // the first row of the titles
	titles  *titles      // of Schema
	header  []scannedRow // the lines of the header
	titled  []Span       // columns of the sheet that have a title, known or not, ascending
	merged  []Span       // columns that a merged title covers without naming them
	double  []bool       // for each column of the schema whether it stands there twice, so that neither is read
}

// Title is what the sender wrote above a column; of titles in two rows the lower one, where there is one.
func (l *Located) Title(col int) string {
	title := ""
	for _, row := range l.header {
		for _, cell := range row.cells {
			if cell.col == col && row.number <= l.HeaderRow {
				title = cell.text
			}
		}
	}
	return title
}

// Locate finds the sheet and the row of titles that fit one of the schemas best, and says what is wrong with the titles.
// With one schema the kind of table is known; with several, the titles have to tell it.
//
// It refuses with a *problem.Problem: a FILE_ code where a sheet can't be read (to its end, where there is no table), SHEET_MISSING for a name that no sheet has, SHEET_AMBIGUOUS when two sheets fit equally
// well, SHEET_HIDDEN when only a hidden one fits, HEADER_NOT_FOUND when none fits the one schema, KIND_UNKNOWN when none fits
// any of several or two fit alike. Among the problems returned are HEADER_MISSING, HEADER_DUPLICATE (errors: the rows below
// can't be imported), HEADER_UNKNOWN, HEADER_MERGED, HEADER_LANGUAGE_MIXED, TEMPLATE_VERSION_OLD, SHEET_HIDDEN and
// SHEET_EXTRA_IGNORED.
func (b *Book) Locate(ctx context.Context, schemas []Schema, opts TableOptions) (*Located, []problem.Problem, error) {
	f := finder{book: b, opts: opts, schemas: schemas}
	if err := f.readTemplate(ctx); err != nil {
		return nil, nil, err
	}
	for i := range f.schemas {
		f.titles = append(f.titles, newTitles(&f.schemas[i]))
	}
	best, problems, err := f.choose(ctx)
	if err != nil {
		return nil, nil, f.refusal(ctx, err)
	}
	merges, err := b.merges(ctx, best.sheet)
	if err != nil {
		return nil, nil, err
	}
	loc, headers := f.settle(best, merges)
	_, known := b.knownLayout(best.sheet)
	loc.assumed = b.assumed && !known
	return loc, append(problems, headers...), nil
}

// finder looks through a book for the table.
type finder struct {
	book     *Book
	opts     TableOptions
	schemas  []Schema
	titles   []*titles // of each schema
	template marker
}

// fit is a sheet with its header under one schema.
type fit struct {
	sheet  string
	titles *titles
	header header
	data   bool    // there is something below the header
	score  float64 // from 0 to 1: how well the header explains the schema and the schema the header
}

func (f *finder) choose(ctx context.Context) (fit, []problem.Problem, error) {
	if f.opts.Sheet != "" {
		return f.named(ctx)
	}
	var fits []fit
	var undecided error
	var notes []problem.Problem
	for _, info := range f.book.Sheets() {
		if info.Chart || f.template.owns(info.Name) {
			continue
		}
		seen, err := f.look(ctx, info.Name)
		switch {
		case err != nil:
			return fit{}, nil, err
		case seen.top.listsProblems():
			continue
		case info.Visibility != Visible:
			if seen.fits || !seen.top.blank() {
				notes = append(notes, *hiddenSheet(info.Name, seen.fits))
			}
			continue
		case seen.undecided != nil:
			undecided = seen.undecided
		case seen.fits:
			fits = append(fits, seen.fit)
		}
		if !seen.top.blank() {
			notes = append(notes, *problem.New("SHEET_EXTRA_IGNORED").At(info.Name, 0, 0).With("sheet", info.Name))
		}
	}
	best, err := f.best(fits, undecided, notes)
	if err != nil {
		return fit{}, nil, err
	}
	notes = slices.DeleteFunc(notes, func(p problem.Problem) bool { return p.Sheet == best.sheet })
	return best, notes, nil
}

// hiddenSheet says that a hidden sheet was not read: a warning when it looks like the table asked for.
func hiddenSheet(name string, fits bool) *problem.Problem {
	p := problem.New("SHEET_HIDDEN").At(name, 0, 0).With("sheet", name)
	if !fits {
		p.Rated(problem.Info)
	}
	return p
}

// best is the sheet that fits best: one with rows below its titles before one without, then by score.
func (f *finder) best(fits []fit, undecided error, notes []problem.Problem) (fit, error) {
	if len(fits) == 0 {
		for i := range notes {
			if notes[i].Code == "SHEET_HIDDEN" && notes[i].Severity == problem.Warning {
				return fit{}, notes[i].Rated(problem.Error)
			}
		}
		if undecided != nil {
			return fit{}, undecided
		}
		return fit{}, f.notFound()
	}
	slices.SortStableFunc(fits, func(a, b fit) int {
		switch {
		case a.data != b.data && a.data, a.data == b.data && a.score > b.score:
			return -1
		case a.data != b.data, a.score < b.score:
			return 1
		}
		return 0
	})
	best := fits[0]
	var equal []string
	for _, other := range fits {
		if other.data == best.data && other.score == best.score {
			equal = append(equal, other.sheet)
		}
	}
	if len(equal) > 1 {
		return fit{}, problem.New("SHEET_AMBIGUOUS").WithText("sheets", listed(equal))
	}
	return best, nil
}

// refusal is why there is no table. That a sheet can't be read to its end explains more than that its top has no titles, and so
// does that nobody knows yet what separates the columns of a text.
func (f *finder) refusal(ctx context.Context, notFound error) error {
	for _, info := range f.book.Sheets() {
		if info.Chart || f.opts.Sheet != "" && f.opts.Sheet != info.Name {
			continue
		}
		rows, err := f.book.Rows(ctx, info.Name)
		if err != nil {
			return err
		}
		for rows.Next() { // to its end
		}
		if err := rows.Err(); err != nil {
			return err
		}
	}
	for _, note := range f.book.Notes() {
		if note.Code == "CSV_DELIMITER_UNSURE" {
			return note.Rated(problem.Error)
		}
	}
	return notFound
}

// named fits the sheet that was asked for by name.
func (f *finder) named(ctx context.Context) (fit, []problem.Problem, error) {
	seen, err := f.look(ctx, f.opts.Sheet)
	switch {
	case err != nil:
		return fit{}, nil, err
	case seen.undecided != nil:
		return fit{}, nil, seen.undecided
	case !seen.fits:
		return fit{}, nil, f.notFound()
	}
	return seen.fit, nil, nil
}

// sight is what a look at a sheet found.
type sight struct {
	top       *scanned
	fit       fit
	fits      bool
	undecided error // KIND_UNKNOWN: it fits two kinds alike
}

// look fits the top of a sheet, and where it has no titles more of it.
func (f *finder) look(ctx context.Context, sheet string) (seen sight, err error) {
	for _, within := range [...]int{headerRows, coverRows} {
		if seen.top, err = f.book.scan(ctx, sheet, within); err != nil {
			return sight{}, err
		}
		seen.fit, seen.fits, seen.undecided = f.fit(sheet, seen.top)
		if seen.fits || seen.undecided != nil || !seen.top.more {
			break
		}
	}
	return seen, nil
}

// notFound is the refusal where no header fits.
func (f *finder) notFound() error {
	if len(f.schemas) > 1 {
		kinds := make([]string, len(f.schemas))
		for i := range f.schemas {
			kinds[i] = f.schemas[i].Kind
		}
		return problem.New("KIND_UNKNOWN").WithText("kinds", listed(kinds))
	}
	const most = 8 // titles: enough to recognise the table by
	var columns []*Column
	for _, required := range []bool{true, false} {
		for i := range f.schemas[0].Columns {
			if c := &f.schemas[0].Columns[i]; c.Required == required && len(columns) < most {
				columns = append(columns, c)
			}
		}
	}
	return problem.New("HEADER_NOT_FOUND").WithText("columns", inEachLanguage(func(lang locale.Lang) string {
		labels := make([]string, len(columns))
		for i, c := range columns {
			labels[i] = c.Label.In(lang)
		}
		return locale.List(lang, labels)
	}))
}

// inEachLanguage makes a text by writing it once in each language.
func inEachLanguage(write func(locale.Lang) string) locale.Text {
	return locale.Text{EN: write(locale.EN), FR: write(locale.FR), ES: write(locale.ES)}
}

// listed joins names the way each language does.
func listed(names []string) locale.Text {
	return inEachLanguage(func(lang locale.Lang) string { return locale.List(lang, names) })
}
