// Package load asks the product over HTTP what many people ask at once, sheets of any size among it, and measures how long the answers take
// and which are refusals. It knows the product by its API and its pages only.
package load

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// Answer is what came back to one request.
type Answer struct {
	Status     int
	Code       string        // of a refusal
	RetryAfter time.Duration // 0 where nothing is said
	Body       map[string]any
}

// Momentary reports whether it says to come again.
func (a Answer) Momentary() bool { return a.RetryAfter > 0 }

// Measured is what was answered, by kinds of request. It is safe for concurrent use.
type Measured struct {
	// OnRefusal is told each refusal; it may be nil, and is set before anything is measured.
	OnRefusal func(Answer)

	mu    sync.Mutex
	began time.Time
	kinds map[string]*kind
	wrong []string
}

// kind is what was answered to one kind of request.
type kind struct {
	took    []time.Duration
	refused map[string]int // by status, code and what is said of waiting
}

// NewMeasured begins to measure.
func NewMeasured() *Measured { return &Measured{began: time.Now(), kinds: map[string]*kind{}} }

// note takes in an answer. What is neither an answer nor a refusal with a code that says when to come again, or why it can't be, is wrong.
func (m *Measured) note(name string, a Answer, took time.Duration) {
	if a.Status >= 400 && m.OnRefusal != nil {
		m.OnRefusal(a)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kinds[name] == nil {
		m.kinds[name] = &kind{refused: map[string]int{}}
	}
	of := m.kinds[name]
	of.took = append(of.took, took)
	if a.Status < 400 {
		return
	}
	text := fmt.Sprintf("%d %s", a.Status, a.Code)
	if a.Momentary() {
		text += fmt.Sprintf(", again after %s", a.RetryAfter)
	}
	of.refused[text]++
	mustSayWhen := a.Status == 429 || a.Status == 503
	if a.Code == "" || a.Status >= 500 && a.Status != 503 || mustSayWhen && !a.Momentary() {
		m.wrong = append(m.wrong, name+": "+text)
	}
}

// Wrong lists the answers that a caller can't go by.
func (m *Measured) Wrong() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.wrong)
}

// Refused counts the refusals with a code.
func (m *Measured) Refused(code string) (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, of := range m.kinds {
		for text, count := range of.refused {
			if strings.Contains(text+",", " "+code+",") {
				n += count
			}
		}
	}
	return n
}

// Table is what was measured as a table in Markdown: how many requests of each kind, how long their answers took, and the refusals.
func (m *Measured) Table() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var text strings.Builder
	text.WriteString("| request | answers | p50 | p95 | p99 | longest | of them refused |\n| --- | --: | --: | --: | --: | --: | --- |\n")
	all := 0
	for _, name := range slices.Sorted(maps.Keys(m.kinds)) {
		of := m.kinds[name]
		slices.Sort(of.took)
		all += len(of.took)
		var refused []string
		for _, what := range slices.Sorted(maps.Keys(of.refused)) {
			refused = append(refused, fmt.Sprintf("%d × %s", of.refused[what], what))
		}
		fmt.Fprintf(&text, "| %s | %d | %s | %s | %s | %s | %s |\n", name, len(of.took),
			percentile(of.took, 50), percentile(of.took, 95), percentile(of.took, 99), percentile(of.took, 100), strings.Join(refused, "; "))
	}
	fmt.Fprintf(&text, "\n%.1f requests a second, over %s\n", float64(all)/time.Since(m.began).Seconds(), time.Since(m.began).Round(time.Second))
	return text.String()
}

// percentile is of durations in their order.
func percentile(sorted []time.Duration, percent int) time.Duration {
	d := sorted[(len(sorted)*percent+99)/100-1]
	return d.Round(max(d/1000, time.Microsecond)).Round(10 * time.Microsecond)
}

// Done counts the answers of a kind of request that are no refusals.
func (m *Measured) Done(name string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	of := m.kinds[name]
	if of == nil {
		return 0
	}
	n := len(of.took)
	for _, count := range of.refused {
		n -= count
	}
	return n
}
