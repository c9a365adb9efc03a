package markup

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// pieces gives the tokens of a document.
func pieces(r io.Reader) (joined, shape string, err error) {
	var all, tokens bytes.Buffer
	s := NewScanner(r)
	for s.Next() {
		t := s.Token()
		all.Write(t.Raw)
		tokens.WriteString(map[Kind]string{Text: ".", Start: "(", Empty: "o", End: ")", Other: "!"}[t.Kind] + string(t.Local()))
	}
	return all.String(), tokens.String(), s.Err()
}

func TestADocumentIsTakenApartAndStaysWhole(t *testing.T) {
	long := strings.Repeat("long text ", 40_000)
	for doc, want := range map[string]string{
		"<a/>":    "oa",
		"<a></a>": "(a)a",
		"\ufeff<?xml version='1.0'?>\n<a>x</a>\n":              ".!.(a.)a.",
		`<x:a b="1>2" c='<"'/>`:                                "",
		`<x:a b="1>2" c='"'/>`:                                 "oa",
		"<a><!-- <b> --><b c='d'>&lt;</b><b/></a>":             "(a!(b.)bob)a",
		"<a><![CDATA[<b>]]></a>":                               "(a!)a",
		"<a\n b = '1' ></a >":                                  "(a)a",
		"<a>" + long + "</a>":                                  "long",
		"<a><b c='" + strings.Repeat("x", 300_000) + "'/></a>": "(aob)a",
	} {
		joined, shape, err := pieces(strings.NewReader(doc))
		if want == "" {
			if err == nil {
				t.Errorf("%.40q was taken", doc)
			}
			continue
		}
		if err != nil || joined != doc || want != "long" && shape != want {
			t.Errorf("%.40q: %v, %s, whole: %v", doc, err, shape, joined == doc)
		}
		slow, _, err := pieces(iotest.OneByteReader(strings.NewReader(doc)))
		if err != nil || slow != doc {
			t.Errorf("%.40q byte by byte: %v", doc, err)
		}
	}
}

func TestWhatIsNotWellFormedIsRefused(t *testing.T) {
	for _, doc := range []string{
		"", " ", "x", "<", "<a", "<a>", "</a>", "<a></b>", "<a/><b/>", "<a/>x", "x<a/>", "<>", "</>", "<a b='></a>", "<a <b/></a>",
		"<!DOCTYPE a><a/>", "<a><!ENTITY x></a>", "<a><!-- </a>", "<a><![CDATA[</a>", "<![CDATA[x]]>", "<?xml", "<!-->", "<a b=\"<\"/>",
		strings.Repeat("<a>", 300) + strings.Repeat("</a>", 300), "<a b='" + strings.Repeat("x", 3<<20) + "'/>",
	} {
		if _, _, err := pieces(strings.NewReader(doc)); err == nil {
			t.Errorf("%.40q was taken", doc)
		}
	}
	if _, _, err := pieces(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("<a></a>")))); err != iotest.ErrTimeout {
		t.Errorf("a failing reader gave %v", err)
	}
}

func TestAttributesAreFoundAndChanged(t *testing.T) {
	for _, c := range []struct{ tag, name, value, set, dropped string }{
		{`<c r="A1" s="2"/>`, "s", "2", `<c r="A1" s="9"/>`, `<c r="A1"/>`},
		{`<c r="A1" s='2' t="s">`, "s", "2", `<c r="A1" s='9' t="s">`, `<c r="A1" t="s">`},
		{`<c r="A1">`, "s", "", `<c r="A1" s="9">`, `<c r="A1">`},
		{`<c/>`, "s", "", `<c s="9"/>`, `<c/>`},
		{`<c />`, "s", "", `<c s="9" />`, `<c />`},
		{`<c t="s=1" ss="5" s = "2" >`, "s", "2", `<c t="s=1" ss="5" s = "9" >`, `<c t="s=1" ss="5" s >`},
		{`<c x:s="1"/>`, "s", "", `<c x:s="1" s="9"/>`, `<c x:s="1"/>`},
	} {
		value, _, _ := findAttr([]byte(c.tag), c.name)
		if string(value) != c.value {
			t.Errorf("%s: got %q", c.tag, value)
		}
		if got := string(SetAttr(nil, []byte(c.tag), c.name, "9")); got != c.set {
			t.Errorf("%s: set gives %s", c.tag, got)
		}
		if strings.Contains(c.tag, " = ") {
			continue
		}
		if got := string(DropAttr(nil, []byte(c.tag), c.name)); got != c.dropped {
			t.Errorf("%s: dropped gives %s", c.tag, got)
		}
	}
}

