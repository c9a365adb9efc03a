package letter_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/learning-cities/guildhall/shared/letter"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const address = "https://guildhall.example/"

// in is a sample's letter in a language.
func (s sample) in(lang locale.Lang) letter.Letter {
	about := s.about
	about.Lang, about.Address = lang, address
	return letter.Write(s.report, about)
}

func TestLettersReadAsTheGoldenFilesShow(t *testing.T) {
	for i, s := range samples() {
		for j, lang := range locale.Langs {
			l := s.in(lang)
			golden(t, s.name+"."+string(lang)+".txt", "Subject: "+l.Subject+"\n\n"+l.Text)
			if i%len(locale.Langs) == j { // each form says the same
				golden(t, s.name+"."+string(lang)+".html", l.HTML)
			}
		}
	}
}

// TestEverythingThatIsWrittenHasALetter: a new kind of report or reminder is looked at as a letter too (go test -update, make letters).
func TestEverythingThatIsWrittenHasALetter(t *testing.T) {
	shown := map[programme.About]bool{}
	for _, s := range samples() {
		shown[s.report.Occasion.About] = true
	}
	for _, s := range programme.Current().Schedules {
		if !shown[s.About] {
			t.Errorf("there is no letter of %s, about %s", s.ID, s.About)
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
	}
}
