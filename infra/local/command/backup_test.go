package command_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// lately is after everything that the demo does.
const lately = "2026-06-01T00:00:00Z"

// exportEverything writes each workbook in each language, and each other form of one, and returns their bytes.
func exportEverything(t *testing.T, data string) map[string][]byte {
	t.Helper()
	books := map[string][]byte{}
	for _, lang := range []string{"en", "fr", "es"} {
		for _, line := range []string{"budget", "fund", "membership", "survey", "donor --donor KR", "donor --donor KR --format pdf",
			"donor --donor KR --format csv", "fund --format iati"} {
			file := filepath.Join(t.TempDir(), "workbook")
			args := append([]string{"export"}, strings.Fields(line)...)
			must(t, guildhall(t, append(args, "--lang", lang, "--term", "2019-2021", "--data", data, "--at", lately, "-o", file)...), 0)
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			books[line+" "+lang] = content
		}
	}
	return books
}

func sameWorkbooks(t *testing.T, got, want map[string][]byte) {
	t.Helper()
	total := 0
	for name := range want {
		if !bytes.Equal(got[name], want[name]) {
			t.Errorf("%s is another one", name)
		}
		total += len(want[name])
	}
	t.Logf("%d workbooks, papers and data files, %d bytes, byte for byte the same", len(want), total)
}

func TestEveryWorkbookFromWhatIsRestoredIsByteForByteWhatItWas(t *testing.T) {
	folder := t.TempDir()
	out, kept, data := filepath.Join(folder, "out"), filepath.Join(folder, "backup.tar.zst"), filepath.Join(folder, "restored")
	must(t, guildhall(t, "demo", "--out", out), 0)
	r := guildhall(t, "backup", "--data", filepath.Join(out, "data"), "-o", kept)
	must(t, r, 0)
	if !strings.HasPrefix(r.out, kept+" holds ") {
		t.Errorf("backup says %s", r.out)
	}
	if info, err := os.Stat(kept); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the backup: %v, %v", info, err)
	}
	r = guildhall(t, "restore", kept, "--data", data, "--lang", "fr")
	must(t, r, 0)
	if !strings.HasPrefix(r.out, data+" contient de nouveau ") {
		t.Errorf("restore says %s", r.out)
	}
	sameWorkbooks(t, exportEverything(t, data), exportEverything(t, filepath.Join(out, "data")))
	r = guildhall(t, "restore", kept, "--data", data)
	must(t, r, 2)
	if !strings.HasPrefix(r.lastLine(), "STORE_NOT_EMPTY ") {
		t.Errorf("a restore over records says %s", r.lastLine())
	}
}

func TestBackupAndRestoreRefuseWhatTheyCanNotDo(t *testing.T) {
	folder := t.TempDir()
	file := written(t, folder, "file", []byte("no backup"))
	data := filepath.Join(folder, "data")
	must(t, guildhall(t, "import", received(t, folder, "members.en.xlsx"), "--data", data), 0)
	for line, code := range map[string]string{
		"backup --data " + data: "USAGE",
		"backup --data " + filepath.Join(folder, "none") + " -o " + filepath.Join(folder, "b"): "STORE_MISSING",
		"backup --data " + data + " -o " + filepath.Join(data, "table.db"):                     "USAGE",
		"backup --data " + data + " -o " + filepath.Join(folder, "none", "b"):                  "OUTPUT_FAILED",
		"restore --data " + filepath.Join(folder, "new"):                                       "USAGE",
		"restore " + filepath.Join(folder, "none") + " --data " + filepath.Join(folder, "new"): "FILE_UNREADABLE",
		"restore " + file + " --data " + filepath.Join(folder, "new"):                          "ARCHIVE_DAMAGED",
	} {
		r := guildhall(t, strings.Fields(line)...)
		if r.status != 2 || !strings.HasPrefix(r.lastLine(), code+" ") {
			t.Errorf("%s: %d %s, want %s", line, r.status, r.lastLine(), code)
		}
	}
	if _, err := os.Stat(filepath.Join(folder, "new")); err == nil {
		t.Error("a refused restore leaves a folder behind")
	}
}

func TestARestoreThatIsStoppedBeforeItsErasuresStaysClosedAndIsDoneAgain(t *testing.T) {
	folder := t.TempDir()
	data, kept, register := filepath.Join(folder, "data"), filepath.Join(folder, "backup.tar.zst"), filepath.Join(folder, "erasures.jsonl")
	must(t, guildhall(t, "import", received(t, folder, "applications.fr.xlsx"), "--mode", "valid", "--data", data, "--at", at), 1)
	must(t, guildhall(t, "backup", "--data", data, "-o", kept), 0)
	must(t, guildhall(t, "privacy", "erase", "--name", "Mireille Kamga", "--sure", "--data", data), 0)
	must(t, guildhall(t, "privacy", "register", "-o", register, "--data", data), 0)

	restored := filepath.Join(folder, "restored")
	find := []string{"privacy", "find", "--name", "Mireille Kamga", "--data", restored}
	if err := os.MkdirAll(restored, 0o700); err != nil {
		t.Fatal(err)
	}
	inTheWay := written(t, restored, "mail", nil) // of the folder in which letters are looked for
	restore := []string{"restore", kept, "--erasures", register, "--data", restored}
	if r := guildhall(t, restore...); r.status != 2 || r.out != "" {
		t.Fatalf("the erasures could not be done, and the restore says %d %s%s", r.status, r.out, r.err)
	}
	if r := guildhall(t, find...); r.status != 2 || !strings.HasPrefix(r.lastLine(), "RESTORE_UNFINISHED ") {
		t.Errorf("with the erased in it again it is opened: %d %s%s", r.status, r.out, r.err)
	}
	if err := os.Remove(inTheWay); err != nil {
		t.Fatal(err)
	}
	r := guildhall(t, restore...)
	must(t, r, 0)
	if !strings.Contains(r.out, "erasures of the register that hold here again: 1") {
		t.Errorf("restore says %s", r.out)
	}
	if r := guildhall(t, find...); r.status != 0 || !strings.Contains(r.out, "nothing is held") {
		t.Errorf("restored in the end: %d %s%s", r.status, r.out, r.err)
	}
	must(t, guildhall(t, restore...), 2) // it is whole
}
