package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xmlscan"
)

func TestLimitsAreHeldWhileReading(t *testing.T) {
	book := xlsxtest.New(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1</v></c></row><row r="5"><c r="C5"><v>1</v></c></row>`).
		Strings(`<si><t>some text</t></si>`).Bytes()
	csv := []byte("a,b,c\n1,2,3\n")
	for name, c := range map[string]struct {
		data   []byte
		change func(*Limits)
		want   string
	}{
		"as they are":         {book, func(*Limits) {}, `["some text",1]` + "\n[]\n[]\n[]\n[null,null,1]"},
		"bytes":               {book, func(l *Limits) { l.Bytes = 100 }, "FILE_TOO_LARGE"},
		"inflated bytes":      {book, func(l *Limits) { l.Inflated = 500 }, "FILE_TOO_LARGE"},
		"bytes of a part":     {book, func(l *Limits) { l.Part = 50 }, "FILE_TOO_LARGE"},
		"parts":               {book, func(l *Limits) { l.Parts = 3 }, "FILE_TOO_LARGE"},
		"rows":                {book, func(l *Limits) { l.Rows = 4 }, "FILE_TOO_LARGE"},
		"columns":             {book, func(l *Limits) { l.Columns = 2 }, "FILE_TOO_LARGE"},
		"cells":               {book, func(l *Limits) { l.Cells = 2 }, "FILE_TOO_LARGE"},
		"shared texts":        {book, func(l *Limits) { l.Strings = 5 }, "FILE_TOO_LARGE"},
		"sheets":              {book, func(l *Limits) { l.Sheets = 0 }, "FILE_TOO_LARGE"},
		"markup":              {xlsxtest.New(strings.Repeat("<!---->", 50_000)).Bytes(), func(l *Limits) { l.Markup = 10_000 }, "FILE_TOO_LARGE"},
		"texts of a row":      {book, func(l *Limits) { l.Token = 8 }, "FILE_TOO_LARGE"},
		"depth":               {book, func(l *Limits) { l.Depth = 2 }, "FILE_TOO_LARGE"},
		"rows of a CSV":       {csv, func(l *Limits) { l.Rows = 1 }, "FILE_TOO_LARGE"},
		"columns of a CSV":    {csv, func(l *Limits) { l.Columns = 2 }, "FILE_TOO_LARGE"},
		"cells of a CSV":      {csv, func(l *Limits) { l.Cells = 4 }, "FILE_TOO_LARGE"},
		"a text of a CSV":     {append(noiseText(200_000), csv...), func(l *Limits) { l.Token = 100_000 }, "FILE_TOO_LARGE"},
		"the ratio":           {xlsxtest.New(strings.Repeat(" ", 1<<20)).Bytes(), func(l *Limits) { l.RatioFrom = 1 << 18 }, "FILE_TOO_LARGE"},
		"the ratio of little": {xlsxtest.New(strings.Repeat(" ", 1<<20)).Bytes(), func(*Limits) {}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			limits := DefaultLimits()
			c.change(&limits)
			if got := readAll(t, c.data, "x", "", WithLimits(limits)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func noiseText(n int) []byte { return bytes.Repeat([]byte("x"), n) }

func noiseLetters(n int) []byte {
	out := noise(n)
	for i := range out {
		out[i] = 'a' + out[i]%26
	}
	return out
}

// noise is data that doesn't compress.
func noise(n int) []byte {
	out, x := make([]byte, n), uint32(1)
	for i := range out {
		x = x*1664525 + 1013904223
		out[i] = byte(x >> 24)
	}
	return out
}

// largest is the bytes of the largest of a book's parts that describe others.
func largest(b *xlsxtest.Book) int64 {
	most := 0
	for _, name := range []string{xlsxtest.TypesPart, xlsxtest.RootRels, xlsxtest.WorkbookPart, xlsxtest.WorkbookRels} {
		most = max(most, len(b.Part(name)))
	}
	return int64(most)
}

// A file that is as large as a limit allows is read, one that is larger by one is refused.
func TestEachLimitIsMetExactly(t *testing.T) {
	book := xlsxtest.New(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1</v></c></row><row r="5"><c r="C5"><v>1</v></c></row>`).
		Strings(`<si><t>some text</t></si>`).Sheet("More", "", xlsxtest.Worksheet(""))
	data := book.Bytes()
	inflated := int64(0)
	for _, e := range book.Entries {
		inflated += int64(len(e.Data))
	}
	spaces := xlsxtest.New(strings.Repeat(" ", 1<<20))
	packed, err := zip.NewReader(bytes.NewReader(spaces.Bytes()), int64(len(spaces.Bytes())))
	if err != nil {
		t.Fatal(err)
	}
	ratio := int64(0)
	for _, f := range packed.File {
		if f.Name == xlsxtest.SheetPart {
			ratio = int64(f.UncompressedSize64 / f.CompressedSize64)
		}
	}
	cell := `<c t="inlineStr"><is><t>` + strings.Repeat("x", 40_000) + `</t></is></c>`
	texts := xlsxtest.New(`<row>` + strings.Repeat(cell, 4) + `</row>`).Bytes()
	csv := []byte("a,b,c\n1,2,3\n")
	for name, c := range map[string]struct {
		data []byte
		set  func(*Limits, int64)
		most int64
	}{
		"bytes":           {data, func(l *Limits, n int64) { l.Bytes = n }, int64(len(data))},
		"inflated bytes":  {data, func(l *Limits, n int64) { l.Inflated = n }, inflated},
		"bytes of a part": {data, func(l *Limits, n int64) { l.Part = n }, largest(book)},
		"parts":           {data, func(l *Limits, n int64) { l.Parts = int(n) }, int64(len(book.Entries))},
		"the ratio":       {spaces.Bytes(), func(l *Limits, n int64) { l.Ratio, l.RatioFrom = n, 1<<18 }, ratio},
		"what is little":  {spaces.Bytes(), func(l *Limits, n int64) { l.RatioFrom = n }, int64(len(spaces.Part(xlsxtest.SheetPart)))},
		"shared texts":    {data, func(l *Limits, n int64) { l.Strings = n }, int64(len("some text"))},
		"sheets":          {data, func(l *Limits, n int64) { l.Sheets = int(n) }, 2},
		"rows":            {data, func(l *Limits, n int64) { l.Rows = int(n) }, 5},
		"columns":         {data, func(l *Limits, n int64) { l.Columns = int(n) }, 3},
		"cells":           {data, func(l *Limits, n int64) { l.Cells = n }, 3},
		"texts of a row":  {texts, func(l *Limits, n int64) { l.Token = int(n) }, 160_000},
		"depth":           {data, func(l *Limits, n int64) { l.Depth = int(n) }, 5},
		"rows of a CSV":   {csv, func(l *Limits, n int64) { l.Rows = int(n) }, 2},
		"columns, CSV":    {csv, func(l *Limits, n int64) { l.Columns = int(n) }, 3},
		"cells, CSV":      {csv, func(l *Limits, n int64) { l.Cells = n }, 6},
	} {
		t.Run(name, func(t *testing.T) {
			limits := DefaultLimits()
			c.set(&limits, c.most)
			if _, err := tryRead(c.data, "x", "", WithLimits(limits), scannerOnly(true)); err != nil {
				t.Errorf("%d is refused: %v", c.most, err)
			}
			c.set(&limits, c.most-1)
			if _, err := tryRead(c.data, "x", "", WithLimits(limits), scannerOnly(true)); err == nil || !strings.HasPrefix(err.Error(), "FILE_TOO_LARGE") {
				t.Errorf("%d of at most %d is answered %v", c.most, c.most-1, err)
			}
		})
	}
}

