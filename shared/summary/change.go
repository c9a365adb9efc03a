package summary

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
)

// Compare lists the figures that differ between two reports, in the order of the later one, then those that it has no more.
func Compare(before, after Report) []Change {
	var changes []Change
	for _, f := range after.Figures {
		change := Change{Key: f.Key, Group: f.Group, Label: f.Label, After: &f.Value}
		if was, ok := before.figure(f.Key); ok {
			if was.Value.Equal(f.Value) {
				continue
			}
			change.Before = &was.Value
		}
		changes = append(changes, change)
	}
	for _, f := range before.Figures {
		if _, ok := after.figure(f.Key); !ok {
			changes = append(changes, Change{Key: f.Key, Group: f.Group, Label: f.Label, Before: &f.Value})
		}
	}
	return changes
}

// Corrections lists what a correction changes in a report: the figures that differ, then the entries of lists that come in, say something
// else, or go, each under the title of its list, with what it says as the value.
func Corrections(before, after Report) []Change {
	changes := Compare(before, after)
	for _, l := range after.Lists {
		earlier := before.list(l.Key)
		for _, e := range l.Entries {
			was, ok := earlier.entry(e.Key)
			if ok && was.says() == e.says() {
				continue
			}
			change := Change{Key: l.Key + "/" + e.Key, Group: l.Title, Label: e.Name, After: &Value{Text: e.says()}}
			if ok {
				change.Before = &Value{Text: was.says()}
			}
			changes = append(changes, change)
		}
		changes = append(changes, earlier.without(l)...)
	}
	for _, l := range before.Lists {
		if after.list(l.Key).Key == "" {
			changes = append(changes, l.without(List{})...)
		}
	}
	return changes
}

// without are the entries that another list has no more, unless they may be among those that it doesn't show.
func (l List) without(other List) (gone []Change) {
	for _, e := range l.Entries {
		if _, ok := other.entry(e.Key); !ok && other.More == 0 {
			gone = append(gone, Change{Key: l.Key + "/" + e.Key, Group: l.Title, Label: e.Name, Before: &Value{Text: e.says()}})
		}
	}
	return gone
}

// Since is a report with what is new in it, and what its figures have become since the one before, nil where there was none; what it said
// of that is replaced.
func Since(r Report, before *Report) Report {
	r.News, r.Since, r.Changes = true, "", nil
	if before == nil {
		return r
	}
	r.Since = before.Occasion.ID()
	r.Changes = Compare(*before, r)
	r.News = len(r.Changes) > 0 || slices.ContainsFunc(r.Lists, func(l List) bool { return l.newTo(*before) })
	return r.Bounded()
}

// newTo reports whether a list has what was not in the report before: any entry where they are news of the period, else one that wasn't
// there or said something else.
func (l List) newTo(before Report) bool {
	if l.Fresh {
		return len(l.Entries) > 0
	}
	earlier := before.list(l.Key)
	return slices.ContainsFunc(l.Entries, func(e Entry) bool {
		was, ok := earlier.entry(e.Key)
		return !ok || was.says() != e.says()
	})
}

func (r Report) figure(key string) (Figure, bool) {
	i := slices.IndexFunc(r.Figures, func(f Figure) bool { return f.Key == key })
	if i < 0 {
		return Figure{}, false
	}
	return r.Figures[i], true
}

// list is a list by its key; the zero one where there is none.
func (r Report) list(key string) List {
	i := slices.IndexFunc(r.Lists, func(l List) bool { return l.Key == key })
	if i < 0 {
		return List{}
	}
	return r.Lists[i]
}

func (l List) entry(key string) (Entry, bool) {
	i := slices.IndexFunc(l.Entries, func(e Entry) bool { return e.Key == key })
	if i < 0 {
		return Entry{}, false
	}
	return l.Entries[i], true
}

// says is an entry as one text: its name, and behind it its day, its note and whether it is late.
func (e Entry) says() locale.Text {
	in := func(l locale.Lang) string {
		text := e.Name.In(l)
		for _, part := range []locale.Text{e.On.Text(), e.Note} {
			if !part.IsZero() {
				text += ", " + part.In(l)
			}
		}
		if e.Late {
			text += ", " + lateWord.In(l)
		}
		return text
	}
	return locale.Text{EN: in(locale.EN), FR: in(locale.FR), ES: in(locale.ES)}
}

var lateWord = locale.Text{EN: "late", FR: "en retard", ES: "con retraso"}
