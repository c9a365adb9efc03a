package xstring

import (
	"context"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/sheet/internal/xmlscan"
)

func TestEscapesAreDecodedOnce(t *testing.T) {
	for text, want := range map[string]string{
		"plain":                  "plain",
		"a_x000D_b":              "a\rb",
		"_x000d__x000A_":         "\r\n",
		"_x005F_x000D_":          "_x000D_",
		"_x0041_x0042_":          "Ax0042_",
		"__x0041_":               "_A",
		"_xD83D__xDE00_":         "😀",
		"_xD83D_":                "_xD83D_",
		"_xD83D__x0041_":         "_xD83D_A",
		"_xDE00__xD83D_":         "_xDE00__xD83D_",
		"_x0000_":                "\x00",
		"_x12_":                  "_x12_",
		"_x123G_":                "_x123G_",
		"_X0041_":                "_X0041_",
		"_x0041":                 "_x0041",
		"_x_x0041_":              "_xA",
		"file_xml and data_x123": "file_xml and data_x123",
	} {
		if got := string(Append(nil, []byte(text))); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		if !Escaped([]byte(text)) && text != want {
			t.Errorf("%q has an escape that goes unnoticed", text)
		}
	}
}

func TestRichText(t *testing.T) {
	for xml, want := range map[string]string{
		`<si/>`:         "",
		`<si><t/></si>`: "",
		`<si><t xml:space="preserve"> a </t></si>`:               " a ",
		`<si><t> a </t></si>`:                                    " a ",
		`<si><r><rPr><b/></rPr><t>a</t></r><r><t>b</t></r></si>`: "ab",
		`<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>`: "東京",
		`<si><t>a<![CDATA[<b>]]><!-- c -->d</t></si>`:                                     "a<b>d",
		`<si><t>_x00<!-- x -->41_</t></si>`:                                               "A",
		`<si><r><t>_x00</t></r><r><t>41_</t></r></si>`:                                    "_x0041_",
		`<si> <t>a</t> <extLst><ext><t>b</t></ext></extLst></si>`:                         "a",
		`<si><o:t xmlns:o="u">other</o:t><t>a</t></si>`:                                   "a",
		`<si>stray</si>`:       "FILE_CORRUPT",
		`<si><t><b/></t></si>`: "FILE_CORRUPT",
	} {
		xml = strings.Replace(xml, "<si", `<si xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"`, 1)
		s := xmlscan.New(context.Background(), strings.NewReader(xml), "p", xmlscan.Limits{Depth: 9, Token: 1 << 20, Work: 1 << 20})
		if _, err := s.Next(); err != nil {
			t.Fatal(err)
		}
		text, err := AppendRich(nil, s)
		got := string(text)
		if err != nil {
			got, _, _ = strings.Cut(err.Error(), " ")
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", xml, got, want)
		}
	}
}
