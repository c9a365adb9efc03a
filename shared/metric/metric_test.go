package metric_test

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/metric"
)

func TestAMeasurementIsOneLineOfTheEmbeddedMetricFormat(t *testing.T) {
	var log bytes.Buffer
	at := time.Date(2026, 11, 21, 9, 0, 0, 5e6, time.UTC)
	put := metric.Embedded(&log, "Guildhall", func() time.Time { return at })

	put(map[string]string{"Job": "check"}, metric.One("MessagesDone"), metric.Milli("Duration", 1500*time.Microsecond))

	var line map[string]any
	if err := json.Unmarshal(log.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"Job": "check", "MessagesDone": 1.0, "Duration": 1.5,
		"_aws": map[string]any{
			"Timestamp": float64(at.UnixMilli()),
			"CloudWatchMetrics": []any{map[string]any{
				"Namespace":  "Guildhall",
				"Dimensions": []any{[]any{"Job"}},
				"Metrics": []any{
					map[string]any{"Name": "MessagesDone", "Unit": "Count"},
					map[string]any{"Name": "Duration", "Unit": "Milliseconds"},
				},
			}},
		},
	}
	if !reflect.DeepEqual(line, want) {
		t.Errorf("got %v, want %v", line, want)
	}
	if bytes.Count(log.Bytes(), []byte("\n")) != 1 || !bytes.HasSuffix(log.Bytes(), []byte("\n")) {
		t.Errorf("not one line: %q", log.String())
	}
}

func TestWithoutDimensionsThereIsStillASetOfThem(t *testing.T) {
	var log bytes.Buffer
	metric.Embedded(&log, "Guildhall", time.Now)(nil, metric.One("Requests"))
	if !bytes.Contains(log.Bytes(), []byte(`"Dimensions":[[]]`)) {
		t.Errorf("CloudWatch wants a list of lists: %s", log.String())
	}
}

func TestAFigureThatIsNoNumberIsLeftOut(t *testing.T) {
	var log bytes.Buffer
	metric.Embedded(&log, "Guildhall", time.Now)(nil, metric.Value{Name: "Share", Unit: metric.Count, Figure: math.NaN()})
	if log.Len() != 0 {
		t.Errorf("wrote %q", log.String())
	}
}
