package restyle

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

const (
	open  = `<?xml version="1.0"?><worksheet xmlns="` + nsMain + `">`
	close = `</worksheet>`
)

// mark adds 100 for each level; clean takes 50 and more down to 7.
func options(cells ...Cell) Options {
	return Options{Cells: cells, Style: func(style, level int) (int, error) { return 100*level + style, nil }}
}

func copied(t *testing.T, sheet string, opts Options) (content, drawing string) {
	t.Helper()
	var out bytes.Buffer
	drawing, err := Copy(&out, strings.NewReader(open+sheet+close), opts)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(strings.TrimPrefix(out.String(), open), close), drawing
}

func TestOnlyTheMarkedCellsChange(t *testing.T) {
	for name, c := range map[string]struct {
		sheet string
		cells []Cell
		want  string
	}{
		"a cell with a style": {`<sheetData><row r="2"><c r="A2" s="3" t="s"><v>0</v></c><c r="B2"/></row></sheetData>`, []Cell{{2, 1, 1}},
			`<sheetData><row r="2"><c r="A2" s="103" t="s"><v>0</v></c><c r="B2"/></row></sheetData>`},
		"a cell without a style": {`<sheetData><row r="2"><c r="A2"><v>0</v></c></row></sheetData>`, []Cell{{2, 1, 2}},
			`<sheetData><row r="2"><c r="A2" s="200"><v>0</v></c></row></sheetData>`},
		"cells and rows without numbers": {`<sheetData><row><c/><c/></row><row><c/><c/></row></sheetData>`, []Cell{{2, 2, 1}},
			`<sheetData><row><c/><c/></row><row><c/><c s="100"/></row></sheetData>`},
		"cells that aren't stored": {`<sheetData><row r="2" spans="2:2"><c r="B2"/></row></sheetData>`, []Cell{{2, 1, 1}, {2, 4, 1}},
			`<sheetData><row r="2"><c r="A2" s="100"/><c r="B2"/><c r="D2" s="100"/></row></sheetData>`},
		"rows that aren't stored": {`<sheetData><row r="2"/></sheetData>`, []Cell{{1, 2, 1}, {2, 3, 1}, {9, 1, 1}},
			`<sheetData><row r="1"><c r="B1" s="100"/></row><row r="2"><c r="C2" s="100"/></row><row r="9"><c r="A9" s="100"/></row></sheetData>`},
		"no rows at all": {`<sheetData/>`, []Cell{{3, 1, 1}}, `<sheetData><row r="3"><c r="A3" s="100"/></row></sheetData>`},
		"the style that a row or column gives": {
			`<cols><col min="2" max="3" style="5"/></cols><sheetData><row r="1" s="6" customFormat="1"/><row r="2" s="6"/></sheetData>`, []Cell{{1, 2, 1}, {2, 2, 1}, {2, 4, 1}},
			`<cols><col min="2" max="3" style="5"/></cols><sheetData><row r="1" s="6" customFormat="1"><c r="B1" s="106"/></row>` +
				`<row r="2" s="6"><c r="B2" s="105"/><c r="D2" s="100"/></row></sheetData>`},
		"what is behind the cells stays behind": {`<sheetData><row r="2"><c r="A2"/><extLst/></row></sheetData>`, []Cell{{2, 2, 1}},
			`<sheetData><row r="2"><c r="A2"/><c r="B2" s="100"/><extLst/></row></sheetData>`},
		"text that looks like a cell": {`<sheetData><row r="1"><c r="A1"><is><t><!-- <c r="B1"/> -->&lt;c r="B1"/></t></is></c><c r='B1' s='2'/></row></sheetData>`, []Cell{{1, 2, 1}},
			`<sheetData><row r="1"><c r="A1"><is><t><!-- <c r="B1"/> -->&lt;c r="B1"/></t></is></c><c r='B1' s='102'/></row></sheetData>`},
	} {
		t.Run(name, func(t *testing.T) {
			if got, _ := copied(t, c.sheet, options(c.cells...)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestASheetWithAPrefixKeepsIt(t *testing.T) {
	const head = `<x:worksheet xmlns:x="` + nsMain + `"><x:sheetData>`
	var out bytes.Buffer
	opts := options(Cell{1, 1, 1}, Cell{2, 2, 1})
	opts.Drawing = "rId7"
	if _, err := Copy(&out, strings.NewReader(head+`<x:row r="2"><x:c r="A2"/></x:row></x:sheetData></x:worksheet>`), opts); err != nil {
		t.Fatal(err)
	}
	want := head + `<x:row r="1"><x:c r="A1" s="100"/></x:row><x:row r="2"><x:c r="A2"/><x:c r="B2" s="100"/></x:row></x:sheetData>` +
		`<x:legacyDrawing xmlns:r="` + nsRels + `" r:id="rId7"/></x:worksheet>`
	if out.String() != want {
		t.Errorf("got  %s\nwant %s", out.String(), want)
	}
}

func TestOldMarksAreTakenOff(t *testing.T) {
	opts := options(Cell{1, 1, 1})
	opts.Clean = func(style int) (int, error) {
		if style >= 50 {
			return 7, nil
		}
		return style, nil
	}
	got, _ := copied(t, `<cols><col min="1" max="9" style="60"/></cols><sheetData><row r="1" s="70" customFormat="1"><c r="A1" s="55"/><c r="B1" s="55"/><c r="C1" s="3"/></row></sheetData>`, opts)
	want := `<cols><col min="1" max="9" style="7"/></cols><sheetData><row r="1" s="7" customFormat="1"><c r="A1" s="107"/><c r="B1" s="7"/><c r="C1" s="3"/></row></sheetData>`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestTheDrawingOfNotesIsNamedInItsPlace(t *testing.T) {
	opts := options()
	opts.Drawing = "rId9"
	const named = `<legacyDrawing xmlns:r="` + nsRels + `" r:id="rId9"/>`
	for sheet, want := range map[string]string{
		`<sheetData/><pageMargins/>`:                            `<sheetData/><pageMargins/>` + named,
		`<sheetData/><drawing r:id="x"/><tableParts/><extLst/>`: `<sheetData/><drawing r:id="x"/>` + named + `<tableParts/><extLst/>`,
		`<sheetData/><legacyDrawing r:id="rId3"/><picture/>`:    `<sheetData/><legacyDrawing r:id="rId3"/><picture/>`,
	} {
		got, drawing := copied(t, sheet, opts)
		if got != want || !strings.Contains(want, drawing) {
			t.Errorf("%s: got %s, named %q", sheet, got, drawing)
		}
	}
	opts.Drawing = ""
	if got, _ := copied(t, `<sheetData/>`, opts); got != `<sheetData/>` {
		t.Errorf("without notes: got %s", got)
	}
}

func TestWhatIsNotSafeToChangeIsRefused(t *testing.T) {
	const one = `<sheetData><row r="1"><c r="A1"/></row></sheetData>`
	for name, c := range map[string]struct {
		doc  string
		want error
	}{
		"strict":               {`<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main">` + one + close, ErrStrict},
		"protected":            {open + one + `<sheetProtection sheet="1"/>` + close, ErrProtected},
		"another element":      {`<chartsheet xmlns="` + nsMain + `"></chartsheet>`, ErrUnexpected},
		"cut off":              {open + `<sheetData><row r="1"><c r="A1"/>`, ErrUnexpected},
		"empty":                {``, ErrUnexpected},
		"tags that don't fit":  {open + `<sheetData><row r="1"><c r="A1"></row></c></sheetData>` + close, ErrUnexpected},
		"rows out of order":    {open + `<sheetData><row r="2"/><row r="1"/></sheetData>` + close, ErrUnexpected},
		"a row twice":          {open + `<sheetData><row r="1"/><row r="1"/></sheetData>` + close, ErrUnexpected},
		"cells out of order":   {open + `<sheetData><row r="1"><c r="B1"/><c r="A1"/></row></sheetData>` + close, ErrUnexpected},
		"a cell of no row":     {open + `<sheetData><row r="1"><c r="A2"/></row></sheetData>` + close, ErrUnexpected},
		"a cell beyond":        {open + `<sheetData><row r="1"><c r="XFE1"/></row></sheetData>` + close, ErrUnexpected},
		"a row beyond":         {open + `<sheetData><row r="1048577"/></sheetData>` + close, ErrUnexpected},
		"a row of no number":   {open + `<sheetData><row r="abc"/></sheetData>` + close, ErrUnexpected},
		"a style of no number": {open + `<sheetData><row r="1"><c r="A1" s="-1"/></row></sheetData>` + close, ErrUnexpected},
		"no rows":              {open + close, ErrUnexpected},
		"rows twice":           {open + one + one + close, ErrUnexpected},
		"UTF-16":               {"\xff\xfe<\x00", ErrUnexpected},
		"Latin-1":              {`<?xml version="1.0" encoding="ISO-8859-1"?><worksheet xmlns="` + nsMain + `">` + one + close, ErrUnexpected},
		"a document type":      {`<!DOCTYPE worksheet><worksheet xmlns="` + nsMain + `">` + one + close, ErrUnexpected},
		"something else":       {open + `<sheetData><x:thing xmlns:x="y"/></sheetData>` + close, ErrUnexpected},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Copy(&bytes.Buffer{}, strings.NewReader(c.doc), options(Cell{1, 1, 1})); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	opts := options(Cell{1, 1, 1})
	opts.Style = func(int, int) (int, error) { return 0, errors.New("no such style") }
	if _, err := Copy(&bytes.Buffer{}, strings.NewReader(open+one+close), opts); err == nil || err.Error() != "no such style" {
		t.Errorf("an unknown style gave %v", err)
	}
}

func FuzzCopyNeverPanicsAndLosesNothing(f *testing.F) {
	f.Add([]byte(open+`<cols><col min="1" max="2" style="1"/></cols><sheetData><row r="2"><c r="A2" s="3"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`+close), 1, 1)
	f.Fuzz(func(t *testing.T, doc []byte, row, col int) {
		var plain bytes.Buffer
		if _, err := Copy(&plain, bytes.NewReader(doc), Options{}); err == nil && !bytes.Equal(plain.Bytes(), doc) {
			t.Errorf("%q became %q", doc, plain.Bytes())
		}
		cell := Cell{Row: 1 + (row&0xffff)%100, Col: 1 + (col&0xff)%20, Level: 1}
		var marked bytes.Buffer
		_, err := Copy(&marked, bytes.NewReader(doc), options(cell))
		if err == nil && marked.Len() <= len(doc)-40 {
			t.Errorf("%q became %q", doc, marked.Bytes())
		}
	})
}
