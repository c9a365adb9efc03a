package imports

import (
	"maps"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// env is what the kinds may know of a check with these options. CALL_UNKNOWN, TERM_UNKNOWN.
func (s *Service) env(opts Options) (*Env, error) {
	env := &Env{
		Programme: s.programme, Reference: s.reference, Records: s.records, Now: s.clock(),
		Call: opts.Call, Term: opts.Term, Lang: opts.Lang, Answers: maps.Clone(opts.Answers), Person: opts.Person,
	}
	if !opts.at.IsZero() {
		env.Now = opts.at
	}
	if env.Call == "" {
		env.Call = s.programme.LatestCall().ID
	} else if _, ok := s.programme.Call(env.Call); !ok {
		return nil, unknown("CALL_UNKNOWN", env.Call, s.callIDs())
	}
	if env.Term == "" {
		env.Term = s.currentTerm(civil.Of(env.Now, s.programme.LatestCall().Location()))
	} else if _, ok := s.programme.Term(env.Term); !ok {
		return nil, unknown("TERM_UNKNOWN", env.Term, s.termIDs())
	}
	if env.Lang == "" {
		env.Lang = locale.EN
	}
	if env.Answers == nil {
		env.Answers = sheet.Answers{}
	}
	return env, nil
}

// currentTerm is the term of a day, or the latest when no term has it.
func (s *Service) currentTerm(day civil.Date) string {
	if term, ok := s.programme.TermAt(day); ok {
		return term.ID
	}
	return s.programme.LatestTerm().ID
}

func (s *Service) callIDs() []string {
	ids := make([]string, len(s.programme.Calls))
	for i, call := range s.programme.Calls {
		ids[i] = call.ID
	}
	return ids
}

func (s *Service) termIDs() []string {
	ids := make([]string, len(s.programme.Terms))
	for i, term := range s.programme.Terms {
		ids[i] = term.ID
	}
	return ids
}

func unknown(code problem.Code, value string, known []string) *problem.Problem {
	p := problem.New(code).Valued(value).WithText("known", listed(known))
	if near, ok := locale.Nearest(value, known); ok {
		p.Suggest(near)
	}
	return p
}
