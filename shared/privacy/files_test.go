package privacy

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/learning-cities/guildhall/shared/blob"
)

var kerbrat = Who{Names: []string{"Yann Kérbrat"}}

func zipped(t *testing.T, parts map[string]string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range parts {
		part, err := w.Create(name)
		if err == nil {
			_, err = part.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func gzipped(t *testing.T, content string) string {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func in(t *testing.T, e encoding.Encoding, text string) string {
	t.Helper()
	encoded, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

func TestAFileIsKnownToNameAPersonWhereverItDoes(t *testing.T) {
	const row = "Brest;Yann Kérbrat;12\n"
	for name, one := range map[string]struct {
		file, content string
		named         bool
	}{
		"a cell":                              {"a", zipped(t, map[string]string{"xl/sharedStrings.xml": "<sst><si><t>M. Yann Kérbrat</t></si></sst>"}), true},
		"runs of one cell":                    {"a", zipped(t, map[string]string{"xl/sharedStrings.xml": "<sst><si><r><t>Yann Kér</t></r><r><t>brat</t></r></si></sst>"}), true},
		"two cells":                           {"a", zipped(t, map[string]string{"xl/sharedStrings.xml": "<sst><si><t>Yann</t></si><si><t>Kérbrat</t></si></sst>"}), false},
		"an inline cell":                      {"a", zipped(t, map[string]string{"xl/worksheets/sheet2.xml": `<row><c t="inlineStr"><is><t>Kérbrat Yann</t></is></c></row>`}), true},
		"an entity":                           {"a", zipped(t, map[string]string{"xl/comments1.xml": "<text><t>&quot;Yann K&#233;rbrat&quot;</t></text>"}), true},
		"an attribute":                        {"a", zipped(t, map[string]string{"xl/workbook.xml": `<sheet name="Yann Kérbrat"/>`}), true},
		"a link":                              {"a", zipped(t, map[string]string{"xl/_rels/s.rels": `<R Target="mailto:yann.kerbrat@example.org"/>`}), true},
		"the name of a part":                  {"a", zipped(t, map[string]string{"Yann Kérbrat.txt": ""}), true},
		"nobody":                              {"a", zipped(t, map[string]string{"xl/sharedStrings.xml": "<sst><si><t>Yann Le Goff</t></si></sst>"}), false},
		"UTF-8":                               {"a", row, true},
		"Windows-1252":                        {"a", "Évry\n" + in(t, charmap.Windows1252, row), true},
		"UTF-16":                              {"a", in(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), row), true},
		"UTF-16, other way round":             {"a", in(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), row), true},
		"UTF-16BE without its mark":           {"a", in(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), row), true},
		"UTF-16 of few Latin letters":         {"a", in(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), strings.Repeat("日本語の文字", 50)+";Керб Янн;Yann Kérbrat\n"), true},
		"a text of a printer":                 {"a", in(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "Yann Kérbrat\x00\x00\x00\x01"), true},
		"UTF-8 with a damaged byte":           {"a", "Brest;\xff;Yann K\u00e9rbrat;12\n", true},
		"the name of a packed file":           {"a", packedAs(t, "Yann Kérbrat.csv"), true},
		"a link in a part of another name":    {"a", zipped(t, map[string]string{"xl/sheet.bin": "<t>Yann K&#233;rbrat</t>"}), true},
		"a part in capitals":                  {"a", zipped(t, map[string]string{"XL/SHAREDSTRINGS.XML": "<si><r><t>Yann Kér</t></r><r><t>brat</t></r></si>"}), true},
		"XML of version 1.1":                  {"a", zipped(t, map[string]string{"a.xml": `<?xml version="1.1"?><si><r><t>Yann Kér</t></r><r><t>brat</t></r></si>`}), true},
		"XML that ends too early":             {"a", zipped(t, map[string]string{"a.xml": "<t>Yann K&#233;rbrat"}), true},
		"XML that ends in a tag":              {"a", zipped(t, map[string]string{"a.xml": `<t a="b">x</t><t b="Yann Kérbrat`}), true},
		"behind what is no XML":               {"a", zipped(t, map[string]string{"a.xml": "<t>a</t><<=\x01>Yann Kérbrat"}), true},
		"behind a character that XML has not": {"a", zipped(t, map[string]string{"a.xml": "<t>\x01</t><si><r><t>Yann Kér</t></r><r><t>brat</t></r></si>"}), true},
		"on both sides of what is no XML":     {"a", zipped(t, map[string]string{"a.xml": "<!-- Yann -- Kérbrat -->"}), true},
		"behind all that is no XML":           {"a", zipped(t, map[string]string{"a.xml": strings.Repeat("<<", 2000) + "Yann Kérbrat"}), true},
		"XML in Windows-1252":                 {"a", zipped(t, map[string]string{"a.xml": in(t, charmap.Windows1252, "<t>Yann Kérbrat</t>")}), true},
		"an element that nothing closes":      {"a", zipped(t, map[string]string{"a.vml": "<div><br><br>Yann <b>Kér</b>brat</div>"}), true},
		"UTF-16 without its mark":             {"a", in(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), row), true},
		"the end without a line":              {"a", strings.Repeat("Brest;\n", 20000) + "Yann Kérbrat", true},
		"JSON":                                {"plan.jsonl", `{"a":["\nYann K\u00e9rbrat"]}` + "\n", true},
		"JSON, packed":                        {"part.jsonl.gz", gzipped(t, "{}\n"+`{"a":"x\tYann K\u00e9rbrat"}`), true},
		"JSON of two others":                  {"plan.jsonl", `{"a":"Yann","b":"Kérbrat"}`, false},
		"packed and not JSON":                 {"a", gzipped(t, row), true},
		"what only looks packed":              {"a", "PK\x03\x04 Yann Kérbrat", true},
		"what only looks packed 2":            {"a", "\x1f\x8b\nYann Kérbrat\n", true},
		"nothing":                             {"a", "", false},
	} {
		m := marksOf(t, kerbrat)
		named, err := m.inReader(strings.NewReader(one.content), int64(len(one.content)), one.file)
		if err != nil || named != one.named {
			t.Errorf("%s: %t, %v", name, named, err)
		}
	}
}

