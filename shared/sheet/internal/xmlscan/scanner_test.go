package xmlscan

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/learning-cities/guildhall/shared/problem"
)

// scan prints the tokens of a document, or the code of the refusal.
func scan(in io.Reader) string {
	s := New(context.Background(), NewSource(in, "part"), "part", Limits{Depth: 20, Token: 1 << 20, Work: 1 << 20})
	var out strings.Builder
	for {
		kind, err := s.Next()
		if err != nil {
			var p *problem.Problem
			if errors.As(err, &p) {
				return string(p.Code)
			}
			return err.Error()
		}
		switch kind {
		case EOF:
			return out.String()
		case Start:
			fmt.Fprintf(&out, "<%d:%s", s.Space, s.Name)
			for _, a := range s.Attrs {
				fmt.Fprintf(&out, " %s=%q", strings.TrimPrefix(string(a.Prefix)+":"+string(a.Name), ":"), a.Value)
			}
			out.WriteByte('>')
		case End:
			fmt.Fprintf(&out, "</%s>", s.Name)
		case Text:
			out.Write(s.Text)
		}
	}
}

const mainURI = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

var documents = map[string]struct{ xml, want string }{
	"one empty element":                     {`<a/>`, `<0:a></a>`},
	"white space inside of tags":            {"<a\n b = '1'\t></a\r>", `<0:a b="1"></a>`},
	"both quotes":                           {`<a b='"' c="'"/>`, `<0:a b="\"" c="'"></a>`},
	"entities":                              {`<a b="&lt;&amp;&#65;&#x42;">&gt;&quot;&apos;&#x1F600;</a>`, `<0:a b="<&AB">>"'😀</a>`},
	"comment, CDATA, instruction":           {`<?xml version="1.0"?><!--x--><a>1<!-- - -->2<?go on?>3<![CDATA[<&]]]></a><!--y--> `, `<0:a>123<&]</a>`},
	"line ends become newlines":             {"<a b='x\r\ny\tz'>1\r\n2\r3<![CDATA[\r\n\r]]></a>", "<0:a b=\"x y z\">1\n2\n3\n\n</a>"},
	"a carriage return by reference stays":  {"<a>&#13;\n</a>", "<0:a>\r\n</a>"},
	"prefixes":                              {`<x:a xmlns:x="` + mainURI + `"><x:b/><b xmlns="u"/></x:a>`, `<1:a><1:b></b><6:b></b></a>`},
	"default namespace ends with element":   {`<a><b xmlns="` + mainURI + `"><c/></b><c/></a>`, `<0:a><1:b><1:c></c></b><0:c></c></a>`},
	"namespace undeclared again":            {`<a xmlns="` + mainURI + `"><b xmlns=""/></a>`, `<1:a><0:b></b></a>`},
	"the xml prefix needs no declaration":   {`<a xml:space="preserve"/>`, `<0:a xml:space="preserve"></a>`},
	"names beyond ASCII":                    {`<é à="1"/>`, `<0:é à="1"></é>`},
	"byte order mark":                       {"\ufeff<a/>", `<0:a></a>`},
	"declared UTF-8":                        {`<?xml version='1.0' encoding='utf-8' standalone="yes" ?><a/>`, `<0:a></a>`},
	"nothing":                               {``, `FILE_TRUNCATED`},
	"only white space":                      {" \n", `FILE_TRUNCATED`},
	"only a declaration":                    {`<?xml version="1.0"?>`, `FILE_TRUNCATED`},
	"cut in a tag":                          {`<a><b`, `FILE_TRUNCATED`},
	"cut in an attribute":                   {`<a b="1`, `FILE_TRUNCATED`},
	"cut in a text":                         {`<a>text`, `FILE_TRUNCATED`},
	"cut in a comment":                      {`<a/><!-- `, `FILE_TRUNCATED`},
	"cut in a CDATA opening":                {`<a><![CDA`, `FILE_TRUNCATED`},
	"cut before the last tag":               {`<a></a`, `FILE_TRUNCATED`},
	"tags that do not match":                {`<a><b></a></b>`, `FILE_CORRUPT`},
	"end tag longer than its start":         {`<a></aa>`, `FILE_CORRUPT`},
	"end tag shorter than its start":        {`<aa></a>`, `FILE_CORRUPT`},
	"end tag only":                          {`</a>`, `FILE_CORRUPT`},
	"end tag with an attribute":             {`<a></a b="1">`, `FILE_CORRUPT`},
	"two roots":                             {`<a/><b/>`, `FILE_CORRUPT`},
	"text after the root":                   {`<a/>x`, `FILE_CORRUPT`},
	"text before the root":                  {`x<a/>`, `FILE_CORRUPT`},
	"CDATA outside of the root":             {`<a/><![CDATA[x]]>`, `FILE_CORRUPT`},
	"declaration after white space":         {` <?xml version="1.0"?><a/>`, `FILE_CORRUPT`},
	"declaration inside":                    {`<a><?xml version="1.0"?></a>`, `FILE_CORRUPT`},
	"declaration without a version":         {`<?xml encoding="utf-8"?><a/>`, `FILE_CORRUPT`},
	"declaration of another encoding":       {`<?xml version="1.0" encoding="latin1"?><a/>`, `FILE_CORRUPT`},
	"declaration of UTF-16 for UTF-8":       {`<?xml version="1.0" encoding="utf-16"?><a/>`, `FILE_CORRUPT`},
	"document type":                         {`<!DOCTYPE a><a/>`, `FILE_CORRUPT`},
	"entity bomb":                           {`<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, `FILE_CORRUPT`},
	"other declaration":                     {`<a><!ELEMENT b></a>`, `FILE_CORRUPT`},
	"comment with two hyphens":              {`<a><!-- -- --></a>`, `FILE_CORRUPT`},
	"comment ending in three hyphens":       {`<a><!-- ---></a>`, `FILE_CORRUPT`},
	"end of CDATA in text":                  {`<a>]]></a>`, `FILE_CORRUPT`},
	"attribute without a value":             {`<a b/>`, `FILE_CORRUPT`},
	"attribute without quotes":              {`<a b=1/>`, `FILE_CORRUPT`},
	"attribute twice":                       {`<a b="1" b="2"/>`, `FILE_CORRUPT`},
	"attributes without space between":      {`<a b="1"c="2"/>`, `FILE_CORRUPT`},
	"tag in an attribute":                   {`<a b="<"/>`, `FILE_CORRUPT`},
	"attribute that never ends":             {`<a b="1><c/></a>`, `FILE_CORRUPT`},
	"unknown entity":                        {`<a>&nbsp;</a>`, `FILE_CORRUPT`},
	"entity without an end":                 {`<a>& </a>`, `FILE_CORRUPT`},
	"reference to a forbidden character":    {`<a>&#0;</a>`, `FILE_CORRUPT`},
	"reference to half a pair":              {`<a>&#xD800;</a>`, `FILE_CORRUPT`},
	"reference beyond Unicode":              {`<a>&#x110000;</a>`, `FILE_CORRUPT`},
	"reference without digits":              {`<a>&#x;</a>`, `FILE_CORRUPT`},
	"prefix that is not declared":           {`<x:a/>`, `FILE_CORRUPT`},
	"attribute's prefix not declared":       {`<a x:b="1"/>`, `FILE_CORRUPT`},
	"prefix used outside of its element":    {`<a><b xmlns:x="u"/><x:c/></a>`, `FILE_CORRUPT`},
	"two colons":                            {`<a:b:c xmlns:a="u"/>`, `FILE_CORRUPT`},
	"a name that begins with a digit":       {`<1/>`, `FILE_CORRUPT`},
	"a name with a sign":                    {`<a×/>`, `FILE_CORRUPT`},
	"space before the name":                 {`< a/>`, `FILE_CORRUPT`},
	"a slash alone":                         {`<a / ></a>`, `FILE_CORRUPT`},
	"NUL":                                   {"<a>\x00</a>", `FILE_CORRUPT`},
	"control character":                     {"<a>12345678\x0bx</a>", `FILE_CORRUPT`},
	"bad UTF-8":                             {"<a>\xff</a>", `FILE_CORRUPT`},
	"UTF-8 cut short":                       {"<a>\xe2\x82</a>", `FILE_CORRUPT`},
	"UTF-8 of a surrogate":                  {"<a>\xed\xa0\x80</a>", `FILE_CORRUPT`},
	"the character FFFE":                    {"<a>\ufffe</a>", `FILE_CORRUPT`},
	"nested too deep":                       {strings.Repeat("<a>", 30), `FILE_TOO_LARGE`},
	"a million elements nested":             {strings.Repeat("<a>", 1e6), `FILE_TOO_LARGE`},
	"text longer than the limit":            {"<a>" + strings.Repeat("x", 3<<20) + "</a>", `FILE_TOO_LARGE`},
	"comment longer than the limit":         {"<a><!--" + strings.Repeat("x", 3<<20) + "--></a>", `FILE_TOO_LARGE`},
	"more attributes than anyone needs":     {"<a" + attributes(200) + "/>", `FILE_TOO_LARGE`},
	"half an UTF-16 unit":                   {"\xff\xfe<\x00a\x00/\x00>\x00 ", `FILE_CORRUPT`},
	"half an UTF-16 pair":                   {"\xff\xfe<\x00a\x00>\x00\x00\xd8<\x00/\x00a\x00>\x00", `FILE_CORRUPT`},
	"UTF-16 that declares UTF-8":            {utf16LE(`<?xml version="1.0" encoding="UTF-8"?><a/>`), `FILE_CORRUPT`},
	"UTF-16 with a mark":                    {utf16LE(`<?xml version="1.0" encoding="UTF-16"?><a>é😀</a>`), `<0:a>é😀</a>`},
	"UTF-16 told by its first characters":   {utf16LE(`<?xml version="1.0" encoding="UTF-16"?><a/>`)[2:], `<0:a></a>`},
	"a text across many buffers is one":     {"<a>" + strings.Repeat("xé", 100_000) + "</a>", "<0:a>" + strings.Repeat("xé", 100_000) + "</a>"},
	"long white space around the root":      {strings.Repeat(" \n", 100_000) + "<a/>" + strings.Repeat(" \n", 100_000), `<0:a></a>`},
	"characters next to the forbidden ones": {"<a>\ufffd\ud7ff\ue000\U0010ffff\u0085\u007f</a>", "<0:a>\ufffd\ud7ff\ue000\U0010ffff\u0085\u007f</a>"},
}

