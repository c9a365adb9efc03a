package term

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/schedule"
)

// back is what the product tells when it runs again.
type back struct {
	*play
	tally jobs.Tally
}

// outage plays a term in which nobody wakes the product from one moment until another, and then on for a day.
func outage(t *testing.T, whole playedTerm, month string, until time.Time) back {
	t.Helper()
	p := whole.began[month].copy(t, whole.kept)
	p.until(until)
	tally, err := p.start(immortal()).woken()
	p.must(err)
	p.hourly(until.Add(24*time.Hour), daily, immortal)
	return back{p, tally}
}

// between are the letters of a term that left from one moment on and before another, by the occasion and the reader.
func (p *play) between(from, to time.Time) map[string]letter {
	all := map[string]letter{}
	for _, l := range p.letters() {
		if !l.at.Before(from) && l.at.Before(to) {
			all[l.about+" to "+l.to+" in "+l.lang] = l
		}
	}
	return all
}

// reminds reports whether a letter is of an occasion with a day, and no period.
func (l letter) reminds() bool {
	return strings.Contains(l.about, " before ") || strings.Contains(l.about, " after ")
}

// outcomes counts the occasions that became due within a time, by what came of them.
func (p *play) outcomes(from, to time.Time) map[outbox.Outcome][]string {
	all := map[outbox.Outcome][]string{}
	for _, e := range p.entries() {
		if e.Occasion.Due.After(from) && !e.Occasion.Due.After(to) {
			all[e.Outcome] = append(all[e.Outcome], inWords(e))
			slices.Sort(all[e.Outcome])
		}
	}
	return all
}

// In June and the first half of July 2025 nobody wakes the product, while cities have to apply and National Commissions to submit.
func anOutageOfWeeks(t *testing.T, whole playedTerm) {
	from, until := moment("2025-06-01 00:00"), moment("2025-07-16 12:00")
	p := outage(t, whole, "2025-06", until)
	want, got := whole.between(from, until), p.between(from, until.Add(time.Hour))
	reports := 0
	for name, l := range want {
		there, made := got[name]
		switch {
		case l.reminds() && made:
			t.Errorf("%s was sent on %s, though it was over", name, there.at)
		case l.reminds():
		case !made:
			t.Errorf("%s was never made", name)
		case there.says != l.says:
			t.Errorf("%s says something else than on its day", name)
		default:
			reports++
		}
	}
	for name := range got {
		if _, known := want[name]; !known {
			t.Errorf("%s is no letter of that time", name)
		}
	}
	came := p.outcomes(from, until)
	t.Logf("%d letters of reports came late; lapsed: %v", reports, came[outbox.Lapsed])
	if reports == 0 || p.tally.Made == 0 {
		t.Errorf("%d reports were made up for, %+v", reports, p.tally)
	}
	if p.tally.Lapsed != len(came[outbox.Lapsed]) || p.tally.Left > 0 || p.tally.PassedOver > 0 {
		t.Errorf("it tells of %+v", p.tally)
	}
	differ(t, came[outbox.Lapsed], []string{
		"call-city CO#pasto 1 before 2025-06-15", "call-city CO#pasto 7 before 2025-06-15", // its application is still to be sent
		"call-commission CO 1 before 2025-07-15", "call-commission CO 30 before 2025-07-15", "call-commission CO 7 before 2025-07-15",
		"call-commission FR 1 before 2025-07-15", "call-commission FR 30 before 2025-07-15", "call-commission FR 7 before 2025-07-15",
	})
	p.onAsBefore(t, whole, until)
}

// onAsBefore plays to the end of the year: after an outage the product goes on as if there had been none.
func (p back) onAsBefore(t *testing.T, whole playedTerm, until time.Time) {
	t.Helper()
	to := until.AddDate(0, 5, 0)
	p.hourly(to, daily, immortal)
	want, got := whole.between(until.Add(time.Hour), to), p.between(until.Add(time.Hour), to)
	for name, l := range want {
		if there, made := got[name]; !made || there.says != l.says || there.at != l.at {
			t.Errorf("after the outage %s is %+v, was %+v", name, there, l)
		}
	}
	if len(got) != len(want) {
		t.Errorf("after the outage there are %d letters, were %d", len(got), len(want))
	}
}

// From November 2026 on nobody wakes the product for fifteen weeks: what is older than sixty-two days is passed over, and noted so.
func anOutageOfMonths(t *testing.T, whole playedTerm) {
	from, until := moment("2026-11-01 00:00"), moment("2027-02-15 12:00")
	p := outage(t, whole, "2026-11", until)
	floor := until.Add(-schedule.CatchUp)
	want, got := whole.between(from, until), p.between(from, until.Add(time.Hour))
	made := 0
	for name, l := range want {
		_, there := got[strings.ReplaceAll(name, "auditor in es", "auditor in fr")]  // who took over in January
		if there != (l.at.After(floor) && !strings.HasPrefix(l.about, "term-end")) { // which is over
			t.Errorf("%s, due at %s: made is %v", name, l.at, there)
		}
		if there {
			made++
		}
	}
	nothing := strings.Join(whole.outcomes(floor, until)[outbox.Nothing], "\n")
	for name, l := range got { // the report before it was passed over, so that all is new in the first one after it
		if _, known := want[name]; !known && !strings.Contains(nothing, l.about) && l.to != "auditor" {
			t.Errorf("%s is no letter of that time", name)
		}
	}
	if made == 0 {
		t.Error("nothing was made up for")
	}
	before, after := p.outcomes(from, floor), p.outcomes(floor, until)
	t.Logf("passed over: %v", before[outbox.PassedOver])
	if p.tally.PassedOver == 0 || p.tally.PassedOver != len(before[outbox.PassedOver]) || len(before) != 1 || len(after[outbox.PassedOver]) > 0 {
		t.Errorf("it tells of %+v; before there is %v, after %v", p.tally, before, after)
	}
}

// A run that may make three reports at a time makes all in the end, and says each time how many are left.
func catchingUpInParts(t *testing.T, whole playedTerm) {
	until := moment("2026-04-12 12:00")
	all := outage(t, whole, "2026-03", until)
	p := whole.began["2026-03"].copy(t, whole.kept)
	p.until(until)
	var left []string
	for range 100 {
		running := p.start(immortal())
		running.summaries.Most = 3
		tally, err := running.woken()
		p.must(err)
		left = append(left, fmt.Sprint(tally.Left))
		if tally.Left == 0 {
			break
		}
	}
	t.Logf("left after each run: %s", strings.Join(left, " "))
	if len(left) < 3 {
		t.Error("three at a time, and all at once")
	}
	differ(t, p.daysOfLetters(), all.upTo(until))
}
