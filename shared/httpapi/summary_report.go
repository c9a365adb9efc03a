package httpapi

import (
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/summary"
)

// reportState is what a report or reminder says, in the language of the answer. All keys are always present.
type reportState struct {
	AsOf    time.Time      `json:"asOf"`
	Title   string         `json:"title"`
	Lead    string         `json:"lead"`
	Figures []reportFigure `json:"figures"`
	Lists   []reportList   `json:"lists"`
	Path    *string        `json:"path"` // of the page on which to act or read on, below the product's address
	News    bool           `json:"news"`
	Since   *string        `json:"since"` // the report before it
	Changes []changeState  `json:"changes"`
}

type valueState struct {
	Number *int64      `json:"number"`
	Amount *amount     `json:"amount"`
	Share  *int64      `json:"share"` // of 10,000
	Day    *civil.Date `json:"day"`
	Shown  string      `json:"shown"` // as people read it
}

func valueOf(q *asking, v *summary.Value) *valueState {
	if v == nil {
		return nil
	}
	s := &valueState{Number: v.Number, Share: v.Share, Day: orNull(v.Day), Shown: v.In(q.lang)}
	if v.Money != nil {
		money := amountOf(*v.Money)
		s.Amount = &money
	}
	return s
}

type reportFigure struct {
	Key   string     `json:"key"`
	Group *string    `json:"group"`
	Label string     `json:"label"`
	Value valueState `json:"value"`
}

type changeState struct {
	Key    string      `json:"key"`
	Group  *string     `json:"group"`
	Label  string      `json:"label"`
	Before *valueState `json:"before"` // null of what was not there
	After  *valueState `json:"after"`  // null of what is no more
}

type reportList struct {
	Key     string      `json:"key"`
	Title   string      `json:"title"`
	Empty   *string     `json:"empty"` // what is said where nothing is listed
	Entries []listEntry `json:"entries"`
	More    int         `json:"more"` // how many further ones are not listed
	Fresh   bool        `json:"fresh"`
}

type listEntry struct {
	Key  string      `json:"key"`
	Name string      `json:"name"`
	Note *string     `json:"note"`
	On   *civil.Date `json:"on"`
	Late bool        `json:"late"`
	Path *string     `json:"path"`
}

// told is a text in the language of the answer, null where there is none.
func (q *asking) told(text locale.Text) *string { return orNull(text.In(q.lang)) }

func reportOf(q *asking, r summary.Report) reportState {
	s := reportState{
		AsOf: r.AsOf, Title: r.Title.In(q.lang), Lead: r.Lead.In(q.lang), Figures: make([]reportFigure, len(r.Figures)),
		Lists: make([]reportList, len(r.Lists)), Path: orNull(r.Path), News: r.News, Since: orNull(r.Since), Changes: changesOf(q, r.Changes),
	}
	for i, f := range r.Figures {
		s.Figures[i] = reportFigure{f.Key, q.told(f.Group), f.Label.In(q.lang), *valueOf(q, &f.Value)}
	}
	for i, l := range r.Lists {
		list := reportList{
			Key: l.Key, Title: l.Title.In(q.lang), Empty: q.told(l.Empty), Entries: make([]listEntry, len(l.Entries)), More: l.More, Fresh: l.Fresh,
		}
		for j, e := range l.Entries {
			list.Entries[j] = listEntry{e.Key, e.Name.In(q.lang), q.told(e.Note), orNull(e.On), e.Late, orNull(e.Path)}
		}
		s.Lists[i] = list
	}
	return s
}

func changesOf(q *asking, changes []summary.Change) []changeState {
	all := make([]changeState, len(changes))
	for i, c := range changes {
		all[i] = changeState{c.Key, q.told(c.Group), c.Label.In(q.lang), valueOf(q, c.Before), valueOf(q, c.After)}
	}
	return all
}
