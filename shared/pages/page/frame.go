package page

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
)

// The names of what goes along with addresses and forms.
const (
	requestField  = "request"
	doneParameter = "done"
)

// Frame is what every page is written with.
type Frame struct {
	Visit
	Title    locale.Text
	Name     string // in place of Title, where the page is about something that has a name
	Role     string // of who reads, in words; "" of nobody
	At       string // the path of the page where it isn't Path: of a form that is written once more
	Within   []Step // the pages above, from the topmost
	Told     string // what was done, in words; "" for nothing
	Refresh  int    // seconds after which the page, which waits for something, is asked for again; 0: never
	Generous bool   // it is read rather than worked with: large, with room around
	Area     string // the menu's entry that the page belongs to: its path
	who      access.Actor
}

// Step is a page above another.
type Step struct {
	Path string
	Name string
}

// Entry is an entry of the menu.
type Entry struct {
	Path  string
	Name  locale.Text
	Shown func(access.Actor) bool // to whom; nil: to everybody
}

// May tells whether somebody may do something, at least to things of their own.
func May(do access.Action) func(access.Actor) bool {
	return func(who access.Actor) bool {
		return access.Decide(who, do, access.Object{}) == nil || access.Decide(who, do, who.Own()) == nil
	}
}

// Framed is the frame of a page for who asks. done are the texts for what can have been done before, by their words.
func Framed(ctx context.Context, v Visit, title locale.Text, done map[string]locale.Text) Frame {
	f := Frame{Visit: v, Title: title, At: v.Path, who: access.ActorOf(ctx)}
	if f.who.Person != "" {
		f.Role = f.who.Role.Label().In(v.Lang)
	}
	f.Told = done[v.Query.Get(doneParameter)].In(v.Lang)
	f.Area, _, _ = strings.Cut(v.Path, "/")
	return f
}

// In is a text in the reader's language.
func (f Frame) In(text locale.Text) string { return text.In(f.Lang) }

// heading is what the page is called.
func (f Frame) heading() string {
	if f.Name != "" {
		return f.Name
	}
	return f.In(f.Title)
}

// To is the address of a path of the product, in the language that was chosen. Parts of a path that came from outside are escaped before, by
// url.PathEscape. query is names and values by turns; those without a value are left out.
func (f Frame) To(path string, query ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(query); i += 2 {
		if query[i+1] != "" {
			values.Set(query[i], query[i+1])
		}
	}
	if f.Chosen {
		values.Set("lang", string(f.Lang))
	}
	return f.Base + joined(path, values)
}

// joined is a path with a query, which may be none, or more of one that it has.
func joined(path string, query url.Values) string {
	if len(query) == 0 {
		return path
	}
	if strings.Contains(path, "?") {
		return path + "&" + query.Encode()
	}
	return path + "?" + query.Encode()
}

// Here is the address of the page itself in a language.
func (f Frame) Here(lang locale.Lang) string { return f.changed("lang", string(lang)) }

// changed is the address of the page with another value of a parameter.
func (f Frame) changed(name, value string) string {
	query := url.Values{}
	for key, values := range f.Query {
		query[key] = values
	}
	query.Del(doneParameter)
	query.Set(name, value)
	return f.Base + joined(f.At, query)
}

// entries are those of the menu that are for who reads.
func (f Frame) entries() (shown []Entry) {
	for _, one := range f.Menu {
		if f.who.Person != "" && (one.Shown == nil || one.Shown(f.who)) {
			shown = append(shown, one)
		}
	}
	return shown
}

// Number is a whole number.
func (f Frame) Number(n int) string { return locale.FormatInt(f.Lang, int64(n)) }

// Count is a number with the word that goes with it.
func (f Frame) Count(n int, one, more locale.Text) string {
	return f.Number(n) + " " + locale.Plural(f.Lang, int64(n), one, more)
}

// Day is a date; "" of none.
func (f Frame) Day(d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Text().In(f.Lang)
}

// Moment is a time, with its zone; "" of none.
func (f Frame) Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.UTC()
	return f.Day(civil.Of(t, time.UTC)) + t.Format(", 15:04 UTC")
}

// DaysTo counts the days from today, in a zone, to another: below zero where that is past.
func (v Visit) DaysTo(day civil.Date, zone *time.Location) int {
	today := civil.Of(v.Now, zone)
	return int(day.StartOf(time.UTC).Sub(today.StartOf(time.UTC)) / (24 * time.Hour))
}
