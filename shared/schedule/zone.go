package schedule

import (
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
)

// at is the first instant, in UTC, at which the clock on a wall in zone shows an hour of a day or a later one. So an hour that comes twice
// is its first, and one that doesn't exist, or whose whole day doesn't, is the first instant after it.
func at(day civil.Date, hour int, zone *time.Location) time.Time {
	wanted := time.Date(day.Year, day.Month, day.Day, hour, 0, 0, 0, time.UTC)
	from := wanted.Add(-farthest)
	for {
		_, offset := from.In(zone).Zone()
		shown := wanted.Add(-time.Duration(offset) * time.Second)
		if !shown.After(from) {
			return from.UTC()
		}
		_, until := from.In(zone).ZoneBounds()
		if until.IsZero() || shown.Before(until) {
			return shown
		}
		from = until
	}
}

// farthest is more than any zone was ever away from UTC.
const farthest = 48 * time.Hour

// lastSecond is the end of a day in a zone, the second before the next one begins.
func lastSecond(day civil.Date, zone *time.Location) time.Time {
	return at(day.AddDays(1), 0, zone).Add(-time.Second)
}
