package records_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/records"
)

func TestARecordIsSpelledAsItsAttributesAre(t *testing.T) {
	amount := money.Amount{Minor: 5, Currency: "USD"}
	for _, value := range []any{
		full(), *full(), &membership{}, membership{}, &membership{Contact: &Contact{}, Recursive: full()},
		map[string]any{"b": full(), "a": []membership{{}, *full()}, "": nil, "\"": map[civil.Date]bool{{Year: 1, Month: 1, Day: 1}: true}},
		struct {
			Zulu  *money.Amount `json:"z,omitempty"`
			Alpha time.Time     `json:"a"`
			None  []string      `json:"n"`
			Last  any
		}{Zulu: &amount, Last: json.RawMessage(`{"y":[1,"<é>"],"x":{}}`)},
		struct{}{},
	} {
		attributes, err := records.Encode(value)
		if err != nil {
			t.Fatal(err)
		}
		var s records.Speller
		want := s.Attributes([]byte("before "), attributes)
		if got, err := s.Encoded([]byte("before "), value); err != nil || !bytes.Equal(got, want) {
			t.Errorf("got  %s, %v\nwant %s", got, err, want)
		}
	}
}

// Each byte, and each beginning of a character, is tried at every distance from the words of eight bytes that are looked at together.
func TestTextsAreSpelledAsEncodingJSONDoes(t *testing.T) {
	odd := []string{"é", "\u2028", "\u2029", "\u2027", "\xe2\x80", "\U0001F600", "\xf0\x9f", "\uFFFD"}
	for c := range 256 {
		odd = append(odd, string([]byte{byte(c)}))
	}
	for _, one := range odd {
		for before := range 18 {
			text := strings.Repeat("a", before) + one + strings.Repeat("~", 17-before)
			var want bytes.Buffer
			encoder := json.NewEncoder(&want)
			encoder.SetEscapeHTML(false)
			if err := encoder.Encode(text); err != nil {
				t.Fatal(err)
			}
			if got := records.AppendText(nil, text); !bytes.Equal(append(got, '\n'), want.Bytes()) {
				t.Fatalf("%q: got %s, want %s", text, got, want.Bytes())
			}
		}
	}
}
