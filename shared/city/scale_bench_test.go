package city_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/city"
)

// BenchmarkRegister registers cities of one country by made-up names, as a sheet that brings so many does.
func BenchmarkRegister(b *testing.B) {
	city.NewIndex().Match("Genf", "CH") // reads the names in other languages, once
	for _, cities := range []int{400, 3_000, 30_000} {
		names := madeUpNames(cities)
		b.Run(fmt.Sprint(cities), func(b *testing.B) {
			for b.Loop() {
				x := city.NewIndex()
				for _, name := range names {
					if c, question := x.Register(name, "FR", ""); question == nil {
						x.Add(c.City)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*cities), "ns/city")
		})
	}
}

// madeUpNames are names that sound like places, the same ones each time.
func madeUpNames(n int) []string {
	syllables := strings.Fields("bar cor dun fel gra hol lin mar nov pol ren sal tor val ver é ou an ie sur")
	seeded := rand.New(rand.NewPCG(1, 2))
	names := make([]string, n)
	for i := range names {
		for range 2 + seeded.IntN(3) {
			names[i] += syllables[seeded.IntN(len(syllables))]
		}
	}
	return names
}
