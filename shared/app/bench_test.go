package app_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/sheet/peers/sample"
)

var benchmarkRows = []int{356, 10_000, 100_000, 500_000}

// sampleFile writes contributions of 14 typed columns.
func sampleFile(b *testing.B, folder string, rows int) string {
	b.Helper()
	path := fmt.Sprintf("%s/%d.xlsx", folder, rows)
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	if err := sample.Write(file, rows); err != nil {
		b.Fatal(err)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

func perSecond(b *testing.B, rows int, what string, taken time.Duration) {
	b.ReportMetric(float64(rows)/taken.Seconds(), what+"-rows/s")
	b.ReportMetric(float64(taken.Microseconds())/1000, what+"-ms")
}

// BenchmarkStages prints what reading, checking and storing contributions take, each by itself: reading all cells; a check
// (which reads, judges, compares with what is stored, and writes plan and report) on an empty embedded store; and the commit of
// its plan. Check and commit run in a process of their own, whose memory is printed.
func BenchmarkStages(b *testing.B) {
	folder := b.TempDir()
	for _, rows := range benchmarkRows {
		path := sampleFile(b, folder, rows)
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			var read, check, store time.Duration
			var memory int64
			runs := 0
			for b.Loop() {
				start := time.Now()
				drain(b, path)
				read += time.Since(start)
				told := importLarge(b, path)
				if told.created != rows {
					b.Fatalf("%d rows were created", told.created)
				}
				check += milliseconds(told.checkMillis)
				store += milliseconds(told.commitMillis)
				memory = max(memory, told.peak)
				runs++
			}
			perSecond(b, rows, "read", read/time.Duration(runs))
			perSecond(b, rows, "check", check/time.Duration(runs))
			perSecond(b, rows, "store", store/time.Duration(runs))
			b.ReportMetric(float64(memory)/(1<<20), "MiB/resident")
		})
	}
}

func milliseconds(n float64) time.Duration { return time.Duration(n * float64(time.Millisecond)) }

// drain reads all cells of a workbook's first sheet.
func drain(b *testing.B, path string) {
	b.Helper()
	withUpload(b, path, func(up imports.Upload) error {
		book, err := sheet.Open(b.Context(), up.Source, up.Size, up.Name)
		if err != nil {
			return err
		}
		defer book.Close()
		rows, err := book.Rows(b.Context(), sample.Sheet)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
		}
		return rows.Err()
	})
}

// BenchmarkCheck checks contributions on an empty embedded store within this process, where it can be profiled.
func BenchmarkCheck(b *testing.B) {
	folder := b.TempDir()
	for _, rows := range benchmarkRows {
		path := sampleFile(b, folder, rows)
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			a := open(b, b.TempDir())
			b.ReportAllocs()
			for b.Loop() {
				withUpload(b, path, func(up imports.Upload) error {
					report, err := a.Imports.Check(context.Background(), up, imports.Options{Kind: "contributions"})
					if err == nil && report.Rows.Create != rows {
						err = fmt.Errorf("%d rows would be created", report.Rows.Create)
					}
					return err
				})
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func withUpload(b *testing.B, path string, use func(imports.Upload) error) {
	b.Helper()
	file, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		b.Fatal(err)
	}
	if err := use(imports.Upload{Name: path, Source: file, Size: size}); err != nil {
		b.Fatal(err)
	}
}
