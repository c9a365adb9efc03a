package intake

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/problem"
)

// The bounds of the answers of one import, all of which are kept in its record, and again with what its commit is to remember.
const (
	MaxAnswers     = 1000     // how many
	MaxAnswer      = 1 << 10  // bytes of a question's name, and of an answer
	maxAnswersSize = 64 << 10 // bytes of all together
)

// CheckAnswers refuses answers that no record holds. ANSWERS_TOO_MANY.
func CheckAnswers(answers map[string]string) error {
	size := 0
	fit := len(answers) <= MaxAnswers
	for question, answer := range answers {
		size += len(question) + len(answer)
		fit = fit && question != "" && len(question) <= MaxAnswer && len(answer) <= MaxAnswer
	}
	if !fit || size > maxAnswersSize {
		return problem.New("ANSWERS_TOO_MANY").WithInt("count", MaxAnswers).With("size", strconv.Itoa(maxAnswersSize>>10))
	}
	return nil
}
