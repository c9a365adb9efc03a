package command_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// chance is what differs each time: identifiers of imports, and hashes.
var chance = regexp.MustCompile(`\b[0-9a-f]{64}\b|\b01[0-9a-z]{24}\b`)

func settled(printed string) string {
	return chance.ReplaceAllStringFunc(printed, func(found string) string {
		if len(found) == 64 {
			return "(64 digits)"
		}
		return "IMPORT"
	})
}

// words splits a command line as a shell does, as far as quotes go.
func words(line string) []string {
	var all []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			all = append(all, part)
			continue
		}
		all = append(all, strings.Fields(part)...)
	}
	return all
}

func TestThePageForTreasurersShowsWhatIsPrinted(t *testing.T) {
	const page = "../../../docs/fund.md"
	content, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	must(t, guildhall(t, "import", received(t, folder, "members.en.xlsx"), "--data", data, "--at", "2021-01-02"), 0)
	blocks := strings.Split(string(content), "```\n")
	commands := 0
	for i := 1; i < len(blocks); i += 2 {
		var want strings.Builder
		for line := range strings.Lines(blocks[i]) {
			typed, isCommand := strings.CutPrefix(line, "$ guildhall ")
			if !isCommand {
				continue
			}
			commands++
			args := words(typed)
			for n, arg := range args {
				if filepath.Ext(arg) == ".xlsx" {
					args[n] = received(t, folder, arg)
				}
			}
			r := guildhall(t, append(args, "--data", data, "--at", "2021-03-05", "--quiet")...)
			if !strings.Contains(line, "15000.01") && !strings.Contains(line, "--date 2021-02-28") && r.status != 0 && !strings.Contains(r.err, "SECOND_PERSON") {
				t.Errorf("%sstatus %d: %s", line, r.status, r.err)
			}
			want.WriteString(line + settled(r.out+r.err))
		}
		blocks[i] = want.String()
	}
	made := strings.Join(blocks, "```\n")
	if commands < 20 {
		t.Errorf("%d commands", commands)
	}
	if *update {
		if err := os.WriteFile(page, []byte(made), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if made != string(content) {
		t.Errorf("docs/fund.md shows another output: run go test ./infra/local/command -update\n%s", made)
	}
}
