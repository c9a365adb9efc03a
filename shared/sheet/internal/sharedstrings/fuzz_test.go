package sharedstrings

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xmlscan"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xstring"
)

// A part of shared texts is refused with a code, or gives the texts that another parser of XML finds in it, in memory as in a file.
func FuzzSharedStrings(f *testing.F) {
	const open = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
	for _, texts := range []string{
		``, `<si><t>a</t></si>`, `<si><t xml:space="preserve"> a </t></si><si><t/></si>`, `<si><r><rPr><b/></rPr><t>a</t></r><r><t>b</t></r></si>`,
		`<si><t>東京</t><rPh sb="0" eb="2"><t>x</t></rPh></si>`, `<si><t>_x000D_&amp;&#65;_x005F_x000D_</t></si>`, `<si><t><![CDATA[<]]></t></si>`,
		`<si><t>a</si></t>`, `<si>a</si>`, `<x:si xmlns:x="urn:x"><x:t>a</x:t></x:si>`,
	} {
		f.Add([]byte(open + texts + `</sst>`))
	}
	f.Fuzz(func(t *testing.T, part []byte) {
		read := func(held int64) ([]string, error) {
			source := xmlscan.NewSource(bytes.NewReader(part), "sharedStrings.xml")
			scanner := xmlscan.New(context.Background(), source, "sharedStrings.xml", xmlscan.Limits{Depth: 256, Token: 1 << 20, Work: 1 << 20})
			table, err := Load(scanner, Limits{Held: held, Total: 1 << 20})
			if err != nil {
				return nil, err
			}
			defer table.Close()
			reader := table.Reader(clone)
			var texts []string
			for i := range table.Len() {
				text, ok, err := reader.Get(i)
				if !ok || err != nil {
					t.Fatalf("text %d of %d: %t, %v", i, table.Len(), ok, err)
				}
				texts = append(texts, text)
			}
			return texts, nil
		}
		texts, err := read(1 << 20)
		var refused *problem.Problem
		if err != nil {
			if !errors.As(err, &refused) {
				t.Fatal(err)
			}
			return
		}
		if onDisk, err := read(0); err != nil || !slices.Equal(onDisk, texts) {
			t.Errorf("in memory %q, in a file %q (%v)", texts, onDisk, err)
		}
		if other, ok := byAnother(part); ok && !slices.Equal(other, texts) {
			t.Errorf("%q, another parser finds %q", texts, other)
		}
	})
}

// byAnother reads shared texts with encoding/xml; false for what that doesn't read.
func byAnother(part []byte) ([]string, bool) {
	const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	var read struct {
		XMLName xml.Name `xml:"sst"`
		Items   []struct {
			XMLName xml.Name
			Parts   []struct {
				XMLName xml.Name
				Text    string `xml:",chardata"`
				Inner   string `xml:",innerxml"`
				Texts   []struct {
					XMLName xml.Name
					Text    string `xml:",chardata"`
				} `xml:"t"`
			} `xml:",any"`
		} `xml:",any"`
	}
	if err := xml.Unmarshal(part, &read); err != nil || read.XMLName.Space != main || bytes.Contains(part, []byte("AlternateContent")) {
		return nil, false
	}
	var texts []string
	for _, item := range read.Items {
		if item.XMLName != (xml.Name{Space: main, Local: "si"}) {
			return nil, false
		}
		var text []byte
		for _, p := range item.Parts {
			switch p.XMLName {
			case xml.Name{Space: main, Local: "t"}:
				text = xstring.Append(text, []byte(p.Text))
			case xml.Name{Space: main, Local: "r"}:
				for _, run := range p.Texts {
					if run.XMLName.Space != main {
						return nil, false
					}
					text = xstring.Append(text, []byte(run.Text))
				}
			case xml.Name{Space: main, Local: "rPh"}, xml.Name{Space: main, Local: "phoneticPr"}:
			default:
				return nil, false
			}
		}
		texts = append(texts, string(text))
	}
	return texts, true
}
