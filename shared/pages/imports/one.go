package imports

import (
	"context"
	"errors"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
)

// whileBusy is after how many seconds the page of an import asks how far its check, commit or undo is.
const whileBusy = 1

// one is what the page of an import shows; what isn't there isn't shown.
type one struct {
	ID, State string
	Tone      page.Tone
	Facts     []page.Fact
	Busy      *busy
	Why       string // it is refused or failed
	Refused   bool   // its file is, so another one is to be sent
	Again     bool   // a further check is of use
	Figures   []page.Figure
	Review    *reviewed
	Commit    *order
	NotYours  bool // somebody else has to commit it
	Stored    *stored
	Undo      *order
	NotUndone string
	Undone    *undone
	Copy      bool // there is a marked copy
	Changes   bool // there is something to show of what a commit changes, or has changed
	Steps     []step
}

// busy is what goes on, and how far it is.
type busy struct {
	What      string
	Done, All int // rows; All is 0 where that isn't known
	Of        string
}

// order is what a commit or an undo would do.
type order struct {
	Plan  string
	Mode  intake.Mode
	Does  []page.Fact
	Label string
	None  bool // nothing would be done
	Input page.Input
}

// stored is what a commit has done.
type stored struct {
	Says    string
	Partial bool
}

// undone is what an undo has done.
type undone struct {
	Figures []page.Figure
	Kept    []string // why rows were kept, at most a hundred
}

// step is one thing that became of an import.
type step struct{ What, When, Who, Why string }

// show shows an import: how it stands, and what its check found.
func show(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	d, is, err := oneOf(ctx, o, v)
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, oneView(d.Frame, is, nil))
}

// refused is the page of an import once more, with what was wrong with what was sent.
func refused(ctx context.Context, o *office.Office, v page.Visit, err error) (*page.Answer, error) {
	d, is, failed := oneOf(ctx, o, v)
	if failed != nil {
		return nil, err
	}
	return v.Again(ctx, err, func(r page.Refused) templ.Component { return oneView(d.Frame, is, r) })
}

func oneOf(ctx context.Context, o *office.Office, v page.Visit) (desk, one, error) {
	d := deskOf(ctx, o, v, wordImport)
	imp, refusal, err := o.Import(ctx, v.Values["id"])
	if err != nil {
		return d, one{}, err
	}
	d.Name, d.At = imp.File.Name, "imports/"+imp.ID
	d.Within = []page.Step{{Path: "imports", Name: d.In(wordImports)}}
	is := states[imp.State]
	out := one{ID: imp.ID, State: d.In(is.word), Tone: is.tone, Busy: d.busy(imp)}
	if out.Busy != nil {
		d.Refresh = whileBusy
	} else if imp.State == intake.Awaiting {
		d.Refresh, out.Why = 5*whileBusy, d.In(waitsForFile)
	}
	if p := why(imp, refusal); p != nil {
		out.Why = p.Message(d.Lang)
	}
	out.Refused = imp.State == intake.Refused
	if out.Facts, err = d.facts(imp); err != nil {
		return d, out, err
	}
	if out.Steps, err = d.steps(imp); err != nil {
		return d, out, err
	}
	var gone *problem.Problem
	if errors.As(imp.Available(), &gone) {
		out.Why = gone.Message(d.Lang)
	}
	if out.Busy != nil || imp.CheckedAt.IsZero() || out.Refused {
		return d, out, nil
	}
	out.Figures = d.figures(imp.Rows)
	if gone != nil { // nothing can be read or done any more
		return d, out, nil
	}
	if out.Review, err = d.reviewed(imp); err != nil {
		return d, out, err
	}
	out.Copy = out.Review == nil || len(out.Review.Causes) > 0
	out.Changes = imp.Rows.Update > 0 && out.Review != nil
	d.acts(imp, &out)
	err = d.undone(imp, &out)
	return d, out, err
}

// busy is what goes on with an import, nil where nothing does.
func (d desk) busy(imp *intake.Import) *busy {
	b := &busy{Done: int(imp.Done), All: imp.Rows.Create + imp.Rows.Update}
	switch {
	case imp.State == intake.Checking:
		b.What, b.All = d.In(goingCheck), 0
	case imp.State == intake.Committing:
		b.What = d.In(goingCommit)
	case imp.State == intake.Undoing || imp.State == intake.Committed && imp.Undo.Waits():
		b.What = d.In(goingUndo)
	case imp.State == intake.Checked && d.Query.Get("done") == "commit": // it was ordered, and not begun
		b.What, b.All = d.In(waitsForTurn), 0
	default:
		return nil
	}
	if b.Done > 0 {
		b.Of = d.Count(b.Done, wordRow, wordRows)
		if b.All > 0 {
			b.Of = d.Number(b.Done) + " " + d.In(ofRows) + " " + d.Count(b.All, wordRow, wordRows)
		}
	}
	return b
}

func (d *desk) facts(imp *intake.Import) ([]page.Fact, error) {
	by, err := d.person(imp.Person)
	if err != nil {
		return nil, err
	}
	committer, err := d.person(imp.Committer)
	if err != nil || imp.CommittedAt.IsZero() {
		committer = ""
	}
	return []page.Fact{
		{Name: d.In(labelKind), Value: d.kind(imp.Kind)}, {Name: d.In(labelSheet), Value: imp.Sheet},
		{Name: d.In(labelSentAt), Value: d.Moment(imp.AskedAt)}, {Name: d.In(labelSentBy), Value: by},
		{Name: d.In(labelStored), Value: d.Moment(imp.CommittedAt)}, {Name: d.In(labelTold), Value: committer},
	}, err
}

