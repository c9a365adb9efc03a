package office

import (
	"context"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/statement"
)

// Span is the days that a statement is asked for of: From and To, both included, or a term; without either, today's term.
type Span struct {
	From, To civil.Date
	Term     string
}

// Statement is a donor's statement as it stands: final, or provisional. It lists no contributions (Contributions does). ACCESS_DENIED,
// TERM_UNKNOWN, DATE_ORDER, DATE_INVALID, DONOR_UNKNOWN, RECORD_BUSY.
func (o *Office) Statement(ctx context.Context, donor string, of Span) (*statement.Statement, error) {
	if err := o.leave(ctx, access.StatementRead, access.Object{Donor: donor}); err != nil {
		return nil, err
	}
	period, err := donors.Period(o.Programme, of.Term, of.From, of.To, o.today())
	if err != nil {
		return nil, err
	}
	var finals []registry.FinalStatement
	all, err := o.fundFigures(ctx, period, true, func(from records.Reader) (err error) {
		finals, err = registry.StatementsOf(ctx, from, registry.StatementOf{Donor: donor, From: period.From, To: period.To})
		return err
	})
	if err != nil {
		return nil, err
	}
	s, err := donors.Standing(all, donor, finals, o.Programme.LatestCall().Location())
	return s, unknownObject(err, "donor", "DONOR_UNKNOWN", donor)
}

// FinalStatements are a donor's, by period and version. Who proposed and approved them is told to whoever may read the fund's books.
// ACCESS_DENIED.
func (o *Office) FinalStatements(ctx context.Context, donor string) ([]registry.FinalStatement, error) {
	if err := o.leave(ctx, access.StatementRead, access.Object{Donor: donor}); err != nil {
		return nil, err
	}
	all, err := o.Registry.FinalStatements(ctx, donor)
	if access.Decide(access.ActorOf(ctx), access.FundRead, access.Object{}) != nil {
		for i := range all {
			all[i].Person, all[i].Approver = "", ""
		}
	}
	return all, err
}

// ProposeStatement proposes to make a donor's statement final. A version that follows another needs a reason. ACCESS_DENIED, TERM_UNKNOWN,
// DATE_ORDER, DATE_INVALID, DONOR_UNKNOWN; *registry.Refused with STATEMENT_PERIOD_OPEN, CELL_REQUIRED, TEXT_TOO_LONG; RECORD_BUSY,
// IDEMPOTENCY_KEY_REUSED.
func (o *Office) ProposeStatement(ctx context.Context, request, donor string, of Span, reason string) (registry.Proposed, error) {
	p, err := o.propose(ctx, access.StatementPropose, access.Object{Donor: donor}, func() (string, error) {
		period, err := donors.Period(o.Programme, of.Term, of.From, of.To, o.today())
		if err != nil {
			return "", err
		}
		stated := registry.StatementOf{Donor: donor, From: period.From, To: period.To, Term: period.Term}
		return o.Registry.ProposeStatement(ctx, origin(ctx, request), stated, reason)
	})
	return p, unknownObject(err, "donor", "DONOR_UNKNOWN", donor)
}
