package httpapi

import (
	"net/http"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/statement"
)

// finalStatement is the record of a version that two persons made final. All keys are always present.
type finalStatement struct {
	ID       string       `json:"id"`
	Donor    string       `json:"donor"`
	From     civil.Date   `json:"from"`
	To       civil.Date   `json:"to"`
	Term     *string      `json:"term"`
	Version  int          `json:"version"`
	Follows  *int         `json:"follows"` // the version that it takes the place of
	Digest   string       `json:"digest"`
	Batch    int64        `json:"batch"`
	Hash     *ledger.Hash `json:"hash"`
	Entries  int64        `json:"entries"`
	Reason   *string      `json:"reason"`
	Person   *string      `json:"person"` // who proposed and approved it, for who may read the books
	Approver *string      `json:"approver"`
	At       time.Time    `json:"at"`
}

// finalStatements answers the statements of a donor that are final.
func (a *api) finalStatements(q *asking) (*answer, error) {
	found, err := a.Office.FinalStatements(q.Context(), q.donorAt())
	if err != nil {
		return nil, err
	}
	list := make([]finalStatement, len(found))
	for i, s := range found {
		list[i] = finalStatement{
			ID: s.ID(), Donor: s.Donor, From: s.From, To: s.To, Term: orNull(s.Term), Version: s.Version, Follows: orNull(s.Follows),
			Digest: s.Digest, Batch: s.Batch, Hash: orNull(s.Hash), Entries: s.Entries, Reason: orNull(s.Reason), Person: orNull(s.Person),
			Approver: orNull(s.Approver), At: s.At.UTC(),
		}
	}
	body, err := pageOf(q, list, func(s finalStatement) string { return s.ID })
	return &answer{status: http.StatusOK, body: body}, err
}

// proposeStatement proposes to make the donor's statement of a period final.
func (a *api) proposeStatement(q *asking) (*answer, error) {
	var of office.Span
	var reason string
	_, err := q.read(
		field{"from", &of.From, aDay, false}, field{"to", &of.To, aDay, false}, field{"term", &plain{&of.Term}, aText, false},
		field{"reason", &plain{&reason}, aText, false},
	)
	if err != nil {
		return nil, err
	}
	request, err := q.request()
	if err != nil {
		return nil, err
	}
	if err := wholeSpan(of); err != nil {
		return nil, err
	}
	p, err := a.Office.ProposeStatement(q.Context(), request, q.donorAt(), of, reason)
	return proposed(q, http.StatusCreated, "../../../fund/proposals/", p, err)
}

// statementAnswer is a donor's statement as it stands. All keys are always present.
type statementAnswer struct {
	Donor         donorState        `json:"donor"`
	Status        statement.Status  `json:"status"`
	Version       int               `json:"version"`
	IssuedOn      *civil.Date       `json:"issuedOn"`
	Period        span              `json:"period"`
	Prior         span              `json:"prior"` // the one that the prior column is of
	Since         *civil.Date       `json:"since"` // from which the cumulative column counts
	AsOf          civil.Date        `json:"asOf"`
	Closed        bool              `json:"closed"` // nothing in the period can change any more
	Currency      string            `json:"currency"`
	Head          statementHead     `json:"head"`
	Digest        string            `json:"digest"`
	Lines         []lineFigures     `json:"lines"`
	Activities    []activityFigures `json:"activities"`
	Agreements    []agreementState  `json:"agreements"`
	Instalments   []instalmentState `json:"instalments"`
	Beneficiaries []beneficiary     `json:"beneficiaries"`
	Focus         []focusShare      `json:"focus"`
	Categories    []categorySpent   `json:"categories"`
	Results       []resultState     `json:"results"`
	Reconciled    []reconciledLine  `json:"reconciled"`
	Definitions   []definition      `json:"definitions"`
}

type span struct {
	From civil.Date `json:"from"`
	To   civil.Date `json:"to"`
	Term *string    `json:"term"`
}

// statementHead is up to where the books were read.
type statementHead struct {
	Batch   int64        `json:"batch"`
	Hash    *ledger.Hash `json:"hash"`
	Entries int64        `json:"entries"`
}

func spanOf(p statement.Period) span { return span{p.From, p.To, orNull(p.Term)} }

// wholeSpan refuses one day without the other: FIELD_MISSING.
func wholeSpan(of office.Span) error {
	if of.From.IsZero() == of.To.IsZero() {
		return nil
	}
	missing := "from"
	if of.To.IsZero() {
		missing = "to"
	}
	return problem.New("FIELD_MISSING").In(missing).With("field", missing)
}

// statement answers the figures of a donor for the days, or the term, of the query.
func (a *api) statement(q *asking) (*answer, error) {
	of := office.Span{Term: q.URL.Query().Get("term")}
	var err error
	if of.From, err = q.day("from"); err != nil {
		return nil, err
	}
	if of.To, err = q.day("to"); err != nil {
		return nil, err
	}
	if err := wholeSpan(of); err != nil {
		return nil, err
	}
	s, err := a.Office.Statement(q.Context(), q.donorAt(), of)
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: a.statementAnswer(q, s)}, nil
}

func (a *api) statementAnswer(q *asking, s *statement.Statement) statementAnswer {
	return statementAnswer{
		Donor: a.donorState(q, s.Donor), Status: s.Status, Version: s.Version, IssuedOn: orNull(s.IssuedOn), Period: spanOf(s.Period),
		Prior: spanOf(s.Prior), Since: orNull(s.Since), AsOf: s.AsOf, Closed: s.Closed, Currency: s.Currency.Code,
		Head: statementHead{s.Head.Batch, orNull(s.Head.Hash), s.Head.Entries}, Digest: s.Digest,
		Lines: a.lines(q, s.Figures), Activities: a.activities(q, s), Agreements: agreements(s), Instalments: instalments(s),
		Beneficiaries: a.beneficiaries(q, s), Focus: a.focus(q, s), Categories: a.categories(q, s), Results: results(q, s),
		Reconciled: a.reconciled(s), Definitions: definitions(q, s),
	}
}
