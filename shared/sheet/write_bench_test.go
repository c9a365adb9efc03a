package sheet_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// typed is a row of 14 cells of every kind, as a list of contributions has them.
func typed(w *sheet.Writer, n int) []sheet.OutCell {
	money, code := w.Style(sheet.Style{NumFmt: "#,##0.00"}), w.Style(sheet.Style{NumFmt: "@"})
	return []sheet.OutCell{
		{Value: fmt.Sprintf("REF-%07d", n), Style: code}, {Value: "City of Évreux"}, {Value: "FR"}, {Value: "member city"},
		{Value: sheet.Number(fmt.Sprintf("%d.%02d", 1000+n, n%100)), Style: money}, {Value: "USD"},
		{Value: civil.Date{Year: 2025, Month: time.Month(1 + n%12), Day: 1 + n%28}}, {Value: n % 7}, {Value: n%2 == 0},
		{Value: "fund/1.1"}, {Value: float64(n) / 8}, {Value: "Thanks & regards"}, {Value: "someone@example.org"}, {Value: int64(n) * 1000},
	}
}

func BenchmarkWrite(b *testing.B) {
	for _, rows := range []int{356, 10_000, 100_000} {
		b.Run(fmt.Sprintf("%dx14", rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w := sheet.NewWriter(io.Discard, sheet.WriterOptions{})
				s, err := w.Sheet(sheet.SheetSpec{Name: "Contributions"})
				if err != nil {
					b.Fatal(err)
				}
				for n := range rows {
					if err := s.Row(typed(w, n)...); err != nil {
						b.Fatal(err)
					}
				}
				if err := w.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkAnnotate marks 1,000 cells; reading the same sheet and writing it again is what it is compared with.
func BenchmarkAnnotate(b *testing.B) {
	for _, rows := range []int{10_000, 100_000} {
		var src bytes.Buffer
		w := sheet.NewWriter(&src, sheet.WriterOptions{})
		s, err := w.Sheet(sheet.SheetSpec{Name: "Contributions"})
		if err != nil {
			b.Fatal(err)
		}
		for n := range rows {
			_ = s.Row(typed(w, n)...)
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
		var marks []sheet.Mark
		for n := range 1000 {
			marks = append(marks, *problem.New("NUMBER_INVALID").At("Contributions", 1+n*rows/1000, 1+n%14).Valued("abc"))
		}
		ctx, file := context.Background(), bytes.NewReader(src.Bytes())
		b.Run(fmt.Sprintf("%dx14", rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				result, err := sheet.Annotate(ctx, io.Discard, file, file.Size(), "contributions.xlsx", marks, sheet.AnnotateOptions{})
				if err != nil || result.Fresh {
					b.Fatal(err, result)
				}
			}
		})
		b.Run(fmt.Sprintf("%dx14/read-only", rows), func(b *testing.B) {
			for b.Loop() {
				if err := readAll(src.Bytes()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
