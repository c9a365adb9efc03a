// Package officetest opens workbooks with LibreOffice, for tests that want to know what a real spreadsheet program makes of
// them. It never skips: without the program a test fails and says what to install.
package officetest

import (
	"context"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Convert opens a workbook and saves it in another format (such as "xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1" or
// "pdf"). It gives the folder with what came out.
func Convert(t testing.TB, content []byte, name, format string) (dir string) {
	t.Helper()
	return convertEach(t, map[string][]byte{name: content}, format)
}

// convertEach converts several workbooks in one run of the program, whose start takes most of the time.
func convertEach(t testing.TB, books map[string][]byte, format string) (dir string) {
	t.Helper()
	program, err := office()
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	args := []string{"-env:UserInstallation=file://" + profile(t), "--headless", "--norestore", "--convert-to", format, "--outdir", dir}
	sources := t.TempDir()
	for _, name := range slices.Sorted(maps.Keys(books)) {
		source := filepath.Join(sources, name)
		if err := os.WriteFile(source, books[name], 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, source)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, program, args...).CombinedOutput()
	if made, _ := os.ReadDir(dir); err != nil || len(made) < len(books) {
		t.Fatalf("LibreOffice could not open %v (%v): %s", slices.Sorted(maps.Keys(books)), err, out)
	}
	return dir
}

// profile is a user of the program's own, so that programs running beside it don't matter, whose setting is to calculate every
// formula anew.
func profile(t testing.TB) string {
	t.Helper()
	const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "user"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "user", "registrymodifications.xcu"), []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Resave opens a workbook and saves it as .xlsx, as a person does who has edited it.
func Resave(t testing.TB, content []byte, name string) []byte {
	t.Helper()
	return ResaveEach(t, map[string][]byte{name: content})[name]
}

// ResaveEach is Resave for several workbooks, by their names, which end in .xlsx.
func ResaveEach(t testing.TB, books map[string][]byte) map[string][]byte {
	t.Helper()
	dir := convertEach(t, books, "xlsx")
	saved := map[string][]byte{}
	for name := range books {
		content, err := os.ReadFile(filepath.Join(dir, strings.TrimSuffix(name, filepath.Ext(name))+".xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		saved[name] = content
	}
	return saved
}

// CSV opens a workbook, calculates it, and gives the values of each sheet, by the sheet's name.
func CSV(t testing.TB, content []byte) map[string]string {
	t.Helper()
	const everySheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
	dir := Convert(t, content, "book.xlsx", everySheet)
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	sheets := map[string]string{}
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(strings.TrimPrefix(f.Name(), "book-"), ".csv")
		sheets[name] = string(text)
	}
	return sheets
}

// office finds the program, and installs it first where that is possible.
var office = sync.OnceValues(func() (string, error) {
	if program, err := exec.LookPath("soffice"); err == nil {
		return program, nil
	}
	_, here, _, _ := runtime.Caller(0)
	script := filepath.Join(filepath.Dir(here), "..", "..", "..", ".ci", "prepare")
	if out, err := exec.Command("sh", script).CombinedOutput(); err != nil {
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		return "", &missingError{lines[len(lines)-1]}
	}
	program, err := exec.LookPath("soffice")
	if err != nil {
		return "", &missingError{err.Error()}
	}
	return program, nil
})

type missingError struct{ reason string }

func (e *missingError) Error() string {
	return "these tests open workbooks with LibreOffice; install libreoffice-calc so that soffice is on the PATH (" + e.reason + ")"
}
