package httpapi_test

import (
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/jobs/task"
)

// aDeadLetter puts a task aside.
func aDeadLetter(w *world, _ access.Actor) map[string]string {
	w.t.Helper()
	w.must(w.dead.Bury(w.t.Context(), task.Check("i1"), task.Failure{Code: task.Failed, Reference: "m1", Attempts: 5, At: w.now}.Reason()))
	letters, _, err := w.dead.Letters(w.t.Context(), 1)
	w.must(err)
	return map[string]string{"letter": "check-" + letters[0].ID}
}

var deadLetterRows = []row{
	{route: "GET /api/dead-letters", prepare: aDeadLetter, own: asked{path: "/api/dead-letters?queue=check"}, reach: seenInOffice},
	{
		route: "POST /api/dead-letters/{deadLetter}/again", prepare: aDeadLetter, reach: bySecretariat,
		own: asked{path: "/api/dead-letters/{letter}/again"},
	},
	{
		route: "POST /api/dead-letters/{deadLetter}/discard", prepare: aDeadLetter, reach: bySecretariat,
		own: asked{path: "/api/dead-letters/{letter}/discard"},
	},
	{route: "GET /dead-letters", prepare: aDeadLetter, own: asked{path: "/dead-letters"}, reach: seenInOffice},
	{
		route: "POST /dead-letters", prepare: aDeadLetter, reach: bySecretariat,
		own: asked{path: "/dead-letters", body: "act=discard&letter={letter}", header: asForm},
	},
}