func (d desk) figures(n intake.Counts) []page.Figure {
	fail := page.Figure{Name: d.In(figureFail), Value: d.Number(n.Fail)}
	if n.Fail > 0 {
		fail.Tone = page.Urgent
	}
	return []page.Figure{
		{Name: d.In(figureRead), Value: d.Number(n.Read)}, {Name: d.In(figureCreate), Value: d.Number(n.Create)},
		{Name: d.In(figureUpdate), Value: d.Number(n.Update)}, {Name: d.In(figureUnchanged), Value: d.Number(n.Unchanged)},
		{Name: d.In(figureSkip), Value: d.Number(n.Skip)}, fail,
	}
}

// acts are what who reads may have done next.
func (d desk) acts(imp *intake.Import, out *one) {
	rows := imp.Rows
	switch {
	case imp.Committable(imp.Plan, intake.Valid) == nil:
		if !d.may(access.ImportCommit, imp) {
			return
		}
		if !d.stores(imp) {
			out.NotYours = true
			return
		}
		c := &order{Plan: imp.Plan, Mode: intake.All, Label: d.In(actCommitAll), None: rows.Create+rows.Update == 0}
		if rows.Fail > 0 {
			c.Mode, c.Label = intake.Valid, d.In(actCommitValid)
		}
		c.Does = d.counted(page.Fact{Name: d.In(willCreate)}, rows.Create, page.Fact{Name: d.In(willUpdate)}, rows.Update,
			page.Fact{Name: d.In(willUnchanged)}, rows.Unchanged, page.Fact{Name: d.In(willLeaveOut)}, rows.Fail)
		out.Commit = c
	case imp.State == intake.Failed && d.may(access.ImportAnswer, imp):
		out.Again = true
	case imp.State == intake.Committed:
		out.Stored = &stored{Says: d.In(storedAll), Partial: rows.Fail > 0}
		if rows.Fail > 0 {
			out.Stored.Says = d.In(storedSome) + " " + d.Count(rows.Fail, wordRow, wordRows)
		}
		if d.may(access.ImportUndo, imp) && d.stores(imp) && rows.Create+rows.Update > 0 {
			out.Undo = &order{
				Does: d.counted(page.Fact{Name: d.In(figureCreate)}, rows.Create, page.Fact{Name: d.In(figureUpdate)}, rows.Update),
				Input: page.Input{Name: "mode", Label: labelMode, Each: true, Required: true, Value: string(intake.All), Options: []page.Option{
					{Value: string(intake.All), Name: d.In(undoAll)}, {Value: string(intake.Valid), Name: d.In(undoValid)},
				}},
			}
		}
	}
}

// counted are facts with the numbers that stand after them, but for those of none.
func (d desk) counted(pairs ...any) (facts []page.Fact) {
	for i := 0; i+1 < len(pairs); i += 2 {
		fact, n := pairs[i].(page.Fact), pairs[i+1].(int)
		if n > 0 {
			fact.Value = d.Number(n)
			facts = append(facts, fact)
		}
	}
	return facts
}

// undone says what an undo has done, or why it has not.
func (d desk) undone(imp *intake.Import, out *one) error {
	const most = 100
	if p := imp.UndoProblem(); p != nil && imp.State == intake.Committed {
		out.NotUndone = p.Message(d.Lang)
	}
	if imp.State != intake.Undone && out.NotUndone == "" {
		return nil
	}
	n := imp.Undo.Rows
	out.Undone = &undone{Figures: []page.Figure{
		{Name: d.In(storedRows), Value: d.Number(n.Stored)}, {Name: d.In(undoneRows), Value: d.Number(n.Reverted), Tone: page.Good},
		{Name: d.In(keptRows), Value: d.Number(n.Kept)},
	}}
	if out.NotUndone != "" {
		out.Undone.Figures = nil
	}
	report, _, err := d.UndoReport(d.ctx, imp.ID, d.Lang)
	if isCode(err, "REPORT_NOT_READY") || report == nil && err == nil { // a long one is for programs
		return nil
	}
	if err != nil {
		return err
	}
	for i := range report.Problems {
		if p := &report.Problems[i]; len(out.Undone.Kept) < most && p.Code != imp.Undo.Problem {
			out.Undone.Kept = append(out.Undone.Kept, d.at(p)+p.Message(d.Lang))
		}
	}
	return nil
}

func (d *desk) steps(imp *intake.Import) ([]step, error) {
	var all []step
	for _, s := range imp.History {
		who, err := d.person(s.Person)
		if err != nil {
			return nil, err
		}
		one := step{What: d.In(steps[s.State]), When: d.Moment(s.At), Who: who}
		if s.Problem != "" {
			p := problem.New(s.Problem).Valued(imp.ID).With("import", imp.Blocker).With("reference", imp.ID).WithInt("count", imp.Rows.Fail)
			one.Why = p.Message(d.Lang)
		}
		all = append(all, one)
	}
	return all, nil
}
