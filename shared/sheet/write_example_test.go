package sheet_test

import (
	"bytes"
	"context"
	"fmt"
	"log"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// A workbook is written row after row; amounts are exact decimals, totals are live formulas with their value beside them.
func ExampleWriter() {
	var out bytes.Buffer
	w := sheet.NewWriter(&out, sheet.WriterOptions{Title: "Gifts"})
	header, money := w.Style(sheet.Style{Bold: true}), w.Style(sheet.Style{NumFmt: "#,##0.00"})
	s, err := w.Sheet(sheet.SheetSpec{Name: "Gifts", Widths: []float64{20, 14, 12}, FreezeRows: 1, TitleRows: 1})
	if err != nil {
		log.Fatal(err)
	}
	// Errors are kept and come back from Close.
	_ = s.Row(sheet.OutCell{Value: "City", Style: header}, sheet.OutCell{Value: "Amount", Style: header}, sheet.OutCell{Value: "Given on", Style: header})
	_ = s.Row(sheet.OutCell{Value: "Brest"}, sheet.OutCell{Value: sheet.Number("50000.25"), Style: money}, sheet.OutCell{Value: civil.Date{Year: 2025, Month: 6, Day: 15}})
	_ = s.Row(sheet.OutCell{Value: "=not a formula"}, sheet.OutCell{Value: sheet.Number("100"), Style: money})
	_ = s.Row(sheet.OutCell{Value: "Total"}, sheet.OutCell{Value: sheet.Number("50100.25"), Formula: "SUM(B2:B3)", Style: money})
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	printRows(out.Bytes(), "Gifts")
	// Output:
	// ["City","Amount","Given on"]
	// ["Brest",50000.25,"2025-06-15"]
	// ["=not a formula",100]
	// ["Total",50100.25]
}

// A template in any language is recognised by its hidden sheet when it comes back.
func ExampleWriteTemplate() {
	var out bytes.Buffer
	schema := gifts()
	if err := sheet.WriteTemplate(&out, &schema, locale.ES, sheet.TemplateOptions{}); err != nil {
		log.Fatal(err)
	}
	printRows(out.Bytes(), "Donaciones")
	// Output:
	// ["Donaciones"]
	// ["Rellene una fila por cada entrada, a partir de la fila bajo los títulos. Las columnas marcadas con * son obligatorias."]
	// ["Sitúe el cursor sobre un título para leer qué espera su columna, y elija de la lista cuando una celda la ofrezca. Deje los títulos como están."]
	// ["Ciudad *","Importe *","Donado el"]
}

// The sender gets the same workbook back, with marks at its cells and a sheet that lists what is wrong.
func ExampleAnnotate() {
	var sent, marked bytes.Buffer
	w := sheet.NewWriter(&sent, sheet.WriterOptions{})
	s, err := w.Sheet(sheet.SheetSpec{Name: "Gifts"})
	if err != nil {
		log.Fatal(err)
	}
	_ = s.Row(sheet.OutCell{Value: "City"}, sheet.OutCell{Value: "Amount"})
	_ = s.Row(sheet.OutCell{Value: "Brest"}, sheet.OutCell{Value: "abc"})
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	marks := []sheet.Mark{*problem.New("NUMBER_INVALID").At("Gifts", 2, 2).Valued("abc")}
	result, err := sheet.Annotate(context.Background(), &marked, bytes.NewReader(sent.Bytes()), int64(sent.Len()), "gifts.xlsx", marks,
		sheet.AnnotateOptions{Lang: locale.EN})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("cells marked:", result.Marked, "new workbook:", result.Fresh)
	printRows(marked.Bytes(), "Problems")
	// Output:
	// cells marked: 1 new workbook: false
	// ["Problems found in gifts.xlsx"]
	// ["1 error. Correct the marked cells and send this workbook again. This sheet, the colours and the notes are ignored then."]
	// ["Where","Value","What is wrong and what to do","Did you mean","Severity","Code","Rule"]
	// ["Gifts · B2","abc","\"abc\" is not a number. Write digits only, for example 50000 or 50000.25.",null,"Error","NUMBER_INVALID"]
}

func printRows(content []byte, name string) {
	ctx := context.Background()
	book, err := sheet.Open(ctx, bytes.NewReader(content), int64(len(content)), "book.xlsx")
	if err != nil {
		log.Fatal(err)
	}
	defer book.Close()
	rows, err := book.Rows(ctx, name)
	if err != nil {
		log.Fatal(err)
	}
	for rows.Next() {
		if len(rows.Row().Cells) > 0 {
			fmt.Println(string(rows.Row().AppendJSON(nil)))
		}
	}
	if err := rows.Err(); err != nil {
		log.Fatal(err)
	}
}
