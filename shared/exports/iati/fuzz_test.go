package iati_test

import (
	"encoding/xml"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
)

// Whatever names and texts say, the file is XML that another parser reads, and says just that: none of it becomes markup.
func FuzzTexts(f *testing.F) {
	for _, text := range []string{"Republic of Korea & friends", "<iati-activity>", "]]>", "\x00\x0b", "\xff\xfe", "\u202e\ufffe", "a\r\nb\tc", "&amp;", "", " ", `"'`} {
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, name, narrative string) {
		plain := shape(t, written(t, input(t)))
		in := input(t)
		in.Donors = map[string]fund.Donor{"donor_country#KR": {ID: "donor_country#KR", Type: fund.DonorCountry, Name: name, Country: "KR"}}
		in.Donors["member_city#FR#brest"] = fund.Donor{ID: "member_city#FR#brest", Type: fund.MemberCity, Name: "Brest", Country: "FR"}
		if narrative != "" {
			in.Results[0].Narrative = locale.Text{FR: narrative}
		}
		file := written(t, in)
		if !utf8.Valid(file) {
			t.Errorf("%q and %q make a file that is no UTF-8", name, narrative)
		}
		got := shape(t, file)
		if name != "" && strings.TrimSpace(name) != "" && strings.TrimSpace(narrative) != "" && got != plain {
			t.Errorf("%q and %q change the file's elements:\n%s\n%s", name, narrative, got, plain)
		}
	})
}

// shape is a file's elements, without what they say.
func shape(t *testing.T, file []byte) string {
	t.Helper()
	var names strings.Builder
	d := xml.NewDecoder(strings.NewReader(string(file)))
	for {
		token, err := d.Token()
		if token == nil {
			if err.Error() != "EOF" {
				t.Fatalf("the file is no XML: %v\n%s", err, file)
			}
			return names.String()
		}
		if start, ok := token.(xml.StartElement); ok {
			names.WriteString(start.Name.Local + " ")
		}
	}
}
