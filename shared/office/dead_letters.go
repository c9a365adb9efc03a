package office

import (
	"context"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/jobs/deadletters"
	"github.com/learning-cities/guildhall/shared/table"
)

// DeadLetters are a page of at most limit tasks that could not be done, the longest there first, of one queue or of all (""); as for Imports.
// ACCESS_DENIED; table.ErrCursor.
func (o *Office) DeadLetters(ctx context.Context, line string, after table.Cursor, limit int) ([]deadletters.Letter, table.Cursor, error) {
	if err := o.leave(ctx, access.DeadLetterRead, access.Object{}); err != nil {
		return nil, "", err
	}
	return o.Config.DeadLetters.List(ctx, line, after, limit)
}

// SendTaskAgain has a task tried once more. ACCESS_DENIED, DEAD_LETTER_UNKNOWN.
func (o *Office) SendTaskAgain(ctx context.Context, id string) (deadletters.Letter, error) {
	return o.settleTask(ctx, id, "task sent again", o.Config.DeadLetters.Again)
}

// DiscardTask has a task never be done. ACCESS_DENIED, DEAD_LETTER_UNKNOWN.
func (o *Office) DiscardTask(ctx context.Context, id string) (deadletters.Letter, error) {
	return o.settleTask(ctx, id, "task discarded", o.Config.DeadLetters.Discard)
}

// settleTask logs what is done with the message's reference, by which the log has why it failed.
func (o *Office) settleTask(
	ctx context.Context, id, done string, do func(context.Context, string) (deadletters.Letter, error),
) (deadletters.Letter, error) {
	named := id
	if !identity.WellFormed(id) { // whatever was typed is no part of the audit trail
		named = ""
	}
	if err := o.leave(ctx, access.DeadLetterSettle, access.Object{}, named); err != nil {
		return deadletters.Letter{}, err
	}
	letter, err := do(ctx, id)
	if err == nil {
		o.Log.InfoContext(ctx, done, "letter", letter.ID, "reference", letter.Reference, "person", access.ActorOf(ctx).Person)
	}
	return letter, err
}
