package sheet

import (
	"reflect"
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// meaning is what a text of a column was found to mean.
type meaning struct {
	value      string
	values     []string // of a list
	ok         bool
	unknown    string // the part of a list that is no choice
	suggestion string
}

// maxMeanings bounds how many texts of a column are remembered.
const maxMeanings = 4096

// meaning looks a text up, once for each text of a column.
func (f *fieldReading) meaning(find func(text string) meaning) meaning {
	text := f.text()
	if m, seen := f.place.seen[text]; seen {
		return m
	}
	m := find(text)
	if f.place.seen == nil || len(f.place.seen) >= maxMeanings {
		f.place.seen = map[string]meaning{}
	}
	f.place.seen[text] = m
	return m
}

// corrected finds a text among the sender's answers.
func (f *fieldReading) corrected(text string) (string, bool) {
	if len(f.place.answer.corrections) == 0 {
		return "", false
	}
	value, ok := f.place.answer.corrections[locale.Fold(text)]
	return value, ok
}

// readEnum reads one of the choices.
func (f *fieldReading) readEnum() {
	f.take(f.meaning(func(text string) meaning {
		if id, ok := f.choice(text); ok {
			return meaning{value: id, ok: true}
		}
		return meaning{suggestion: f.plan.choices.nearest(text, f.table.loc.Lang)}
	}))
}

func (f *fieldReading) choice(text string) (string, bool) {
	if id, ok := f.corrected(text); ok {
		return id, true
	}
	return f.plan.choices.find(text)
}

// readLookup reads what the column's Lookup knows.
func (f *fieldReading) readLookup() {
	f.take(f.meaning(func(text string) meaning {
		if value, ok := f.corrected(text); ok {
			return meaning{value: value, ok: true}
		}
		clean, _ := locale.Normalise(text)
		value, ok, suggestion := f.plan.column.Lookup(clean)
		return meaning{value: value, ok: ok, suggestion: suggestion}
	}))
}

// take stores what a text means.
func (f *fieldReading) take(m meaning) {
	if !m.ok {
		f.fail(f.plan.unknown(m))
		return
	}
	f.setText(m.value)
}

// readEnums reads a list of choices.
func (f *fieldReading) readEnums() {
	m := f.meaning(func(text string) meaning {
		clean, _ := locale.Normalise(text)
		ids, unknown := f.plan.choices.split(clean, f.choice)
		if unknown == "" {
			return meaning{values: ids, ok: true}
		}
		return meaning{unknown: unknown, suggestion: f.plan.choices.nearest(unknown, f.table.loc.Lang)}
	})
	if !m.ok {
		f.fail(f.plan.unknown(m))
		return
	}
	if len(m.values) == 0 && f.plan.column.Required {
		f.fail(problem.New("CELL_REQUIRED").WithText("column", f.plan.column.Label)) // only separators
		return
	}
	if len(m.values) > 0 {
		f.set(reflect.ValueOf(slices.Clone(m.values)))
	}
}

// unknown is the problem of a text that the column does not know. The params are those that codes of this kind have.
func (p *plan) unknown(m meaning) *problem.Problem {
	code := p.column.UnknownCode
	if code == "" {
		code = "ENUM_UNKNOWN"
	}
	unknown := problem.New(code).Suggest(m.suggestion)
	entry, _ := problem.Lookup(code)
	for _, param := range entry.Params {
		switch param {
		case "choices", "codes", "items", "candidates", "known":
			unknown.WithText(param, p.column.offered())
		default: // column, what
			unknown.WithText(param, p.column.Label)
		}
	}
	return unknown
}

// offered lists the choices for a message, the first ones where they are many.
func (c *Column) offered() locale.Text {
	const most = 15
	return inEachLanguage(func(lang locale.Lang) string {
		labels := c.choiceLabels(lang)
		if len(labels) > most {
			return locale.List(lang, append(labels[:most:most], "…"))
		}
		return locale.List(lang, labels)
	})
}
