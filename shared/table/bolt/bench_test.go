package bolt

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/learning-cities/guildhall/shared/table"
)

// contribution is an item such as a commit stores for each row of a contributions sheet.
func contribution(i int) *table.Item {
	return &table.Item{
		Key: table.Key{Partition: "contribution#2025", Sort: fmt.Sprintf("BANK-%08d", i*7919%100_000_000)},
		Attributes: table.Attributes{
			"format": int64(1), "version": int64(1), "import": "01jv0000000000000000000000", "file": "contributions 2025.xlsx",
			"sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "sheet": "Contributions",
			"row": int64(i), "person": "secretariat", "at": "2025-06-15T12:00:00Z",
			"body": map[string]any{
				"donor": fmt.Sprintf("Donor %d", i%500), "donorType": "member_city", "country": "FR", "city": "FR#brest",
				"amount":   map[string]any{"minor": int64(i) * 100, "currency": "USD"},
				"received": "2025-05-01", "valueDate": "2025-05-03", "activity": "fund/1.1", "reference": fmt.Sprintf("REF %d", i),
				"earmarked": i%2 == 0, "note": "Annual contribution of the city", "quantity": int64(2),
				"languages": []any{"en", "fr"}, "contact": "contact-00017",
			},
		},
	}
}

func BenchmarkWriteEach(b *testing.B) {
	const batch = 500
	t, err := Open(filepath.Join(b.TempDir(), "table.db"), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer t.Close()
	ws := make([]table.Write, 0, batch)
	for i := 0; b.Loop(); i++ {
		ws = append(ws, table.Write{Put: contribution(i), Condition: table.Absent()})
		if len(ws) == batch {
			if errs := t.WriteEach(context.Background(), ws); errs != nil {
				b.Fatal(errs[0])
			}
			ws = ws[:0]
		}
	}
}

func BenchmarkScan(b *testing.B) {
	t, err := Open(filepath.Join(b.TempDir(), "table.db"), Options{Unsynced: true})
	if err != nil {
		b.Fatal(err)
	}
	defer t.Close()
	for i := range 20_000 {
		if i%1000 == 0 {
			var ws []table.Write
			for j := range 1000 {
				ws = append(ws, table.Write{Put: contribution(i + j)})
			}
			t.WriteEach(context.Background(), ws)
		}
	}
	q := table.Query{Partition: "contribution#2025"}
	read := 0
	for b.Loop() {
		if read == 0 {
			page, err := t.Query(context.Background(), q)
			if err != nil {
				b.Fatal(err)
			}
			read, q.After = len(page.Items), page.Cursor
		}
		read--
	}
}

func BenchmarkEncoding(b *testing.B) {
	item := contribution(17)
	var enc encoder
	own := bytes.Clone(enc.encode(item))
	text, _ := json.Marshal(item.Attributes)
	b.Run("own/write", func(b *testing.B) {
		for b.Loop() {
			enc.encode(item)
		}
		b.ReportMetric(float64(len(own)), "bytes")
	})
	b.Run("own/read", func(b *testing.B) {
		dec := newDecoder()
		for b.Loop() {
			dec.item(item.Key, own)
		}
	})
	b.Run("json/write", func(b *testing.B) {
		for b.Loop() {
			json.Marshal(item.Attributes)
		}
		b.ReportMetric(float64(len(text)), "bytes")
	})
	b.Run("json/read", func(b *testing.B) {
		for b.Loop() {
			var attrs map[string]any
			dec := json.NewDecoder(bytes.NewReader(text))
			dec.UseNumber()
			dec.Decode(&attrs)
		}
	})
}
