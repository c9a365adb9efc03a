// Package play plays what people do with the product, over HTTP and as each of them: a sheet comes in and is taken back, a city applies and is
// accepted, a donor is told what became of its money. It knows the product by the document that it serves and by /signin, and not what serves it.
package play

import (
	"maps"
	"net/http"
	"slices"
	"testing"
)

// Stage is where the product is served.
type Stage struct {
	Address   string            // of its root, with the slash at the end
	Transport http.RoundTripper // nil: the usual one
	Wait      func()            // between two looks at work that is under way
}

// Line is one thing that somebody did, and what was answered.
type Line struct {
	Who, Did string
	Status   int
	Answer   string // JSON, in which what is another in each play has the same name in all
}

// Play plays everything in a product that has no records yet but the built-in issuer's people, and gives what was answered: the same
// lines wherever it is played. It ends the test where an answer is not as it should be.
func Play(t testing.TB, where Stage) []Line {
	t.Helper()
	s := &stage{TB: t, Stage: where}
	s.read()
	c := cast{
		secretariat: s.enter("secretariat", "amina.diallo@secretariat.example"),
		treasurer:   s.enter("treasurer", "jonas.weber@secretariat.example"),
		commission:  s.enter("commission", "claire.morel@commission.example"),
		city:        s.enter("city", "yann.legall@brest.example"),
		donor:       s.enter("donor", "seo-yeon.kim@donor.example"),
		auditor:     s.enter("auditor", "lucia.romero@auditor.example"),
	}
	c.bringInASheet()
	c.decideAnApplication()
	c.tellADonor()
	c.comeAndGo()
	return s.lines
}

// cast are the people of the play.
type cast struct{ secretariat, treasurer, commission, city, donor, auditor *visitor }

func sorted(object map[string]any) []string { return slices.Sorted(maps.Keys(object)) }
