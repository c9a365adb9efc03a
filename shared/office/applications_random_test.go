package office_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/office"
)

// reaches reports whether a city is of somebody's: all of it, its country's, or itself.
func reaches(who, city string) bool {
	role, scope, _ := strings.Cut(who, " ")
	switch role {
	case "commission":
		return strings.HasPrefix(city, scope+"#")
	case "city":
		return city == scope
	default:
		return role == "secretariat" || role == "auditor"
	}
}

// Whatever people try, in any order, nobody changes what is not theirs to change, and nobody is shown what is not theirs to see.
func TestRandomAttemptsOfEverybodyChangeAndShowOnlyWhatIsTheirs(t *testing.T) {
	cities := map[string]string{"FR#brest": "Brest", "FR#evry": "Évry", "DE#kiel": "Kiel"}
	ids := []string{"DE#kiel", "FR#brest", "FR#evry"}
	role := map[application.Role]string{application.ByCity: "city ", application.ByCommission: "commission ", application.BySecretariat: "secretariat"}
	whoever := append([]string{"city DE#kiel"}, everyone...)
	for seed := range uint64(4) {
		random := rand.New(rand.NewPCG(seed, 8))
		r := newCallRoom(t)
		did := map[string]int{} // events by city
		for range 500 {
			r.now = r.now.Add(time.Minute)
			who := whoever[random.IntN(len(whoever))]
			city, action := ids[random.IntN(len(ids))], application.Actions[random.IntN(len(application.Actions))]
			if random.IntN(2) == 0 { // somebody who may, if there is one
				for _, one := range whoever {
					if strings.HasPrefix(one, role[action.By()]) && reaches(one, city) {
						who = one
					}
				}
			}
			attempt := act(action, city, cities[city])
			seen := random.IntN(4) == 0
			if seen { // what an earlier look could have shown, or a guess
				attempt.Seen = random.Int64N(3) + 1
			}
			_, err := r.Do(r.as(who), "", attempt)
			may := strings.HasPrefix(who, role[action.By()]) && reaches(who, city)
			switch {
			case may == (codeOf(err) == "ACCESS_DENIED"):
				t.Fatalf("seed %d: %s by %s to %s: %v", seed, action, who, city, err)
			case err == nil && seen:
				t.Fatalf("seed %d: %s of %s by a version that nobody was shown", seed, action, city)
			case err == nil:
				did[city]++
			}
		}
		for _, who := range whoever {
			var want, got []string
			for _, city := range ids {
				if reaches(who, city) && did[city] > 0 {
					want = append(want, city)
				}
			}
			all, _ := r.Applications(r.as(who), office.Wanted{})
			for _, a := range all {
				got = append(got, a.City)
				if len(a.History) != did[a.City] {
					t.Errorf("seed %d: %s has %d events, and %d acts were done", seed, a.City, len(a.History), did[a.City])
				}
				for _, e := range a.History {
					if e.Actor.Role != e.Action.By() || e.Actor.City != "" && e.Actor.City != a.City || e.Actor.Country != "" && e.Actor.Country != a.Country {
						t.Errorf("seed %d: %s of %s is by %+v", seed, e.Action, a.City, e.Actor)
					}
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("seed %d: %s is shown %v, want %v", seed, who, got, want)
			}
		}
		if len(did) < 3 {
			t.Errorf("seed %d: only %v came about", seed, did)
		}
	}
}
