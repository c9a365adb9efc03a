// Package term holds no code: its tests play two years of the network day by day, with a clock of their own, and look at every letter that
// left. What happens in them stands in days_test.go; the parts are the product's, but for who takes e-mails.
//
// testdata/letters.txt is the list of the term: when each letter left (UTC), about what, to whom, in which language and under which subject;
// and with a hyphen, what was not sent and why. A change of it is reviewed like this, with days_test.go and the edition's schedules beside it:
//   - Each report comes at 8 o'clock of Berlin, 06:00 in summer and 07:00 in winter, so many days after its period's last day as its schedule
//     says: of a quarter to 31 March on 5 April, of a half-year on the 10th, of a donor's year to 27 February on 29 March. Count its periods:
//     29 months of the fund, its two years, ten quarters, five half-years, two years of Norway's agreement (signed on 29 February) and one of
//     Spain's; the years that end later are not over.
//   - For each day that is reminded of, the days before and after which its schedule names, up to the act that did what was asked: what comes
//     behind that act must be missing (Quimper the day before the deadline, Lorient on 29 June, health's news on 24 March 2026). A day that
//     an act moved is reminded of where it is now (Lorient by 30 June, Suwon's seat and Cork's participation, which end early).
//   - Readers are the schedule's audiences on that day: who takes part, coordinates or gave, as the acts before have it; in the language
//     that the person has then (the treasurer's is French from June 2026, the auditor is another one from January 2027).
//   - What has nothing new is skipped where the schedule says so: the fund's months without a movement, but the first after one with
//     movements, whose figures differ; the newsletters of clusters in which nobody is, from the second on.
package term

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/outbox"
)

const layout = "2006-01-02"

var update = flag.Bool("update", false, "rewrite the golden files")

// TestTheTerm plays the term once as everything goes well, and then again and again as it doesn't.
func TestTheTerm(t *testing.T) {
	began := time.Now()
	whole := wholeTerm(t)
	t.Logf("played in %s", time.Since(began).Round(time.Millisecond))
	for name, test := range map[string]func(*testing.T, playedTerm){
		"its letters are those of the reviewed list":                                                             theLettersAreThese,
		"waking the product every hour changes no letter":                                                        everyHour,
		"waking the product twice at once, late, or not for hours changes no letter":                             wakingItOtherwise,
		"processes that end at any step leave the same letters or say which may not have left":                   endingAnywhere,
		"in one week a process ends at each of its steps":                                                        endingEverywhere,
		"after an outage of weeks reports come with their own periods, and reminders of what is over don't come": anOutageOfWeeks,
		"after an outage of months what is too old is passed over and told":                                      anOutageOfMonths,
		"catching up is bounded, and goes on":                                                                    catchingUpInParts,
	} {
		t.Run(name, func(t *testing.T) { test(t, whole) })
	}
}

// playedTerm is the term as everything went well; of the first day of each month there is a copy.
type playedTerm struct {
	*play
	began map[string]*play // by month, "2025-06"
}

func wholeTerm(t *testing.T) playedTerm {
	t.Helper()
	p := begun(t)
	whole := playedTerm{play: p, began: map[string]*play{}}
	for month := time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, time.UTC); month.Before(last); {
		whole.began[month.Format("2006-01")] = p.copy(t, p.kept)
		month = month.AddDate(0, 1, 0)
		p.hourly(earlier(month.Add(-time.Hour), last), daily, immortal)
		p.until(earlier(month, last))
	}
	return whole
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func theLettersAreThese(t *testing.T, whole playedTerm) {
	golden(t, "testdata/letters.txt", whole.list())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	differ(t, strings.Split(got, "\n"), strings.Split(string(want), "\n"))
}

// differ tells which lines are in one list only, or more often.
func differ(t *testing.T, got, want []string) {
	t.Helper()
	count := map[string]int{}
	for _, one := range want {
		count[one]++
	}
	for _, one := range got {
		if count[one]--; count[one] < 0 {
			t.Errorf("too much: %s", one)
		}
	}
	for _, one := range want {
		if count[one] > 0 {
			t.Errorf("missing:  %s", one)
			count[one]--
		}
	}
}

// days are the letters with the day on which they left and all that they say, so that lists of other hours can be compared.
func (p *play) daysOfLetters() []string { return p.upTo(last.AddDate(1, 0, 0)) }

func (l letter) day() string { return fmt.Sprintf("%s  %x", l.line(layout), l.says) }