// What is counted while a buffer is read is refused at the next buffer: no later than twice what is allowed.
func TestMarkupAndTextsAreRefusedAtTheNextBuffer(t *testing.T) {
	comments := xlsxtest.New(strings.Repeat("<!---->", 50_000)).Bytes()
	text := xlsxtest.New(`<row><c t="inlineStr"><is><t>` + strings.Repeat("x", 200_000) + `</t></is></c></row>`).Bytes()
	for name, c := range map[string]struct {
		data    []byte
		set     func(*Limits, int)
		allowed int
	}{
		"markup": {comments, func(l *Limits, n int) { l.Markup = n }, 50_100},
		"a text": {text, func(l *Limits, n int) { l.Token = n }, 200_001},
	} {
		limits := DefaultLimits()
		c.set(&limits, c.allowed)
		if _, err := tryRead(c.data, "x", "", WithLimits(limits)); err != nil {
			t.Errorf("%s: %d is refused: %v", name, c.allowed, err)
		}
		c.set(&limits, c.allowed/2)
		if _, err := tryRead(c.data, "x", "", WithLimits(limits)); err == nil || !strings.HasPrefix(err.Error(), "FILE_TOO_LARGE") {
			t.Errorf("%s: twice as much as %d is answered %v", name, c.allowed/2, err)
		}
	}
}

