package letter_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/letter"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/mail"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

// texts are what people may have written on record.
var texts = []string{
	"</title><script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "<!--[if mso]><p>", "a\r\nBcc: other@city.example", "a\u2028b\u2029c", "\u202eelpmaxe",
	"=?utf-8?q?=0D=0ABcc:_b?=", strings.Repeat("Llanfairpwllgwyngyll", 90), strings.Repeat("word ", 400), "a\x00b\x1bc", "\xff\xfe", "{title} {day} {n}", "&amp; &lt;",
	"javascript:alert(1)", "{{.}}", "a\u200b\ufeffb", "https://elsewhere.example/a?b=c", "‘’“”", strings.Repeat("é", 500),
}

// hostile are letters about reports in which every text and path is one of those, and of which there is too much of everything.
var hostile = sync.OnceValue(func() (all []sample) {
	for i, said := range texts {
		text := locale.Same(said)
		r := summary.Report{
			Occasion: schedule.Occasion{Schedule: "a", About: programme.NetworkDigest, Period: schedule.Period{From: day("2025-10-01"), To: day("2026-03-31")}},
			AsOf:     time.Date(2026, 4, 10, 6, 0, 0, 0, time.UTC), Title: text, Lead: text, Path: said,
		}
		for n := range 120 {
			name := locale.Same(fmt.Sprintf("%d %s", n, said))
			r.Figures = append(r.Figures, summary.Figure{Key: fmt.Sprint(n), Group: locale.Same(fmt.Sprint(n/10, said)), Label: name, Value: summary.Number(n)})
		}
		for n := range 8 {
			one := summary.List{Key: fmt.Sprint(n), Title: text, Empty: text}
			for m := range n * 4 {
				one.Entries = append(one.Entries, summary.Entry{Key: fmt.Sprint(m), Name: text, Note: text, Late: true, Path: said})
			}
			r.Lists = append(r.Lists, one)
		}
		r.Files = []summary.File{{Label: text, Kind: "fund"}}
		before := r
		before.Figures = append([]summary.Figure{{Key: "gone", Label: text, Value: summary.Value{Text: text}}}, r.Figures[60:]...)
		all = append(all, sample{
			name:   fmt.Sprintf("text %d", i),
			report: summary.Since(r, &before),
			about:  letter.About{Revision: 1 + i%2, Schedule: text, Changes: summary.Corrections(before, r)},
		})
	}
	return all
})

// TestALetterAboutAnythingCanBeSent: what people wrote on record keeps no letter from leaving, and its subject is one line.
func TestALetterAboutAnythingCanBeSent(t *testing.T) {
	for _, s := range append(samples(), hostile()...) {
		for _, lang := range locale.Langs {
			l := s.in(lang)
			_, err := mail.Build(mail.Message{
				ID: "a.1.b", From: "network@cities.example", To: "someone@city.example", Subject: l.Subject, Text: l.Text, HTML: l.HTML, Lang: string(lang),
				Date: s.report.AsOf, Decline: l.Decline,
			})
			if err != nil {
				t.Errorf("%s in %s: %v: %q", s.name, lang, err, l.Subject)
			}
			if utf8.RuneCountInString(l.Subject) > 180 {
				t.Errorf("%s in %s has a subject of %d characters", s.name, lang, utf8.RuneCountInString(l.Subject))
			}
		}
	}
}

func TestPlainTextHasShortLines(t *testing.T) {
	for _, s := range append(samples(), hostile()...) {
		for _, lang := range locale.Langs {
			for line := range strings.Lines(s.in(lang).Text) {
				line = strings.TrimRight(line, "\n")
				if strings.TrimRight(line, " ") != line {
					t.Errorf("%s in %s: a line ends with a space: %q", s.name, lang, line)
				}
				if utf8.RuneCountInString(line) > 72 && strings.Contains(strings.TrimLeft(line, " -"), " ") {
					t.Errorf("%s in %s: a line has %d characters: %s", s.name, lang, utf8.RuneCountInString(line), line)
				}
			}
		}
	}
}

func TestALetterLeadsBelowTheProductOnly(t *testing.T) {
	for path, want := range map[string]string{
		"clusters/health":          address + "clusters/health",
		"members/FR/évry":          "",
		"fund/entries?after=a%2Fb": address + "fund/entries?after=a%2Fb",
		"../other":                 "",
		"a/../../other":            "",
		"/fund":                    "",
		"//elsewhere.example/":     "",
		"https://guildhall.example.elsewhere.example/": "",
		"https://guildhall.example/fund":               "",
		"javascript:alert(1)":                          "",
		`fund"onclick="a`:                              "",
		"fund elsewhere":                               "",
		`\\elsewhere.example`:                          "",
		"":                                             "",
	} {
		s := samples()[0]
		s.report.Path = path
		got := ""
		for line := range strings.Lines(s.in(locale.EN).Text) {
			if line = strings.TrimSpace(line); strings.HasPrefix(line, "http") && !strings.Contains(line, "/summaries/") && !strings.HasSuffix(line, "/account/letters") {
				got = line
			}
		}
		if got != want {
			t.Errorf("the path %q leads to %q, want %q", path, got, want)
		}
	}
}
