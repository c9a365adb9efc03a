package coordinator_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/coordinator"
)

func TestASeatIsPublicFromItsAnnouncementOrFromItsFirstDay(t *testing.T) {
	for _, c := range []struct {
		announced, from, on string
		want                bool
	}{
		{"", "2026-01-01", "2025-12-31", false},
		{"", "2026-01-01", "2026-01-01", true},
		{"2025-10-01", "2026-01-01", "2025-09-30", false}, // it is to be announced
		{"2025-10-01", "2026-01-01", "2025-10-01", true},
		{"2026-03-01", "2026-01-01", "2026-02-01", true},
	} {
		d, m := coordinator.Decision{}, coordinator.Mandate{From: day(c.from)}
		if c.announced != "" {
			d.AnnouncedOn = day(c.announced)
		}
		if got := coordinator.Public(d, m, day(c.on)); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
