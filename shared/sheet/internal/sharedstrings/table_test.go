package sharedstrings

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/sheet/internal/xmlscan"
)

func TestTextsComeBackByTheirPlace(t *testing.T) {
	table := New(1 << 30)
	var want []string
	for i := range 60_000 {
		want = append(want, strings.Repeat(fmt.Sprint(i), i%7))
	}
	want[1000] = strings.Repeat("long", blockSize)
	want[1001] = strings.Repeat("x", blockSize)
	for _, text := range want {
		if err := table.Add([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range want {
		if got, ok := table.Get(i); got != want[i] || !ok {
			t.Fatalf("text %d: got %.50q, want %.50q", i, got, want[i])
		}
	}
	for _, i := range []int{-1, len(want)} {
		if got, ok := table.Get(i); ok {
			t.Errorf("text %d: got %.50q, want none", i, got)
		}
	}
}

func TestATableHasABound(t *testing.T) {
	table := New(1000)
	var err error
	for n := 0; err == nil && n < 1000; n++ {
		err = table.Add([]byte("ten bytes."))
	}
	if err == nil || !strings.HasPrefix(err.Error(), "FILE_TOO_LARGE") {
		t.Errorf("got %v", err)
	}
}

func TestLoading(t *testing.T) {
	const head, end = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="77">`, `</sst>`
	for xml, want := range map[string]string{
		head + end: "",
		head + `<si><t>a</t></si><si><t xml:space="preserve"> b </t></si>` + end:                           "a| b |",
		head + `<si><t>a&amp;b</t></si> <si><t>_x0041_</t></si><si/>` + end:                                "a&b|A||",
		head + `<si><r><t>a</t></r><r><t>b</t></r></si><si><t>c</t></si>` + end:                            "ab|c|",
		head + `<si><t>1</t></si><extLst><si/></extLst><si><t>2</t></si>` + end:                            "1|2|",
		`<x:sst xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:si><x:t>a</x:t></x:si></x:sst>`: "a|",
		head + `<si><t>a</t></si>`:         "FILE_TRUNCATED",
		head + `<si><t>a</t></si></ss>`:    "FILE_CORRUPT",
		head + `<si><t>]]></t></si>` + end: "FILE_CORRUPT",
		head + `text` + end:                "FILE_CORRUPT",
		`<sst/>`:                           "FILE_CORRUPT",
		``:                                 "FILE_TRUNCATED",
		head + strings.Repeat(`<si><t>0123456789</t></si>`, 100) + end: "FILE_TOO_LARGE",
	} {
		s := xmlscan.New(context.Background(), strings.NewReader(xml), "p", xmlscan.Limits{Depth: 9, Token: 1 << 20})
		got := ""
		table, err := Load(s, 1000)
		if err != nil {
			got, _, _ = strings.Cut(err.Error(), " ")
		} else {
			for i := range table.Len() {
				text, _ := table.Get(i)
				got += text + "|"
			}
		}
		if got != want {
			t.Errorf("%.200s: got %q, want %q", xml, got, want)
		}
	}
}
