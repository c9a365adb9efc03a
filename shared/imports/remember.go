package imports

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/table"
)

// rememberedAnswers is the item in which a person's answers about a kind of sheet are kept.
type rememberedAnswers struct {
	Format  int             `json:"format"`
	Import  string          `json:"import"` // the last that changed them
	Answers []intake.Answer `json:"answers"`
}

const (
	rememberedFormat = 1
	// maxRemembered bounds the bytes of what is remembered of one person and kind: it is one item of the table.
	maxRemembered = 64 << 10
)

// toRemember lists the answers of a check that hold for the sender's later sheets too. An empty person is nobody to remember.
func toRemember(person string, given sheet.Answers) []intake.Answer {
	if person == "" {
		return nil
	}
	answers := sheet.Answers{}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		question := canonicalQuestion(name)
		if name != intake.HiddenRows && !strings.HasSuffix(question, ":") {
			answers[question] = given[name]
		}
	}
	return listAnswers(answers, nil)
}

// listAnswers lists answers by question, and from further ones those that are asked by no other name, as many as may be kept.
func listAnswers(answers, further sheet.Answers) []intake.Answer {
	var list []intake.Answer
	size := 0
	add := func(question, answer string) {
		if bytes := len(question) + len(answer); size+bytes <= maxRemembered {
			size += bytes
			list = append(list, intake.Answer{Question: question, Answer: answer})
		}
	}
	for _, question := range slices.Sorted(maps.Keys(answers)) {
		add(question, answers[question])
	}
	for _, question := range slices.Sorted(maps.Keys(further)) {
		if _, anew := answers[question]; !anew {
			add(question, further[question])
		}
	}
	return list
}

// recall returns what a person answered in committed imports of a kind, by canonical question.
func (s *Service) recall(ctx context.Context, person, kind string) (sheet.Answers, error) {
	answers := sheet.Answers{}
	if person == "" {
		return answers, nil
	}
	item, err := s.table.Get(ctx, intake.AnswersKey(person, kind))
	if errors.Is(err, table.ErrNotFound) {
		return answers, nil
	}
	if err != nil {
		return nil, err
	}
	var stored rememberedAnswers
	if err := records.Decode(item.Attributes, &stored); err != nil {
		return nil, fmt.Errorf("imports: a person's answers about %s: %w", kind, err) // whose they are is no matter of a log
	}
	if stored.Format != rememberedFormat {
		return nil, fmt.Errorf("imports: a person's answers about %s have format %d, this is %d", kind, stored.Format, rememberedFormat)
	}
	for _, one := range stored.Answers {
		answers[one.Question] = one.Answer
	}
	return answers, nil
}

// remember adds the import's answers to what its sender answered before. It needs no condition: no other import of the kind is
// being committed while this one holds its lock, and a straggler's transaction fails at the lock.
func (s *Service) remember(ctx context.Context, imp *intake.Import) ([]table.Write, error) {
	if len(imp.Answers) == 0 {
		return nil, nil
	}
	var earlier sheet.Answers
	err := s.retry(ctx, func() (err error) {
		earlier, err = s.recall(ctx, imp.Person, imp.Kind)
		return err
	})
	if err != nil {
		return nil, err
	}
	given := sheet.Answers{}
	news := false
	for _, one := range imp.Answers {
		given[one.Question] = one.Answer
		before, known := earlier[one.Question]
		news = news || !known || before != one.Answer
	}
	if !news {
		return nil, nil
	}
	attributes, err := records.Encode(rememberedAnswers{rememberedFormat, imp.ID, listAnswers(given, earlier)})
	if err != nil {
		return nil, fmt.Errorf("imports: answers of %s: %w", imp.ID, err)
	}
	return []table.Write{{Put: &table.Item{Key: intake.AnswersKey(imp.Person, imp.Kind), Attributes: attributes}, Label: "answers"}}, nil
}
