package programme_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
)

// An edition is read, or all that is wrong with it is said in each language: nobody gets half of one.
func FuzzEditions(f *testing.F) {
	whole, err := os.ReadFile("editions/2025.yaml")
	if err != nil {
		f.Fatal(err)
	}
	text := string(whole)
	for _, replaced := range [][2]string{
		{"", ""}, {"value: 3", "value: *a"}, {"calls:", "calls: &a [*a]\ncall:"}, {"value: 3", "value: 1e400"}, {"value: 3", "value: !!binary x"}, {"\n", "\r\n"},
		{"value: 3", "? {a: b}"}, {"calls:", "calls: {<<: 1}\nx:"}, {"2025-06-15", "\u0000"},
	} {
		f.Add(len(text), strings.Replace(text, replaced[0], replaced[1], 1)[:2000], "")
	}
	f.Add(100, "", "- [")
	f.Add(5000, "a: &x {b: *x}", "")
	f.Add(len(text), "", "\n---\na: b\n")
	f.Fuzz(func(t *testing.T, at int, before, after string) {
		// Every input stands in the edition somewhere: before the place, or after all.
		at = max(0, min(at, len(text)))
		edition, err := programme.Load(strings.NewReader(before + text[at:] + after))
		if err == nil {
			if edition == nil {
				t.Error("neither an edition nor a fault")
			}
			return
		}
		var all programme.Faults
		if !errors.As(err, &all) || len(all) == 0 || edition != nil {
			t.Fatalf("it is answered %v, %v", edition, err)
		}
		for i := range all {
			for _, lang := range locale.Langs {
				if all[i].Message(lang) == "" {
					t.Errorf("%+v says nothing", all[i])
				}
			}
		}
	})
}