// packedAs is a packed file of that name in which nothing is.
func packedAs(t *testing.T, name string) string {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Name = name
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestAPartInUTF16IsReadAsXML(t *testing.T) {
	const part = `<?xml version="1.0" encoding="UTF-16"?><sst><si><r><t>Yann K</t></r><r><t>&#233;rbrat</t></r></si></sst>`
	for name, content := range map[string]string{
		"little-endian":                  in(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), part),
		"big-endian":                     in(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), part),
		"little-endian without its mark": in(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), part),
		"big-endian without its mark":    in(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), part),
		"told by its first characters": in(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
			strings.Replace(part, "<sst>", "<sst><si><t>"+strings.Repeat("日本語", 2000)+"</t></si>", 1)),
	} {
		packed := zipped(t, map[string]string{"xl/sharedStrings.xml": content})
		if named, err := marksOf(t, kerbrat).inReader(strings.NewReader(packed), int64(len(packed)), "a"); err != nil || !named {
			t.Errorf("%s: %t, %v", name, named, err)
		}
	}
}

func TestTextsOfALineAreReplacedAndEveryOtherByteStays(t *testing.T) {
	line := `{"row": 17 ,"label":"Yann Kérbrat","n":1.50,"writes":[{"type":"application","before":{"contact":{"name":"a\u0062"}},"claims":[]},{"x":["p",{"y":"q"}],"z":null}],"e":""}` + "\n"
	var paths []string
	got := string(replaceTexts([]byte(line), func(path, text string) string {
		paths = append(paths, path+"="+text)
		if text == "ab" || text == "q" {
			return `"` + text + `"`
		}
		return text
	}, nil))
	want := strings.NewReplacer(`"a\u0062"`, `"\"ab\""`, `"q"`, `"\"q\""`).Replace(line)
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if said := strings.Join(paths, " "); said != "label=Yann Kérbrat writes.0.type=application writes.0.before.contact.name=ab writes.1.x.0=p writes.1.x.1.y=q e=" {
		t.Error(said)
	}
	if broken := []byte(`{"a":"b",`); string(replaceTexts(broken, func(string, string) string { return "" }, nil)) != string(broken) {
		t.Error("what is no JSON is changed")
	}
}

