package locale_test

import (
	"math/rand"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
)

func TestDistanceCountsSlipsOfTyping(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "ab", 2}, {"city", "city", 0}, {"city", "ctiy", 1}, {"city", "cit", 1},
		{"montant", "montnat", 1}, {"kitten", "sitting", 3}, {"ca", "abc", 3}, {"año", "ano", 1}, {"abcdef", "badcfe", 3},
	} {
		if got := locale.Distance(c.a, c.b, 5); got != c.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// The bounded, three-row computation against the definition, on random words.
func TestDistanceAgreesWithItsDefinition(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for range 20000 {
		a, b, max := word(random), word(random), random.Intn(6)
		want := min(alignment([]rune(a), []rune(b)), max+1)
		if got := locale.Distance(a, b, max); got != want {
			t.Fatalf("Distance(%q, %q, %d) = %d, want %d", a, b, max, got, want)
		}
	}
}

func word(random *rand.Rand) string {
	letters := make([]rune, random.Intn(7))
	for i := range letters {
		letters[i] = []rune("abé")[random.Intn(3)]
	}
	return string(letters)
}

func alignment(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	cost := 1
	if a[len(a)-1] == b[len(b)-1] {
		cost = 0
	}
	d := min(alignment(a[:len(a)-1], b)+1, alignment(a, b[:len(b)-1])+1, alignment(a[:len(a)-1], b[:len(b)-1])+cost)
	if len(a) > 1 && len(b) > 1 && a[len(a)-1] == b[len(b)-2] && a[len(a)-2] == b[len(b)-1] {
		d = min(d, alignment(a[:len(a)-2], b[:len(b)-2])+1)
	}
	return d
}

func TestNearestSuggestsOnlyWhatIsLikely(t *testing.T) {
	headers := []string{"Ville", "Pays", "Montant", "Devise", "Date de valeur", "Type de donateur", "ID"}
	for _, c := range []struct{ word, want string }{
		{"Montnat", "Montant"}, {"MONTÀNT", "Montant"}, {"Vile", "Ville"}, {"date de valuer", "Date de valeur"},
		{"Type donateur", "Type de donateur"}, {"Pays", "Pays"}, {"ID", "ID"},
		{"IX", ""}, {"Population", ""}, {"", ""}, {"...", ""}, {"Pxyz", ""},
	} {
		if got, ok := locale.Nearest(c.word, headers); got != c.want || ok != (c.want != "") {
			t.Errorf("Nearest(%q) = %q, %v; want %q", c.word, got, ok, c.want)
		}
	}
}

func TestNearestTakesTheNearerAndThenTheFirst(t *testing.T) {
	if got, _ := locale.Nearest("nigera", []string{"Algeria", "Nigeria", "Niger"}); got != "Nigeria" {
		t.Errorf("got %q", got)
	}
	if got, _ := locale.Nearest("member", []string{"members", "ember", "member"}); got != "member" {
		t.Errorf("an exact one must win, got %q", got)
	}
}

func TestAHugeTextIsFarFromEverythingWithoutBeingLookedThrough(t *testing.T) {
	huge := strings.Repeat("é", 1<<20)
	taken := testing.AllocsPerRun(1, func() {
		if locale.Distance(huge, "Brest", 3) != 4 || locale.Distance("Brest", huge, 3) != 4 {
			t.Error("a text of megabytes is near a word")
		}
	})
	if taken > 0 {
		t.Errorf("%v allocations", taken)
	}
}
