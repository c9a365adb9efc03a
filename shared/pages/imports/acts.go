package imports

import (
	"context"
	"errors"
	"strconv"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
)

// check has an import checked once more, with the answers that were sent: "question-0" names a question whose answer is "answer-0", and
// "forget" one whose answer is taken back.
func check(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	answers := map[string]string{}
	for n := 0; ; n++ {
		question, there := v.Form["question-"+strconv.Itoa(n)]
		if !there {
			break
		}
		if given := v.Form.Get("answer-" + strconv.Itoa(n)); given != "" {
			answers[question[0]] = given
		}
	}
	for _, question := range v.Form["forget"] {
		answers[question] = ""
	}
	word := "answered"
	if len(answers) == 0 {
		word = "checked"
	}
	imp, err := o.CheckImport(ctx, v.Values["id"], answers, nil)
	return after(ctx, o, v, imp, err, word)
}

// commit has the plan committed that the form showed.
func commit(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	imp, err := o.CommitImport(ctx, v.Values["id"], v.Form.Get("plan"), intake.Mode(v.Form.Get("mode")))
	return after(ctx, o, v, imp, err, "commit")
}

// undo has taken back what an import stored.
func undo(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	imp, err := o.UndoImport(ctx, v.Values["id"], intake.Mode(v.Form.Get("mode")))
	return after(ctx, o, v, imp, err, "undo")
}

// after leads on to the import's page once something was asked for, or shows it once more with what was wrong.
func after(ctx context.Context, o *office.Office, v page.Visit, imp *intake.Import, err error, word string) (*page.Answer, error) {
	if err != nil {
		return refused(ctx, o, v, err)
	}
	return v.On("imports/"+imp.ID, word), nil
}

// annotated leads to the sender's workbook with the problems marked in it.
func annotated(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	link, err := o.MarkedCopy(ctx, v.Values["id"])
	if err != nil {
		return nil, err
	}
	return v.Away(link.URL), nil
}

func isCode(err error, code problem.Code) bool {
	var p *problem.Problem
	return errors.As(err, &p) && p.Code == code
}
