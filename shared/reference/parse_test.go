package reference

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// A line added to an embedded file that contradicts the others must not load.
func TestContradictoryFilesAreRefused(t *testing.T) {
	for file, lines := range map[string][]string{
		"countries": {
			"ZZ,ZZZ,999,Nowhere,Nulle part,,asia,asia-pacific,m49-rule,,,USD",
			"ZZ,ZZZ,999,France,Nulle part,Ninguna,asia,asia-pacific,m49-rule,,,USD",
			"ZZ,ZZZ,999,Nowhere,Nulle part,Ninguna,asia,atlantis,m49-rule,,,USD",
			"ZZ,ZZZ,999,Nowhere,Nulle part,Ninguna,mu,asia-pacific,m49-rule,,,USD",
			"ZZ,ZZZ,999,Nowhere,Nulle part,Ninguna,asia,asia-pacific,m49-rule,,,ZZZ",
			"ZZ,ZZZ,999,Nowhere,Nulle part,Ninguna,asia,asia-pacific,m49-rule,low,soon,USD",
			"AA,AAA,999,Nowhere,Nulle part,Ninguna,asia,asia-pacific,m49-rule,,,USD",
		},
		"country_variants":  {"Nowhere,ZZ", "France,DE"},
		"country_ambiguous": {"France,FR DE", "Nowhere,ZZ"},
		"currencies":        {"AAA,2,x", "ZZZ,two,x"},
		"currency_variants": {"zorkmid,ZZZ", "euro,USD"},
	} {
		for _, line := range lines {
			if _, err := parse(withLine(t, file, line)); err == nil || !strings.Contains(err.Error(), file) {
				t.Errorf("%s accepted %q: %v", file, line, err)
			}
		}
	}
}

func withLine(t *testing.T, file, line string) fs.FS {
	t.Helper()
	copied := fstest.MapFS{}
	for _, name := range []string{"countries", "country_variants", "country_ambiguous", "currencies", "currency_variants"} {
		content, err := files.ReadFile("data/" + name + ".csv")
		if err != nil {
			t.Fatal(err)
		}
		if name == file {
			content = append(content, line+"\n"...)
		}
		copied["data/"+name+".csv"] = &fstest.MapFile{Data: content}
	}
	return copied
}
