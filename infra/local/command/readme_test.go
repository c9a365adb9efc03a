package command_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the demo's output in the README, and the golden files")

func TestTheReadmeShowsWhatTheDemoPrints(t *testing.T) {
	const readme = "../../../README.md"
	out := filepath.Join(t.TempDir(), "out")
	r := guildhall(t, "demo", "--out", out, "--at", at)
	must(t, r, 0)
	printed := strings.ReplaceAll(r.out, out, "out")
	var lines []string
	for line := range strings.Lines(printed) {
		lines = append(lines, strings.TrimRight(line, " \n"))
	}
	want := strings.TrimSpace(strings.Join(lines, "\n"))
	content, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(content), "```\nThe sample workbooks")
	shown, after, ended := strings.Cut("The sample workbooks"+rest, "\n```")
	if !found || !ended {
		t.Fatal("the README has no block that begins with the demo's first line")
	}
	if *update {
		content = []byte(before + "```\n" + want + "\n```" + after)
		if err := os.WriteFile(readme, content, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if shown != want {
		t.Errorf("the README shows another output than the demo's: run go test ./infra/local/command -update\n%s", want)
	}
}
