package coordinator_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/coordinator"
)

func TestR_CLU_6_EachChoiceShowsTheSpreadThatItLeadsTo(t *testing.T) {
	f := field()
	for i, city := range []string{"brest", "nanterre", "lyon"} {
		join(f, "FR", city, "esd", "health")
		stand(f, "FR", city, "esd", 5-i)
	}
	join(f, "SN", "dakar", "esd")
	stand(f, "SN", "dakar", "esd", 2)
	stand(f, "FR", "lyon", "health", 5)
	join(f, "JP", "okayama", "health") // no city of the first cluster
	stand(f, "JP", "okayama", "esd", 5)
	shown := func(seats ...coordinator.Seat) []string {
		var all []string
		for _, o := range f.Options(seats, "esd") {
			line := fmt.Sprintf("%s %v", o.Candidate.City, o.Spread.ByRegion)
			if o.Chosen {
				line += " chosen"
			}
			if o.Refused != nil {
				line += " " + string(o.Refused.Code)
			}
			all = append(all, line)
		}
		return all
	}
	got := shown(seat("esd", "FR#brest"), seat("health", "FR#lyon"))
	want := []string{
		"brest map[europe-north-america:2] chosen",
		"nanterre map[europe-north-america:3]",
		"lyon map[europe-north-america:3] COORDINATOR_ELSEWHERE",
		"dakar map[africa:1 europe-north-america:2]",
		"okayama map[asia-pacific:1 europe-north-america:2] COORDINATOR_NOT_IN_CLUSTER",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if got := shown(seat("esd", "FR#brest"), seat("esd", "SN#dakar"))[1]; got != "nanterre map[africa:1 europe-north-america:2] COORDINATOR_SEATS_TAKEN" {
		t.Errorf("got %s", got)
	}
	if got := f.Options(nil, "tennis"); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
