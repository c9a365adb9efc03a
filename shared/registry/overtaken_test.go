package registry_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// What an act was judged by can change before it is written. Nothing is written by the judgement of then.
func TestAnActThatIsOvertakenIsJudgedByWhatHoldsNow(t *testing.T) {
	for _, c := range []struct {
		name      string
		before    string
		meanwhile func(w *world)
		action    application.Action
		want      problem.Code
	}{
		{"an import begins to write", "start send", func(w *world) {
			if err := w.reader.Acquire(t.Context(), []string{application.EndorsementType}, "import-7", "plan"); err != nil {
				t.Error(err)
			}
		}, application.Endorse, "RECORD_BUSY"},
		{"a sheet makes the city a member", "start", func(w *world) {
			w.stored(w.imports(), "members", "City;Country;Member since\nBrest;France;2019-01-01\n", "create")
		}, application.Send, "ALREADY_MEMBER"},
		{"a sheet brings an endorsement", "start send", func(w *world) {
			w.stored(w.imports(), "endorsements", endorsementSheet("2025-05-20", brest), "create")
		}, application.Endorse, "APPLICATION_SUBMITTED"},
		{"a sheet brings a decision", "start send endorse submit", func(w *world) {
			w.stored(w.imports(), "decisions", decisionSheet("deferred", "2025-05-20", brest), "create")
		}, application.Recall, "APPLICATION_DECIDED"},
		{"another act is done", "start send endorse", func(w *world) { w.do(brest, "withdraw") }, application.Submit, "APPLICATION_WITHDRAWN"},
	} {
		t.Run(c.name, func(t *testing.T) {
			below := memory.New(table.Config{})
			others := worldOver(t, below)
			others.do(brest, c.before)
			first := true
			w := worldOver(t, faulty.New(below, faulty.Plan{Before: func(int) {
				if first {
					first = false
					c.meanwhile(others)
				}
			}}))
			_, err := w.registry.Do(t.Context(), officer, w.act(brest, c.action))
			if p := problemOf(err); p == nil || p.Code != c.want || first {
				t.Errorf("%s: %v, want %s", c.action, err, c.want)
			}
		})
	}
}
