package sheet

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

// isCoded reports whether an error is one that a sender is told of.
func isCoded(err error) bool {
	var p *problem.Problem
	return errors.As(err, &p)
}

// What encoding/csv writes is read as it was written, under each of the delimiters.
func FuzzCSVOfAnotherWriter(f *testing.F) {
	for _, cells := range [][4]string{{"city", "amount", "Brest", "1,5"}, {"a", "b;c", "say \"hi\"", "1\r\n2"}, {"é", "\t", "'x", "|"}, {"ID", "P", "=1", "007"}, {"<table>", "x", "y", "z"}} {
		for which := range uint8(4) {
			f.Add(cells[0], cells[1], cells[2], cells[3], which)
		}
	}
	f.Fuzz(func(t *testing.T, a, b, c, d string, which uint8) {
		records := [][]string{{"title", a, b}, {"x", c, d}, {"y", b, a}}
		for _, record := range records {
			for _, text := range record {
				// encoding/csv knows no lone CR, and what guards a formula is taken off.
				if !utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00") || strings.HasPrefix(text, "'") || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' }) {
					return
				}
			}
		}
		delimiter := []rune{',', ';', '\t', '|'}[which%4]
		var file bytes.Buffer
		w := csv.NewWriter(&file)
		w.Comma = delimiter
		if err := w.WriteAll(records); err != nil {
			t.Fatal(err)
		}
		answer := map[rune]string{',': ",", ';': ";", '\t': "tab", '|': "|"}[delimiter]
		data := file.Bytes()
		book, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)), "x.csv", WithAnswers(Answers{"csv.delimiter": answer, "csv.encoding": "utf-8"}))
		if err != nil {
			t.Fatalf("%q: %v", data, err)
		}
		defer book.Close()
		info, err := book.DefaultSheet()
		if err != nil {
			t.Fatal(err)
		}
		rows, err := book.Rows(context.Background(), info.Name)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for i := 0; rows.Next(); i++ {
			for col, want := range records[i] {
				got := ""
				if cell := rows.Row().At(col + 1); cell != nil {
					got = cell.Text
				}
				if got != want {
					t.Fatalf("%q: row %d, column %d is read as %q, want %q", data, i+1, col+1, got, want)
				}
			}
		}
		if rows.Err() != nil {
			t.Fatal(rows.Err())
		}
	})
}

// A file of any format, under any name, is refused with a code, or is a sheet whose rows can be read to their end or are refused with a code.
func FuzzFiles(f *testing.F) {
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+strings.Repeat("\x00", 600)+string(wideName("Workbook"))), "a.xls")
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+string(wideName("EncryptedPackage"))), "a.xlsx")
	f.Add([]byte("\x09\x08\x10\x00\x00\x06"), "a.xls")
	f.Add([]byte("<html><table><tr><td>1</td></tr></table></html>"), "a.xls")
	f.Add([]byte("<?xml version=\"1.0\"?><Workbook/>"), "a.xml")
	f.Add([]byte("ID;PWXL;N;E\r\nC;Y1;X1;K1\r\nE\r\n"), "a.slk")
	f.Add([]byte("TABLE\r\n0,1\r\n\"x\"\r\nVECTORS\r\n"), "a.dif")
	f.Add([]byte("%PDF-1.7"), "a.pdf")
	f.Add([]byte("a,b\n1,2\n"), "a.xlsx")
	f.Add([]byte(wideText(binary.LittleEndian, "a\tb\n1\t2\n")), "a.txt")
	f.Add(compressed(), "a.zip")
	for part, text := range map[string]string{
		"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "xl/workbook.bin": "x", "word/document.xml": "<a/>", "Index/Document.iwa": "x",
		"xl/vbaProject.bin": "x", "a.csv": "a,b",
	} {
		f.Add(xlsxtest.Zip(xlsxtest.Entry{Name: part, Data: []byte(text), Store: true}), "a.xlsx")
		f.Add(each(varied().Set(part, text), func(*xlsxtest.Entry) {}).Bytes(), "a.xlsx")
	}
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		lines, err := tryRead(data, name, "")
		if err != nil && !isCoded(err) {
			t.Errorf("it is answered %v", err)
		}
		if err == nil && !utf8.ValidString(lines) {
			t.Errorf("it is read as %q", lines)
		}
		head := bytes.ToLower(bytes.TrimSpace(data))
		for _, other := range []string{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "%pdf-", "<html", "<!doctype html", "{\\rtf"} {
			if err == nil && bytes.HasPrefix(head, []byte(other)) {
				t.Errorf("a file that begins with %q is read as %q", other, lines)
			}
		}
	})
}

