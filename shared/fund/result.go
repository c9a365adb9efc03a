package fund

import "github.com/learning-cities/guildhall/shared/locale"

// ResultType is the type under which results are stored; the term is the partition.
const ResultType = "result"

// Result is what came of an activity in a term, as donors are told beside the figures of its money (R-FUN-3).
type Result struct {
	Activity string      `json:"activity"` // code, "fund/1.1"
	Term     string      `json:"term"`     // identifier of the term
	Text     locale.Text `json:"text"`     // in each language in which it was written, "" in the others; in one at least
	Figures  []Figure    `json:"figures"`  // those that were given, in the programme's order
	Remarks  string      `json:"remarks"`
}

// Figure counts something that came of an activity.
type Figure struct {
	ID    string `json:"id"`    // among programme.Edition.ResultFigures
	Count int64  `json:"count"` // 0 or more
}

// ID identifies a result within its term: an activity has one.
func (r Result) ID() string { return r.Activity }

// Narrative is the text in a language, or, where it was not written in that, in the first of English, French and Spanish in which it was.
func (r Result) Narrative(lang locale.Lang) (text string, written locale.Lang) {
	for _, l := range append([]locale.Lang{lang}, locale.Langs[:]...) {
		if text := textIn(r.Text, l); text != "" {
			return text, l
		}
	}
	return "", lang
}

func textIn(t locale.Text, lang locale.Lang) string {
	switch lang {
	case locale.FR:
		return t.FR
	case locale.ES:
		return t.ES
	}
	return t.EN
}
