package applications

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/programme"
)

// section is a part of the form.
type section struct {
	Title   locale.Text
	Note    locale.Text
	Answers []answer
}

// answer is a field of the form: what is asked, and where in the application it is kept. Its name is that of the problems about it.
type answer struct {
	page.Input
	prose bool // it is read as a text
	list  bool // it is read as a list
	// get gives what the field shows, in the reader's language; set takes what was sent, and reports whether it could be read.
	get  func(*application.Application, locale.Lang) []string
	set  func(*application.Application, locale.Lang, []string) bool
	want locale.Text // what set can read
}

type (
	form   = application.Application
	textIn = func(*form) *string
	listIn = func(*form) *[]string
)

// text is a field of a line.
func text(name string, label locale.Text, in textIn) answer {
	return answer{
		Input: page.Input{Name: name, Label: label},
		get:   func(a *form, _ locale.Lang) []string { return []string{*in(a)} },
		set: func(a *form, _ locale.Lang, sent []string) bool {
			*in(a) = first(sent)
			return true
		},
	}
}

// needed marks a field that has to be filled in before the application is sent.
func (a answer) needed() answer {
	if a.Hint.IsZero() {
		a.Hint = wordNeeded
	} else {
		a.Hint = locale.Text{
			EN: a.Hint.EN + " " + wordNeeded.EN, FR: a.Hint.FR + " " + wordNeeded.FR, ES: a.Hint.ES + " " + wordNeeded.ES,
		}
	}
	return a
}

func (a answer) hinted(hint locale.Text) answer {
	a.Hint = hint
	return a
}

func (a answer) typed(kind, complete string) answer {
	a.Type, a.Complete = kind, complete
	return a
}

func (a answer) tall(lines int) answer {
	a.Lines = lines
	return a
}

// counted is a text of at most a number of words.
func (a answer) counted(words int) answer {
	a.Lines, a.Words, a.prose = 8, words, true
	return a
}

// figure is a number of the profile, which is written and read as the reader's language has it.
func figure(name string, label locale.Text, in func(*form) *application.Figure) answer {
	return answer{
		Input: page.Input{Name: name, Label: label}, want: aNumber,
		get: func(a *form, lang locale.Lang) []string {
			return []string{locale.FormatDecimal(lang, in(a).Value)}
		},
		set: func(a *form, lang locale.Lang, sent []string) bool {
			n, ok := plainDecimal(lang, first(sent))
			in(a).Value = n
			return ok
		},
	}
}

// year is the year that figures hold for.
func year(name string, label locale.Text, in ...func(*form) *application.Figure) answer {
	return answer{
		Input: page.Input{Name: name, Label: label, Type: "number"}, want: aYear,
		get: func(a *form, _ locale.Lang) []string {
			for _, one := range in {
				if y := one(a).Year; y != 0 {
					return []string{strconv.FormatInt(y, 10)}
				}
			}
			return []string{""}
		},
		set: func(a *form, _ locale.Lang, sent []string) bool {
			y, ok := whole(first(sent), 9999)
			for _, one := range in {
				one(a).Year = y
			}
			return ok
		},
	}
}

// day is a date.
func day(name string, label locale.Text, in func(*form) *civil.Date) answer {
	return answer{
		Input: page.Input{Name: name, Label: label, Type: "date"}, want: aDay,
		get: func(a *form, _ locale.Lang) []string {
			if in(a).IsZero() {
				return []string{""}
			}
			return []string{in(a).String()}
		},
		set: func(a *form, _ locale.Lang, sent []string) bool {
			*in(a) = civil.Date{}
			if first(sent) == "" {
				return true
			}
			d, err := civil.Parse(first(sent))
			if err == nil {
				*in(a) = d
			}
			return err == nil
		},
	}
}

// tick is a box.
func tick(name string, label locale.Text, in func(*form) *bool) answer {
	return answer{
		Input: page.Input{Name: name, Label: label, Type: "checkbox"},
		get: func(a *form, _ locale.Lang) []string {
			if *in(a) {
				return []string{page.Ticked}
			}
			return []string{""}
		},
		set: func(a *form, _ locale.Lang, sent []string) bool {
			*in(a) = first(sent) == page.Ticked
			return true
		},
	}
}

// lines is a list that is written with a line for each.
func lines(name string, label locale.Text, in listIn) answer {
	return answer{
		Input: page.Input{Name: name, Label: label, Lines: 4}, list: true,
		get: func(a *form, _ locale.Lang) []string { return *in(a) },
		set: func(a *form, _ locale.Lang, sent []string) bool {
			*in(a) = linesOf(first(sent))
			return true
		},
	}
}

// choices are any number of a list of the programme.
func choices(name string, label locale.Text, from []programme.Choice, lang locale.Lang, in listIn) answer {
	return answer{
		Input: page.Input{Name: name, Label: label, Several: true, Options: options(from, lang)}, list: true,
		get: func(a *form, _ locale.Lang) []string { return *in(a) },
		set: func(a *form, _ locale.Lang, sent []string) bool {
			*in(a) = chosen(from, sent)
			return true
		},
	}
}

// language is the contact person's.
func language(lang locale.Lang) answer {
	a := text("contact_language", languageLabel, func(a *form) *string { return &a.Contact.Language }).hinted(languageHint)
	a.Options = append([]page.Option{{Name: "–"}},
		page.Option{Value: "en", Name: wordEnglish.In(lang)}, page.Option{Value: "fr", Name: wordFrench.In(lang)})
	return a
}

// rating is how hard a challenge is.
func rating(challenge programme.Choice, limits programme.Limits) answer {
	a := answer{
		Input: page.Input{
			Name: "challenge_" + challenge.ID, Label: challenge.Label, Options: []page.Option{{Name: "–"}},
		},
		want: locale.Same(strconv.Itoa(limits.RatingLowest) + "–" + strconv.Itoa(limits.RatingHighest)),
		get: func(a *form, _ locale.Lang) []string {
			for _, one := range a.Challenges {
				if one.Challenge == challenge.ID {
					return []string{strconv.FormatInt(one.Rating, 10)}
				}
			}
			return []string{""}
		},
		set: func(a *form, _ locale.Lang, sent []string) bool {
			n, ok := whole(first(sent), int64(limits.RatingHighest))
			if first(sent) != "" && ok {
				a.Challenges = append(a.Challenges, application.Rating{Challenge: challenge.ID, Rating: n})
			}
			return ok
		},
	}
	for n := limits.RatingLowest; n <= limits.RatingHighest; n++ {
		a.Options = append(a.Options, page.Option{Value: strconv.Itoa(n), Name: strconv.Itoa(n)})
	}
	return a
}
