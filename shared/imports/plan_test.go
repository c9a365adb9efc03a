package imports

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

const planHead = `{"plan":1,"kind":"stones"}` + "\n"

func readAll(text string) (rows []PlanRow, counts intake.Counts, err error) {
	r, err := ReadPlan(strings.NewReader(text))
	if err != nil {
		return nil, intake.Counts{}, err
	}
	for r.Next() {
		rows = append(rows, r.Row())
	}
	return rows, r.Counts, r.Err()
}

func TestAPlanReadsAsItWasWritten(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	want := []PlanRow{
		{Row: 2, Outcome: intake.Update, Label: "Brest <France> & \"co\"", Writes: []PlanWrite{{
			Op: intake.Update, Type: stoneType, Partition: "2025", ID: "FR#brest", Base: 7, Fields: []string{"size"},
			Before: table.Attributes{"size": int64(1<<62 + 1), "open": true},
			After:  table.Attributes{"size": int64(-3), "open": true, "parts": []any{"a", int64(1), map[string]any{"b": int64(2)}}},
			Claims: []PlanClaim{{Partition: "quota#2025#FR", ID: "slot-1", Holder: "FR#brest"}},
		}}},
		{Row: 3, Outcome: intake.Skip},
		{Row: 4, Outcome: intake.Fail, Label: strings.Repeat("é", 100_000)},
	}
	imp := w.plan(t, s, want...)
	var got []PlanRow
	if err := s.Plan(t.Context(), imp.ID, func(row PlanRow) error {
		got = append(got, row)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", want) {
		t.Errorf("got %#v\nwant %#v", got, want)
	}
	if imp.Rows != (intake.Counts{Read: 3, Update: 1, Skip: 1, Fail: 1}) {
		t.Errorf("counts %+v", imp.Rows)
	}
}

func TestADamagedPlanIsNotReadAsAShorterOne(t *testing.T) {
	row, end := `{"row":2,"outcome":"skip"}`+"\n", `{"rows":{"read":1,"skip":1}}`+"\n"
	if rows, counts, err := readAll(planHead + row + end); err != nil || len(rows) != 1 || counts.Skip != 1 {
		t.Fatalf("the whole plan: %v, %+v, %v", rows, counts, err)
	}
	for name, text := range map[string]string{
		"empty":            "",
		"no plan":          `{"report":1}`,
		"a later format":   strings.Replace(planHead, "1", "2", 1) + row + end,
		"cut at a line":    planHead + row,
		"cut in a line":    planHead + row[:9],
		"a fraction":       planHead + `{"row":2,"outcome":"create","writes":[{"op":"create","after":{"n":1.5}}]}` + "\n" + end,
		"a deep fraction":  planHead + `{"row":2,"outcome":"create","writes":[{"op":"create","before":{"n":[{"m":1e400}]}}]}` + "\n" + end,
		"no row":           planHead + "{}\n" + end,
		"endless nesting":  planHead + `{"row":2,"x":` + strings.Repeat("[", 1e6) + "\n" + end,
		"something else":   planHead + "[]\n" + end,
		"nothing readable": planHead + "\x00",
	} {
		if rows, _, err := readAll(text); !errors.Is(err, errPlan) {
			t.Errorf("%s: %d rows, %v", name, len(rows), err)
		}
	}
}

func TestBodiesAreSpelledAlikeOnlyWhenTheyAreEqual(t *testing.T) {
	bodies := []table.Attributes{
		{}, {"a": "1"}, {"a": int64(1)}, {"a": true}, {"a": "true"}, {"a": "1", "b": "2"}, {"a": `1""b"2`}, {"a": []any{"1", "b"}},
		{"a": []any{`1""b`}}, {"a": []any{[]any{"1"}, "b"}}, {"a": []any{int64(1), int64(2)}}, {"a": []any{int64(12)}},
		{"a": map[string]any{"1": "b"}}, {"a": []any{map[string]any{}, "1"}},
	}
	for i, a := range bodies {
		for k, b := range bodies {
			if same := string(new(records.Speller).Attributes(nil, a)) == string(new(records.Speller).Attributes(nil, b)); same != (i == k) {
				t.Errorf("%v and %v: %t", a, b, same)
			}
		}
	}
}

// randomText is made of what is hard to spell.
func randomText(seeded *rand.Rand) string {
	hard := []string{"a", "é", "\"", "\\", "\n", "\t", "\x00", "\u2028", "\u200b", "😀", "<&>", "{", "]", ",", ":", "1", "\ufffd"}
	var text strings.Builder
	for range seeded.IntN(6) {
		text.WriteString(hard[seeded.IntN(len(hard))])
	}
	return text.String()
}

func randomValue(seeded *rand.Rand, depth int) any {
	switch n := seeded.IntN(6 - min(depth, 2)); n {
	case 0:
		return randomText(seeded)
	case 1:
		return int64(seeded.Uint64())
	case 2, 3:
		return n == 2
	case 4:
		list := make([]any, seeded.IntN(4))
		for i := range list {
			list[i] = randomValue(seeded, depth+1)
		}
		return list
	default:
		return map[string]any(randomBody(seeded, depth+1))
	}
}

func randomBody(seeded *rand.Rand, depth int) table.Attributes {
	body := table.Attributes{}
	for range 1 + seeded.IntN(4) {
		body["n"+randomText(seeded)] = randomValue(seeded, depth)
	}
	return body
}

func randomRow(seeded *rand.Rand) PlanRow {
	row := PlanRow{Row: 1 + seeded.IntN(1e6), Outcome: intake.Update, Label: randomText(seeded)}
	for range seeded.IntN(3) {
		row.Writes = append(row.Writes, PlanWrite{
			Op: intake.Update, Type: stoneType, Partition: randomText(seeded), ID: randomText(seeded), Base: seeded.Int64(),
			Before: randomBody(seeded, 0), After: randomBody(seeded, 0), Fields: []string{randomText(seeded)},
			Claims: []PlanClaim{{Partition: randomText(seeded), ID: "slot-1", Holder: randomText(seeded), Held: seeded.IntN(2) == 0}},
			First:  seeded.IntN(9), From: randomSource(seeded),
		})
	}
	return row
}

func randomSource(seeded *rand.Rand) *PlanSource {
	switch seeded.IntN(4) {
	case 0:
		return nil
	case 1:
		return &PlanSource{Request: randomText(seeded), At: at.Add(time.Duration(seeded.Int64N(1e15)))}
	case 2:
		return &PlanSource{}
	}
	return &PlanSource{
		Import: randomText(seeded), File: randomText(seeded), FileSHA256: "9f86", Sheet: randomText(seeded), Row: seeded.IntN(9),
		Person: randomText(seeded), At: at, Undo: randomText(seeded),
	}
}

func TestAnyRowReadsAsItWasWrittenAndADamagedOneNeverPanics(t *testing.T) {
	seeded := rand.New(rand.NewPCG(1, 2))
	var p parser
	for range 3000 {
		want := randomRow(seeded)
		var line bytes.Buffer
		encoder := json.NewEncoder(&line)
		encoder.SetEscapeHTML(seeded.IntN(2) == 0)
		if err := encoder.Encode(want); err != nil {
			t.Fatal(err)
		}
		got, _, err := p.row(line.Bytes())
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%s: %v\n got %#v\nwant %#v", &line, err, got, want)
		}
		damaged := line.Bytes()
		for range 5 {
			damaged[seeded.IntN(len(damaged))] = " \"\\{}[],:0-.\x00\xff"[seeded.IntN(14)]
			_, _, _ = p.row(damaged[:1+seeded.IntN(len(damaged))])
		}
	}
}
