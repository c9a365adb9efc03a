package summaries

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/table"
)

var done = map[string]locale.Text{"corrected": wasCorrected}

// story is what the page of a summary shows: one of its revisions.
type story struct {
	office.SummaryStory
	kept    *outbox.Kept // nil where there is no report
	latest  bool
	facts   []page.Fact
	groups  []group
	fixed   []change // what this revision said otherwise than the one before it
	mails   bool     // who reads may see to whom letters went
	version string
}

// group is figures under a heading.
type group struct {
	title string
	lines []line
}

// line is a figure, with what it was in the report before where that differs.
type line struct{ label, value, before string }

// change is what a correction says otherwise.
type change struct{ group, label, before, after string }

func show(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	s, err := o.Summary(ctx, v.Values["id"])
	if err != nil {
		return nil, err
	}
	return v.Written(ctx, storyPage(ctx, v, s)(nil))
}

func storyPage(ctx context.Context, v page.Visit, s office.SummaryStory) func(page.Refused) templ.Component {
	f := page.Framed(ctx, v, listTitle, done)
	f.Name, f.At, f.Within = f.In(s.Title), listPath+"/"+s.ID, above(f)
	is := story{SummaryStory: s, latest: true, mails: may(ctx, access.MailRead) && s.People > 0, version: strconv.Itoa(s.Revision)}
	if n := len(s.Kept); n > 0 {
		is.kept = &s.Kept[n-1]
		for i := range s.Kept {
			if strconv.Itoa(s.Kept[i].Revision) == v.Query.Get("revision") {
				is.kept, is.latest = &s.Kept[i], i == n-1
			}
		}
		f.Name = f.In(is.kept.Report.Title)
		is.groups, is.fixed = groupsOf(f, is.kept.Report), changesOf(f, is.kept.Changes)
	}
	is.facts = factsOf(f, is)
	return func(refused page.Refused) templ.Component { return storyView(f, is, refused) }
}

// factsOf are those of a summary, those that it doesn't have left open.
func factsOf(f page.Frame, is story) []page.Fact {
	o := is.Occasion
	facts := []page.Fact{
		{Name: f.In(aboutWord), Value: f.In(aboutNames[o.About])}, {Name: f.In(firstDayWord), Value: f.Day(o.Period.From)},
		{Name: f.In(lastDayWord), Value: f.Day(o.Period.To)}, {Name: f.In(remindsWord), Value: f.Day(o.Day)},
		{Name: f.In(dueWord), Value: f.Moment(o.Due)},
	}
	if is.kept == nil {
		return append(facts, page.Fact{Name: f.In(madeWord), Value: f.Moment(is.MadeAt)})
	}
	facts = append(facts, page.Fact{Name: f.In(asOfWord), Value: f.Moment(is.kept.Report.AsOf)},
		page.Fact{Name: f.In(madeWord), Value: f.Moment(is.kept.MadeAt)})
	if len(is.Kept) > 1 {
		facts = append(facts, page.Fact{Name: f.In(revisionWord), Value: f.Number(is.kept.Revision)})
	}
	return facts
}

// groupsOf are a report's figures under their headings, in their order.
func groupsOf(f page.Frame, r summary.Report) (groups []group) {
	was := map[string]*summary.Value{}
	for _, c := range r.Changes {
		was[c.Key] = c.Before
	}
	for _, figure := range r.Figures {
		title := f.In(figure.Group)
		if n := len(groups); n == 0 || groups[n-1].title != title {
			groups = append(groups, group{title: title})
		}
		in := &groups[len(groups)-1]
		one := line{label: f.In(figure.Label), value: figure.Value.In(f.Lang)}
		if before := was[figure.Key]; before != nil {
			one.before = before.In(f.Lang)
		}
		in.lines = append(in.lines, one)
	}
	return groups
}

func changesOf(f page.Frame, changes []summary.Change) (all []change) {
	said := func(v *summary.Value) string {
		if v == nil {
			return "–"
		}
		return v.In(f.Lang)
	}
	for _, c := range changes {
		all = append(all, change{f.In(c.Group), f.In(c.Label), said(c.Before), said(c.After)})
	}
	return all
}

// correct has a report put together again.
func correct(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	id, base := v.Values["id"], 0
	if version := v.Version(); version != nil {
		base = int(*version)
	}
	_, err := o.CorrectSummary(ctx, id, base)
	if err == nil {
		return v.On(listPath+"/"+id, "corrected"), nil
	}
	s, failed := o.Summary(ctx, id)
	if failed != nil {
		return nil, err
	}
	return v.Again(ctx, err, storyPage(ctx, v, s))
}

// file asks for a file of a summary in the reader's language, and leads to where it is fetched.
func file(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	number, err := strconv.Atoi(v.Values["number"])
	if err != nil {
		number = -1
	}
	export, err := o.CreateSummaryFile(ctx, v.Identify, v.Values["id"], number, v.Lang)
	if err != nil {
		return nil, err
	}
	return v.On("exports/"+export.ID, "asked"), nil
}

// sentTo lists the letters of a summary.
func sentTo(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	id := v.Values["id"]
	found, next, err := page.Stored(ctx, v, func(ctx context.Context, after table.Cursor, limit int) ([]office.Mail, table.Cursor, error) {
		return o.MailsOf(ctx, id, after, limit)
	})
	if err != nil {
		return nil, err
	}
	s, err := o.Summary(ctx, id)
	if err != nil {
		return nil, err
	}
	f := page.Framed(ctx, v, toWhomTitle, nil)
	f.Within = append(above(f), page.Step{Path: listPath + "/" + id, Name: f.In(s.Title)})
	rows := make([]letter, len(found))
	for i, m := range found {
		rows[i] = letterOf(f, m)
	}
	return v.Written(ctx, sentToView(f, rows, next, len(s.Kept) > 1))
}
