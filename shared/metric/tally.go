package metric

import (
	"cmp"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Tally sums up what is measured, for a host whose log no platform turns into metrics. The zero value is ready; it is safe for concurrent use.
type Tally struct {
	mu   sync.Mutex
	sums map[string]*sums // by their dimensions, printed
}

// sums are the figures of one set of dimensions.
type sums struct {
	dimensions map[string]string
	values     map[string]*sum
}

// sum is what came together under a name. Of durations and sizes it is how many there were of each size, roughly.
type sum struct {
	unit    Unit
	figures int
	total   float64
	most    float64
	upTo    [len(bounds) + 1]int
}

// bounds are the sizes by which figures are told apart: percentiles are known to the next one.
var bounds = [...]float64{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000}

// Put is a Sink.
func (t *Tally) Put(dimensions map[string]string, values ...Value) {
	var name strings.Builder
	for _, dimension := range slices.Sorted(maps.Keys(dimensions)) {
		fmt.Fprintf(&name, "%q%q", dimension, dimensions[dimension])
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	of := t.sums[name.String()]
	if of == nil {
		of = &sums{dimensions: maps.Clone(dimensions), values: map[string]*sum{}}
		if t.sums == nil {
			t.sums = map[string]*sums{}
		}
		t.sums[name.String()] = of
	}
	for _, value := range values {
		one := of.values[value.Name]
		if one == nil {
			one = &sum{unit: value.Unit}
			of.values[value.Name] = one
		}
		one.add(value.Figure)
	}
}

func (s *sum) add(figure float64) {
	s.figures++
	s.total += figure
	s.most = max(s.most, figure)
	at, _ := slices.BinarySearchFunc(bounds[:], figure, cmp.Compare[float64])
	s.upTo[at]++
}

// percentile is what so many in a hundred figures are not above: the next bound, or the most that there was.
func (s *sum) percentile(percent int) float64 {
	seen := 0
	for at, n := range s.upTo {
		seen += n
		if at < len(bounds) && seen*100 >= s.figures*percent {
			return min(bounds[at], s.most)
		}
	}
	return s.most
}

// WriteTo writes what came together since the last time, a line of the log for each set of dimensions, and begins anew.
func (t *Tally) WriteTo(log *slog.Logger) {
	t.mu.Lock()
	written := t.sums
	t.sums = nil
	t.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(written)) {
		of := written[name]
		var attributes []any
		for _, dimension := range slices.Sorted(maps.Keys(of.dimensions)) {
			attributes = append(attributes, slog.String(dimension, of.dimensions[dimension]))
		}
		for _, value := range slices.Sorted(maps.Keys(of.values)) {
			attributes = append(attributes, of.values[value].attribute(value))
		}
		log.Info("figures", attributes...)
	}
}

func (s *sum) attribute(name string) slog.Attr {
	if s.unit == Count {
		return slog.Float64(name, s.total)
	}
	return slog.Group(name, "median", s.percentile(50), "p95", s.percentile(95), "most", s.most)
}
