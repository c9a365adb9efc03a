package pages

import (
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
)

// How far home looks back among the imports, and how many it shows.
const (
	importPages = 4
	importPage  = 50
	importsMost = 10
)

// imports are the latest that were checked, and wait for answers or for their commit.
func (d desk) imports() (card, error) {
	out := card{Title: importsTitle, Empty: noImports, Acts: []act{{"imports", importAct}}}
	var after table.Cursor
	for range importPages {
		page, next, err := d.Imports(d.ctx, after, importPage)
		if err != nil {
			return out, err
		}
		for i := range page {
			if page[i].State == intake.Checked && len(out.Items) < importsMost {
				out.Items = append(out.Items, d.checked(&page[i]))
			}
		}
		if after = next; after == "" || len(out.Items) == importsMost {
			break
		}
	}
	return out, nil
}

func (d desk) checked(imp *intake.Import) item {
	if n := imp.Rows.Fail; n > 0 {
		return item{Name: imp.File.Name, Note: d.tally(toMend, n), Path: "imports/" + imp.ID, Urgent: true}
	}
	return item{Name: imp.File.Name, Note: d.tally(toCommit, imp.Rows.Create+imp.Rows.Update), Path: "imports/" + imp.ID}
}

// proposals are those that wait for a second person. Who only reads isn't told that they wait for it.
func (d desk) proposals() (card, error) {
	out := card{Title: proposalsTitle, Empty: noProposals}
	all, err := d.FundProposals(d.ctx, false)
	if err != nil {
		return out, err
	}
	decides := access.Decide(d.who, access.FundApprove, access.Object{}) == nil
	for _, p := range all {
		one := item{Name: d.proposed(p), Note: waitsForSecond.In(d.Lang), Path: "fund/proposals/" + p.ID}
		switch {
		case p.Person == d.who.Person:
			one.Note = waitsForOther.In(d.Lang)
		case decides:
			one.Note, one.Urgent = waitsForYou.In(d.Lang), true
		}
		out.Items = append(out.Items, one)
	}
	return out, nil
}

// proposed says what a proposal is for.
func (d desk) proposed(p registry.Proposed) string {
	var what string
	switch {
	case p.Event != nil:
		what = p.Event.Kind.Label().In(d.Lang) + ", " + p.Event.Amount.Format(d.Lang)
	case p.Reversal != nil:
		what = aReversal.In(d.Lang)
	case p.Statement != nil:
		what = aStatement.In(d.Lang)
	default:
		what = aClosing.In(d.Lang) + " " + p.CloseTo.Text().In(d.Lang)
	}
	if p.Reason == "" {
		return what
	}
	return d.pair(what, p.Reason)
}
