package privacy

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/sheet/charset"
)

func TestANameIsFoundInEveryEncodingThatASheetMayHave(t *testing.T) {
	for _, name := range charset.Tables() {
		table := charset.Table(name)
		for _, full := range []string{"Yann Kérbrat", "Jiří Dvořák", "Łukasz Żółć", "Сергей Ёлкин", "Σωκράτης Άνθιμος", "İlker Ağaoğlu", "محمد الأمين", "Jānis Bērziņš", "Nguyễn Ðông"} {
			line := fmt.Sprintf("Brest;12;France;%s;2025-01-01;a title\n", full)
			encoded, err := table.NewEncoder().String(line)
			if err != nil {
				continue // it has not all of these letters
			}
			text := strings.Repeat("Brest;Anne;1\n", 1000) + encoded
			m := marksOf(t, Who{Names: []string{full}})
			if named, err := m.inReader(strings.NewReader(text), int64(len(text)), "a"); err != nil || !named {
				t.Errorf("%s in %s: %t, %v", full, name, named, err)
			}
			if named, err := marksOf(t, Who{Names: []string{"Anne Le Goff"}}).inReader(strings.NewReader(text), int64(len(text)), "a"); err != nil || named {
				t.Errorf("somebody else in %s: %t, %v", name, named, err)
			}
		}
	}
}

func TestALineThatCouldBeUTF8IsReadAsTheOthersAre(t *testing.T) {
	line, err := charmap.Windows1251.NewEncoder().String("Нант;1\nBrest;Yann Kerbrat Рё;12\n")
	if err != nil {
		t.Fatal(err)
	}
	m := marksOf(t, Who{Names: []string{"Kerbrat Рё"}}) // in Windows-1251 its second word is also a character of UTF-8
	if named, err := m.inReader(strings.NewReader(line), int64(len(line)), "a"); err != nil || !named {
		t.Errorf("%t, %v", named, err)
	}
}

func TestANameBetweenWhichAndTheNextACharacterStandsIsFound(t *testing.T) {
	for _, text := range []string{"Yann\xcaKerbrat", "x\x8e;Yann\xcaKerbrat;\x8e"} { // the space of macintosh that doesn't break
		if !marksOf(t, Who{Names: []string{"Yann Kerbrat"}}).inLines([]byte(text)) {
			t.Errorf("%q", text)
		}
	}
}

// filled is what a long text is made of: no two words of it are those of a name.
func filled(size int) string {
	cells := "Brest;Anne;12" + strings.Repeat(";", 500)
	return strings.Repeat(cells, size/len(cells)+1)[:size]
}

func TestANameAcrossTheBorderOfAWindowIsFound(t *testing.T) {
	const name = "Yann Kérbrat"
	for _, border := range []int{window, 2*window - overlap} {
		for at := border - len(name) - 2; at <= border+2; at++ {
			text := filled(at-1) + ";" + name + ";" + filled(1<<12)
			named, err := marksOf(t, kerbrat).inText(strings.NewReader(text), "a")
			if err != nil || !named {
				t.Errorf("at %d: %t, %v", at, named, err)
			}
			if !marksOf(t, kerbrat).inLong(text) {
				t.Errorf("at %d in one text: not found", at)
			}
		}
	}
	for _, border := range []int{mostToken, 1 << 16} {
		for at := border - 40; at <= border+5; at += 4 {
			text := "<t>" + filled(at-4) + ";Yann K&#233;rbrat;" + filled(1<<12) + "</t>"
			named, err := marksOf(t, kerbrat).inPart(strings.NewReader(text), "a.xml")
			if err != nil || !named {
				t.Errorf("in XML at %d: %t, %v", at, named, err)
			}
		}
	}
}

func TestTheBorderOfAWindowMakesNoNames(t *testing.T) {
	for at := window - 40; at <= window+5; at++ {
		for _, others := range []string{"Yann Kérbratina", "Bryann Kérbrat", "Yann\nKérbrat"} {
			text := filled(at-1) + ";" + others + ";" + filled(1<<12)
			if named, err := marksOf(t, kerbrat).inText(strings.NewReader(text), "a"); err != nil || named {
				t.Errorf("%q at %d: %t, %v", others, at, named, err)
			}
		}
	}
}

func TestALongTextIsCutWhereNoCharacterIs(t *testing.T) {
	for shift := range 4 {
		text := strings.Repeat("a", shift) + strings.Repeat("日", window)
		end, next := cut(text[:window])
		if end <= next || next <= 0 || strings.ContainsRune(text[next:end], '\ufffd') {
			t.Errorf("cut from %d to %d: %q…%q", next, end, text[next:next+4], text[end-4:end])
		}
	}
}

func TestALineOfJSONThatIsTooLongIsLookedAtAsText(t *testing.T) {
	long := io.MultiReader(strings.NewReader("{}\n\""), io.LimitReader(&repeated{text: filled(1 << 16)}, mostLine), strings.NewReader(";Yann Kérbrat\"\n{}"))
	if named, err := marksOf(t, kerbrat).inText(long, "plan.jsonl"); err != nil || !named {
		t.Errorf("%t, %v", named, err)
	}
	after := io.MultiReader(io.LimitReader(&repeated{text: filled(1 << 16)}, mostLine+1), strings.NewReader("\n{\"a\":\"Yann K\\u00e9rbrat\"}\n"))
	if named, err := marksOf(t, kerbrat).inText(after, "plan.jsonl"); err != nil || !named {
		t.Errorf("a line after it: %t, %v", named, err)
	}
}

