package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a bank's lines brought is on the statement of who gave it, with the cell and what stood in it.
func TestAStatementIsExportedForADonorHoweverNamed(t *testing.T) {
	folder := t.TempDir()
	data, book := filepath.Join(folder, "data"), filepath.Join(folder, "norway.xlsx")
	for _, name := range []string{"members.en.xlsx", "pledges.en.xlsx", "contributions.en.xlsx"} {
		must(t, guildhall(t, "import", received(t, folder, name), "--data", data, "--at", at), 0)
	}
	must(t, guildhall(t, "export", "donor", "--donor", "government of norway", "--term", "2019-2021", "--data", data, "--at", at, "-o", book), 0)
	for sheet, want := range map[string]string{
		"Statement": `"Statement of the fund to Government of Norway"`, "Summary": `["Contributions received",113600,0,113600,"Contributions"]`,
		"Contributions": `1000000,"NOK",0.1136,null,"2020-01-01","UN operational rate",113600,"This period"`,
		"Transactions":  `"E6","1000000"`,
	} {
		if r := guildhall(t, "read", book, "--sheet", sheet); r.status != 0 || !strings.Contains(r.out, want) {
			t.Errorf("%s: no %s in\n%s%s", sheet, want, r.out, r.err)
		}
	}
	again := filepath.Join(folder, "again.xlsx")
	must(t, guildhall(t, "export", "donor", "--donor", "Norvège", "--from", "2019-10-01", "--to", "2020-12-31", "--data", data, "-o", again), 0)
	r := guildhall(t, "export", "donor", "--donor", "Goverment of Norway", "--data", data, "-o", book)
	if r.status != 2 || !strings.HasPrefix(r.lastLine(), "DONOR_NEAR ") || !strings.Contains(r.lastLine(), "donor_country#NO") {
		t.Errorf("%d: %s", r.status, r.err)
	}
}

func TestAStatementNeedsADonorAndOnePeriod(t *testing.T) {
	folder := t.TempDir()
	book := filepath.Join(folder, "book.xlsx")
	for _, c := range []struct {
		args, want string
	}{
		{"donor", "--donor"}, {"budget --donor Brest", "--donor, --from"}, {"budget --to 2020-01-01", "--donor, --from"},
		{"donor --donor Brest --from 2020-01-01", "--term"}, {"donor --donor Brest --term 2019-2021 --from 2020-01-01 --to 2020-02-01", "--term"},
		{"donor --donor Brest --from May --to 2020-02-01", `"May"`},
	} {
		args := append([]string{"export"}, strings.Fields(c.args)...)
		r := guildhall(t, append(args, "--data", filepath.Join(folder, "data"), "-o", book)...)
		if r.status != 2 || !strings.HasPrefix(r.lastLine(), "USAGE ") || !strings.Contains(r.lastLine(), c.want) {
			t.Errorf("%s: %d %s", c.args, r.status, r.err)
		}
	}
	if _, err := os.Stat(book); err == nil {
		t.Error("a refused statement is a file")
	}
}