func everyHour(t *testing.T, whole playedTerm) {
	for _, month := range []string{"2025-06", "2027-04"} {
		p := whole.began[month].copy(t, whole.kept)
		to := p.world.now.AddDate(0, 0, 10)
		p.hourly(to, func(time.Time) []wake { return []wake{{times: 1}} }, immortal)
		differ(t, p.daysOfLetters(), whole.upTo(to))
	}
}

// upTo are the letters up to a moment, as daysOfLetters has them.
func (p *play) upTo(at time.Time) (lines []string) {
	for _, l := range p.letters() {
		if !l.at.After(at) {
			lines = append(lines, l.day())
		}
	}
	return lines
}

func wakingItOtherwise(t *testing.T, whole playedTerm) {
	random := rand.New(rand.NewPCG(2025, 5))
	again := whole.began["2025-05"].copy(t, whole.kept)
	again.hourly(last, func(hour time.Time) []wake {
		switch h := hour.Hour(); {
		case h == 7 || h == 15:
			if random.IntN(2) == 0 { // nobody wakes it
				return nil
			}
			return []wake{{after: time.Duration(random.IntN(60)) * time.Minute, times: 1 + random.IntN(3)}}
		case h == 22:
			return []wake{{after: time.Duration(random.IntN(60)) * time.Minute, times: 1}}
		}
		return nil
	}, immortal)
	differ(t, again.daysOfLetters(), whole.daysOfLetters())
}

func endingAnywhere(t *testing.T, whole playedTerm) {
	random := rand.New(rand.NewPCG(2027, 9))
	again := whole.began["2025-05"].copy(t, whole.kept)
	ended := 0
	again.hourly(last, daily, func() *life {
		ended++
		return &life{last: 1 + random.IntN(40), effect: random.IntN(2) == 0}
	})
	t.Logf("%d processes ended", ended)
	if ended < 100 {
		t.Errorf("only %d processes ended", ended)
	}
	again.sameOrUncertain(t, whole.daysOfLetters())
}

// In one week a process ends at each of its steps in turn, once before the step takes effect and once behind it.
func endingEverywhere(t *testing.T, whole playedTerm) {
	from, to := time.Date(2026, time.July, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, time.July, 8, 0, 0, 0, 0, time.UTC)
	week := whole.began["2026-07"]
	var steps int
	quiet := week.copy(t, whole.kept)
	var counted *life
	early := func(hour time.Time) []wake { // the other hours have nothing to do in this week
		if hour.Hour() == 6 || hour.Hour() == 7 {
			return []wake{{times: 1}}
		}
		return nil
	}
	quiet.hourly(to, early, func() *life { counted = immortal(); return counted })
	steps = counted.steps
	want := whole.upTo(to)
	differ(t, quiet.daysOfLetters(), want)
	before := len(week.letters())
	t.Logf("from %s on there are %d letters in %d steps", from.Format(layout), len(want)-before, steps)
	if len(want)-before < 5 {
		t.Error("nothing happens in this week")
	}
	for n := range steps {
		for _, effect := range []bool{false, true} {
			again := week.copy(t, whole.kept)
			lives := []*life{{last: n + 1, effect: effect}}
			again.hourly(to, early, func() *life {
				if len(lives) == 0 {
					return immortal()
				}
				one := lives[0]
				lives = lives[1:]
				return one
			})
			again.sameOrUncertain(t, want)
			if t.Failed() {
				t.Fatalf("ended at step %d, which took effect: %v", n+1, effect)
			}
		}
	}
}

// sameOrUncertain compares the letters with those of a term in which no process ended: none is there twice, and only what is said to be
// uncertain may be missing.
func (p *play) sameOrUncertain(t *testing.T, want []string) {
	t.Helper()
	uncertain := map[string]bool{}
	err := p.outbox().EachOpen(t.Context(), func(m outbox.Mail) error {
		if m.State != outbox.Uncertain {
			t.Errorf("%s is %s", m.Letter, m.State)
		}
		uncertain[m.Letter.String()] = true
		return nil
	})
	p.must(err)
	count := map[string]int{}
	for _, line := range want {
		count[line]++
	}
	for _, line := range p.daysOfLetters() {
		if count[line]--; count[line] < 0 {
			t.Errorf("too much: %s", line)
		}
	}
	missing := 0
	for _, n := range count {
		missing += max(n, 0)
	}
	left := map[string]bool{}
	for _, s := range p.post.left {
		left[s.ID] = true
	}
	doubted := 0
	for name := range uncertain {
		if !left[name] {
			doubted++
		}
	}
	if missing != doubted {
		t.Errorf("%d letters are missing, and %d that did not leave are uncertain", missing, doubted)
	}
}
