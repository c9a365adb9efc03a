package applications

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// shownIn is a field as it is shown: with what was sent, or what is on record where nothing was.
func (a answer) shownIn(of *application.Application, sent url.Values, lang locale.Lang) page.Input {
	values := sent[a.Name]
	if sent == nil {
		values = a.get(of, lang)
	}
	i := a.Input
	switch {
	case i.Several:
		i.Values = values
	case a.list:
		i.Value = strings.Join(values, "\n")
	default:
		i.Value = first(values)
	}
	return i
}

// read is an answer as it is read: in words, without those that are empty.
func (a answer) read(f page.Frame, of *application.Application) []string {
	values := a.get(of, f.Lang)
	var words []string
	for _, value := range values {
		switch {
		case value == "":
			continue
		case a.Type == "checkbox":
			value = f.In(wordYes)
		case a.Type == "date":
			value = f.Day(*pledgeDay(of))
		case len(a.Options) > 0:
			at := slices.IndexFunc(a.Options, func(o page.Option) bool { return o.Value == value })
			if at >= 0 {
				value = a.Options[at].Name
			}
		}
		words = append(words, value)
	}
	return words
}

// formOf is an application with the answers that were sent, and what of them can't be read: FIELD_INVALID.
func formOf(before application.Application, all []section, sent url.Values, lang locale.Lang) (application.Application, []error) {
	after := before
	after.Challenges = nil
	var problems []error
	for _, s := range all {
		for _, a := range s.Answers {
			if !a.set(&after, lang, sent[a.Name]) {
				problems = append(problems, problem.New("FIELD_INVALID").In(a.Name).Valued(first(sent[a.Name])).
					WithText("field", a.Label).WithText("expected", a.want))
			}
		}
	}
	return after, problems
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return strings.TrimSpace(values[0])
}

// whole is a whole number from 0 to the most; "" is 0.
func whole(text string, most int64) (int64, bool) {
	if text == "" {
		return 0, true
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > most {
		return 0, false
	}
	return n, true
}

func linesOf(text string) (all []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// chosen are those of a list that were sent, in the list's order.
func chosen(from []programme.Choice, sent []string) (all []string) {
	for _, one := range from {
		if slices.Contains(sent, one.ID) {
			all = append(all, one.ID)
		}
	}
	return all
}

func options(from []programme.Choice, lang locale.Lang) []page.Option {
	all := make([]page.Option, len(from))
	for i, one := range from {
		all[i] = page.Option{Value: one.ID, Name: one.Label.In(lang)}
	}
	return all
}

// spaces are those between groups of digits.
var spaces = strings.NewReplacer(" ", "", locale.NoBreakSpace, "", locale.NarrowNoBreakSpace, "")

// plainDecimal is a number as the reader's language writes it, as decimal text: "140 000,5" in French is "140000.5"; false of what is none. A point is
// a decimal point in French and Spanish, too, but where three digits follow it: "140.000" is a whole number in Spanish, and might be either in French.
func plainDecimal(lang locale.Lang, written string) (string, bool) {
	bare, mark, group := spaces.Replace(written), ".", ","
	if lang != locale.EN {
		mark, group = ",", "."
	}
	whole, fraction, cut := strings.Cut(bare, mark)
	switch {
	case bare == "":
		return "", true
	case lang != locale.FR && inGroups(whole, group):
		whole = strings.ReplaceAll(whole, group, "")
	case lang != locale.EN && !cut:
		if whole, fraction, cut = strings.Cut(bare, "."); len(fraction) == 3 {
			return "", false
		}
	}
	decimal := whole
	if cut {
		decimal += "." + fraction
	}
	return decimal, digits(strings.TrimPrefix(whole, "-")) && (!cut || digits(fraction))
}

// inGroups reports whether a number is written in groups of three digits.
func inGroups(text, separator string) bool {
	groups := strings.Split(strings.TrimPrefix(text, "-"), separator)
	for i, group := range groups {
		if len(group) > 3 || group == "" || i > 0 && len(group) != 3 {
			return false
		}
	}
	return len(groups) > 1
}

func digits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }
