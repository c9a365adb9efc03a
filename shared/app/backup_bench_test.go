package app_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/archive"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
)

// BenchmarkBackup backs up and restores a folder into which 100,000 contributions were imported.
func BenchmarkBackup(b *testing.B) {
	const rows = 100_000
	a := open(b, b.TempDir())
	withUpload(b, sampleFile(b, b.TempDir(), rows), func(up imports.Upload) error {
		_, _, err := a.Imports.Import(b.Context(), up, imports.Options{Kind: "contributions"}, intake.All, "")
		return err
	})
	from := archive.Store{Table: a.Table, Blobs: a.Blobs}
	var write, read, restore time.Duration
	var size int64
	var counts archive.Counts
	for b.Loop() {
		file, err := os.Create(filepath.Join(b.TempDir(), "backup"))
		if err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		if counts, err = archive.Write(b.Context(), file, from, app.Archiving(at)); err != nil {
			b.Fatal(err)
		}
		write += time.Since(start)
		info, err := file.Stat()
		if err != nil {
			b.Fatal(err)
		}
		size, start = info.Size(), time.Now()
		kept, err := archive.Open(b.Context(), file.Name(), file, size)
		if err != nil {
			b.Fatal(err)
		}
		read += time.Since(start)
		to, err := app.OpenStore(b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		start = time.Now()
		if err := kept.Restore(b.Context(), to, app.Restoring()); err != nil {
			b.Fatal(err)
		}
		restore += time.Since(start)
		if err := to.Table.Close(); err != nil {
			b.Fatal(err)
		}
		file.Close()
	}
	for name, took := range map[string]time.Duration{"write": write, "read": read, "restore": restore} {
		b.ReportMetric(float64(counts.Items)*float64(b.N)/took.Seconds(), name+"-items/s")
		b.ReportMetric(took.Seconds()/float64(b.N), name+"-s")
	}
	b.ReportMetric(float64(size)/(1<<20), "MiB")
	b.ReportMetric(float64(counts.Items), "items")
	b.ReportMetric(float64(counts.Bytes)/(1<<20), "MiB/files")
}
