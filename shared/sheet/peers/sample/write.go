package sample

import (
	"io"

	"github.com/learning-cities/guildhall/shared/sheet"
)

// looks are the styles of a workbook: every cell has one.
type looks struct{ title, text, code, money, rate, date sheet.StyleID }

func newLooks(w *sheet.Writer) looks {
	styled := func(format string) sheet.StyleID { return w.Style(sheet.Style{VAlign: "top", NumFmt: format}) }
	return looks{
		title: w.Style(sheet.Style{Bold: true, Fill: "DDEBF7"}),
		text:  styled(""), code: styled("@"), money: styled("#,##0.00"), rate: styled("0.0000"), date: styled("yyyy-mm-dd"),
	}
}

// Write writes rows with the toolkit's own writer: texts stand in their cells.
func Write(dst io.Writer, rows int) error { return write(dst, rows, false) }

// WriteFlawed is Write with every FlawEvery-th row spoiled.
func WriteFlawed(dst io.Writer, rows int) error { return write(dst, rows, true) }

func write(dst io.Writer, rows int, flawed bool) error {
	w := sheet.NewWriter(dst, sheet.WriterOptions{Title: Sheet})
	s, err := w.Sheet(sheet.SheetSpec{Name: Sheet, FreezeRows: 1})
	if err != nil {
		return err
	}
	l := newLooks(w)
	cells := make([]sheet.OutCell, Columns)
	for i, title := range Titles {
		cells[i] = sheet.OutCell{Value: title, Style: l.title}
	}
	if err := s.Row(cells...); err != nil {
		return err
	}
	for n := range rows {
		row := At(n)
		date := ""
		if flawed {
			date = Flaw(n, &row)
		}
		l.fill(cells, &row)
		if date != "" {
			cells[6].Value = date
		}
		if err := s.Row(cells...); err != nil {
			return err
		}
	}
	return w.Close()
}

func (l *looks) fill(cells []sheet.OutCell, r *Row) {
	cells[0] = sheet.OutCell{Value: r.Donor, Style: l.text}
	cells[1] = sheet.OutCell{Value: r.DonorType, Style: l.text}
	cells[2] = sheet.OutCell{Value: r.City, Style: l.text}
	cells[3] = sheet.OutCell{Value: r.Country, Style: l.text}
	cells[4] = sheet.OutCell{Value: sheet.Number(r.Amount), Style: l.money}
	cells[5] = sheet.OutCell{Value: r.Currency, Style: l.text}
	cells[6] = sheet.OutCell{Value: r.ReceivedOn, Style: l.date}
	cells[7] = sheet.OutCell{Value: r.Reference, Style: l.code}
	cells[8] = sheet.OutCell{Value: r.Earmark, Style: l.code}
	cells[9] = sheet.OutCell{Value: sheet.Number(r.Rate), Style: l.rate}
	cells[10] = sheet.OutCell{Value: r.RateDate, Style: l.date}
	cells[11] = sheet.OutCell{Value: r.RateSource, Style: l.text}
	cells[12] = sheet.OutCell{Value: r.Remarks, Style: l.text}
	cells[13] = sheet.OutCell{Value: r.ReceiptSent, Style: l.text}
}
