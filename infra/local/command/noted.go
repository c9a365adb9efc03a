package command

import (
	"context"
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/table"
)

// trailOf is the audit trail of a data folder.
func trailOf(a *app.App) *audit.Trail { return trailIn(a.Table, a.Parts.IDs) }

// trailIn is the audit trail in a table. Its moments are the machine's, whatever --at says.
func trailIn(kept table.Table, ids identity.IDs) *audit.Trail {
	return audit.New(audit.Config{Table: kept, Clock: identity.System(), IDs: ids})
}

// noted notes in the audit trail what the command is about to do, or is about to show of people; id is that of the thing, as the parts of a
// path. Whoever holds the data folder does so as the secretariat, under the name of --as where that can be an identifier. What can't be
// noted is not done.
func (c *common) noted(ctx context.Context, trail *audit.Trail, do access.Action, id ...string) error {
	return trail.Note(ctx, audit.Event{
		Person: c.person, Role: access.Secretariat, Action: do, Object: strings.Join(id, "/"), Door: audit.Command, Outcome: audit.Allowed,
	})
}
