package sheet

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

// Hostile files are read by a process of their own, whose memory can be told from that of the tests.
const readInstead = "SHEET_TEST_READ"

func TestMain(m *testing.M) {
	if file := os.Getenv(readInstead); file != "" {
		fmt.Println(readAlone(file))
		return
	}
	os.Exit(m.Run())
}

// readAlone reads a file as `guildhall read` does. It returns the code of the refusal or the number of rows, and the memory
// that the process took from the system in MiB.
func readAlone(name string) (outcome string, taken uint64) {
	file, err := os.Open(name)
	if err != nil {
		return err.Error(), 0
	}
	defer file.Close()
	rows, err := countRows(file)
	outcome = fmt.Sprint(rows)
	var p *problem.Problem
	if errors.As(err, &p) {
		outcome = string(p.Code)
	} else if err != nil {
		outcome = err.Error()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return outcome, m.Sys >> 20
}

func countRows(file *os.File) (int, error) {
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	book, err := Open(context.Background(), file, info.Size(), file.Name())
	if err != nil {
		return 0, err
	}
	defer book.Close()
	first, err := book.DefaultSheet()
	if err != nil {
		return 0, err
	}
	rows, err := book.Rows(context.Background(), first.Name)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

const (
	kib = 1 << 10
	mib = 1 << 20
	gib = 1 << 30
)

// aroundData is what stands around the rows of a sheet.
func aroundData() (head, tail string) {
	head, tail, _ = strings.Cut(xlsxtest.Worksheet("\x00"), "\x00")
	return head, tail
}

// sheetBomb has a sheet whose data is the unit again and again.
func sheetBomb(unit string, bytes int64) *xlsxtest.Book {
	head, tail := aroundData()
	return withEntry(simple(), xlsxtest.Bomb(xlsxtest.SheetPart, head, unit, bytes, tail))
}

// stringsBomb has shared strings that are the unit again and again.
func stringsBomb(unit string, bytes int64) *xlsxtest.Book {
	return withEntry(xlsxtest.New(shared).Strings(``), xlsxtest.Bomb(xlsxtest.StringsPart, `<sst xmlns="`+xlsxtest.Main+`">`, unit, bytes, `</sst>`))
}

// stylesBomb has styles with the unit again and again.
func stylesBomb(unit string, bytes int64) *xlsxtest.Book {
	return withEntry(simple().StylesXML(``), xlsxtest.Bomb(xlsxtest.StylesPart, `<styleSheet xmlns="`+xlsxtest.Main+`"><cellXfs>`, unit, bytes, `</cellXfs></styleSheet>`))
}

// withEntry replaces the entry of that name.
func withEntry(b *xlsxtest.Book, e xlsxtest.Entry) *xlsxtest.Book {
	return b.Edit(e.Name, func(was *xlsxtest.Entry) { *was = e })
}

// lying announces another size than the true one.
func lying(b *xlsxtest.Book, part string, size uint32) *xlsxtest.Book {
	return b.Edit(part, func(e *xlsxtest.Entry) { e.Size = func(uint32) uint32 { return size } })
}

// hard makes a unit of n KiB compress to a hundredth of its size only, so that no ratio gives it away.
func hard(unit string, n int) string {
	junk := string(noiseLetters(n * kib / 80))
	return "<!--" + junk + "-->" + strings.Repeat(unit, n*kib/len(unit))
}

func doctype(declarations, text string) string {
	return strings.Replace(xlsxtest.Worksheet(row(`<c r="A1" t="inlineStr"><is><t>`+text+`</t></is></c>`)), `<worksheet`, `<!DOCTYPE w [`+declarations+`]><worksheet`, 1)
}

func billionLaughs() string {
	var out strings.Builder
	out.WriteString(`<!ENTITY a0 "ha">`)
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&out, `<!ENTITY a%d "&a%d;&a%[2]d;&a%[2]d;&a%[2]d;">`, i, i-1)
	}
	return out.String()
}

// manyTabs lists sheets that all have the same part.
func manyTabs(n int) *xlsxtest.Book {
	var sheets strings.Builder
	for i := range n {
		fmt.Fprintf(&sheets, `<sheet name="S%d" sheetId="%d" r:id="rId1"/>`, i, i+1)
	}
	return simple().Set(xlsxtest.WorkbookPart, xlsxtest.Workbook(sheets.String()))
}

