package command_test

import (
	"archive/tar"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// earlierData unpacks each of the data folders that earlier states of the program left. Each was made by
//
//	guildhall import F --data data --mode valid --term 2019-2021
//
// of the sheets members.en.xlsx, applications.fr.xlsx, applications.es.xlsx, endorsements.es.csv, decisions.en.xlsx, survey.fr.xlsx and
// contributions.es.xlsx of that state,
// and is named after its commit.
func earlierData(t *testing.T) map[string]string {
	t.Helper()
	packed, err := filepath.Glob("testdata/earlier/*.tar.zst")
	if err != nil || len(packed) < 2 {
		t.Fatalf("%q, %v", packed, err)
	}
	folders := map[string]string{}
	for _, name := range packed {
		folder := t.TempDir()
		unpack(t, name, folder)
		folders[strings.TrimSuffix(filepath.Base(name), ".tar.zst")] = filepath.Join(folder, "data")
	}
	return folders
}

func unpack(t *testing.T, name, into string) {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unpacked, err := zstd.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer unpacked.Close()
	for in := tar.NewReader(unpacked); ; {
		header, err := in.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(into, filepath.Clean("/"+header.Name))
		if header.Typeflag == tar.TypeDir {
			continue
		}
		content, err := io.ReadAll(in)
		if err == nil {
			err = errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, content, 0o600))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatEarlierVersionsWroteIsRead(t *testing.T) {
	for commit, data := range earlierData(t) {
		t.Run(commit, func(t *testing.T) {
			folder := t.TempDir()
			for _, name := range []string{"membership", "survey", "budget", "fund"} {
				book := filepath.Join(folder, name+".xlsx")
				must(t, guildhall(t, "export", name, "--term", "2019-2021", "--data", data, "-o", book), 0)
				if info, err := os.Stat(book); err != nil || info.Size() < 5000 {
					t.Errorf("%s: %v, %v", name, info, err)
				}
			}
			// What was stored then is, field by field, what the same workbook says now.
			r := guildhall(t, "check", filepath.Join(folder, "membership.xlsx"), "--kind", "members", "--data", data)
			must(t, r, 0)
			if !strings.Contains(r.out, "rows read: 114 (114 unchanged)") { // 109 of the sheet of members, and 5 by decisions
				t.Error(r.out)
			}
			r = guildhall(t, "show", "city", "Montpellier", "--country", "FR", "--data", data)
			must(t, r, 0)
			if !strings.Contains(r.out, "members.en.xlsx") {
				t.Error(r.out)
			}
			// It is backed up and restored as any other, and goes on from there.
			kept, restored := filepath.Join(folder, "backup"), filepath.Join(folder, "restored")
			must(t, guildhall(t, "backup", "--data", data, "-o", kept), 0)
			must(t, guildhall(t, "restore", kept, "--data", restored), 0)
			must(t, guildhall(t, "import", received(t, folder, "survey.es.xlsx"), "--data", restored, "--term", "2019-2021"), 0)
		})
	}
}
