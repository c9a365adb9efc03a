package sheet

import (
	"bytes"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
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

func TestHostileFilesAreRefusedFastAndInLittleMemory(t *testing.T) {
	spaces := strings.Repeat(" ", 80<<20)
	texts := strings.Repeat("<si><t>x</t></si>", 5<<20)
	for name, c := range map[string]struct {
		book *xlsxtest.Book
		want string
	}{
		"a bomb of white space":       {xlsxtest.New(spaces), "FILE_TOO_LARGE"},
		"a bomb of cells":             {xlsxtest.New("<row>" + strings.Repeat("<c><v>1</v></c>", 5<<20) + "</row>"), "FILE_TOO_LARGE"},
		"a bomb of shared texts":      {simple().Strings(texts), "FILE_TOO_LARGE"},
		"a bomb of media":             {simple().Add(xlsxtest.Entry{Name: "xl/media/a.png", Data: []byte(spaces)}), "FILE_TOO_LARGE"},
		"a bomb that hides its size":  {simple().Edit(xlsxtest.SheetPart, func(e *xlsxtest.Entry) { e.Data, e.Size = []byte(spaces), func(uint32) uint32 { return 1000 } }), "FILE_CORRUPT"},
		"a bomb of comments":          {xlsxtest.New("<!--" + spaces[:60<<20] + "-->"), "FILE_TOO_LARGE"},
		"rows that repeat themselves": {xlsxtest.New(strings.Repeat("<row><c><v>1</v></c></row>", 1<<20)), "FILE_TOO_LARGE"},
		"one text of many megabytes":  {xlsxtest.New(row(`<c r="A1" t="inlineStr"><is><t>` + string(bytes.Repeat(noiseLetters(1<<20), 20)) + `</t></is></c>`)), "FILE_TOO_LARGE"},
	} {
		t.Run(name, func(t *testing.T) {
			data := c.book.Bytes()
			c.book.Entries = nil
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			if got := readAll(t, data, "x.xlsx", ""); got != c.want {
				t.Errorf("got %.100s, want %s", got, c.want)
			}
			if took := time.Since(start); took > 3*time.Second {
				t.Errorf("took %v", took)
			}
			runtime.ReadMemStats(&after)
			if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 128 {
				t.Errorf("allocated %d MiB", used)
			}
		})
	}
}

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
