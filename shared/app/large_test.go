package app_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/sheet"
)

const (
	large     = 100_000
	mostBytes = 256 << 20

	// The program is started with these to import in a process whose memory is its own.
	largeFolder = "GUILDHALL_TEST_FOLDER"
	largeFile   = "GUILDHALL_TEST_FILE"
)

// contributions is a CSV of contributions by companies, each with its own bank reference.
func contributions(rows int) imports.Upload {
	var text bytes.Buffer
	text.WriteString(strings.Join(contributionTitles, ",") + "\n")
	for i := range rows {
		fmt.Fprintf(&text, "%s\n", strings.Join(contributionCells(i), ","))
	}
	return imports.Upload{Name: "contributions.csv", Source: bytes.NewReader(text.Bytes()), Size: int64(text.Len())}
}

var contributionTitles = []string{
	"Donor", "Type of donor", "Amount", "Currency", "Received on", "Bank reference", "Exchange rate", "Rate date", "Rate source", "Remarks",
}

func contributionCells(i int) []string {
	day := time.Date(2019, 10, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%700).Format(time.DateOnly)
	cells := []string{
		"Company " + strconv.Itoa(i%4000), "company", strconv.Itoa(100+i%90000) + ".50", "USD", day, "BANK-" + strconv.Itoa(1000000+i),
		"", "", "", "transfer " + strconv.Itoa(i),
	}
	if i%5 == 0 {
		cells[3], cells[6], cells[7], cells[8] = "EUR", "1.1234", day, "ECB"
	}
	return cells
}

// workbook writes contributions as an .xlsx file, amounts and dates as such.
func workbook(t testing.TB, path string, rows int) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w := sheet.NewWriter(file, sheet.WriterOptions{Title: "Contributions"})
	s, err := w.Sheet(sheet.SheetSpec{Name: "Contributions"})
	if err != nil {
		t.Fatal(err)
	}
	put := func(texts []string) {
		cells := make([]sheet.OutCell, len(texts))
		for c, text := range texts {
			if cells[c].Value = text; c == 2 && text[0] <= '9' {
				cells[c].Value = sheet.Number(text)
			}
		}
		if err := s.Row(cells...); err != nil {
			t.Fatal(err)
		}
	}
	put(contributionTitles)
	for i := range rows {
		put(contributionCells(i))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestMain(m *testing.M) {
	if folder := os.Getenv(largeFolder); folder != "" {
		do := func() error { return importAndTell(folder, os.Getenv(largeFile)) }
		if stage := os.Getenv(fundStage); stage != "" {
			do = func() error { return doFundStage(stage, folder) }
		}
		if err := do(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// importAndTell checks a file and commits it when it is clean, and prints its counts, what each took, and the most memory that it had.
func importAndTell(folder, path string) error {
	ctx := context.Background()
	a, err := app.OpenEmbedded(ctx, folder, app.Options{Clock: identity.Fixed(at)})
	if err != nil {
		return err
	}
	defer a.Close()
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	start := time.Now()
	up := imports.Upload{Name: info.Name(), Source: file, Size: info.Size()}
	report, err := a.Imports.Check(ctx, up, imports.Options{Kind: "contributions"})
	if err != nil {
		return err
	}
	checked := time.Now()
	if report.Clean() {
		if _, err := a.Imports.Commit(ctx, imports.Order{Import: report.Import, Plan: report.Plan}); err != nil {
			return err
		}
	}
	fmt.Println(report.Rows.Create, len(report.Problems), checked.Sub(start).Milliseconds(), time.Since(checked).Milliseconds(), peak())
	return nil
}

// peak is the most memory that this process asked the system for, in bytes. The pages of the store's file that the system keeps at hand, and
// takes back when it needs them, are not in it: they grow with the store.
func peak() int64 {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return int64(memory.Sys)
}

type largeImport struct {
	created, problems         int
	checkMillis, commitMillis float64
	peak                      int64
}

// plainProgram is this test program built without the race detector, which would take several times the memory.
func plainProgram(t testing.TB) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "app.test")
	if out, err := exec.Command("go", "test", "-c", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return program
}

func importLarge(t testing.TB, path string) largeImport {
	t.Helper()
	child := exec.Command(plainProgram(t))
	child.Env = append(os.Environ(), largeFolder+"="+t.TempDir(), largeFile+"="+path)
	child.Stderr = os.Stderr
	out, err := child.Output()
	if err != nil {
		t.Fatal(err)
	}
	var told largeImport
	if _, err := fmt.Sscan(string(out), &told.created, &told.problems, &told.checkMillis, &told.commitMillis, &told.peak); err != nil {
		t.Fatalf("%q: %v", out, err)
	}
	return told
}

func TestAHundredThousandContributionsAreImportedInBoundedMemory(t *testing.T) {
	path := t.TempDir() + "/contributions.xlsx"
	workbook(t, path, large)
	told := importLarge(t, path)
	if told.created != large {
		t.Errorf("%d rows were created, want %d", told.created, large)
	}
	if told.peak >= mostBytes {
		t.Errorf("%d MiB were taken, at most %d may be", told.peak>>20, mostBytes>>20)
	}
}

// All problems are reported in one pass, however many there are.
func TestAHundredThousandRowsWithThreeErrorsEachAreCheckedInBoundedMemory(t *testing.T) {
	path := t.TempDir() + "/contributions.csv"
	text := bytes.NewBufferString(strings.Join(contributionTitles, ",") + "\n")
	for i := range large {
		cells := contributionCells(i)
		cells[1], cells[2], cells[4] = "neighbour "+strconv.Itoa(i), "amount "+strconv.Itoa(i), "31/02/2019"
		fmt.Fprintln(text, strings.Join(cells, ","))
	}
	if err := os.WriteFile(path, text.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	told := importLarge(t, path)
	if told.created != 0 || told.problems < 3*large {
		t.Errorf("%d rows were created and %d problems found", told.created, told.problems)
	}
	if told.peak >= mostBytes {
		t.Errorf("%d MiB were taken, at most %d may be", told.peak>>20, mostBytes>>20)
	}
}

// BenchmarkImport prints what checking (reading, judging, comparing) and storing 100,000 contributions take.
func BenchmarkImport(b *testing.B) {
	path := b.TempDir() + "/contributions.xlsx"
	workbook(b, path, large)
	var last largeImport
	for b.Loop() {
		last = importLarge(b, path)
	}
	b.ReportMetric(last.checkMillis, "ms/check")
	b.ReportMetric(last.commitMillis, "ms/commit")
	b.ReportMetric(float64(last.peak>>20), "MiB/resident")
}
