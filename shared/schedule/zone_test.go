package schedule

import (
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/learning-cities/guildhall/shared/civil"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func day(t *testing.T, text string) civil.Date {
	t.Helper()
	d, err := civil.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAnHourOfADayIsWhenTheClockOnTheWallFirstShowsIt(t *testing.T) {
	for _, c := range []struct {
		zone, day string
		hour      int
		want      string
	}{
		{"Europe/Berlin", "2026-01-15", 8, "2026-01-15T07:00:00Z"},
		{"Europe/Berlin", "2026-07-15", 8, "2026-07-15T06:00:00Z"},
		{"Europe/Berlin", "2026-03-29", 1, "2026-03-29T00:00:00Z"},
		{"Europe/Berlin", "2026-03-29", 2, "2026-03-29T01:00:00Z"}, // there is no 2:00: it is 3:00 at once
		{"Europe/Berlin", "2026-03-29", 3, "2026-03-29T01:00:00Z"},
		{"Europe/Berlin", "2026-10-25", 2, "2026-10-25T00:00:00Z"}, // 2:00 comes twice
		{"Europe/Berlin", "2026-10-25", 3, "2026-10-25T02:00:00Z"},
		{"Pacific/Apia", "2011-12-29", 8, "2011-12-29T18:00:00Z"},
		{"Pacific/Apia", "2011-12-30", 8, "2011-12-30T10:00:00Z"}, // the day doesn't exist: the next one begins
		{"Pacific/Apia", "2011-12-31", 0, "2011-12-30T10:00:00Z"},
		{"Pacific/Apia", "2011-12-31", 8, "2011-12-30T18:00:00Z"},
		{"America/Sao_Paulo", "2018-11-04", 0, "2018-11-04T03:00:00Z"}, // midnight doesn't exist
		{"America/Sao_Paulo", "2018-11-04", 1, "2018-11-04T03:00:00Z"},
		{"America/Sao_Paulo", "2018-02-17", 23, "2018-02-18T01:00:00Z"}, // 23:00 comes twice
		{"America/Sao_Paulo", "2018-02-18", 0, "2018-02-18T03:00:00Z"},
		{"Asia/Beirut", "2022-03-27", 0, "2022-03-26T22:00:00Z"}, // midnight doesn't exist
		{"Asia/Beirut", "2022-10-30", 0, "2022-10-29T22:00:00Z"}, // the clock went back to 23:00 just before
		{"Asia/Kathmandu", "2026-02-28", 8, "2026-02-28T02:15:00Z"},
		{"Pacific/Kiritimati", "2026-01-01", 0, "2025-12-31T10:00:00Z"},
		{"UTC", "2024-02-29", 23, "2024-02-29T23:00:00Z"},
	} {
		if got := at(day(t, c.day), c.hour, zone(t, c.zone)).Format(time.RFC3339); got != c.want {
			t.Errorf("%s, %s %d:00 is %s, want %s", c.zone, c.day, c.hour, got, c.want)
		}
	}
}

func TestTheLastSecondOfADayIsTheOneBeforeTheNextDay(t *testing.T) {
	for _, c := range []struct{ zone, day, want string }{
		{"Europe/Berlin", "2025-06-15", "2025-06-15T21:59:59Z"},
		{"Europe/Berlin", "2025-07-15", "2025-07-15T21:59:59Z"},
		{"Europe/Berlin", "2025-12-31", "2025-12-31T22:59:59Z"},
		{"America/Sao_Paulo", "2018-02-17", "2018-02-18T02:59:59Z"}, // 23:59:59 comes twice: until the second one
		{"America/Sao_Paulo", "2018-11-03", "2018-11-04T02:59:59Z"},
		{"Pacific/Apia", "2011-12-29", "2011-12-30T09:59:59Z"},
		{"Pacific/Apia", "2011-12-30", "2011-12-30T09:59:59Z"}, // it had ended before it began
		{"Asia/Beirut", "2022-03-26", "2022-03-26T21:59:59Z"},
	} {
		if got := lastSecond(day(t, c.day), zone(t, c.zone)).Format(time.RFC3339); got != c.want {
			t.Errorf("%s, %s ends at %s, want %s", c.zone, c.day, got, c.want)
		}
	}
}

// The plain way: go through the minutes until the clock shows the hour or a later one.
func slowlyAt(d civil.Date, hour int, loc *time.Location) time.Time {
	wanted := time.Date(d.Year, d.Month, d.Day, hour, 0, 0, 0, time.UTC)
	for t := wanted.Add(-30 * time.Hour); ; t = t.Add(time.Minute) {
		here := t.In(loc)
		shown := time.Date(here.Year(), here.Month(), here.Day(), here.Hour(), here.Minute(), 0, 0, time.UTC)
		if !shown.Before(wanted) {
			return t
		}
	}
}

func TestHoursAgreeWithGoingThroughEveryMinute(t *testing.T) {
	random := rand.New(rand.NewPCG(10, 1))
	for _, name := range zones {
		loc := zone(t, name)
		around := []civil.Date{{Year: 2011, Month: time.December, Day: 30}, {Year: 2024, Month: time.February, Day: 29}}
		for t := time.Date(2008, 1, 1, 0, 0, 0, 0, time.UTC); len(around) < 16; { // days on which the clock is changed
			_, next := t.In(loc).ZoneBounds()
			if next.IsZero() || next.Year() > 2030 {
				break
			}
			around, t = append(around, civil.Of(next, loc)), next
		}
		for _, d := range around {
			d = d.AddDays(random.IntN(3) - 1)
			for range 2 {
				hour := random.IntN(24)
				if random.IntN(2) == 0 {
					hour = random.IntN(4)
				}
				if got, want := at(d, hour, loc), slowlyAt(d, hour, loc); !got.Equal(want) {
					t.Errorf("%s, %s %d:00: %s, want %s", name, d, hour, got, want)
				}
			}
		}
	}
}

// zones are of every kind: with the changes of Europe, at midnight both ways, of half an hour, of a whole day, and of none.
var zones = []string{
	"Europe/Berlin", "America/Sao_Paulo", "Asia/Beirut", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns",
	"Pacific/Kiritimati", "Africa/Casablanca", "UTC",
}