func TestADocumentIsChangedInPlace(t *testing.T) {
	const source = `<?xml version="1.0"?><r xmlns="n"> <a n="1"/> <b><c/><c n='2'>t</c></b> </r>`
	for name, c := range map[string]struct {
		edit func(d *Document)
		want string
	}{
		"nothing":         {func(*Document) {}, source},
		"an attribute":    {func(d *Document) { d.SetAttr(d.Child(0, "a"), "n", "5") }, strings.Replace(source, `"1"/>`, `"5"/>`, 1)},
		"into empty":      {func(d *Document) { d.Append(d.Child(0, "a"), "<x/>"); d.SetAttr(d.Child(0, "a"), "m", "3") }, strings.Replace(source, `<a n="1"/>`, `<a n="1" m="3"><x/></a>`, 1)},
		"at the end":      {func(d *Document) { d.Append(d.Child(0, "b"), "<x/>"); d.Append(d.Child(0, "b"), "<y/>") }, strings.Replace(source, "</b>", "<x/><y/></b>", 1)},
		"in front":        {func(d *Document) { d.Before(d.Child(0, "b"), "<x/>") }, strings.Replace(source, "<b>", "<x/><b>", 1)},
		"removal":         {func(d *Document) { d.Remove(d.Child(0, "b")) }, strings.Replace(source, "<b><c/><c n='2'>t</c></b>", "", 1)},
		"within removed":  {func(d *Document) { b := d.Child(0, "b"); d.Remove(b); d.SetAttr(d.Child(b, "c"), "n", "7") }, strings.Replace(source, "<b><c/><c n='2'>t</c></b>", "", 1)},
		"several at once": {func(d *Document) { d.Append(0, "<z/>"); d.Append(d.Child(0, "b"), "<x/>"); d.SetAttr(0, "q", "1") }, `<?xml version="1.0"?><r xmlns="n" q="1"> <a n="1"/> <b><c/><c n='2'>t</c><x/></b> <z/></r>`},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Parse([]byte(source))
			if err != nil {
				t.Fatal(err)
			}
			c.edit(d)
			if got := string(d.Bytes()); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
	d, _ := Parse([]byte(source))
	if got := len(d.Children(d.Child(0, "b"), "c")); got != 2 || d.Namespace() != "n" || d.Content(d.Child(0, "b")) != "<c/><c n='2'>t</c>" {
		t.Errorf("%d children, namespace %q", got, d.Namespace())
	}
}

func TestAnotherEncodingIsNotTaken(t *testing.T) {
	if _, err := Parse([]byte(`<?xml version="1.0" encoding="ISO-8859-1"?><a/>`)); err == nil {
		t.Error("it was taken for UTF-8")
	}
}

func TestSnippetsTakeThePrefixOfTheirDocument(t *testing.T) {
	const snippet = `<a b="1"><c/></a>`
	if got := Prefixed(snippet, "x:"); got != `<x:a b="1"><x:c/></x:a>` || Bare(got, "x:") != snippet {
		t.Errorf("got %s", got)
	}
}

func FuzzTheScannerLosesNothing(f *testing.F) {
	f.Add([]byte(`<a b="c">d<!-- e --><f/><![CDATA[<]]></a>`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		joined, _, err := pieces(bytes.NewReader(doc))
		if err == nil && joined != string(doc) {
			t.Errorf("%q became %q", doc, joined)
		}
	})
}

// TestTheRestOfAnElement is given at once only where no tag in it needs to be looked at.
func TestTheRestOfAnElement(t *testing.T) {
	for doc, want := range map[string]string{
		`<a><row r="1"><c><v>1</v></c></row><row/></a>`:           `<c><v>1</v></c></row>`,
		`<a><row></row></a>`:                                      `</row>`,
		`<a><row><t>an arrow &lt;/row></t></row></a>`:             "",
		`<a><row><t>an arrow, a row</t></row></a>`:                `<t>an arrow, a row</t></row>`,
		`<a><x:row><row/></x:row></a>`:                            `<row/></x:row>`,
		`<a><row><row></row></row></a>`:                           "",
		`<a><row><c/><row/></row></a>`:                            "",
		`<a><row><!-- </row> --></row></a>`:                       "",
		`<a><row><t><![CDATA[</row>]]></t></row></a>`:             "",
		`<a><row><?x </row>?></row></a>`:                          "",
		`<a><row><c></row `:                                       "",
		`<a><row><c/></row ></a>`:                                 "",
		`<a><row>` + strings.Repeat(" ", 2*window) + `</row></a>`: "",
	} {
		s := NewScanner(iotest.OneByteReader(strings.NewReader(doc)))
		s.Next()
		s.Next()
		before := len(s.ends)
		raw, ok := s.Rest()
		if string(raw) != want || ok != (want != "") {
			t.Errorf("%.60s: got %q", doc, raw)
		}
		if ok && (len(s.ends) != before-1 || s.Depth() != before) {
			t.Errorf("%.60s: depth %d", doc, s.Depth())
		}
		all := bytes.NewBuffer(bytes.Clone(raw))
		for s.Next() {
			all.Write(s.Token().Raw)
		}
		if s.Err() == nil && !strings.HasSuffix(doc, all.String()) {
			t.Errorf("%.60s: went on with %.60q", doc, all)
		}
	}
}
