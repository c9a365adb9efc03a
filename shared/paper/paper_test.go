package paper_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/paper"
	"github.com/learning-cities/guildhall/shared/paper/papertest"
)

func options(lang locale.Lang) paper.Options {
	return paper.Options{
		Title: "Relevé du donateur", Subject: "Brest", Author: "Guildhall", Lang: lang, Head: "Relevé · Brest", Foot: "3f2a",
		Date: time.Date(2025, 12, 31, 23, 0, 0, 0, time.UTC),
	}
}

func written(t *testing.T, d *paper.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sample has one of everything, and a table over several pages.
func sample(lang locale.Lang) *paper.Document {
	d := paper.New(options(lang))
	d.Title("Relevé du donateur", "Première période")
	d.Facts(paper.Fact{Label: "Donateur", Value: "Ville de Şanlıurfa"}, paper.Fact{Label: "Rien"})
	d.Heading(1, "Dépenses")
	d.Text("Œuvre, à l’été – «1\u202F234,50 €»")
	d.Heading(2, "Par activité")
	table := d.Table(paper.Column{Title: "Activité", Share: 3}, paper.Column{Title: "Montant", Share: 1, Right: true})
	table.Group("Domaine 1")
	for n := range 120 {
		table.RowUnder(fmt.Sprintf("écriture-%03d", n), fmt.Sprintf("ligne %03d", n), "1\u202F000,00")
	}
	table.Sum("Total", "120\u202F000,00")
	table.End()
	d.Note("Fin.")
	return d
}

func TestTheSameContentGivesTheSameBytes(t *testing.T) {
	first := written(t, sample(locale.FR))
	for range 3 {
		if !bytes.Equal(written(t, sample(locale.FR)), first) {
			t.Fatal("the bytes differ")
		}
	}
}

func TestAccentsAreReadAsTheyWereWritten(t *testing.T) {
	text := papertest.Text(t, written(t, sample(locale.FR)))
	for _, want := range []string{"Ville de Şanlıurfa", "Œuvre, à l’été – «1 234,50 €»", "Dépenses", "120 000,00", "Activité"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %.400s", want, text)
		}
	}
	if strings.Contains(text, "Rien") {
		t.Error("a fact without a value is set")
	}
}

func TestATableGoesOnOverPagesUnderItsTitles(t *testing.T) {
	pages := papertest.Pages(t, written(t, sample(locale.FR)))
	if len(pages) < 3 {
		t.Fatalf("%d pages", len(pages))
	}
	next := 0
	for i, page := range pages {
		if strings.Count(page, "Activité") != 1 {
			t.Errorf("page %d has the titles %d times", i+1, strings.Count(page, "Activité"))
		}
		for strings.Contains(page, fmt.Sprintf("ligne %03d", next)) {
			if !strings.Contains(page, fmt.Sprintf("écriture-%03d", next)) {
				t.Errorf("row %d is on two pages", next)
			}
			next++
		}
	}
	if next != 120 {
		t.Errorf("rows come in order up to %d of 120", next)
	}
}

func TestTheTitlesAreSetAgainAboveAGroupOnANewPage(t *testing.T) {
	d := paper.New(options(locale.EN))
	table := d.Table(paper.Column{Title: "What", Share: 1})
	for n := range 200 {
		table.Group(fmt.Sprintf("Group %d", n))
		table.Row("row")
	}
	for i, page := range papertest.Pages(t, written(t, d)) {
		lines := strings.Fields(strings.SplitN(page, "What", 2)[0])
		if strings.Count(page, "What") != 1 || slices.Contains(lines, "Group") || strings.Count(page, "Group") != strings.Count(page, "row") {
			t.Errorf("page %d: %s", i+1, page)
		}
	}
}

func TestEveryPageSaysWhatItBelongsTo(t *testing.T) {
	for lang, number := range map[locale.Lang]string{locale.EN: "Page %d of %d", locale.FR: "Page %d sur %d", locale.ES: "Página %d de %d"} {
		pages := papertest.Pages(t, written(t, sample(lang)))
		for i, page := range pages {
			for _, want := range []string{fmt.Sprintf(number, i+1, len(pages)), "Relevé · Brest", "3f2a"} {
				if !strings.Contains(page, want) {
					t.Errorf("%s, page %d lacks %q", lang, i+1, want)
				}
			}
		}
	}
}

func TestTheFileSaysItsTitleItsLanguageAndItsDay(t *testing.T) {
	file := written(t, sample(locale.FR))
	info := papertest.Info(t, file)
	if info["Title"] != "Relevé du donateur" || info["Author"] != "Guildhall" || !strings.HasPrefix(info["Page size"], "595.28 x 841.89") {
		t.Errorf("the properties are %v", info)
	}
	if !strings.Contains(info["CreationDate"], "Dec 31 23:00:00 2025") || info["ModDate"] != info["CreationDate"] {
		t.Errorf("it was made on %s, changed on %s", info["CreationDate"], info["ModDate"])
	}
	if !bytes.Contains(file, []byte("/Lang (fr)")) || bytes.Count(file, []byte("/Dest [")) != 3 {
		t.Error("the language or a bookmark is missing")
	}
}

func TestTheFontsArePartOfTheFile(t *testing.T) {
	fonts := papertest.Fonts(t, written(t, sample(locale.FR)))
	if len(fonts) != 3 || slices.ContainsFunc(fonts, func(f papertest.Font) bool { return !f.Embedded || !f.Unicode }) {
		t.Errorf("the fonts are %+v", fonts)
	}
}

func TestARowLongerThanAPageLosesNothing(t *testing.T) {
	d := paper.New(options(locale.EN))
	table := d.Table(paper.Column{Title: "Narrative", Share: 1}, paper.Column{Title: "City", Share: 1})
	var words []string
	for n := range 2000 {
		words = append(words, fmt.Sprintf("word%04d", n))
	}
	table.Row(strings.Join(words, " "), "Brest")
	table.Row("the next", "Cork")
	text := papertest.Text(t, written(t, d))
	for _, word := range append(words, "the next Cork") {
		if !strings.Contains(text, word) {
			t.Fatalf("%s is missing", word)
		}
	}
}

func TestLettersThatTheFontsLackHaveTheirNearest(t *testing.T) {
	d := paper.New(options(locale.EN))
	d.Text("İzmir, Poznań, Αθήνα, Київ")
	if d.Lossy() {
		t.Error("these letters are in the fonts")
	}
	d.Text("Quảng Ngãi; 고양; a\u2011b; \U0001F600")
	if !d.Lossy() {
		t.Error("nobody is told that letters are missing")
	}
	text := papertest.Text(t, written(t, d))
	for _, want := range []string{"İzmir, Poznań, Αθήνα, Київ", "Quang Ngãi; □□; a-b; □"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %q", want, text)
		}
	}
}

func TestAWordWiderThanALineIsBroken(t *testing.T) {
	d := paper.New(options(locale.EN))
	table := d.Table(paper.Column{Title: "Hash", Share: 1}, paper.Column{Title: "Other", Share: 3})
	hash := strings.Repeat("0123456789abcdef", 4)
	table.Row(hash, "next")
	var got strings.Builder
	for _, line := range strings.Split(papertest.Pages(t, written(t, d))[0], "\n") {
		for word := range strings.FieldsSeq(line) {
			if len(word) > 4 && strings.Contains(hash, word) {
				got.WriteString(word)
			}
		}
	}
	if got.String() != hash {
		t.Errorf("the hash reads %s", got.String())
	}
}
