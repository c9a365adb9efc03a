package imports

import (
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

func TestTwoKindsCanNotHaveOneName(t *testing.T) {
	if _, err := New(Config{Kinds: []Kind{stones(), stones()}}); err == nil {
		t.Error("two kinds of one name were taken")
	}
}

func TestAMisspeltKindIsToldTheNearestOne(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	_, err := s.Schema(Options{Kind: "stone"})
	wantCode(t, err, "KIND_UNKNOWN")
	if p, ok := err.(*problem.Problem); !ok || p.Suggestion != "stones" || !strings.Contains(p.Message(locale.FR), "stones") {
		t.Errorf("%+v", err)
	}
	schema, err := s.Schema(Options{Kind: "stones"})
	if err != nil || schema.Kind != "stones" {
		t.Errorf("schema %v, %v", schema.Kind, err)
	}
}

// A kind is never left to guess: the call and the term are the ones asked for, or those of the day.
func TestTheEnvironmentNamesCallAndTerm(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	env, err := s.env(Options{})
	if err != nil || env.Call != s.programme.LatestCall().ID || env.Term != s.currentTerm(civil.Of(at, time.UTC)) || env.Lang != locale.EN {
		t.Errorf("%+v, %v", env, err)
	}
	first := s.programme.Terms[0]
	env, err = s.env(Options{Term: first.ID, Lang: locale.FR})
	if err != nil || env.Term != first.ID || env.Lang != locale.FR {
		t.Errorf("%+v, %v", env, err)
	}
	if got := s.currentTerm(first.Start); got != first.ID {
		t.Errorf("the term of %s is %s", first.Start, got)
	}
	if got := s.currentTerm(civil.Date{Year: 2999, Month: time.May, Day: 1}); got != s.programme.LatestTerm().ID {
		t.Errorf("after the last term it is %s", got)
	}
}

// numbering is a kind that knows more of a strange title than that it is unknown.
type numbering struct{ Kind }

func (numbering) HeaderUnknown(header string) *problem.Problem {
	if header != "Item 7" {
		return nil
	}
	return problem.New("QUESTIONNAIRE_ITEM_UNKNOWN").With("items", "1 to 6")
}

func TestAKindMayExplainAnUnknownTitleInItsOwnWords(t *testing.T) {
	s := newWorld(numbering{stones()}).service(t, nil)
	text := "Code,Name,Item 7,Colour\na1,Anna,x,red\n"
	r := check(t, s, Upload{Name: "stones.csv", Source: strings.NewReader(text), Size: int64(len(text))})
	wantList(t, "problems", codes(r), "error QUESTIONNAIRE_ITEM_UNKNOWN@C1", "warning HEADER_UNKNOWN@D1")
	if r.Problems[0].Value != "Item 7" || r.Clean() || r.Rows.Fail != 1 {
		t.Errorf("%+v", r)
	}
}
