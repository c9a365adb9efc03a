package command_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// largest is what a check and commit of 100,000 rows may keep in memory.
const largest = 256 << 20 // bytes

func TestAHundredThousandContributionsAreImportedWithin256MiB(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "contributions.xlsx")
	writeContributions(t, file, 100_000)
	binary := filepath.Join(folder, "guildhall")
	if out, err := exec.Command("go", "build", "-o", binary, "..").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	cmd := exec.CommandContext(t.Context(), binary, "import", file, "--data", filepath.Join(folder, "data"), "--format", "json")
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, errOut.String())
	}
	var report struct{ Rows struct{ Read, Create int } }
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatal(err)
	}
	if report.Rows.Read != 100_000 || report.Rows.Create != 100_000 {
		t.Errorf("rows: %+v", report.Rows)
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	peak := usage.Maxrss * 1024 // Linux counts in KiB
	t.Logf("peak of resident memory: %d MiB", peak>>20)
	if peak > largest {
		t.Errorf("%d MiB were resident, at most %d are allowed", peak>>20, largest>>20)
	}
}

// writeContributions writes a workbook of contributions that are all in order.
func writeContributions(t testing.TB, name string, rows int) {
	t.Helper()
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w := sheet.NewWriter(file, sheet.WriterOptions{Title: "Contributions"})
	page, err := w.Sheet(sheet.SheetSpec{Name: "Contributions"})
	if err != nil {
		t.Fatal(err)
	}
	day := w.Style(sheet.Style{NumFmt: "yyyy-mm-dd"})
	titles := []string{"Donor", "Type of donor", "Country", "Amount", "Currency", "Value date", "Bank reference", "Exchange rate", "Rate date",
		"Rate source", "Earmarked for", "Remarks"}
	header := make([]sheet.OutCell, len(titles))
	for i, title := range titles {
		header[i].Value = title
	}
	if err := page.Row(header...); err != nil {
		t.Fatal(err)
	}
	start := civil.Date{Year: 2019, Month: 10, Day: 1}
	for i := range rows {
		err := page.Row(
			sheet.OutCell{Value: fmt.Sprintf("Donor %d", i%1000)}, sheet.OutCell{Value: "Foundation"}, sheet.OutCell{Value: "Canada"},
			sheet.OutCell{Value: sheet.Number(fmt.Sprintf("%d.%02d", 100+i%9000, i%100))}, sheet.OutCell{Value: "CAD"},
			sheet.OutCell{Value: start.AddDays(i % 700), Style: day}, sheet.OutCell{Value: fmt.Sprintf("REF-%07d", i)},
			sheet.OutCell{Value: sheet.Number("0.7651")}, sheet.OutCell{Value: start, Style: day}, sheet.OutCell{Value: "UN operational rate"},
			sheet.OutCell{Value: "fund/1.2"}, sheet.OutCell{Value: fmt.Sprintf("Line %d of the bank's statement", i)},
		)
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}
