package imports

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// Answers come as sheet.Answers: the name of a question with what was answered. A question of one text of a column, COLUMN:TEXT,
// has as many names as there are ways to write the text; canonicalQuestion gives the one by which answers are compared.

func canonicalQuestion(name string) string {
	column, text, ofText := strings.Cut(name, ":")
	if !ofText {
		return name
	}
	return column + ":" + locale.Fold(text)
}

// checkAnswers refuses an answer that fits no question of this kind of sheet: a slip there would leave the question open
// without a word. ANSWER_INVALID.
func checkAnswers(answers sheet.Answers, schema *sheet.Schema) error {
	for _, name := range slices.Sorted(maps.Keys(answers)) {
		answer := name + "=" + answers[name]
		if !utf8.ValidString(answer) || !schema.Takes(name, answers[name]) {
			return problem.New("ANSWER_INVALID").With("answer", strings.ToValidUTF8(answer, "\uFFFD"))
		}
	}
	return nil
}

// recalled are the answers that a sender gave in earlier imports of a kind. They are defaults for what a sheet leaves open, and for
// nothing else: what can be read in one way only is never read in another because of them.
type recalled struct {
	answers sheet.Answers // by canonical question
	used    sheet.Answers // those that settle a question of this sheet
}

// newRecalled leaves out what the sender answers anew, and what the kind's columns no longer take.
func newRecalled(remembered, given sheet.Answers, schema *sheet.Schema) *recalled {
	r := &recalled{answers: maps.Clone(remembered), used: sheet.Answers{}}
	maps.DeleteFunc(r.answers, func(question, answer string) bool { return !schema.Takes(question, answer) })
	for name := range given {
		delete(r.answers, canonicalQuestion(name))
	}
	return r
}

// settle moves answers to those used, for each blocking problem of a row that one of them may settle, and reports whether there
// were any. An answer about a whole column (dmy) is not used against cells that contradict it (04/25/2025).
func (r *recalled) settle(problems []problem.Problem, table *sheet.Table) (any bool) {
	texts := r.texts()
	use := func(question string) {
		if answer, left := r.answers[question]; left {
			r.used[question] = answer
			delete(r.answers, question)
			any = true
		}
	}
	for i := range problems {
		p := &problems[i]
		if len(r.answers) == 0 {
			break
		}
		if p.Row == 0 || p.Field == "" || !p.Severity.Blocks() {
			continue
		}
		if answer, ok := r.answers[p.Field]; ok && p.Severity == problem.Question && table.Against(p.Field, answer) == 0 {
			use(p.Field)
		}
		if p.About != "" {
			use(canonicalQuestion(intake.Question(p)))
		}
		if len(texts[p.Field]) == 0 {
			continue
		}
		value := locale.Fold(fmt.Sprint(p.Value)) // perhaps a list, of which the text is a part
		for _, text := range texts[p.Field] {
			if strings.Contains(value, text) {
				use(p.Field + ":" + text)
			}
		}
	}
	return any
}

// texts are the texts that have answers, by column.
func (r *recalled) texts() map[string][]string {
	texts := map[string][]string{}
	for question := range r.answers {
		if column, text, ofText := strings.Cut(question, ":"); ofText {
			texts[column] = append(texts[column], text)
		}
	}
	return texts
}

// shownAnswers is how many remembered answers a report names.
const shownAnswers = 20

// problem says what was used, nil when nothing was.
func (r *recalled) problem() *problem.Problem {
	if len(r.used) == 0 {
		return nil
	}
	var shown []string
	for _, question := range slices.Sorted(maps.Keys(r.used)) {
		if len(shown) == shownAnswers {
			shown = append(shown, "…")
			break
		}
		shown = append(shown, question+"="+r.used[question])
	}
	return problem.New("ANSWER_REMEMBERED").WithText("answers", listed(shown))
}
