package exports

import (
	"context"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/statement"
)

// finalised gives a statement the status, version and head with which it was approved. One whose figures are others since is provisional: it
// would be the version after that.
func finalised(ctx context.Context, in Input, s *statement.Statement) error {
	var all []registry.FinalStatement
	err := in.Records.Snapshot(ctx, registry.FundTypes(), func(from records.Reader) (err error) {
		all, err = registry.StatementsOf(ctx, from, registry.StatementOf{Donor: s.Donor.ID, From: s.Period.From, To: s.Period.To})
		return err
	})
	if err != nil || len(all) == 0 {
		return err
	}
	last := all[len(all)-1]
	if last.Digest != s.Digest {
		s.Version = last.Version + 1
		return nil
	}
	s.Status, s.Version = statement.Final, last.Version
	s.IssuedOn = civil.Of(last.At, in.Programme.LatestCall().Location())
	s.Head = statement.Head{Batch: last.Batch, Hash: last.Hash, Entries: last.Entries}
	return nil
}
