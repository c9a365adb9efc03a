package applications

import (
	"errors"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
)

// paper is the form as a city fills it in.
type paper struct {
	page.Frame
	Of      office.Application
	Path    string // of the application
	Next    string // what is to be done next, and by when
	Parts   []part
	Missing []lack
	Refused page.Refused
}

// part is a section with its fields as they are shown.
type part struct {
	section
	Fields []page.Input
}

// paper is the form with what was sent, or what is on record where nothing was.
func (d desk) paper(of dossier) paper {
	f := d.framed(of, editTitle)
	path := pathOf(of.Call.ID, of.City)
	f.Within = append(f.Within, page.Step{Path: path, Name: of.Name})
	p := paper{Frame: f, Of: of.Application, Path: path, Next: d.next(f, of), Missing: d.missing(of)}
	for _, s := range sections(d.Programme, d.Lang) {
		one := part{section: s}
		for _, a := range s.Answers {
			one.Fields = append(one.Fields, a.shownIn(&of.Form, d.Form, d.Lang))
		}
		p.Parts = append(p.Parts, one)
	}
	return p
}

// save keeps a draft, and leads back to it, or on to where it is sent.
func (d desk) save() (*page.Answer, error) {
	of, err := d.dossier()
	if err != nil {
		return nil, err
	}
	after, problems := formOf(of.Form, sections(d.Programme, d.Lang), d.Form, d.Lang)
	if err = errors.Join(problems...); err == nil {
		_, err = d.Do(d.ctx, d.Request(), office.ApplicationAct{
			Call: of.Call.ID, City: of.City, Action: application.Edit, Seen: seen(d.Visit), Form: &after,
		})
	}
	path := pathOf(of.Call.ID, of.City)
	if err == nil && d.Form.Get("next") == string(application.Send) {
		return d.On(path+"/"+string(application.Send), wordSaved), nil
	}
	if err == nil {
		return d.On(path+"/"+string(application.Edit), wordSaved), nil
	}
	p := d.paper(of)
	var fields []page.Input
	for _, one := range p.Parts {
		fields = append(fields, one.Fields...)
	}
	p.Missing = nil // of what is on record, which isn't what is shown
	return d.Again(d.ctx, err, func(refused page.Refused) templ.Component {
		p.Refused = placed(refused, fields)
		return editView(p)
	})
}

// narrow reports whether the fields of a section are short enough to stand side by side.
func (p part) narrow() bool {
	for _, one := range p.Fields {
		if one.Lines > 0 || one.Several {
			return false
		}
	}
	return true
}
