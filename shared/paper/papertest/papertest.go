// Package papertest reads PDF files with poppler's tools, for tests that want to know what a reader's program makes of them.
package papertest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Pages is the text of each page, laid out as on the page, with simple spaces.
func Pages(t *testing.T, pdf []byte) []string {
	t.Helper()
	text := run(t, pdf, "pdftotext", "-layout", "-enc", "UTF-8", "FILE", "-")
	text = regexp.MustCompile(`[ \x{00A0}]+`).ReplaceAllString(text, " ")
	return strings.Split(strings.TrimSuffix(text, "\f"), "\f")
}

// Text is the text of all pages, with simple spaces and on one line.
func Text(t *testing.T, pdf []byte) string {
	t.Helper()
	return strings.Join(strings.Fields(strings.Join(Pages(t, pdf), " ")), " ")
}

// Info is what the file says about itself, by the names that pdfinfo gives.
func Info(t *testing.T, pdf []byte) map[string]string {
	t.Helper()
	info := map[string]string{}
	for line := range strings.Lines(run(t, pdf, "pdfinfo", "-enc", "UTF-8", "FILE")) {
		if name, value, ok := strings.Cut(line, ":"); ok {
			info[name] = strings.TrimSpace(value)
		}
	}
	return info
}

// Font is one of the file's fonts.
type Font struct {
	Name              string
	Embedded, Unicode bool // the font is part of the file; its letters can be copied as text
}

// Fonts lists them.
func Fonts(t *testing.T, pdf []byte) []Font {
	t.Helper()
	var fonts []Font
	lines := strings.Split(strings.TrimSpace(run(t, pdf, "pdffonts", "FILE")), "\n")
	for _, line := range lines[2:] { // below two lines of titles
		words := strings.Fields(line)
		flags := words[len(words)-5:] // emb sub uni object ID
		fonts = append(fonts, Font{Name: words[0], Embedded: flags[0] == "yes", Unicode: flags[2] == "yes"})
	}
	return fonts
}

func run(t *testing.T, pdf []byte, program string, args ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "document.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, arg := range args {
		if arg == "FILE" {
			args[i] = file
		}
	}
	cmd := exec.Command(program, args...)
	var out, failed bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &failed
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s (of the package poppler-utils): %v\n%s", program, err, failed.String())
	}
	if failed.Len() > 0 {
		t.Errorf("%s complains: %s", program, failed.String())
	}
	return out.String()
}
