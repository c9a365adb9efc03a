package command_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAStatementIsExportedAsAPaperAndAsDataAndTheFundForAidTransparency(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	for _, name := range []string{"members.en.xlsx", "pledges.en.xlsx", "contributions.en.xlsx"} {
		must(t, guildhall(t, "import", received(t, folder, name), "--data", data, "--at", at), 0)
	}
	for format, want := range map[string]string{
		"pdf": "%PDF-1.", "csv": "figures,received,donor,period,,,,113600.00,USD,",
	} {
		file := filepath.Join(folder, "norway."+format)
		must(t, guildhall(t, "export", "donor", "--donor", "donor_country#NO", "--term", "2019-2021", "--format", format, "--data", data, "--at", at, "-o", file), 0)
		if got, err := os.ReadFile(file); err != nil || !bytes.Contains(got, []byte(want)) {
			t.Errorf("%s: no %s (%v)", format, want, err)
		}
	}
	file := filepath.Join(folder, "fund.xml")
	must(t, guildhall(t, "export", "fund", "--format", "iati", "--data", data, "--at", at, "-o", file), 0)
	if got, err := os.ReadFile(file); err != nil || !bytes.Contains(got, []byte(`<iati-activities version="2.03"`)) {
		t.Errorf("the activity file reads %.200s (%v)", got, err)
	}
	for args, want := range map[string]string{"donor --donor x --format doc": "xlsx, pdf, csv", "budget --format pdf": "xlsx", "fund --format pdf": "xlsx, iati"} {
		r := guildhall(t, append(append([]string{"export"}, strings.Fields(args)...), "--data", data, "-o", filepath.Join(folder, "no"))...)
		if r.status != 2 || !strings.HasPrefix(r.lastLine(), "USAGE ") || !strings.Contains(r.lastLine(), want) {
			t.Errorf("%s: %d %s", args, r.status, r.err)
		}
	}
}