func merged(n int) *xlsxtest.Book {
	var merges strings.Builder
	for i := range n {
		fmt.Fprintf(&merges, `<mergeCell ref="A%d:B%d"/>`, i+1, i+1)
	}
	return simple().Replace(xlsxtest.SheetPart, `</sheetData>`, `</sheetData><mergeCells>`+merges.String()+`</mergeCells>`)
}

var hostileFiles = []struct {
	name string
	want string
	most uint64 // MiB
	book func() *xlsxtest.Book
}{
	{"10 MiB that inflate to 10 GiB", "FILE_TOO_LARGE", 64, func() *xlsxtest.Book { return sheetBomb(" ", 10*gib) }},
	{"10 GiB that announce a mebibyte", "FILE_TOO_LARGE", 64, func() *xlsxtest.Book { return lying(sheetBomb(" ", 10*gib), xlsxtest.SheetPart, mib) }},
	{"10 GiB that announce a tenth", "FILE_TOO_LARGE", 64, func() *xlsxtest.Book { return lying(sheetBomb("<row/>", 10*gib), xlsxtest.SheetPart, gib) }},
	{"10 GiB that announce nothing", "FILE_TOO_LARGE", 64, func() *xlsxtest.Book { return lying(sheetBomb("<row/>", 10*gib), xlsxtest.SheetPart, 0) }},
	{"10 GiB of cells in one row", "FILE_TOO_LARGE", 64, func() *xlsxtest.Book { return sheetBomb("<c/>", 10*gib) }},
	{"a row numbered 10^9", "FILE_CORRUPT", 64, func() *xlsxtest.Book { return xlsxtest.New(`<row r="1000000000"><c r="A1000000000"/></row>`) }},
	{"10^6 nested elements", "FILE_TOO_LARGE", 64, func() *xlsxtest.Book {
		return xlsxtest.NewSheet(strings.Replace(xlsxtest.Worksheet(one), `</sheetData>`, `</sheetData>`+strings.Repeat("<a>", 1e6)+strings.Repeat("</a>", 1e6), 1))
	}},
	{"10^6 nested elements in a text", "FILE_TOO_LARGE", 64, func() *xlsxtest.Book { return xlsxtest.New(shared).Strings("<si>" + strings.Repeat("<r>", 1e6)) }},
	{"10^6 nested elements in styles", "FILE_TOO_LARGE", 64, func() *xlsxtest.Book { return simple().StylesXML(strings.Repeat("<x>", 1e6)) }},
	{"an entity bomb", "FILE_CORRUPT", 64, func() *xlsxtest.Book { return xlsxtest.NewSheet(doctype(billionLaughs(), "&a29;")) }},
	{"an entity bomb in the workbook", "FILE_CORRUPT", 64, func() *xlsxtest.Book {
		b := simple()
		return b.Set(xlsxtest.WorkbookPart, `<!DOCTYPE w [`+billionLaughs()+`]>`+string(b.Part(xlsxtest.WorkbookPart)))
	}},
	{"one entity of a mebibyte a thousand times", "FILE_CORRUPT", 64, func() *xlsxtest.Book {
		return xlsxtest.NewSheet(doctype(`<!ENTITY a "`+strings.Repeat("x", mib)+`">`, strings.Repeat("&a;", 1000)))
	}},
	{"an external entity", "FILE_CORRUPT", 64, func() *xlsxtest.Book {
		return xlsxtest.NewSheet(doctype(`<!ENTITY x SYSTEM "file:///etc/passwd">`, "&x;"))
	}},
	{"an external document type", "FILE_CORRUPT", 64, func() *xlsxtest.Book {
		return xlsxtest.NewSheet(`<!DOCTYPE w SYSTEM "http://127.0.0.1:9/w.dtd">` + xlsxtest.Worksheet(one)[55:])
	}},
	{"overlapping entries", "FILE_CORRUPT", 64, func() *xlsxtest.Book {
		return sheetBomb(" ", 10*mib).Add(xlsxtest.Entry{Name: "xl/media/a.png", SameAs: 5}).Add(xlsxtest.Entry{Name: "xl/media/b.png", SameAs: 5})
	}},
	{"10,000 sheets", "FILE_TOO_LARGE", 64, func() *xlsxtest.Book { return manySheets(10_000) }},
	{"10,000 tabs of one sheet", "FILE_CORRUPT", 64, func() *xlsxtest.Book { return manyTabs(10_000) }},

	{"3,000 sheets", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book { return manySheets(3_000) }},
	{"20,000 entries", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book { return manyEntries(20_000) }},
	{"one cell at XFD1048576", "1", 256, func() *xlsxtest.Book { return xlsxtest.New(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`) }},
	{"a dimension of A1:XFD1048576", "1", 256, func() *xlsxtest.Book {
		return simple().Replace(xlsxtest.SheetPart, `<sheetData>`, `<dimension ref="A1:XFD1048576"/><sheetData>`)
	}},
	{"100,000 merges", "1", 256, func() *xlsxtest.Book { return merged(100_000) }},
	{"2,000,000 merges", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		head, tail := aroundData()
		unit, tail := hard(`<mergeCell ref="A1:B1"/>`, 256), "</mergeCells>"+strings.TrimPrefix(tail, "</sheetData>")
		return withEntry(simple(), xlsxtest.Bomb(xlsxtest.SheetPart, head+one+"</sheetData><mergeCells>", unit, 50*mib, tail))
	}},
	{"a bomb of shared texts", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book { return stringsBomb("<si><t>x</t></si>", 400*mib) }},
	{"millions of empty shared texts", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book { return stringsBomb(hard("<si/>", 256), 100*mib) }},
	{"a hundred mebibytes of shared texts", "1", 256, func() *xlsxtest.Book { return stringsBomb(hard("<si><t>some text</t></si>", 256), 100*mib) }},
	{"long shared texts", "1", 256, func() *xlsxtest.Book {
		return stringsBomb(hard("<si><t>"+strings.Repeat("x", 30*kib)+"</t></si>", 256), 100*mib)
	}},
	{"a text put together from long pieces", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		head, tail := aroundData()
		head += `<row><c t="inlineStr"><is><t>`
		return withEntry(simple(), xlsxtest.Bomb(xlsxtest.SheetPart, head, string(noiseLetters(300*kib))+"<!---->", 40*mib, "</t></is></c></row>"+tail))
	}},
	{"a number put together from long pieces", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		head, tail := aroundData()
		return withEntry(simple(), xlsxtest.Bomb(xlsxtest.SheetPart, head+`<row><c><v>`, "<![CDATA["+string(noiseLetters(300*kib))+"]]>", 40*mib, "</v></c></row>"+tail))
	}},
	{"a shared text put together from long runs", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		head, run := `<sst xmlns="`+xlsxtest.Main+`"><si>`, "<r><t>"+string(noiseLetters(300*kib))+"</t></r>"
		return withEntry(xlsxtest.New(shared).Strings(``), xlsxtest.Bomb(xlsxtest.StringsPart, head, run, 40*mib, `</si></sst>`))
	}},
	{"a row of long texts", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		head, tail := aroundData()
		cell := `<c t="inlineStr"><is><t>` + string(noiseLetters(300*kib)) + `</t></is></c>`
		return withEntry(simple(), xlsxtest.Bomb(xlsxtest.SheetPart, head+"<row>", cell, 40*mib, "</row>"+tail))
	}},
	{"a row that has one long shared text in all of its cells", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		return xlsxtest.New(row(strings.Repeat(`<c t="s"><v>0</v></c>`, 16384))).Strings(`<si><t>` + string(noiseLetters(30*kib)) + `</t></si>`)
	}},
	{"names of many megabytes", "FILE_TOO_LARGE", 64, func() *xlsxtest.Book {
		name := string(noiseLetters(300 * kib))
		return xlsxtest.New(strings.Repeat("<"+name+">", 50))
	}},
	{"ever more prefixes", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		var open, nested strings.Builder
		open.WriteString("<x:a")
		for i := range 100 {
			fmt.Fprintf(&open, ` xmlns:p%d="u%[1]d"`, i)
		}
		nested.WriteString(strings.Repeat(open.String()+">", 200) + strings.Repeat("<x:b/>", 2_000_000))
		return xlsxtest.New(`<x:a xmlns:x="u">` + nested.String())
	}},
	{"millions of relationships", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		var all strings.Builder
		for i := range 400_000 {
			fmt.Fprintf(&all, `<Relationship Id="r%d" Type="u/x" Target="y"/>`, i)
		}
		return simple().Set(xlsxtest.WorkbookRels, xlsxtest.Relationships(all.String()))
	}},
	{"millions of content types", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		var all strings.Builder
		for i := range 400_000 {
			fmt.Fprintf(&all, `<Override PartName="/%d" ContentType="x"/>`, i)
		}
		return simple().Replace(xlsxtest.TypesPart, `</Types>`, all.String()+`</Types>`)
	}},
	{"a bomb of media", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book { return simple().Add(xlsxtest.Bomb("xl/media/a.png", "", "\x00", 400*mib, "")) }},
	{"a bomb of media that lie", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		return lying(simple().Add(xlsxtest.Bomb("xl/media/a.png", "", "\x00", 400*mib, "")), "xl/media/a.png", 1000)
	}},
	{"many media just below the ratio", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		b := simple()
		media := xlsxtest.Bomb("", "", "\x00", 15*mib, "")
		for i := range 80 {
			media.Name = fmt.Sprintf("xl/media/%d.png", i)
			b.Add(media)
		}
		return b
	}},
	{"a bomb of styles", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book { return stylesBomb("<xf/>", 60*mib) }},
	{"a bomb of comments", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book { return sheetBomb("<!---->", 400*mib) }},
	{"one comment without an end", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		head, tail := aroundData()
		return withEntry(simple(), xlsxtest.Bomb(xlsxtest.SheetPart, head+"<!--", string(noiseLetters(300*kib)), 60*mib, tail))
	}},
	{"one text of many megabytes", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		head, tail := aroundData()
		return withEntry(simple(), xlsxtest.Bomb(xlsxtest.SheetPart, head+`<row><c t="inlineStr"><is><t>`, string(noiseLetters(300*kib)), 60*mib, tail))
	}},
	{"one attribute of many megabytes", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {

		head, tail := aroundData()
		return withEntry(simple(), xlsxtest.Bomb(xlsxtest.SheetPart, head+`<row r="`, string(noiseLetters(300*kib)), 60*mib, tail))

	}},
	{"millions of attributes", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		var attributes strings.Builder
		for i := range 500_000 {
			fmt.Fprintf(&attributes, ` a%d="%[1]d"`, i)
		}
		return xlsxtest.New(`<row r="1"` + attributes.String() + `/>`)
	}},
	{"millions of cells in one row", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		head, tail := aroundData()
		return withEntry(simple(), xlsxtest.Bomb(xlsxtest.SheetPart, head+"<row>", "<c><v>1</v></c>", 15*mib, "</row>"+tail))
	}},
	{"millions of cells", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		return sheetBomb(hard("<row>"+strings.Repeat("<c><v>1</v></c>", 16384)+"</row>", 256), 300*mib)
	}},
	{"millions of rows", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		return sheetBomb(hard("<row><c><v>1</v></c></row>", 256), 40*mib)
	}},
	{"millions of blank cells", "FILE_TOO_LARGE", 256, func() *xlsxtest.Book {
		return sheetBomb(hard("<row>"+strings.Repeat("<c/>", 16384)+"</row>", 256), 100*mib)
	}},
	{"many mebibytes of comments", "0", 256, func() *xlsxtest.Book { return sheetBomb(hard("<!---->", 256), 30*mib) }},
	{"many mebibytes beside the data", "1", 256, func() *xlsxtest.Book {
		head, tail := aroundData()
		tail = strings.TrimPrefix(tail, "</sheetData>")
		return withEntry(simple(), xlsxtest.Bomb(xlsxtest.SheetPart, head+one+"</sheetData>", hard(`<a b=""/>`, 256), 30*mib, tail))
	}},
}

func TestHostileFilesAreAnsweredInLittleMemory(t *testing.T) {
	for i, c := range hostileFiles {
		if i%shareOfRuns != 0 {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			name := filepath.Join(t.TempDir(), "x.xlsx")
			if err := os.WriteFile(name, c.book().Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), readInstead+"="+name)
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			var outcome string
			var taken uint64
			if _, err := fmt.Sscan(string(out), &outcome, &taken); err != nil || outcome != c.want {
				t.Errorf("got %s, want %s", out, c.want)
			}
			if taken > c.most && !raceEnabled {
				t.Errorf("took %d MiB, at most %d", taken, c.most)
			}
		})
	}
}