// FuzzReplacedLinesAreTheSameButForTheirTexts: whatever the line, what comes out says the same with each text in capitals.
func FuzzReplacedLinesAreTheSameButForTheirTexts(f *testing.F) {
	for _, line := range []string{`{"a":["b",{"c":"d"}]}`, `["x",1,true,null,"y"]`, `"z"`, `{"a":{"a":{}}}`, "{", `{"a":"\ud800"}`} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		var before any
		if json.Unmarshal([]byte(line), &before) != nil {
			return
		}
		if got := replaceTexts([]byte(line), func(_, text string) string { return text }, nil); string(got) != line {
			t.Errorf("nothing was to be changed:\n%s\n%s", line, got)
		}
		var after any
		if err := json.Unmarshal(replaceTexts([]byte(line), func(_, text string) string { return "<" + text + ">" }, nil), &after); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		want, _ := json.Marshal(wrapped(before))
		got, _ := json.Marshal(after)
		if !bytes.Equal(got, want) {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
}

func wrapped(value any) any {
	switch v := value.(type) {
	case string:
		return "<" + v + ">"
	case []any:
		for i := range v {
			v[i] = wrapped(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = wrapped(v[name])
		}
	}
	return value
}

func TestALineOfAPlanLosesThePersonAndKeepsWhatAnUndoFindsItBy(t *testing.T) {
	m := marksOf(t, kerbrat)
	line := `{"row":3,"outcome":"update","label":"Brest, Yann Kérbrat","writes":[{"op":"update","type":"application","partition":"2025","id":"FR#brest","base":1,` +
		`"before":{"city":"Brest","contact":{"name":"Yann Kérbrat","email":"mairie@brest.example"},"mayor":{"name":"Anne Le Goff"}},` +
		`"after":{"city":"Brest","contact":{"name":"Loïc Riou","email":"riou@brest.example"},"motivation":"Merci à Yann Kérbrat."},"fields":["contact"],` +
		`"from":{"import":"i1","file":"Yann Kérbrat.csv","sha256":"ab","row":3}}]}` + "\n"
	want := `{"row":3,"outcome":"update","label":"Brest, […]","writes":[{"op":"update","type":"application","partition":"2025","id":"FR#brest","base":1,` +
		`"before":{"city":"Brest","contact":{"name":"","email":""},"mayor":{"name":"Anne Le Goff"}},` +
		`"after":{"city":"Brest","contact":{"name":"Loïc Riou","email":"riou@brest.example"},"motivation":"Merci à […]."},"fields":["contact"],` +
		`"from":{"import":"i1","file":"[…].csv","sha256":"ab","row":3}}]}` + "\n"
	got, row, err := m.planned([]byte(line))
	if err != nil || row != 3 || string(got) != want {
		t.Errorf("row %d, %v\ngot  %s\nwant %s", row, err, got, want)
	}
}

// torn is a file of which the engine gives the first bytes and no more.
type torn struct{ content string }

func (f torn) ReadAt(p []byte, at int64) (int, error) {
	if at >= 4 || len(p) > 4 {
		return 0, blob.ErrUnavailable
	}
	return copy(p, f.content[at:]), nil
}

func (f torn) Size() int64  { return int64(len(f.content)) }
func (f torn) Close() error { return nil }

type tornStore struct {
	blob.Store
	torn
}

func (s tornStore) Open(context.Context, string) (blob.Reader, error) { return s.torn, nil }

func TestAFileThatCanNotBeReadNowIsNotOneThatNamesNobody(t *testing.T) {
	m := marksOf(t, kerbrat)
	for name, content := range map[string]string{
		"workbook": zipped(t, map[string]string{"xl/sharedStrings.xml": "<si><t>Yann Kérbrat</t></si>"}),
		"packed":   gzipped(t, "Yann Kérbrat"),
		"text":     "Brest;Yann Kérbrat",
	} {
		if _, err := m.inFile(t.Context(), tornStore{torn: torn{content}}, name); !errors.Is(err, blob.ErrUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
