package metric_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/metric"
)

// written gives the lines that a tally writes.
func written(t *testing.T, tally *metric.Tally) (lines []map[string]any) {
	t.Helper()
	var log bytes.Buffer
	tally.WriteTo(slog.New(slog.NewJSONHandler(&log, nil)))
	for decoder := json.NewDecoder(&log); decoder.More(); {
		var line map[string]any
		if err := decoder.Decode(&line); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestATallySumsUpForEachRoute(t *testing.T) {
	var tally metric.Tally
	for n := range 100 {
		tally.Put(map[string]string{"Route": "GET /b", "Class": "2xx"}, metric.One("Requests"), metric.Milli("Duration", time.Duration(n+1)*time.Millisecond))
	}
	tally.Put(map[string]string{"Route": "GET /a", "Class": "5xx"}, metric.One("Requests"), metric.Milli("Duration", 1500*time.Millisecond))
	lines := written(t, &tally)
	if len(lines) != 2 {
		t.Fatalf("%d lines: %v", len(lines), lines)
	}
	for i, want := range []struct {
		route             string
		requests          float64
		median, p95, most float64
	}{{"GET /b", 100, 50, 100, 100}, {"GET /a", 1, 1500, 1500, 1500}} {
		took, _ := lines[i]["Duration"].(map[string]any)
		if lines[i]["Route"] != want.route || lines[i]["Requests"] != want.requests ||
			took["median"] != want.median || took["p95"] != want.p95 || took["most"] != want.most {
			t.Errorf("got %v, want %+v", lines[i], want)
		}
	}
	if again := written(t, &tally); len(again) != 0 {
		t.Errorf("written twice: %v", again)
	}
}

func TestAPercentileIsKnownToTheNextBound(t *testing.T) {
	var tally metric.Tally
	for range 94 {
		tally.Put(nil, metric.Milli("Duration", 3*time.Millisecond))
	}
	for range 6 {
		tally.Put(nil, metric.Milli("Duration", 70*time.Millisecond))
	}
	tally.Put(nil, metric.Milli("Duration", time.Minute))
	took, _ := written(t, &tally)[0]["Duration"].(map[string]any)
	if took["median"] != 5.0 || took["p95"] != 100.0 || took["most"] != 60_000.0 {
		t.Errorf("got %v", took)
	}
}

func TestATallyLosesNothingOfWhatManyMeasureAtOnce(t *testing.T) {
	var tally metric.Tally
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 500 {
				tally.Put(map[string]string{"Route": "GET /a"}, metric.One("Requests"))
			}
		})
	}
	all.Wait()
	if got := written(t, &tally)[0]["Requests"]; got != 4000.0 {
		t.Errorf("%v of 4000", got)
	}
}
