package xmlscan

import "testing"

func TestPlainTextIsReadUpToTheTagUnlessItNeedsMoreThanPredefinedEntities(t *testing.T) {
	for in, want := range map[string]string{
		"<":                         "",
		"Brest</t>":                 "Brest",
		"a&amp;b</t>":               "a&b",
		"&lt;&gt;&quot;&apos;é</t>": `<>"'é`,
		"&amp;amp;</t>":             "&amp;",
		"&amp;&amp;</t>":            "&&",
		"Port-au-Prince & co</t>":   "left",
		"&#65;</t>":                 "left",
		"a&amp;b&#xE9;</t>":         "left",
		"a&copy;</t>":               "left",
		"a&;</t>":                   "left",
		"a&amp":                     "left",
		"a&":                        "left",
		"a&amp;b":                   "left",
		"a&amp;b]]></t>":            "left",
		"a&amp;\r\n</t>":            "left",
		"no tag":                    "left",
		"":                          "left",
		"line\r\nline</t>":          "left",
		"[1]</t>":                   "left",
		"&ampamp;</t>":              "left",
		"&AMP;</t>":                 "left",
	} {
		n, text, _ := PlainText([]byte(in), nil)
		got := string(text)
		if n < 0 {
			got = "left"
		} else if in[n] != '<' {
			t.Errorf("%q: ends at %d", in, n)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