// What is held of the parts that describe others is bounded by how many there are.
func TestListsOfTheFileAreBounded(t *testing.T) {
	styles := func(n int) *xlsxtest.Book {
		return simple().StylesXML(`<cellXfs>` + strings.Repeat(`<xf numFmtId="0"/>`, n) + `</cellXfs>`)
	}
	numbered := func(format string, n int) string {
		var all strings.Builder
		for i := range n {
			fmt.Fprintf(&all, format, i)
		}
		return all.String()
	}
	relations := func(n int) *xlsxtest.Book {
		more := numbered(`<Relationship Id="r%d" Type="u/x" Target="y"/>`, n-1) // beside that of the sheet
		return simple().Replace(xlsxtest.WorkbookRels, `</Relationships>`, more+`</Relationships>`)
	}
	kinds := func(n int) *xlsxtest.Book {
		return simple().Replace(xlsxtest.TypesPart, `</Types>`, numbered(`<Override PartName="/%d" ContentType="x"/>`, n-1)+`</Types>`)
	}
	for name, c := range map[string]struct {
		book func(int) *xlsxtest.Book
		most int
	}{"formats of cells": {styles, maxStyles}, "relationships": {relations, maxRelations}, "content types": {kinds, maxRelations}} {
		if got, err := tryRead(c.book(c.most).Bytes(), "x.xlsx", ""); got != "[1]" || err != nil {
			t.Errorf("%d %s are answered %q (%v)", c.most, name, got, err)
		}
		if _, err := tryRead(c.book(c.most+1).Bytes(), "x.xlsx", ""); err == nil || !strings.HasPrefix(err.Error(), "FILE_TOO_LARGE") {
			t.Errorf("%d %s are answered %v", c.most+1, name, err)
		}
	}
}

func TestMergedRangesAreBounded(t *testing.T) {
	source := xmlscan.NewSource(strings.NewReader(`<mergeCell ref="A1:B2"/>`), "p")
	s := &sheetReader{xml: xmlscan.New(t.Context(), source, "p", xmlscan.Limits{Depth: 1, Token: 1 << 10, Work: 1 << 10})}
	if _, err := s.xml.Next(); err != nil {
		t.Fatal(err)
	}
	s.beside.Merges = make([]Range, maxMerges-1)
	if err := s.merge(); err != nil {
		t.Errorf("the last one is refused: %v", err)
	}
	if err := s.merge(); err == nil || !strings.HasPrefix(err.Error(), "FILE_TOO_LARGE") {
		t.Errorf("one more is answered %v", err)
	}
}
