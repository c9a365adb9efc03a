package markup

import (
	"encoding/xml"
	"testing"
)

func TestTextIsEscapedForSpreadsheets(t *testing.T) {
	for name, c := range map[string]struct{ in, text, attr string }{
		"plain":             {"Médellín", "Médellín", "Médellín"},
		"markup":            {`a<b & "c">`, `a&lt;b &amp; "c"&gt;`, `a&lt;b &amp; &quot;c&quot;&gt;`},
		"controls":          {"a\x01b\x1f", "a_x0001_b_x001F_", "a_x0001_b_x001F_"},
		"carriage return":   {"a\r\nb", "a_x000D_\nb", "a_x000D_&#10;b"},
		"tab":               {"a\tb", "a\tb", "a&#9;b"},
		"escape alike":      {"_x0041_", "_x005F_x0041_", "_x005F_x0041_"},
		"escape alike, X":   {"_X00e9_", "_x005F_X00e9_", "_x005F_X00e9_"},
		"not quite escapes": {"_x004_ _y0041_ a_b", "_x004_ _y0041_ a_b", "_x004_ _y0041_ a_b"},
		"doubled escape":    {"_x005F_x0041_", "_x005F_x005F_x005F_x0041_", "_x005F_x005F_x005F_x0041_"},
		"not a character":   {"a\uFFFFb\uFFFE", "a_xFFFF_b_xFFFE_", "a_xFFFF_b_xFFFE_"},
		"not UTF-8":         {"a\xffb\xc3", "a\uFFFDb\uFFFD", "a\uFFFDb\uFFFD"},
		"replacement stays": {"a\uFFFDb", "a\uFFFDb", "a\uFFFDb"},
		"beyond the plane":  {"🏙", "🏙", "🏙"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := string(AppendText(nil, c.in)); got != c.text {
				t.Errorf("text: got %q, want %q", got, c.text)
			}
			if got := string(AppendAttr(nil, c.in)); got != c.attr {
				t.Errorf("attribute: got %q, want %q", got, c.attr)
			}
		})
	}
}

func TestPlainPartsHaveNoEscapes(t *testing.T) {
	if got, want := string(AppendPlain(nil, "a\x01\"_x0041_\r\n\uFFFF")), "a\uFFFD&quot;_x0041_&#13;&#10;\uFFFD"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzEscapedTextIsWellFormed(f *testing.F) {
	f.Add("a<b>&\"'\x00\xff_x0041_\r")
	f.Fuzz(func(t *testing.T, s string) {
		for _, appended := range [][]byte{AppendText(nil, s), AppendAttr(nil, s), AppendPlain(nil, s)} {
			doc := "<a b=\"\">" + string(appended) + "</a>"
			var v struct {
				Text string `xml:",chardata"`
			}
			if err := xml.Unmarshal([]byte(doc), &v); err != nil {
				t.Errorf("%q: %v", doc, err)
			}
		}
		if err := xml.Unmarshal([]byte(`<a b="`+string(AppendAttr(nil, s))+`"/>`), new(struct{})); err != nil {
			t.Errorf("%q as an attribute: %v", s, err)
		}
	})
}

func TestWhiteSpaceThatMattersIsKept(t *testing.T) {
	for s, want := range map[string]bool{"": false, "a b": false, " a": true, "a ": true, "a  b": true, "a\nb": true, "a\tb": true} {
		if KeepsSpace(s) != want {
			t.Errorf("%q: got %v", s, !want)
		}
	}
}
