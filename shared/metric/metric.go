// Package metric writes down what is measured: one line of JSON a measurement in CloudWatch's embedded metric format, which the
// platform's log turns into metrics, or the sums of a while. It doesn't know what the figures mean.
package metric

import (
	"encoding/json"
	"io"
	"maps"
	"slices"
	"sync"
	"time"
)

// Unit is a unit as CloudWatch names it.
type Unit string

// The units in use.
const (
	Count        Unit = "Count"
	Seconds      Unit = "Seconds"
	Milliseconds Unit = "Milliseconds"
	Bytes        Unit = "Bytes"
)

// Value is one figure.
type Value struct {
	Name   string // such as MessagesDone
	Unit   Unit
	Figure float64
}

// Sink takes figures that belong together, with the dimensions by which they are told apart; there may be none. It is safe for
// concurrent use. Dimensions name few different things: never an identifier, and never a person.
type Sink func(dimensions map[string]string, values ...Value)

// Discard is the sink for those who don't measure.
func Discard(map[string]string, ...Value) {}

// Milli is a duration as a value.
func Milli(name string, d time.Duration) Value {
	return Value{Name: name, Unit: Milliseconds, Figure: float64(d.Microseconds()) / 1000}
}

// One counts one.
func One(name string) Value { return Value{Name: name, Unit: Count, Figure: 1} }

// Embedded writes to the function's log, under a namespace, at the times of a clock.
func Embedded(log io.Writer, namespace string, clock func() time.Time) Sink {
	var mu sync.Mutex
	return func(dimensions map[string]string, values ...Value) {
		line, err := embed(namespace, clock(), dimensions, values)
		if err != nil { // a figure that JSON doesn't have: a measurement is never worth failing for
			return
		}
		mu.Lock()
		defer mu.Unlock()
		_, _ = log.Write(line)
	}
}

type metricName struct {
	Name string
	Unit Unit
}

type directive struct {
	Namespace  string
	Dimensions [][]string
	Metrics    []metricName
}

type metadata struct {
	Timestamp         int64 // milliseconds since 1970
	CloudWatchMetrics []directive
}

// embed is one line: the figures and dimensions by name, and _aws, which says what is what.
func embed(namespace string, at time.Time, dimensions map[string]string, values []Value) ([]byte, error) {
	names := slices.Sorted(maps.Keys(dimensions))
	if names == nil {
		names = []string{}
	}
	about := directive{Namespace: namespace, Dimensions: [][]string{names}}
	line := map[string]any{}
	for name, value := range dimensions {
		line[name] = value
	}
	for _, value := range values {
		about.Metrics = append(about.Metrics, metricName{Name: value.Name, Unit: value.Unit})
		line[value.Name] = value.Figure
	}
	line["_aws"] = metadata{Timestamp: at.UnixMilli(), CloudWatchMetrics: []directive{about}}
	text, err := json.Marshal(line)
	return append(text, '\n'), err
}