// Formats of cells can say what they like: the rows are refused with a code, or they are the rows, and each number is one.
func FuzzStyles(f *testing.F) {
	for _, code := range []string{"General", "dd/mm/yyyy", "[$€-407]#,##0.00", "0.00E+00", "[h]:mm", `"text"@`, "yyyy年m月d日", "[<=100]0;[red]-0;0", "\\", "[", "_-* #,##0"} {
		f.Add(code, "1", "45823.5", true)
		f.Add(code, "99999999999", "-1.25", false)
	}
	f.Fuzz(func(t *testing.T, code, style, number string, known bool) {
		b := xlsxtest.New(fmt.Sprintf(`<row r="1"><c r="A1" s="%s"><v>%s</v></c><c r="B1" t="str"><v>end</v></c></row>`, escaped(style), escaped(number))).Styles(0, code)
		if !known {
			b.Styles(0, 14)
		}
		data := each(b, func(e *xlsxtest.Entry) { e.Store = true }).Bytes()
		fast, err := tryRead(data, "x.xlsx", "")
		slow, errSlow := tryRead(data, "x.xlsx", "", scannerOnly(true))
		if fast != slow || (err == nil) != (errSlow == nil) {
			t.Errorf("the two ways through cells differ: %q (%v), %q (%v)", fast, err, slow, errSlow)
		}
		if err != nil && !isCoded(err) {
			t.Errorf("it is answered %v", err)
		}
		if err == nil && !strings.Contains(fast, `"end"`) {
			t.Errorf("it is read as %q", fast)
		}
	})
}

func escaped(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '"':
			b.WriteString("&quot;")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Whatever stands in a sheet's first rows, its table is found or refused with a code; a column of the schema is one column of the sheet, and
// what is said of a cell is said of one that there is.
func FuzzTitles(f *testing.F) {
	for _, titles := range []string{"City\tCountry\tAmount\tGiven on", "VILLE\tPAYS\tMONTANT\tDONNE LE", "City\tCity\tAmount\tGiven on", "City / Ville\tCountry*\tAmount (USD)\tDate", "a\tb", "", "City\tCountri\tAmuont\tGivn on"} {
		f.Add(titles, "Brest\tFrance\t1.234,5\t03/04/2025", "City=1", uint8(2), uint8(1))
		f.Add("Report\n\n"+titles, "Brest\tFrance\t=1+1\t2025", "given_on=dmy", uint8(4), uint8(3))
	}
	f.Fuzz(func(t *testing.T, titles, row, answer string, editRow, editCol uint8) {
		data := []byte(titles + "\n" + row + "\n" + row + "\n")
		ctx := context.Background()
		book, err := Open(ctx, bytes.NewReader(data), int64(len(data)), "x.csv", WithAnswers(Answers{"csv.delimiter": "tab", "csv.encoding": "utf-8"}))
		if err != nil {
			if !isCoded(err) {
				t.Error(err)
			}
			return
		}
		defer book.Close()
		question, given, _ := strings.Cut(answer, "=")
		opts := TableOptions{Lang: locale.EN, Answers: Answers{question: given}, Edits: []Edit{{Row: int(editRow) + 1, Col: int(editCol) + 1, Value: given}}}
		loc, problems, err := book.Locate(ctx, []Schema{giftSchema()}, opts)
		if err == nil {
			var columns []int
			for _, col := range loc.Columns {
				if col != 0 && slices.Contains(columns, col) {
					t.Errorf("%q: column %d is two of the schema", data, col)
				}
				columns = append(columns, col)
			}
			var more []problem.Problem
			more, err = problemsOf(ctx, book, loc, opts)
			problems = append(problems, more...)
		}
		if err != nil && !isCoded(err) {
			t.Errorf("it is answered %v", err)
		}
		for i := range problems {
			p := &problems[i]
			if p.Row < 0 || p.Row > MaxRows || p.Col < 0 || p.Col > MaxColumns {
				t.Errorf("%q: %s is said of row %d, column %d", data, p.Code, p.Row, p.Col)
			}
			for _, lang := range locale.Langs {
				if p.Message(lang) == "" {
					t.Errorf("%q: %s says nothing", data, p.Code)
				}
			}
		}
	})
}

// problemsOf are what is said of a table's rows.
func problemsOf(ctx context.Context, book *Book, loc *Located, opts TableOptions) ([]problem.Problem, error) {
	decoder, err := NewDecoder[gift](loc.Schema)
	if err != nil {
		return nil, err
	}
	table, err := book.Table(ctx, loc, opts)
	if err != nil {
		return nil, err
	}
	defer table.Close()
	var problems []problem.Problem
	for table.Next() {
		line := table.Line()
		problems = append(problems, line.Problems...)
		if line.Class == LineData {
			more, _ := decoder.Decode(table, line, new(gift))
			problems = append(problems, more...)
		}
	}
	return append(problems, table.Problems()...), table.Err()
}
