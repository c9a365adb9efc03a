package sheet

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet/internal/zipout"
)

// WriterOptions are the properties of a workbook. No time of generation is ever stored: the same calls give the same bytes.
type WriterOptions struct {
	Title   string
	Creator string // also the author of notes
	Lang    locale.Lang
}

// Writer writes one .xlsx workbook, sheet after sheet and row after row, in memory that doesn't grow with its rows: beyond
// 1 MiB, compressed, they wait in a temporary file. Nothing reaches the destination before Close.
//
// After a failure every later call answers with the same error, so that only Close's needs to be looked at where the others
// are of no interest.
type Writer struct {
	opts    WriterOptions
	archive *zipout.Archive
	styles  *styleTable
	ids     map[Style]StyleID
	looks   []look // by StyleID
	sheets  []*SheetWriter
	names   []definedName
	notes   int  // blocks of shape numbers that are used up
	tall    bool // there are styles that need more than the usual height
	taken   func(part string) bool
	part    string // of the next sheet; empty takes the next free one
	err     error
}

// look is a style as cells refer to it: the plain one, and the variants that a cell's value asks for.
type look struct {
	style                      Style
	plain, quoted, date, clock int // numbers of cell formats; -1 until first used
}

type definedName struct {
	name, ref string
	sheet     int // index of the sheet it belongs to, -1 for the workbook
	hidden    bool
}

// NewWriter starts a workbook that goes to dst at Close.
func NewWriter(dst io.Writer, opts WriterOptions) *Writer {
	return newWriter(zipout.New(dst), newStyleTable(), opts)
}

func newWriter(archive *zipout.Archive, styles *styleTable, opts WriterOptions) *Writer {
	w := &Writer{opts: opts, archive: archive, styles: styles, ids: map[Style]StyleID{}, taken: archive.Has}
	w.Style(Style{})
	return w
}

// Style gives the number of a style, the same for equal styles.
func (w *Writer) Style(s Style) StyleID {
	if id, ok := w.ids[s]; ok {
		return id
	}
	id := StyleID(len(w.looks))
	w.ids[s] = id
	w.tall = w.tall || s.Wrap || s.Size > usualSize
	w.looks = append(w.looks, look{style: s, plain: w.styles.intern(s), quoted: -1, date: -1, clock: -1})
	return id
}

// Define gives a name to a range or value of the workbook, such as Define("topics", Ref("Lists", "$A$1:$A$12")).
func (w *Writer) Define(name, ref string) error {
	if err := checkFormula(ref); err != nil {
		return w.fail(fmt.Errorf("sheet: name %s: %w", name, err))
	}
	w.names = append(w.names, definedName{name: name, ref: ref, sheet: -1})
	return w.err
}

// Sheet ends the sheet before and starts the next one.
func (w *Writer) Sheet(spec SheetSpec) (*SheetWriter, error) {
	if err := w.finishSheet(); err != nil {
		return nil, err
	}
	if err := w.checkName(spec.Name); err != nil {
		return nil, w.fail(err)
	}
	s := &SheetWriter{w: w, spec: spec, index: len(w.sheets), next: 1}
	if s.part, w.part = w.part, ""; s.part == "" {
		s.part = w.freePart("xl/worksheets/sheet%d.xml")
	}
	s.selected = !spec.Hidden && !spec.VeryHidden && w.firstVisible() < 0
	w.sheets = append(w.sheets, s)
	if err := s.start(); err != nil {
		return nil, w.fail(err)
	}
	return s, nil
}

func (w *Writer) finishSheet() error {
	if w.err != nil || len(w.sheets) == 0 {
		return w.err
	}
	return w.fail(w.sheets[len(w.sheets)-1].finish())
}

// firstVisible is the index of the first sheet that people see, or -1.
func (w *Writer) firstVisible() int {
	for i, s := range w.sheets {
		if !s.spec.Hidden && !s.spec.VeryHidden {
			return i
		}
	}
	return -1
}

// freePart gives a part name that isn't in the archive yet, with the lowest number for %d.
func (w *Writer) freePart(format string) string {
	for n := 1; ; n++ {
		if name := fmt.Sprintf(format, n); !w.taken(name) {
			return name
		}
	}
}

// Close completes the workbook, which needs at least one visible sheet, and writes it to the destination.
func (w *Writer) Close() error {
	defer w.Discard()
	if err := w.finishSheet(); err != nil {
		return err
	}
	if w.firstVisible() < 0 {
		return w.fail(errors.New("sheet: a workbook needs a visible sheet"))
	}
	for _, part := range w.workbookParts() {
		if err := w.archive.Put(part.name, part.content); err != nil {
			return w.fail(err)
		}
	}
	return w.fail(w.archive.Close())
}

// Discard frees what an unfinished workbook holds. After Close it does nothing.
func (w *Writer) Discard() { w.archive.Discard() }

func (w *Writer) fail(err error) error {
	if w.err == nil {
		w.err = err
	}
	return w.err
}

// maxSheetName is how many UTF-16 units a tab's name may have.
const maxSheetName = 31

const notInSheetNames = `[]:*?/\`

func (w *Writer) checkName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return errors.New("sheet: a sheet needs a name")
	case units(name) > maxSheetName:
		return fmt.Errorf("sheet: the name %q has more than %d characters", name, maxSheetName)
	case strings.ContainsAny(name, notInSheetNames) || strings.HasPrefix(name, "'") || strings.HasSuffix(name, "'"):
		return fmt.Errorf("sheet: the name %q has a character that a tab can't have", name)
	case w.hasSheet(name):
		return fmt.Errorf("sheet: two sheets are named %q", name)
	}
	return nil
}

func (w *Writer) hasSheet(name string) bool {
	for _, s := range w.sheets {
		if strings.EqualFold(s.spec.Name, name) {
			return true
		}
	}
	return false
}

// SheetName makes a tab's name of any text: characters that tabs can't have become spaces, what is too long is cut, and a
// number is added where the workbook has that name already.
func (w *Writer) SheetName(text string) string { return freeSheetName(text, w.hasSheet) }

func freeSheetName(text string, taken func(string) bool) string {
	base := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(notInSheetNames, r) {
			return ' '
		}
		return r
	}, text)
	base = strings.Trim(cut(strings.Join(strings.Fields(base), " "), maxSheetName), " '")
	if base == "" {
		base = "Sheet"
	}
	name := base
	for n := 2; taken(name); n++ {
		suffix := " (" + strconv.Itoa(n) + ")"
		name = strings.TrimRight(cut(base, maxSheetName-len(suffix)), " ") + suffix
	}
	return name
}

// units counts the UTF-16 units of s, in which spreadsheet programs measure text.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// cut shortens s to at most max UTF-16 units.
func cut(s string, max int) string {
	if len(s) <= max {
		return s
	}
	n := 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n > max {
			return s[:i]
		}
	}
	return s
}

// Ref names cells of a sheet as formulas, charts, links and validations do: Ref("L'Aquila", "A1:B2") is 'L”Aquila'!A1:B2,
// with the apostrophe doubled.
func Ref(sheet, cells string) string {
	return "'" + strings.ReplaceAll(sheet, "'", "''") + "'!" + cells
}
