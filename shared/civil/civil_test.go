package civil_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"testing/quick"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
)

func date(t *testing.T, s string) civil.Date {
	t.Helper()
	d, err := civil.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParseTakesCalendarDaysOnly(t *testing.T) {
	for _, good := range []string{"2025-06-15", "2024-02-29", "0001-01-01", "9999-12-31"} {
		if got := date(t, good).String(); got != good {
			t.Errorf("%q came back as %q", good, got)
		}
	}
	for _, bad := range []string{"", "2025-02-29", "2025-6-15", "15/06/2025", "2025-06-15T00:00:00Z", "0000-01-01", " 2025-06-15", "12025-01-01", "2025-06-31"} {
		if d, err := civil.Parse(bad); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", bad, d)
		}
	}
}

func TestADeadlineLastsUntilTheEndOfItsDayInItsZone(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	deadline := date(t, "2025-06-15")
	if got := deadline.EndOf(berlin).UTC().Format(time.RFC3339); got != "2025-06-15T21:59:59Z" {
		t.Errorf("R-APP-1: the deadline ends at %s", got)
	}
	late := time.Date(2025, 6, 15, 22, 30, 0, 0, time.UTC)
	if got := civil.Of(late, berlin); !got.After(deadline) {
		t.Errorf("half past midnight in Berlin is %v, should be after the deadline", got)
	}
	if got := civil.Of(deadline.StartOf(berlin), berlin); got != deadline {
		t.Errorf("the day starts on %v", got)
	}
}

func TestAddingMonthsAndYearsStaysInTheMonth(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2025-01-31", 1, "2025-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2025-03-31", -1, "2025-02-28"},
		{"2025-11-15", 3, "2026-02-15"}, {"2019-10-01", 24, "2021-10-01"}, {"2025-01-15", -13, "2023-12-15"},
	} {
		if got := date(t, c.from).AddMonths(c.months).String(); got != c.want {
			t.Errorf("%s %+d months = %s, want %s", c.from, c.months, got, c.want)
		}
	}
	if got := date(t, "2024-02-29").AddYears(1).String(); got != "2025-02-28" {
		t.Errorf("a year after 29 February: %s", got)
	}
	if got := date(t, "2019-10-01").AddYears(2).AddDays(-1).String(); got != "2021-09-30" {
		t.Errorf("R-CLU-2: a two-year participation ends on %s", got)
	}
}

func TestOrderAgreesWithDays(t *testing.T) {
	origin := date(t, "2025-06-15")
	property := func(n int16) bool {
		moved := origin.AddDays(int(n))
		back := moved.AddDays(-int(n)) == origin
		return back && moved.Valid() && sign(int(n)) == moved.Compare(origin) &&
			moved.Before(origin) == (n < 0) && moved.After(origin) == (n > 0)
	}
	if err := quick.Check(property, nil); err != nil {
		t.Error(err)
	}
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return +1
	}
	return 0
}

func TestTextOfNoDateIsEmpty(t *testing.T) {
	type pair struct {
		Joined civil.Date `json:"joined"`
		Left   civil.Date `json:"left"`
	}
	in := pair{Joined: date(t, "2022-09-01")}
	text, err := json.Marshal(in)
	if err != nil || string(text) != `{"joined":"2022-09-01","left":""}` {
		t.Fatalf("%s, %v", text, err)
	}
	var out pair
	if err := json.Unmarshal(text, &out); err != nil || out != in {
		t.Errorf("came back as %v, %v", out, err)
	}
	if err := json.Unmarshal([]byte(`{"joined":"2025-02-30"}`), &out); err == nil {
		t.Error("30 February was read")
	}
	if _, err := json.Marshal(civil.Date{Year: 2025, Month: 2, Day: 30}); err == nil {
		t.Error("30 February was written")
	}
}

// Dates are written and looked at digit by digit, for speed; the calendar and package fmt have the last word.
func TestEveryDayIsWrittenAsItIsPrintedAndExactlyThoseOfTheCalendarAreValid(t *testing.T) {
	for _, year := range []int{-1, 0, 1, 9, 99, 987, 1900, 2000, 2023, 2024, 9999, 10000, 123456} {
		for month := time.Month(-1); month <= 13; month++ {
			for day := -1; day <= 33; day++ {
				d := civil.Date{Year: year, Month: month, Day: day}
				if d.IsZero() {
					continue
				}
				want := fmt.Sprintf("%04d-%02d-%02d", year, int(month), day)
				if d.String() != want {
					t.Fatalf("%+v is written %q", d, d)
				}
				there := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
				valid := year >= 1 && year <= 9999 && there.Year() == year && there.Month() == month && there.Day() == day
				if d.Valid() != valid {
					t.Fatalf("%s: valid %v", want, d.Valid())
				}
				if text, err := d.MarshalText(); (err == nil) != valid || valid && string(text) != want {
					t.Fatalf("%s is marshalled as %s, %v", want, text, err)
				}
			}
		}
	}
}
