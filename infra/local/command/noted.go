package command

import (
	"context"
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/identity"
)

// trailOf is the audit trail of a store. Its moments are the machine's, whatever --at says.
func trailOf(a *app.App) *audit.Trail {
	return audit.New(audit.Config{Table: a.Table, Clock: identity.System(), IDs: a.Parts.IDs})
}

// noted notes in the audit trail what the command is about to do, or is about to show of people; id is that of the thing, as the parts of a
// path. Whoever holds the data folder does so as the secretariat, under the name of --as where that can be an identifier. What can't be
// noted is not done.
func (c *common) noted(ctx context.Context, a *app.App, do access.Action, id ...string) error {
	return trailOf(a).Note(ctx, audit.Event{
		Person: c.person, Role: access.Secretariat, Action: do, Object: strings.Join(id, "/"), Door: audit.Command, Outcome: audit.Allowed,
	})
}
