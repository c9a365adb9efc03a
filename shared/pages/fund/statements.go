package fund

import (
	"cmp"
	"strings"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
)

// statementsView is what the page of a donor's statements shows.
type statementsView struct {
	page.Frame
	Path    string // of the page
	Fetch   []page.Input
	Finals  []finalRow
	Propose bool // who asks may propose to make one final
}

// finalRow is a statement that is final.
type finalRow struct {
	Period, Version, Issued, By, Reason string
	From, To, Term                      string // as forms name the period
}

// statements shows a donor's final statements, and the forms by which one is fetched or proposed.
func (d desk) statements() (*page.Answer, error) {
	view, err := d.statementsView()
	if err != nil {
		return nil, err
	}
	return d.Written(d.ctx, statementsPage(view, nil))
}

func (d desk) statementsView() (statementsView, error) {
	id := d.donorID()
	known, err := d.Donor(d.ctx, id)
	if err != nil {
		return statementsView{}, err
	}
	finals, err := d.FinalStatements(d.ctx, id)
	if err != nil {
		return statementsView{}, err
	}
	above := d.donorFrame(known)
	view := statementsView{Frame: d.framed(statementsTitle), Path: page.DonorPath(id) + "/statements", Fetch: d.fetchFields()}
	view.At = view.Path
	view.Within = append(above.Within, page.Step{Path: page.DonorPath(id), Name: above.Name})
	for _, s := range finals {
		view.Finals = append(view.Finals, finalRow{
			Period: d.named(fromTo, s.From.Text().In(d.Lang), s.To.Text().In(d.Lang)), Version: view.Number(s.Version),
			Issued: view.Moment(s.At), By: d.person(s.Approver), Reason: s.Reason, From: s.From.String(), To: s.To.String(), Term: s.Term,
		})
	}
	view.Propose = d.may(access.StatementPropose, access.Object{Donor: id})
	return view, nil
}

// periodFields choose a term, or else days.
func (d desk) periodFields() []page.Input {
	term := d.terms(d.Form.Get("term"))
	term.Hint = termOrDays
	term.Options = append([]page.Option{{Name: d.in(termOfToday)}}, term.Options...)
	return []page.Input{
		term, {Name: "from", Value: d.Form.Get("from"), Label: fromLabel, Hint: optional, Type: "date"},
		{Name: "to", Value: d.Form.Get("to"), Label: toLabel, Hint: optional, Type: "date"},
	}
}

func (d desk) fetchFields() []page.Input {
	format := page.Input{Name: "format", Value: cmp.Or(d.Form.Get("format"), string(request.PDF)), Label: formatLabel, Each: true}
	for _, one := range request.Donor.Formats() {
		format.Options = append(format.Options, page.Option{Value: string(one), Name: d.in(formatNames[one]), Note: d.in(formatNotes[one])})
	}
	lang := page.Input{Name: "language", Value: cmp.Or(d.Form.Get("language"), string(d.Lang)), Label: languageLabel}
	for _, one := range locale.Langs {
		lang.Options = append(lang.Options, page.Option{Value: string(one), Name: languageNames[one]})
	}
	return append(d.periodFields(), format, lang)
}

// spanSent is the period that a form means: days where there are any, else a term.
func (s *sent) spanSent() office.Span {
	of := office.Span{From: s.day("from", fromLabel), To: s.day("to", toLabel), Term: s.text("term")}
	if s.problems == nil && of.From.IsZero() != of.To.IsZero() {
		missing, label := "from", fromLabel
		if of.To.IsZero() {
			missing, label = "to", toLabel
		}
		s.problems = append(s.problems, problem.New("FIELD_MISSING").In(missing).WithText("field", label))
	}
	if !of.From.IsZero() {
		of.Term = ""
	}
	return of
}

// askForStatement asks for the statement as a file, and leads to where it is fetched.
func (d desk) askForStatement() (*page.Answer, error) {
	form := d.sent()
	of := form.spanSent()
	err := form.wrong()
	if err == nil {
		lang, known := locale.ParseLang(form.text("language"))
		if known != nil {
			lang = d.Lang
		}
		var export *request.Export
		export, err = d.CreateExport(d.ctx, d.Identify, request.Wish{
			Kind: request.Donor, Lang: lang, Format: request.Format(form.text("format")), Donor: d.donorID(), From: of.From, To: of.To, Term: of.Term,
		})
		if err == nil {
			return d.On("exports/"+export.ID, "asked"), nil
		}
	}
	view, failed := d.statementsView()
	if failed != nil {
		return nil, err
	}
	return d.Again(d.ctx, err, func(refused page.Refused) templ.Component { return statementsPage(view, refused) })
}

// finalForm is what the form that proposes to make a statement final shows.
type finalForm struct {
	page.Frame
	Path   string
	Fields []page.Input
}

// finalStatement is the form that proposes to make a donor's statement final.
func (d desk) finalStatement() (*page.Answer, error) {
	form, err := d.finalForm()
	if err != nil {
		return nil, err
	}
	return d.Written(d.ctx, finalPage(form, nil))
}

func (d desk) finalForm() (finalForm, error) {
	id := d.donorID()
	if err := d.denied(access.StatementPropose, access.Object{Donor: id}); err != nil {
		return finalForm{}, err
	}
	known, err := d.Donor(d.ctx, id)
	if err != nil {
		return finalForm{}, err
	}
	path := page.DonorPath(id)
	form := finalForm{Frame: d.framed(finalTitle), Path: path + "/statements/final"}
	form.Within = append(d.donorFrame(known).Within,
		page.Step{Path: path, Name: cmp.Or(known.Name, id)}, page.Step{Path: path + "/statements", Name: d.in(statementsTitle)})
	form.Fields = append(d.periodFields(), page.Input{
		Name: "reason", Value: d.Form.Get("reason"), Label: reasonLabel, Hint: statementReasonHint, Lines: 2,
	})
	return form, nil
}

// proposeStatement proposes it.
func (d desk) proposeStatement() (*page.Answer, error) {
	shown, err := d.finalForm()
	if err != nil {
		return nil, err
	}
	form := d.sent()
	of := form.spanSent()
	if err = form.wrong(); err == nil {
		p, refused := d.ProposeStatement(d.ctx, d.Request(), d.donorID(), of, strings.TrimSpace(d.Form.Get("reason")))
		if err = refused; err == nil {
			return d.On(proposalPath(p.ID), doneProposed), nil
		}
	}
	return d.Again(d.ctx, err, func(refused page.Refused) templ.Component { return finalPage(shown, refused) })
}
