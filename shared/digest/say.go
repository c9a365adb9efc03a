package digest

import (
	"fmt"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

// say puts words into a text: after each name what stands for "{name}", a text, name, number, day or value.
func say(text locale.Text, with ...any) locale.Text {
	return each(func(l locale.Lang) string {
		pairs := make([]string, 0, len(with))
		for i := 0; i+1 < len(with); i += 2 {
			pairs = append(pairs, fmt.Sprintf("{%s}", with[i]), spelled(l, with[i+1]))
		}
		return strings.NewReplacer(pairs...).Replace(text.In(l))
	})
}

func spelled(l locale.Lang, what any) string {
	switch v := what.(type) {
	case locale.Text:
		return v.In(l)
	case string:
		return locale.OneLine(v)
	case int:
		return locale.FormatInt(l, int64(v))
	case civil.Date:
		return v.Text().In(l)
	case summary.Value:
		return v.In(l)
	}
	panic(fmt.Sprintf("digest: %T has no words", what))
}

// each writes a text in every language.
func each(in func(locale.Lang) string) locale.Text {
	return locale.Text{EN: in(locale.EN), FR: in(locale.FR), ES: in(locale.ES)}
}

// counted is a number with the word that goes with it: "3 cities".
func counted(n int, one, more locale.Text) locale.Text {
	return each(func(l locale.Lang) string {
		return locale.FormatInt(l, int64(n)) + " " + locale.Plural(l, int64(n), one, more)
	})
}

// periodText names a period as people do: a year, a month, months, or days.
func periodText(p schedule.Period) locale.Text {
	months := p.From.Day == 1 && p.To.AddDays(1).Day == 1
	switch {
	case months && p.From.Year == p.To.Year && p.From.Month == p.To.Month:
		return p.From.MonthText()
	case months && p.From.Year == p.To.Year && p.From.Month == 1 && p.To.Month == 12:
		return locale.Same(fmt.Sprint(p.From.Year))
	case months:
		return say(fromTo, "from", p.From.MonthText(), "to", p.To.MonthText())
	}
	return say(daysText, "from", p.From, "to", p.To)
}

// clipped is a text of a record on one line, at most so many characters of it.
func clipped(text string, most int) locale.Text {
	text = strings.Join(strings.Fields(locale.OneLine(text)), " ")
	runes := []rune(text)
	if len(runes) <= most {
		return locale.Same(text)
	}
	cut := string(runes[:most])
	if at := strings.LastIndex(cut, " "); at > 0 {
		cut = cut[:at]
	}
	return locale.Same(strings.TrimRight(cut, " ,;:.–-") + "…")
}

var daysText = locale.Text{EN: "{from} to {to}", FR: "du {from} au {to}", ES: "del {from} al {to}"}

var fromTo = locale.Text{EN: "{from} to {to}", FR: "{from} à {to}", ES: "{from} a {to}"}
