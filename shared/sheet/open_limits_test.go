package sheet

import (
	"bytes"
	"strings"
	"testing"

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