func attributes(n int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, ` a%d=""`, i)
	}
	return out.String()
}

func utf16LE(s string) string {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return string(out)
}

func TestDocumentsAreScannedExactlyOrRefused(t *testing.T) {
	for name, c := range documents {
		t.Run(name, func(t *testing.T) {
			if c.want == "" {
				t.Fatal("no expectation")
			}
			if got := scan(strings.NewReader(c.xml)); got != c.want {
				t.Errorf("got %.200s, want %.200s", got, c.want)
			}
		})
	}
}

func TestTheSizeOfReadsMakesNoDifference(t *testing.T) {
	for name, c := range documents {
		if len(c.xml) > 1000 {
			continue
		}
		if got := scan(iotest.OneByteReader(strings.NewReader(c.xml))); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

func TestADocumentCutAnywhereIsNeverComplete(t *testing.T) {
	const document = `<?xml version="1.0"?><a xmlns="u" b='1'>x&amp;<!--y--><c/><![CDATA[z]]></a>`
	for n := range document {
		if got := scan(strings.NewReader(document[:n])); got != "FILE_TRUNCATED" && got != "FILE_CORRUPT" {
			t.Errorf("%q is read as %s", document[:n], got)
		}
	}
}

func TestErrorsOfTheSourceComeBackAsTheyAre(t *testing.T) {
	broken := errors.New("disk on fire")
	in := io.MultiReader(strings.NewReader("<a>"), iotest.ErrReader(broken))
	if got := scan(in); got != broken.Error() {
		t.Errorf("got %s", got)
	}
}

func TestSkippingLeavesOutAWholeElement(t *testing.T) {
	s := New(context.Background(), NewSource(strings.NewReader(`<a><b><b/>x</b><c/></a>`), "p"), "p", Limits{Depth: 9, Token: 99999, Work: 1 << 20})
	for range 2 {
		if _, err := s.Next(); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Skip(); err != nil {
		t.Fatal(err)
	}
	if kind, err := s.Next(); kind != Start || err != nil || string(s.Name) != "c" {
		t.Errorf("after the element comes %v %s (%v)", kind, s.Name, err)
	}
}

func TestReadingAheadGivesTheSame(t *testing.T) {
	document := "<a>" + strings.Repeat("<b>é</b>", 100_000) + "</a>"
	ahead := NewAhead(context.Background(), NewSource(strings.NewReader(document), "p"))
	got, err := io.ReadAll(ahead)
	if err != nil || string(got) != document {
		t.Errorf("%d bytes of %d (%v)", len(got), len(document), err)
	}
	if err := ahead.Close(); err != nil {
		t.Error(err)
	}
}

func TestReadingAheadCanBeStoppedAtAnyTime(t *testing.T) {
	ahead := NewAhead(context.Background(), NewSource(strings.NewReader(strings.Repeat(" ", 1<<24)), "p"))
	if _, err := ahead.Read(make([]byte, 10)); err != nil {
		t.Fatal(err)
	}
	if err := ahead.Close(); err != nil {
		t.Error(err)
	}
}

func FuzzScanner(f *testing.F) {
	for _, c := range documents {
		if len(c.xml) < 1000 {
			f.Add([]byte(c.xml))
		}
	}
	f.Fuzz(func(t *testing.T, document []byte) {
		whole := scan(strings.NewReader(string(document)))
		pieces := scan(iotest.OneByteReader(strings.NewReader(string(document))))
		bothRefused := strings.HasPrefix(whole, "FILE_") && strings.HasPrefix(pieces, "FILE_") // what is found first may differ
		if pieces != whole && !bothRefused {
			t.Errorf("read at once: %s; byte by byte: %s", whole, pieces)
		}
	})
}

func TestATagHasAsManyAttributesAndAsLongANameAsIsAllowed(t *testing.T) {
	for document, taken := range map[string]bool{
		"<a" + attributes(maxAttrs) + "/>": true, "<a" + attributes(maxAttrs+1) + "/>": false,
		"<" + strings.Repeat("a", maxName) + "/>": true, "<" + strings.Repeat("a", maxName+1) + "/>": false,
	} {
		if got := scan(strings.NewReader(document)); strings.HasPrefix(got, "FILE_TOO_LARGE") == taken || strings.HasPrefix(got, "FILE_") == taken {
			t.Errorf("%d bytes of a tag: %.40s", len(document), got)
		}
	}
}
