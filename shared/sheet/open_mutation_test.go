package sheet

import (
	"bytes"
	"encoding/xml"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

// varied is a small workbook with something of everything.
func varied() *xlsxtest.Book {
	cells := `<row r="1" spans="1:5"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>Montréal &amp; co</t></is></c></row>` +
		`<row r="2" hidden="1"><c r="A2" s="1"><v>45823.5</v></c><c r="B2"><v>-1.25</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><v>#N/A</v></c></row>` +
		"\n" + `<row r="4"><c r="B4"><f>SUM(B2)</f><v>-1.25</v></c><c r="C4" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="D4" s="2"/><!-- end --></row>`
	b := xlsxtest.New(cells).Strings(`<si><t>City</t></si><si><r><rPr><b/></rPr><t>Am</t></r><r><t xml:space="preserve">ount </t></r></si>`).Styles(0, 14, "#,##0.00")
	b.Replace(xlsxtest.SheetPart, `</sheetData>`, `</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>`)
	return each(b, func(e *xlsxtest.Entry) { e.Store = true }) // thousands are made, and compressing is slow
}

// compressed is the same as people send it.
func compressed() []byte {
	return each(varied(), func(e *xlsxtest.Entry) { e.Store = false }).Bytes()
}

func TestAFileCutAnywhereIsRefused(t *testing.T) {
	data := compressed()
	for n := range data {
		if lines, err := tryRead(data[:n], "x.xlsx", ""); !isRefusal(err) {
			t.Fatalf("the first %d of %d bytes are read as %q (%v)", n, len(data), lines, err)
		}
	}
}

func TestAPartCutAnywhereIsRefused(t *testing.T) {
	for i, entry := range varied().Entries {
		for n := range entry.Data {
			b := varied()
			b.Entries[i].Data = entry.Data[:n]
			if lines, err := tryRead(b.Bytes(), "x.xlsx", ""); !isRefusal(err) {
				t.Fatalf("%s with %d of %d bytes is read as %q (%v)", entry.Name, n, len(entry.Data), lines, err)
			}
		}
	}
}

// wellFormed asks another parser, which overlooks some faults but sees no wrong ones.
func wellFormed(data []byte) bool {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, io.ErrUnexpectedEOF }
	roots, depth := 0, 0
	for {
		token, err := d.Token()
		if err != nil {
			return err == io.EOF && roots == 1
		}
		switch token.(type) {
		case xml.StartElement:
			if depth++; depth == 1 {
				roots++
			}
		case xml.EndElement:
			depth--
		}
	}
}

func TestMalformedXMLIsNeverReadSilently(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const interesting = "<>/=\"'& x1A\x00\x1f\xff\xc3!?-[]:;"
	malformed := 0
	bases := []func() *xlsxtest.Book{varied, varied, likeGoogle, likeLibreOffice, likeWPS, likeOpenXMLSDK}
	for range 10_000 / shareOfRuns {
		b := each(bases[random.IntN(len(bases))](), func(e *xlsxtest.Entry) { e.Store = true })
		i := random.IntN(len(b.Entries))
		data := bytes.Clone(b.Entries[i].Data)
		at := random.IntN(len(data))
		switch random.IntN(4) {
		case 0:
			data[at] ^= 1 << random.IntN(8)
		case 1:
			data[at] = interesting[random.IntN(len(interesting))]
		case 2:
			end := min(len(data), at+1+random.IntN(8))
			data = append(data[:at], data[end:]...)
		case 3:
			end := min(len(data), at+1+random.IntN(20))
			data = append(data[:end:end], data[at:]...) // a piece twice
		}
		b.Entries[i].Data = data
		lines, err := tryRead(b.Bytes(), "x.xlsx", "")
		if err != nil && !isRefusal(err) {
			t.Fatalf("%s: %v", data, err)
		}
		if wellFormed(data) {
			if slow, errSlow := tryRead(b.Bytes(), "x.xlsx", "", scannerOnly(true)); slow != lines || (errSlow == nil) != (err == nil) {
				t.Fatalf("%s: the two ways through cells differ: %q (%v), %q (%v)", data, lines, err, slow, errSlow)
			}
			continue
		}
		if malformed++; err == nil {
			t.Fatalf("%s is read as %s", data, lines)
		}
	}
	if malformed < 4000/shareOfRuns {
		t.Errorf("only %d of the parts were malformed", malformed)
	}
}

func TestChangedArchivesAreRefusedOrReadTheSame(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	data := compressed()
	want, err := tryRead(data, "x.xlsx", "")
	if err != nil {
		t.Fatal(err)
	}
	for range 6_000 / shareOfRuns {
		changed := bytes.Clone(data)
		at := random.IntN(len(changed))
		if random.IntN(2) == 0 {
			changed[at] ^= 1 << random.IntN(8)
		} else {
			changed = append(changed[:at], changed[min(len(changed), at+1+random.IntN(4)):]...)
		}
		lines, err := tryRead(changed, "x.xlsx", "")
		if err == nil && lines != want {
			t.Fatalf("a change at %d is read as %s", at, lines)
		}
		if err != nil && !isRefusal(err) && !strings.HasPrefix(err.Error(), "SHEET_") {
			t.Fatal(err)
		}
	}
}

func FuzzWorkbook(f *testing.F) {
	for _, entry := range varied().Entries {
		f.Add(entry.Name, entry.Data)
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		b := varied()
		b.Set(name, string(data))
		fast, errFast := tryRead(b.Bytes(), "x.xlsx", "")
		slow, errSlow := tryRead(b.Bytes(), "x.xlsx", "", scannerOnly(true))
		if fast != slow || (errFast == nil) != (errSlow == nil) {
			t.Errorf("the two ways through cells differ: %q (%v), %q (%v)", fast, errFast, slow, errSlow)
		}
		if errFast == nil && name == xlsxtest.SheetPart && !wellFormed(data) {
			t.Errorf("malformed XML is read as %q", fast)
		}
	})
}

func FuzzArchive(f *testing.F) {
	f.Add(compressed())
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := tryRead(data, "x.xlsx", ""); err != nil && !isRefusal(err) {
			t.Error(err)
		}
	})
}
