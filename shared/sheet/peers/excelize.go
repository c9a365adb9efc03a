package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/sheet/peers/sample"
)

// The columns of the sample that are no texts, from 0; excelize's raw values are texts, and their types must be known.
const (
	columnAmount, columnReceived, columnRate, columnRateDate, columnSent = 4, 6, 9, 10, 13
)

// excelizeRead streams rows with raw values, and reads the numbers among them.
func excelizeRead(_ context.Context, args []string) (told, error) {
	book, err := excelize.OpenFile(args[0], excelize.Options{RawCellValue: true})
	if err != nil {
		return told{}, err
	}
	defer book.Close()
	rows, err := book.Rows(sample.Sheet)
	if err != nil {
		return told{}, err
	}
	defer rows.Close()
	var s summer
	for title := true; rows.Next(); title = false {
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return told{}, err
		}
		for col, cell := range cells {
			if cell == "" {
				continue
			}
			if err := addRaw(&s, title, col, cell); err != nil {
				return told{}, err
			}
		}
	}
	return told{Sum: s.done()}, rows.Error()
}

func addRaw(s *summer, title bool, col int, cell string) error {
	if title {
		s.text(cell)
		return nil
	}
	switch col {
	case columnAmount, columnRate, columnReceived, columnRateDate:
		f, err := strconv.ParseFloat(cell, 64)
		if err != nil {
			return err
		}
		if col == columnAmount || col == columnRate {
			s.number(f)
		} else {
			s.date(f)
		}
	case columnSent:
		s.boolean(cell == "1" || cell == "TRUE")
	default:
		s.text(cell)
	}
	return nil
}

// excelizeWrite writes so many rows of the sample with the stream writer.
func excelizeWrite(_ context.Context, args []string) (told, error) {
	rows, err := strconv.Atoi(args[0])
	if err != nil || len(args) < 2 {
		return told{}, fmt.Errorf("usage: peers run excelize-write ROWS OUT")
	}
	book := excelize.NewFile()
	defer book.Close()
	if err := book.SetSheetName("Sheet1", sample.Sheet); err != nil {
		return told{}, err
	}
	styles, err := excelizeStyles(book)
	if err != nil {
		return told{}, err
	}
	out, err := book.NewStreamWriter(sample.Sheet)
	if err != nil {
		return told{}, err
	}
	cells := make([]any, sample.Columns)
	for i, title := range sample.Titles {
		cells[i] = title
	}
	if err := out.SetRow("A1", cells); err != nil {
		return told{}, err
	}
	for n := range rows {
		row := sample.At(n)
		styles.fill(cells, &row)
		if err := out.SetRow("A"+strconv.Itoa(n+2), cells); err != nil {
			return told{}, err
		}
	}
	if err := out.Flush(); err != nil {
		return told{}, err
	}
	return told{Rows: rows}, book.SaveAs(args[1])
}

type excelizeLooks struct{ text, code, money, rate, date int }

func excelizeStyles(book *excelize.File) (excelizeLooks, error) {
	var l excelizeLooks
	for format, id := range map[string]*int{
		"General": &l.text, "@": &l.code, "#,##0.00": &l.money, "0.0000": &l.rate, "yyyy-mm-dd": &l.date,
	} {
		var err error
		*id, err = book.NewStyle(&excelize.Style{CustomNumFmt: &format, Alignment: &excelize.Alignment{Vertical: "top"}})
		if err != nil {
			return l, err
		}
	}
	return l, nil
}

func (l *excelizeLooks) fill(cells []any, r *sample.Row) {
	amount, _ := strconv.ParseFloat(r.Amount, 64)
	rate, _ := strconv.ParseFloat(r.Rate, 64)
	for i, value := range []any{
		r.Donor, r.DonorType, r.City, r.Country, amount, r.Currency, midnight(r.ReceivedOn), r.Reference, r.Earmark, rate,
		midnight(r.RateDate), r.RateSource, r.Remarks, r.ReceiptSent,
	} {
		style := l.text
		switch i {
		case columnAmount:
			style = l.money
		case columnRate:
			style = l.rate
		case columnReceived, columnRateDate:
			style = l.date
		case 7, 8:
			style = l.code
		}
		cells[i] = excelize.Cell{StyleID: style, Value: value}
	}
}

func midnight(d civil.Date) time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }
