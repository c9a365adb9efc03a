package registry

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// StatementType is the type under which final statements are stored.
const StatementType = "fund_statement"

var fieldDonor = locale.Text{EN: "Donor", FR: "Donateur", ES: "Donante"}

// StatementOf names a donor's statement.
type StatementOf struct {
	Donor string     `json:"donor"` // identifier
	From  civil.Date `json:"from"`
	To    civil.Date `json:"to"`             // included
	Term  string     `json:"term,omitempty"` // of the programme, where the period is one
}

// ProposedStatement is a version of a statement that is to become final.
type ProposedStatement struct {
	StatementOf
	Version int    `json:"version"` // from 1
	Digest  string `json:"digest"`  // of its figures, SHA-256 as hexadecimal digits
}

// FinalStatement is the record of a donor's statement that two persons made final. It is never changed: a correction is a new version, and
// its reason says why.
type FinalStatement struct {
	ProposedStatement
	Follows  int         `json:"follows,omitempty"` // the version that it takes the place of; 0 of the first
	Batch    int64       `json:"batch"`             // number of the ledger's last batch when it was approved
	Hash     ledger.Hash `json:"hash"`              // of that batch's link; "" of an empty ledger
	Entries  int64       `json:"entries"`           // up to it
	Reason   string      `json:"reason,omitempty"`
	Person   string      `json:"person"` // who proposed it
	Approver string      `json:"approver"`
	At       time.Time   `json:"at"`
}

// ID identifies the statement in this version, among all.
func (s ProposedStatement) ID() string { return fmt.Sprintf("%s%04d", s.prefix(), s.Version) }

func (s StatementOf) prefix() string { return fmt.Sprintf("%s#%s#%s#", s.Donor, s.From, s.To) }

func statementRef(s ProposedStatement) records.Ref {
	return records.Ref{Type: StatementType, ID: s.ID()}
}

// ErrDonor is what Figures gives for a donor that is unheard of.
var ErrDonor = errors.New("registry: no such donor")

// Figures gives the digest of a statement's figures by what a reader shows at a moment: what makes it another statement changes it.
type Figures func(ctx context.Context, from records.Reader, at time.Time, of StatementOf) (digest string, err error)

// ProposeStatement proposes to make a donor's statement final, in a version that follows the last. The books have to be closed up to the
// period's end, so that no entry changes it any more; a version that follows another needs a reason.
//
// *Refused with CELL_REQUIRED, DATE_ORDER, STATEMENT_PERIOD_OPEN, REF_NOT_FOUND, TEXT_TOO_LONG; RECORD_BUSY, IDEMPOTENCY_KEY_REUSED, and the errors of
// Config.Figures.
func (r *Registry) ProposeStatement(ctx context.Context, o Origin, of StatementOf, reason string) (string, error) {
	return r.propose(ctx, o, Proposal{Statement: &ProposedStatement{StatementOf: of}, Reason: reason})
}

// stated is the statement as the books make it now.
func (b *books) stated(ctx context.Context, of StatementOf, reason string) (ProposedStatement, error) {
	s := ProposedStatement{StatementOf: of, Version: 1}
	switch {
	case of.Donor == "":
		return s, refused(problem.New("CELL_REQUIRED").In("donor").WithText("column", fieldDonor))
	case of.To.Before(of.From) || of.From.IsZero():
		return s, refused(problem.New("DATE_ORDER").In("to").Valued(of.To).WithText("column", fieldDate).WithText("date", of.From.Text()))
	case b.head.ClosedTo.IsZero() || of.To.After(b.head.ClosedTo):
		return s, refused(problem.New("STATEMENT_PERIOD_OPEN").In("to").WithText("date", of.To.Text()))
	}
	earlier, err := StatementsOf(ctx, b.from, of)
	if err != nil {
		return s, err
	}
	if len(earlier) > 0 {
		s.Version = earlier[len(earlier)-1].Version + 1
		if strings.TrimSpace(reason) == "" {
			return s, refused(problem.New("CELL_REQUIRED").In("reason").WithText("column", fieldReason))
		}
	}
	s.Digest, err = b.registry.Figures(ctx, b.from, b.now, of)
	if errors.Is(err, ErrDonor) {
		err = refused(problem.New("REF_NOT_FOUND").In("donor").Valued(of.Donor).WithText("what", fieldDonor))
	}
	return s, err
}

// finish makes a proposed statement final, when it is still what was proposed.
func (b *books) finish(ctx context.Context, p Proposal) ([]table.Write, string, error) {
	now, err := b.stated(ctx, p.Statement.StatementOf, p.Reason)
	if err != nil {
		return nil, "", err
	}
	if now != *p.Statement {
		return nil, "", refused(problem.New("STATEMENT_CHANGED"))
	}
	writes, err := b.put(statementRef(now), 0, FinalStatement{
		ProposedStatement: now, Follows: now.Version - 1, Batch: b.head.Link.Number, Hash: b.head.Link.Hash, Entries: b.head.Total,
		Reason: p.Reason, Person: p.Person, Approver: b.origin.Person, At: b.now,
	})
	return append(writes, records.Unchanged(fundHeadRef, b.version)), now.ID(), err
}

// StatementsOf are the final versions of a statement in their order, as a reader shows them; its term is of no matter. Take a snapshot of
// FundTypes.
func StatementsOf(ctx context.Context, from records.Reader, of StatementOf) ([]FinalStatement, error) {
	return statements(ctx, from, of.prefix())
}

func statements(ctx context.Context, from records.Reader, prefix string) ([]FinalStatement, error) {
	var found []FinalStatement
	err := scan(ctx, from, StatementType, "", prefix, func(_ records.Record, s FinalStatement) error {
		found = append(found, s)
		return nil
	})
	return found, err
}

// FinalStatements are those of a donor, or of all donors ("") by donor, period and version.
func (r *Registry) FinalStatements(ctx context.Context, donor string) ([]FinalStatement, error) {
	prefix := ""
	if donor != "" {
		prefix = donor + "#"
	}
	found, err := statements(ctx, r.records, prefix)
	found = slices.DeleteFunc(found, func(s FinalStatement) bool { return donor != "" && s.Donor != donor })
	slices.SortFunc(found, func(a, b FinalStatement) int {
		return cmp.Or(cmp.Compare(a.Donor, b.Donor), a.From.Compare(b.From), a.To.Compare(b.To), cmp.Compare(a.Version, b.Version))
	})
	return found, err
}

// statements compares the batches that final statements name with the chain: books that were rewritten have others.
func (v *verifying) statements(ctx context.Context) error {
	all, err := statements(ctx, v.from, "")
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.Batch == 0 || s.Batch > v.head.Link.Number { // approved since the head was read
			continue
		}
		link, err := find[fundLink](ctx, v.from, linkRef(s.Batch))
		if err != nil {
			return err
		}
		if link.Hash != s.Hash {
			return &ledger.Fault{Flaw: ledger.Rewritten, Link: s.Batch, Entry: s.ID(), Want: string(s.Hash), Got: string(link.Hash)}
		}
	}
	return nil
}
