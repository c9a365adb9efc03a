package opc

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"testing"
)

func packaged(t *testing.T, entries ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(entries); i += 2 {
		part, err := w.Create(entries[i])
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(part, entries[i+1])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestPartsAreFoundWhateverTheCaseOfTheirNames(t *testing.T) {
	content := packaged(t, "xl/", "", "xl/Workbook.xml", "book", "xl/_rels/workbook.xml.rels",
		`<Relationships><Relationship Id="a" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="http://x/styles" Target="/xl/a&amp;b.xml"/>`+
			`<Relationship Id="c" Type="http://x/link" Target="file:///etc/passwd" TargetMode="External"/><Relationship Id="d" Type="http://x/up" Target="../docProps/core.xml"/></Relationships>`)
	p, err := Read(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if book, err := p.Load("XL/workbook.XML"); err != nil || string(book) != "book" {
		t.Errorf("got %q, %v", book, err)
	}
	relations, err := p.Relations("xl/workbook.xml")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"xl/worksheets/sheet1.xml", "xl/a&b.xml", "file:///etc/passwd", "docProps/core.xml"} {
		if relations[i].Target != want {
			t.Errorf("got %q, want %q", relations[i].Target, want)
		}
	}
	if !relations[2].External || relations[0].Type != "worksheet" {
		t.Errorf("got %+v", relations)
	}
}

func TestWhatIsNotPlainIsRefused(t *testing.T) {
	good := packaged(t, "a.xml", "x")
	wrongSum := bytes.Replace(packaged(t, "a.xml", "0123456789012345678901234567890123456789"), []byte("a.xml"), []byte("a.xml"), 1)
	wrongSum[40] ^= 0xff
	for name, content := range map[string][]byte{
		"a name twice":     packaged(t, "a.xml", "x", "A.xml", "y"),
		"a path upwards":   packaged(t, "../a.xml", "x"),
		"a path from root": packaged(t, "/a.xml", "x"),
		"a backslash":      packaged(t, `xl\a.xml`, "x"),
		"cut off":          good[:len(good)-10],
		"empty":            {},
	} {
		if _, err := Read(bytes.NewReader(content), int64(len(content))); !errors.Is(err, ErrForm) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	p, err := Read(bytes.NewReader(wrongSum), int64(len(wrongSum)))
	if err == nil {
		_, err = p.Load("a.xml")
	}
	if !errors.Is(err, ErrForm) {
		t.Errorf("damaged content: got %v", err)
	}
}
