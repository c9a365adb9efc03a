package imports

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/learning-cities/guildhall/shared/intake"
)

func TestPlansAreSpelledAsEncodingJSONDoes(t *testing.T) {
	rows := []PlanRow{{Row: 1, Outcome: intake.Skip}, {Row: 2, Outcome: intake.Create, Writes: []PlanWrite{{Op: intake.Create}}}}
	for c := range 256 { // each control character, and bytes that are no UTF-8
		rows = append(rows, PlanRow{Row: c, Label: "a" + string([]byte{byte(c)}) + "é\u2029\xe2\x80"})
	}
	seeded := rand.New(rand.NewPCG(3, 14))
	for range 2000 {
		rows = append(rows, randomRow(seeded))
	}
	var s speller
	for i := range rows {
		var want bytes.Buffer
		lines := json.NewEncoder(&want)
		lines.SetEscapeHTML(false)
		if err := lines.Encode(rows[i]); err != nil {
			t.Fatal(err)
		}
		if got := s.row(&rows[i]); !bytes.Equal(got, want.Bytes()) {
			t.Fatalf("got\n%s\nwant\n%s", got, want.Bytes())
		}
	}
}
