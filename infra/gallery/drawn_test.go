package gallery

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/locale"
)

// percentile of durations, in milliseconds.
func percentile(all []time.Duration, percent int) float64 {
	sorted := slices.Sorted(slices.Values(all))
	return float64(sorted[(len(sorted)-1)*percent/100].Microseconds()) / 1000
}

// everyLook are those of all pages together, but for the ones that read all of the fund's entries each time.
func (f grownFigures) everyLook() (all []time.Duration) {
	for name, looks := range f.pages {
		if !slices.Contains(wholly, name) {
			all = append(all, looks...)
		}
	}
	return all
}

// slowest is the page whose median is the highest.
func (f grownFigures) slowest() (name string, median float64) {
	for _, page := range slices.Sorted(maps.Keys(f.pages)) {
		if m := percentile(f.pages[page], 50); !slices.Contains(wholly, page) && m > median {
			name, median = page, m
		}
	}
	return name, median
}

// curve is a line of the drawing: milliseconds by records.
type curve struct {
	name string
	of   func(f grownFigures) float64
}

var curves = []curve{
	{"started and answering", func(f grownFigures) float64 { return percentile(f.restart, 50) }},
	{"check of 10,000 rows", func(f grownFigures) float64 { return percentile(f.check, 50) }},
	{"a page, 95th percentile", func(f grownFigures) float64 { return percentile(f.everyLook(), 95) }},
	{"a page, median", func(f grownFigures) float64 { return percentile(f.everyLook(), 50) }},
}

// slowestFirst is the page whose first look took longest: one that goes over the fund's entries, since nobody did after the start.
func (f grownFigures) slowestFirst() (name string, took time.Duration) {
	for _, page := range slices.Sorted(maps.Keys(f.first)) {
		if !slices.Contains(wholly, page) && f.first[page] > took {
			name, took = page, f.first[page]
		}
	}
	return name, took
}

// tell prints the figures as docs/performance.md has them.
func tell(b *testing.B, all []grownFigures) {
	b.Helper()
	var text bytes.Buffer
	fmt.Fprint(&text, "\n| records |")
	for _, f := range all {
		fmt.Fprintf(&text, " %s |", locale.FormatInt(locale.EN, int64(f.records)))
	}
	fmt.Fprint(&text, "\n| --- |")
	for range all {
		fmt.Fprint(&text, " --: |")
	}
	row := func(name string, of func(f grownFigures) string) {
		fmt.Fprintf(&text, "\n| %s |", name)
		for _, f := range all {
			fmt.Fprintf(&text, " %s |", of(f))
		}
	}
	span := func(all []time.Duration) string {
		return fmt.Sprintf("%.0f (%.0f–%.0f)", percentile(all, 50), percentile(all, 0), percentile(all, 100))
	}
	row("the table's file, MiB", func(f grownFigures) string { return fmt.Sprint(f.file >> 20) })
	row("`guildhall serve`, to its first answer, ms: median (least–most)", func(f grownFigures) string { return span(f.restart) })
	row("check of 10,000 new rows, ms: median (least–most)", func(f grownFigures) string { return span(f.check) })
	for _, percent := range []int{50, 95, 99} {
		row(fmt.Sprintf("a page, ms: %dth percentile of all looks", percent), func(f grownFigures) string {
			return fmt.Sprintf("%.1f", percentile(f.everyLook(), percent))
		})
	}
	row("the slowest page, ms: median", func(f grownFigures) string {
		name, median := f.slowest()
		return fmt.Sprintf("%.1f (%s)", median, name)
	})
	row("the slowest first look after a start, ms", func(f grownFigures) string {
		name, took := f.slowestFirst()
		return fmt.Sprintf("%d (%s)", took.Milliseconds(), name)
	})
	for _, name := range wholly {
		row("`"+name+"`, which reads everything, ms: median", func(f grownFigures) string { return fmt.Sprintf("%.0f", percentile(f.pages[name], 50)) })
	}
	b.Log(text.String())
}

// The drawing, in its own units.
const (
	drawnWide, drawnTall      = 720, 400
	drawnLeft, drawnRight     = 64, 200
	drawnTop, drawnBottom     = 24, 48
	leastDrawn, mostDrawn     = 1.0, 10_000.0 // milliseconds
	leastRecords, mostRecords = 1_000.0, 2_000_000.0
)

// drawn is the curves over the records, both by their logarithms: what doubles with the store would rise as the dashed line does.
func drawn(all []grownFigures) []byte {
	x := func(records float64) float64 {
		return drawnLeft + (drawnWide-drawnLeft-drawnRight)*math.Log(records/leastRecords)/math.Log(mostRecords/leastRecords)
	}
	y := func(ms float64) float64 {
		ms = min(max(ms, leastDrawn), mostDrawn)
		return drawnTall - drawnBottom - (drawnTall-drawnTop-drawnBottom)*math.Log(ms/leastDrawn)/math.Log(mostDrawn/leastDrawn)
	}
	var svg bytes.Buffer
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 0 %d %d" font-family="sans-serif" font-size="12" role="img">`, drawnWide+16, drawnTall)
	fmt.Fprint(&svg, "\n<title>Times of a product that has grown, by the records that are stored</title>\n<rect x=\"-16\" width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n")
	for ms := leastDrawn; ms <= mostDrawn; ms *= 10 {
		fmt.Fprintf(&svg, `<path d="M%d %.1fH%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%s ms</text>`+"\n",
			drawnLeft, y(ms), drawnWide-drawnRight, drawnLeft-8, y(ms)+4, locale.FormatInt(locale.EN, int64(ms)))
	}
	for records := leastRecords; records <= mostRecords; records *= 10 {
		fmt.Fprintf(&svg, `<path d="M%.1f %dV%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle">%s</text>`+"\n",
			x(records), drawnTop, drawnTall-drawnBottom, x(records), drawnTall-drawnBottom+18, locale.FormatInt(locale.EN, int64(records)))
	}
	fmt.Fprintf(&svg, `<text x="%d" y="%d" text-anchor="middle">records</text>`+"\n", (drawnLeft+drawnWide-drawnRight)/2, drawnTall-8)
	fmt.Fprintf(&svg, `<path d="M%.1f %.1fL%.1f %.1f" stroke="#999" stroke-dasharray="4 4" fill="none"/><text x="%.1f" y="%.1f" fill="#666">in proportion to the store</text>`+"\n",
		x(10_000), y(40), x(1_000_000), y(4_000), x(1_000_000)+8, y(4_000)+4)
	colours := []string{"#1b5e8c", "#b3470f", "#5b3a8c", "#2c7a3f"}
	for i, c := range curves {
		var line bytes.Buffer
		for n, f := range all {
			step := "L"
			if n == 0 {
				step = "M"
			}
			fmt.Fprintf(&line, "%s%.1f %.1f", step, x(float64(f.records)), y(c.of(f)))
			fmt.Fprintf(&svg, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`+"\n", x(float64(f.records)), y(c.of(f)), colours[i])
		}
		last := all[len(all)-1]
		fmt.Fprintf(&svg, `<path d="%s" stroke="%s" stroke-width="2" fill="none"/><text x="%.1f" y="%.1f" fill="%s">%s</text>`+"\n",
			line.String(), colours[i], x(float64(last.records))+8, y(c.of(last))+4, colours[i], c.name)
	}
	fmt.Fprint(&svg, "</svg>\n")
	return svg.Bytes()
}
