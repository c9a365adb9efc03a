package sample

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// WriteShared writes the same rows as Excel does: each text once in the table of shared strings, in the order of its first use.
func WriteShared(dst io.Writer, rows int) error {
	z := zip.NewWriter(dst)
	for _, part := range sharedParts {
		if err := store(z, part.name, strings.NewReader(part.xml)); err != nil {
			return err
		}
	}
	out, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return err
	}
	s := sharedWriter{out: out, numbers: map[string]int{}}
	if err := s.sheet(rows); err != nil {
		return err
	}
	head := fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+
		`<sst xmlns="%s" count="%d" uniqueCount="%d">`, mainSpace, s.uses, len(s.numbers))
	table := io.MultiReader(strings.NewReader(head), &s.items, strings.NewReader("</sst>"))
	if err := store(z, "xl/sharedStrings.xml", table); err != nil {
		return err
	}
	return z.Close()
}

func store(z *zip.Writer, name string, content io.Reader) error {
	out, err := z.Create(name)
	if err == nil {
		_, err = io.Copy(out, content)
	}
	return err
}

// sharedWriter writes the sheet and collects its texts.
type sharedWriter struct {
	out     io.Writer
	buf     []byte
	numbers map[string]int
	items   bytes.Buffer
	uses    int
	row     int
	col     int
}

// The cell formats of sharedParts' styles.
const (
	formatMoney = 1 + iota
	formatDate
	formatRate
	formatCode
)

func (s *sharedWriter) sheet(rows int) error {
	s.buf = append(s.buf, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+
		`<worksheet xmlns="`+mainSpace+`"><dimension ref="A1:N`+strconv.Itoa(rows+1)+`"/><sheetData>`...)
	s.begin()
	for _, title := range Titles {
		s.text(title, 0)
	}
	s.buf = append(s.buf, "</row>"...)
	for n := range rows {
		r := At(n)
		s.contribution(&r)
		if len(s.buf) > 64<<10 {
			if _, err := s.out.Write(s.buf); err != nil {
				return err
			}
			s.buf = s.buf[:0]
		}
	}
	_, err := s.out.Write(append(s.buf, "</sheetData></worksheet>"...))
	return err
}

func (s *sharedWriter) contribution(r *Row) {
	s.begin()
	for _, text := range []string{r.Donor, r.DonorType, r.City, r.Country} {
		s.text(text, 0)
	}
	s.value(r.Amount, formatMoney, "")
	s.text(r.Currency, 0)
	s.value(serial(r.ReceivedOn), formatDate, "")
	s.text(r.Reference, formatCode)
	s.text(r.Earmark, formatCode)
	s.value(r.Rate, formatRate, "")
	s.value(serial(r.RateDate), formatDate, "")
	s.text(r.RateSource, 0)
	s.text(r.Remarks, 0)
	sent := "0"
	if r.ReceiptSent {
		sent = "1"
	}
	s.value(sent, 0, "b")
	s.buf = append(s.buf, "</row>"...)
}

func (s *sharedWriter) begin() {
	s.row, s.col = s.row+1, 0
	s.buf = strconv.AppendInt(append(s.buf, `<row r="`...), int64(s.row), 10)
	s.buf = append(s.buf, `" spans="1:14">`...)
}

func (s *sharedWriter) text(text string, format int) {
	number, known := s.numbers[text]
	if !known {
		number = len(s.numbers)
		s.numbers[text] = number
		s.items.WriteString("<si><t>")
		s.items.WriteString(strings.ReplaceAll(text, "&", "&amp;"))
		s.items.WriteString("</t></si>")
	}
	s.uses++
	s.value(strconv.Itoa(number), format, "s")
}

func (s *sharedWriter) value(value string, format int, kind string) {
	s.col++
	s.buf = append(append(s.buf, `<c r="`...), sheet.CellName(s.col, s.row)...)
	s.buf = append(s.buf, '"')
	if format > 0 {
		s.buf = strconv.AppendInt(append(s.buf, ` s="`...), int64(format), 10)
		s.buf = append(s.buf, '"')
	}
	if kind != "" {
		s.buf = append(append(append(s.buf, ` t="`...), kind...), '"')
	}
	s.buf = append(append(append(s.buf, "><v>"...), value...), "</v></c>"...)
}

// serial is the day's number in workbooks.
func serial(d civil.Date) string {
	day := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
	return strconv.Itoa(int(day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour)))
}

const (
	mainSpace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relSpace  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	partSpace = "http://schemas.openxmlformats.org/package/2006/relationships"
	partTypes = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

var sharedParts = []struct{ name, xml string }{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + partTypes + `sheet.main+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + partTypes + `worksheet+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + partTypes + `styles+xml"/>` +
		`<Override PartName="/xl/sharedStrings.xml" ContentType="` + partTypes + `sharedStrings+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="` + partSpace + `"><Relationship Id="rId1" Type="` + relSpace +
		`/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relSpace + `"><sheets><sheet name="` + Sheet +
		`" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + partSpace + `">` +
		`<Relationship Id="rId1" Type="` + relSpace + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + relSpace + `/styles" Target="styles.xml"/>` +
		`<Relationship Id="rId3" Type="` + relSpace + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`},
	{"xl/styles.xml", `<styleSheet xmlns="` + mainSpace + `"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/>` +
		`<numFmt numFmtId="165" formatCode="0.0000"/></numFmts>` +
		`<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">` +
		xf("0") + xf("4") + xf("164") + xf("165") + xf("49") + `</cellXfs></styleSheet>`},
}

func xf(format string) string {
	return `<xf numFmtId="` + format + `" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`
}
