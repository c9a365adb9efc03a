package furnished

import (
	"time"

	"github.com/learning-cities/guildhall/shared/jobs/task"
)

// failures are tasks that could not be done: refused, too long without what they need, and never answered.
func (s *staff) failures() {
	s.Helper()
	at := s.app.Clock()
	put := func(line string, body []byte, f task.Failure) {
		_, dead := s.app.Line(line)
		s.must(dead.Bury(s.Context(), body, f.Reason()))
	}
	put("check", task.Check(s.named["import"]), task.Failure{
		Code: task.Refused, Cause: "IMPORT_FILE_AWAITED", Reference: s.app.Parts.IDs(), Attempts: 5, Sent: at.Add(-26 * time.Hour), At: at.Add(-25 * time.Hour),
	})
	put("export", task.Export(s.named["export"]), task.Failure{
		Code: task.Waited, Reference: s.app.Parts.IDs(), Attempts: 1, Sent: at.Add(-5 * time.Hour), At: at.Add(-time.Hour),
	})
	_, dead := s.app.Line("commit")
	s.must(dead.Send(s.Context(), task.Recover(), 0))
}
