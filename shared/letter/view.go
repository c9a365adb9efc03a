package letter

import (
	"strconv"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

// How much of a report stands in a letter.
const (
	mostFigures = 80
	mostChanges = 30 // of a correction, and of figures that are no more
	mostEntries = 15 // of a list
	mostListed  = 60 // of all lists
)

// view is what both forms of a letter show, in the reader's language.
type view struct {
	Lang        string
	Product     string
	Colon       string // as the language sets it
	Subject     string
	Title, When string
	Corrected   string // "" of a first revision
	Corrections []row
	Leads       string // the report's Lead
	Compared    string // what the figures are compared with, or that nothing is new; "" where there is no report before
	Nothing     bool   // nothing is new
	Groups      []group
	Gone        group // figures that the report before had
	Lists       []list
	Files       group
	Page        link // of the report
	Acts        link // where to act, of a reminder, or to read on; one without an address is none
	Reminds     bool // it comes to Acts first
	SignIn      string
	AsOf        string
	Why         string
	Declines    string
	Decline     string
}

type link struct{ Words, Address string }

// group is figures under a title.
type group struct {
	Title string
	Rows  []row
	More  string
}

// row is a figure.
type row struct {
	Label, Value string
	Before       string // "" where it is what it was, or there was none
	Prose        bool   // its value is words, rather than a number or day
}

type list struct {
	Title, Empty string
	Entries      []entry
	More         string
}

type entry struct {
	Name, Address, Late string
	Facts               string // its day and its note
}

// newView puts a report into words.
func newView(r summary.Report, about About) view {
	w := writer{about}
	o := r.Occasion
	kinds := kindsOf(o.About)
	v := view{
		Lang: string(about.Lang), Product: w.word(wordProduct), Colon: w.word(wordColon), Title: w.say(r.Title, longestTitle),
		When: w.when(o), Leads: w.say(r.Lead, longestLead), SignIn: w.word(wordSignIn),
		Page: link{w.word(kinds.open), about.Address + "summaries/" + o.ID()},
		AsOf: w.fill(wordAsOf, "day", civil.Of(r.AsOf, time.UTC).Text(), "time", locale.Same(r.AsOf.UTC().Format("15:04"))),
		Why:  w.fill(wordOnRecord, "product", wordProduct),
	}
	if !about.Schedule.IsZero() {
		v.Why = w.fill(wordWhy, "label", about.Schedule, "product", wordProduct)
	}
	v.Subject = subject(clean(r.Title.In(about.Lang), longestTitle))
	if about.Revision > 1 {
		revision := locale.Same(strconv.Itoa(about.Revision))
		v.Subject = subject(clean(fill(wordCorrection.In(about.Lang), "title", clean(r.Title.In(about.Lang), longestTitle)), longestTitle))
		v.Corrected = w.fill(kinds.corrected, "revision", revision)
		v.Corrections = w.changed(about.Changes)
	}
	if path := below(about.Address, r.Path); path != "" {
		v.Acts, v.Reminds = link{w.word(kinds.acts), path}, o.About.Reminds()
	}
	if r.Since != "" && !o.About.Reminds() {
		v.Nothing, v.Compared = !r.News, w.compared(r)
	}
	v.Groups, v.Gone = w.figures(r)
	v.Lists = w.lists(r.Lists)
	if len(r.Files) > 0 {
		v.Files.Title = w.word(wordFiles)
		for _, f := range r.Files {
			v.Files.Rows = append(v.Files.Rows, row{Label: w.say(f.Label, longestName)})
		}
	}
	if about.Contractual {
		v.Declines = w.word(wordContractual)
	} else {
		v.Declines, v.Decline = w.word(wordDecline), about.Address+"account/letters"
	}
	return v
}

// when is the period of a report, or the day of a reminder.
func (w writer) when(o schedule.Occasion) string {
	if o.Period.To.IsZero() {
		return w.fill(wordOf(o.About), "day", o.Day.Text())
	}
	return w.fill(wordPeriod, "from", o.Period.From.Text(), "to", o.Period.To.Text())
}

// compared says what a report is compared with. An occasion's identifier begins with the last day of its period.
func (w writer) compared(r summary.Report) string {
	var day locale.Text
	if len(r.Since) >= 8 {
		if d, err := civil.Parse(r.Since[:4] + "-" + r.Since[4:6] + "-" + r.Since[6:8]); err == nil {
			day = d.Text()
		}
	}
	words := wordSame
	switch {
	case !r.News:
		words = wordNothing
	case len(r.Changes) > 0:
		words = wordSince
	case len(r.Figures) == 0:
		return ""
	}
	return w.fill(words, "day", day)
}

// figures are the report's, by groups, each with what it was before, and those of the report before that are no more.
func (w writer) figures(r summary.Report) (groups []group, gone group) {
	before := map[string]summary.Value{}
	for _, c := range r.Changes {
		switch {
		case c.Before != nil && c.After != nil:
			before[c.Key] = *c.Before
		case c.Before != nil && len(gone.Rows) < mostChanges:
			gone.Rows = append(gone.Rows, w.row(c.Group, c.Label, "", w.value(*c.Before)))
		}
	}
	if len(gone.Rows) > 0 {
		gone.Title = w.word(wordGone)
	}
	shown := r.Figures[:min(len(r.Figures), mostFigures)]
	for i, f := range shown {
		title := w.say(f.Group, longestName)
		if i == 0 || title != groups[len(groups)-1].Title {
			groups = append(groups, group{Title: title})
		}
		one := &groups[len(groups)-1]
		figure := w.row(locale.Text{}, f.Label, w.value(f.Value), w.value(before[f.Key]))
		figure.Prose = !f.Value.Text.IsZero()
		one.Rows = append(one.Rows, figure)
	}
	if more := len(r.Figures) - len(shown); more > 0 {
		groups[len(groups)-1].More = w.more(more)
	}
	return groups, gone
}

// changed are a correction's changes. An entry of a list says its own name.
func (w writer) changed(changes []summary.Change) (rows []row) {
	for _, c := range changes[:min(len(changes), mostChanges)] {
		var now, before string
		if c.After != nil {
			now = w.value(*c.After)
		}
		if c.Before != nil {
			before = w.value(*c.Before)
		}
		one := w.row(c.Group, c.Label, now, before)
		switch {
		case c.Before == nil:
			one.Before = w.word(wordAdded)
		case c.After == nil:
			one.Value, one.Before = before, w.word(wordTakenOut)
		}
		if name := w.say(c.Label, longestName); strings.HasPrefix(one.Value, name) {
			one.Label = w.say(c.Group, longestName)
		}
		rows = append(rows, one)
	}
	if more := len(changes) - len(rows); more > 0 {
		rows = append(rows, row{Label: w.more(more)})
	}
	return rows
}

// row is a figure, behind its group's name where it stands alone.
func (w writer) row(group, label locale.Text, value, before string) row {
	one := row{Label: w.say(label, longestName), Value: value}
	if before != "" {
		one.Before = w.typeset(fill(wordBefore.In(w.Lang), "value", before))
	}
	if name := w.say(group, longestName); name != "" && name != one.Label {
		one.Label = name + " – " + one.Label
	}
	return one
}

func (w writer) lists(all []summary.List) (lists []list) {
	left := mostListed
	for _, l := range all {
		one := list{Title: w.say(l.Title, longestTitle)}
		if len(l.Entries) == 0 {
			if one.Empty = w.say(l.Empty, longestNote); one.Empty != "" {
				lists = append(lists, one)
			}
			continue
		}
		shown := l.Entries[:min(len(l.Entries), mostEntries, left)]
		left -= len(shown)
		for _, e := range shown {
			one.Entries = append(one.Entries, w.entry(e))
		}
		if more := len(l.Entries) - len(shown) + l.More; more > 0 {
			one.More = w.more(more)
		}
		lists = append(lists, one)
	}
	return lists
}

func (w writer) entry(e summary.Entry) entry {
	one := entry{Name: w.say(e.Name, longestName), Facts: w.say(e.Note, longestNote), Address: below(w.Address, e.Path)}
	if !e.On.IsZero() {
		one.Facts = strings.TrimSuffix(w.typeset(e.On.Text().In(w.Lang))+" · "+one.Facts, " · ")
	}
	if e.Late {
		one.Late = w.word(wordLate)
	}
	return one
}

// more says how many are not shown.
func (w writer) more(n int) string {
	words := locale.Text{EN: locale.Plural(locale.EN, int64(n), wordOneMore, wordMore), FR: locale.Plural(locale.FR, int64(n), wordOneMore, wordMore),
		ES: locale.Plural(locale.ES, int64(n), wordOneMore, wordMore)}
	return w.fill(words, "n", locale.Same(locale.FormatInt(w.Lang, int64(n))))
}

// subject is a text as the subject of an e-mail: nothing in it is taken for an encoded word (RFC 2047).
func subject(text string) string { return strings.TrimSpace(strings.ReplaceAll(text, "=?", "= ?")) }
