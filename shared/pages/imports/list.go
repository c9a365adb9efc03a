package imports

import (
	"context"
	"errors"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/kinds/area"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// listed is how many imports a part of the list has.
const listed = 25

// small is up to how many bytes a file is sent with the form although a script could show how far it is.
const small = 512 << 10

// entry is an import in the list.
type entry struct {
	Path, Name, Kind string
	State            string
	Tone             page.Tone
	ToMend           string // rows that have an error or a question; "" where nothing is to be mended
	At, Person       string
}

// shelf is what the list shows.
type shelf struct {
	Sends   bool // who reads may send files
	Inputs  []page.Input
	More    []page.Input // what is found out where it isn't said
	Entries []entry
	Next    string
}

// list shows the imports, the latest first, and the form by which a file is sent.
func list(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	d := deskOf(ctx, o, v, wordImports)
	s, err := d.shelf()
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, listView(d.Frame, s, nil))
}

func (d desk) shelf() (shelf, error) {
	s := shelf{Sends: access.Decide(d.who, access.ImportCreate, access.Object{Person: d.who.Person}) == nil}
	s.Inputs, s.More = d.inputs()
	all, next, err := d.Imports(d.ctx, table.Cursor(d.Query.Get(page.AfterParameter)), listed)
	if errors.Is(err, table.ErrCursor) { // of another list: this one is shown from its beginning
		all, next, err = d.Imports(d.ctx, "", listed)
	}
	if err != nil {
		return s, err
	}
	s.Next = string(next)
	for i := range all {
		imp := &all[i]
		is := states[imp.State]
		one := entry{
			Path: "imports/" + imp.ID, Name: imp.File.Name, Kind: d.kind(imp.Kind), State: d.In(is.word), Tone: is.tone, At: d.Moment(imp.AskedAt),
		}
		if imp.State == intake.Checked && imp.Rows.Fail > 0 {
			one.ToMend = d.Count(imp.Rows.Fail, wordRowToMend, wordRowsToMend)
		}
		if one.Person, err = d.person(imp.Person); err != nil {
			return s, err
		}
		s.Entries = append(s.Entries, one)
	}
	return s, nil
}

// inputs are the fields by which a file is sent, and those that are only needed where the sheet itself doesn't say what they ask.
func (d desk) inputs() (always, more []page.Input) {
	found := page.Option{Name: d.In(wordFindOut)}
	kinds, langs, calls, terms := []page.Option{found}, []page.Option{found}, []page.Option{{Name: d.In(wordLatestCall)}}, []page.Option{{Name: d.In(wordTermNow)}}
	for _, kind := range area.Kinds() {
		kinds = append(kinds, page.Option{Value: kind, Name: d.kind(kind)})
	}
	for _, lang := range locale.Langs {
		langs = append(langs, page.Option{Value: string(lang), Name: d.In(languages[lang])})
	}
	for _, call := range d.Programme.Calls {
		calls = append(calls, page.Option{Value: call.ID, Name: call.ID})
	}
	for _, term := range d.Programme.Terms {
		terms = append(terms, page.Option{Value: term.ID, Name: term.ID})
	}
	return []page.Input{{Name: "file", Label: labelFile, Hint: hintFile, Type: "file", Required: true}}, []page.Input{
		{Name: "kind", Label: labelKind, Value: d.Form.Get("kind"), Options: kinds},
		{Name: "lang", Label: labelLang, Value: d.Form.Get("lang"), Options: langs},
		{Name: "call", Label: labelCall, Value: d.Form.Get("call"), Options: calls},
		{Name: "term", Label: labelTerm, Value: d.Form.Get("term"), Options: terms},
	}
}

// send takes a file in.
func send(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	imp, err := sent(ctx, o, v)
	if err == nil {
		return v.On("imports/"+imp.ID, "sent"), nil
	}
	d := deskOf(ctx, o, v, wordImports)
	s, failed := d.shelf()
	if failed != nil {
		return nil, err
	}
	return v.Again(ctx, err, func(r page.Refused) templ.Component { return listView(d.Frame, s, r) })
}

// sent has a file checked. Problems of the file stand at its field.
func sent(ctx context.Context, o *office.Office, v page.Visit) (*intake.Import, error) {
	lang, err := locale.ParseLang(v.Form.Get("lang"))
	if v.Form.Get("lang") == "" {
		err = nil
	}
	if err != nil {
		return nil, problem.New("FIELD_INVALID").In("lang").With("field", "lang").With("expected", "en, fr, es")
	}
	r := intake.Request{Kind: v.Form.Get("kind"), Lang: lang, Call: v.Form.Get("call"), Term: v.Form.Get("term")}
	var content []byte
	if v.File != nil {
		r.Name, content = baseName(v.File.Name), v.File.Content
	} else {
		r.Name = "none.csv" // who may not send any is told that first
	}
	id := v.Request()
	if id == "" {
		id = v.NewID()
	}
	imp, err := o.SendFile(ctx, id, r, content)
	var p *problem.Problem
	if !errors.As(err, &p) {
		return imp, err
	}
	switch {
	case p.Code == "IDEMPOTENCY_KEY_REUSED": // the form was gone back to, and another file chosen
		return o.SendFile(ctx, v.NewID(), r, content)
	case v.File == nil && p.Code == "FILE_EMPTY":
		return nil, problem.New("FIELD_INVALID").In("file").WithText("field", labelFile).WithText("expected", aFile)
	case p.Field == "name" || p.Code == "FILE_EMPTY" || p.Code == "FILE_TYPE_UNSUPPORTED" || p.Code == "FILE_TOO_LARGE":
		return nil, p.In("file")
	}
	return nil, err
}

// baseName is a file's name without the folders that some browsers send with it.
func baseName(name string) string {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '/' || name[i] == '\\' {
			return name[i+1:]
		}
	}
	return name
}