// repeated is a text without an end. It keeps the most memory that was in use while it was read.
type repeated struct {
	text   string
	at     int
	read   int
	peak   uint64
	weighs bool
}

func (r *repeated) Read(p []byte) (int, error) {
	const every = 5 << 20
	if before := r.read; r.weighs && before/every != (before+len(p))/every {
		r.peak = max(r.peak, inUse())
	}
	n := copy(p, r.text[r.at:])
	r.at = (r.at + n) % len(r.text)
	r.read += n
	return n, nil
}

func inUse() uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

func TestATextOfOneLineIsLookedAtWithoutBeingHeld(t *testing.T) {
	const much = 10 << 20
	for name, one := range map[string]struct {
		size                int
		part, before, after string
	}{
		"text":             {24 << 20, "a.txt", "", "Yann Kérbrat"},
		"a text of XML":    {12 << 20, "a.xml", "<t>", "Yann K&#233;rbrat</t>"},
		"a tag of XML":     {12 << 20, "a.xml", `<t a="`, `Yann K&#233;rbrat"/>`},
		"a comment of XML": {12 << 20, "a.xml", "<!--", "Yann Kérbrat-->"},
	} {
		t.Run(name, func(t *testing.T) {
			text := &repeated{text: filled(1 << 16), weighs: true}
			before := inUse()
			named, err := marksOf(t, kerbrat).inPart(io.MultiReader(
				strings.NewReader(one.before), io.LimitReader(text, int64(one.size)), strings.NewReader(";"+one.after)), one.part)
			if err != nil || !named {
				t.Errorf("%t, %v", named, err)
			}
			if text.read < one.size || text.peak == 0 || text.peak > before+much {
				t.Errorf("%d MiB were read, with %d MiB in use and %d MiB before", text.read>>20, text.peak>>20, before>>20)
			}
		})
	}
}

func TestElementsInElementsAreNotHeld(t *testing.T) {
	text := &repeated{text: strings.Repeat("<a>Brest", 1<<13), weighs: true}
	before := inUse()
	named, err := marksOf(t, kerbrat).inPart(io.MultiReader(io.LimitReader(text, 11<<20), strings.NewReader("<si><r>Yann Kér</r><r>brat</r></si>")), "a.xml")
	if err != nil || !named || text.peak == 0 || text.peak > before+12<<20 {
		t.Errorf("%t, %v, %d MiB in use", named, err, text.peak>>20)
	}
}

// announced is a package of parts that announce so many bytes each and pack so many.
func announced(t *testing.T, parts int, size, packed uint64) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := range parts {
		header := &zip.FileHeader{Name: fmt.Sprintf("xl/%d.xml", i), Method: zip.Deflate, UncompressedSize64: size, CompressedSize64: packed}
		part, err := w.CreateRaw(header)
		if err == nil {
			_, err = io.CopyN(part, &repeated{text: strings.Repeat(" ", 1<<16)}, int64(packed))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestWhatCostsTooMuchToBeLookedThroughIsNotTakenForNamingNobody(t *testing.T) {
	store, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := New(Config{Blobs: store})
	m := marksOf(t, kerbrat)
	for name, one := range map[string]struct {
		content string
		named   bool
	}{
		"a bomb":                  {zipped(t, map[string]string{"xl/a.xml": strings.Repeat(" ", ratioFrom+1)}), true},
		"almost a bomb":           {zipped(t, map[string]string{"xl/a.xml": strings.Repeat(" ", ratioFrom)}), false},
		"more than all may have":  {announced(t, mostInflated/ratioFrom+1, ratioFrom, 1), true},
		"as much as all may have": {announced(t, mostInflated/ratioFrom, ratioFrom, 1), false},
		"a part of 4 GiB":         {announced(t, 1, 4<<30, 4<<20), true},
		"more parts":              {announced(t, mostParts+1, 0, 0), true},
		"as many parts":           {announced(t, mostParts, 0, 0), false},
		"a long directory":        {announced(t, 60_000, 0, 0), true},
	} {
		for _, at := range []string{"uploads/a", "incoming/b", "exports/c/d.xlsx"} {
			if at != "uploads/a" && name != "more parts" {
				continue
			}
			want := one.named && !strings.HasPrefix(at, "exports/") // the product itself makes no bombs
			w, err := store.Create(t.Context(), at)
			if err == nil {
				_, err = io.WriteString(w, one.content)
			}
			if err == nil {
				_, err = w.Commit()
			}
			if err != nil {
				t.Fatal(err)
			}
			if _, err := m.inFile(t.Context(), store, at); errors.Is(err, errUnsearchable) != want {
				t.Errorf("%s at %s: %v", name, at, err)
			}
			if named, err := s.named(t.Context(), m, at); err != nil || named != want {
				t.Errorf("%s at %s: %t, %v", name, at, named, err)
			}
		}
	}
}

func TestAPackedFileIsUnpackedAsFarAsASheetCouldBe(t *testing.T) {
	for _, more := range []int64{0, 1} {
		_, err := io.Copy(io.Discard, &bounded{from: io.LimitReader(&repeated{text: filled(1 << 16)}, mostInflated+more), left: mostInflated})
		if errors.Is(err, errUnsearchable) != (more > 0) {
			t.Errorf("%d bytes more: %v", more, err)
		}
	}
}

func TestTheBoundsAreThoseOfWhatReadsSheets(t *testing.T) {
	limits := sheet.DefaultLimits()
	if limits.Inflated != mostInflated || limits.Parts != mostParts || limits.Ratio != mostRatio || limits.RatioFrom != ratioFrom {
		t.Errorf("sheets are read up to %+v", limits)
	}
}
