// Package summaries is the pages on what the product writes by itself: the reports and reminders that were made, to whom their letters went and
// how they stand, and which letters somebody wants. It makes and sends nothing.
package summaries

import (
	"context"
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/table"
)

// The entries of the menu.
var (
	Menu  = page.Entry{Path: listPath, Name: listTitle, Shown: page.May(access.SummaryRead)}
	Mails = page.Entry{Path: mailsPath, Name: mailsTitle, Shown: func(who access.Actor) bool {
		return access.Decide(who, access.MailRead, access.Object{}) == nil
	}}
)

// The paths of the area.
const (
	listPath    = "summaries"
	plannedPath = "summaries/planned"
	mailsPath   = "mails"
	lettersPath = "account/letters"
)

// Routes lists the pages.
func Routes() []page.Route {
	return []page.Route{
		{Method: "GET", Pattern: "/summaries", Serve: list},
		{Method: "GET", Pattern: "/summaries/planned", Serve: planned},
		{Method: "GET", Pattern: "/summaries/{id}", Serve: show},
		{Method: "POST", Pattern: "/summaries/{id}", Serve: correct},
		{Method: "POST", Pattern: "/summaries/{id}/files/{number}", Serve: file},
		{Method: "GET", Pattern: "/summaries/{id}/mails", Serve: sentTo},
		{Method: "GET", Pattern: "/mails", Serve: mails},
		{Method: "POST", Pattern: "/mails", Serve: decide},
		{Method: "GET", Pattern: "/account/letters", Serve: letters},
		{Method: "POST", Pattern: "/account/letters", Serve: choose},
	}
}

// may tells whether who asks may do something that is about nobody's own.
func may(ctx context.Context, do access.Action) bool {
	return access.Decide(page.Who(ctx), do, access.Object{}) == nil
}

// row is a summary in a list.
type row struct {
	path, title, of, made, letters string
	outcome                        string
	tone                           page.Tone
	corrected                      bool
}

// abouts are the matters that are written about, in the order of the programme's schedules.
func abouts(o *office.Office, f page.Frame) []page.Option {
	options := []page.Option{{Name: f.In(anyWord)}}
	seen := map[programme.About]bool{}
	for _, s := range o.Programme.Schedules {
		if !seen[s.About] {
			options = append(options, page.Option{Value: string(s.About), Name: f.In(aboutNames[s.About])})
		}
		seen[s.About] = true
	}
	return options
}

func outcomesOf(f page.Frame) []page.Option {
	options := []page.Option{{Name: f.In(anyWord)}}
	for _, one := range []outbox.Outcome{outbox.Written, outbox.Nothing, outbox.Nobody, outbox.Lapsed} {
		options = append(options, page.Option{Value: string(one), Name: f.In(outcomes[one].name)})
	}
	return options
}

// list lists what was made, the latest day first.
func list(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	f := page.Framed(ctx, v, listTitle, nil)
	filter := office.SummaryFilter{About: programme.About(v.Query.Get("about")), Outcome: outbox.Outcome(v.Query.Get("outcome"))}
	found, next, err := page.Stored(ctx, v, func(ctx context.Context, after table.Cursor, limit int) ([]office.Summary, table.Cursor, error) {
		return o.Summaries(ctx, filter, after, limit)
	})
	if err != nil {
		return nil, err
	}
	counts := may(ctx, access.MailRead)
	rows := make([]row, len(found))
	for i, s := range found {
		rows[i] = row{
			path: listPath + "/" + s.ID, title: f.In(s.Title), of: f.Day(s.Occasion.On()), made: f.Moment(s.MadeAt),
			outcome: f.In(outcomes[s.Outcome].name), tone: outcomes[s.Outcome].tone, corrected: s.Revision > 1,
		}
		if counts {
			rows[i].letters = f.Number(s.People)
		}
	}
	fields := []page.Input{
		{Name: "about", Label: aboutWord, Value: string(filter.About), Options: abouts(o, f)},
		{Name: "outcome", Label: outcomeWord, Value: string(filter.Outcome), Options: outcomesOf(f)},
	}
	return v.Written(ctx, listView(f, fields, rows, next, counts))
}

// due are the occasions of a schedule that become due at one moment.
type due struct {
	when, label    string
	count, letters int
}

// planned lists what becomes due in the next month.
func planned(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	f := page.Framed(ctx, v, plannedTitle, nil)
	f.Within = above(f)
	all, err := o.PreviewSummaries(ctx, v.Now, v.Now.Add(office.LongestPreview))
	if err != nil {
		return nil, err
	}
	var rows []due
	for _, one := range all {
		when, label := f.Moment(one.Occasion.Due), f.In(one.Label)
		if n := len(rows); n == 0 || rows[n-1].when != when || rows[n-1].label != label {
			rows = append(rows, due{when: when, label: label})
		}
		last := &rows[len(rows)-1]
		last.count, last.letters = last.count+1, last.letters+one.People
	}
	return v.Written(ctx, plannedView(f, rows))
}

// above are the pages above one of a summary.
func above(f page.Frame) []page.Step { return []page.Step{{Path: listPath, Name: f.In(listTitle)}} }

// named is a text with a value in the place of {0}.
func named(text locale.Text, lang locale.Lang, value string) string {
	return strings.ReplaceAll(text.In(lang), "{0}", value)
}
