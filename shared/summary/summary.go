// Package summary is what a report or reminder says, in no language and no form yet: a title, figures, lists, and what changed since
// another one. It knows neither where the figures come from nor how they are shown or sent.
package summary

import (
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/schedule"
)

// Report is a report or reminder. The same occasion on the same records gives the same bytes of JSON: a report holds no time of its making.
type Report struct {
	Occasion schedule.Occasion `json:"occasion"`
	AsOf     time.Time         `json:"asOf"`  // the moment whose records it tells of, UTC
	Title    locale.Text       `json:"title"` // such as "Health and well-being: October 2025 to March 2026"; one line
	Lead     locale.Text       `json:"lead"`  // one to three sentences of the matter; a reminder says what to do and by when
	Figures  []Figure          `json:"figures,omitempty"`
	Lists    []List            `json:"lists,omitempty"`
	Files    []File            `json:"files,omitempty"`
	Path     string            `json:"path,omitempty"` // of the page on which to act or read on, below the product's address: "clusters/health"
	// News reports whether there is anything that was not in the report before; it is true where there was none before.
	News bool `json:"news"`
	// Since is what the report before this one was, "" where there was none, and Changes what its figures have become since.
	Since   string   `json:"since,omitempty"` // schedule.Occasion.ID
	Changes []Change `json:"changes,omitempty"`
}

// Figure is one value under a label. Key names it in every report of its kind, so that reports can be compared.
type Figure struct {
	Key   string      `json:"key"` // such as "members" or "activity.fund/1.1.spent"
	Group locale.Text `json:"group,omitzero"`
	Label locale.Text `json:"label"`
	Value Value       `json:"value"`
}

// Value is one of these; a share is in basis points.
type Value struct {
	Number *int64        `json:"number,omitempty"`
	Money  *money.Amount `json:"money,omitempty"`
	Share  *int64        `json:"share,omitempty"` // of 10,000
	Day    civil.Date    `json:"day,omitzero"`
	Text   locale.Text   `json:"text,omitzero"`
}

// List is what happened or is open, an entry each.
type List struct {
	Key     string      `json:"key"` // such as "news", "members_new", "late"
	Title   locale.Text `json:"title"`
	Empty   locale.Text `json:"empty,omitzero"` // what is said where there is none; a list without it is left out then
	Entries []Entry     `json:"entries,omitempty"`
	More    int         `json:"more,omitempty"`  // how many further ones are not listed
	Fresh   bool        `json:"fresh,omitempty"` // its entries are news of the period, rather than a standing state
}

// Entry is a line of a list.
type Entry struct {
	Key  string      `json:"key"` // identifier of what it is about
	Name locale.Text `json:"name"`
	Note locale.Text `json:"note,omitzero"`
	On   civil.Date  `json:"on,omitzero"`
	Late bool        `json:"late,omitempty"`
	Path string      `json:"path,omitempty"` // as Report.Path
}

// File is a workbook, paper or data that shows more; who asks for it on the report's page gets it as of the report's moment. It is an
// export's wish without language, person and moment.
type File struct {
	Label  locale.Text `json:"label"`
	Kind   string      `json:"kind"`             // request.Kind
	Format string      `json:"format,omitempty"` // request.Format; "" is a workbook
	Term   string      `json:"term,omitempty"`
	Call   string      `json:"call,omitempty"`
	Donor  string      `json:"donor,omitempty"` // identifier
	From   civil.Date  `json:"from,omitzero"`
	To     civil.Date  `json:"to,omitzero"`
}

// Change is a figure that differs from another report's. Before or After is empty where there was none.
type Change struct {
	Key    string      `json:"key"`
	Group  locale.Text `json:"group,omitzero"`
	Label  locale.Text `json:"label"`
	Before *Value      `json:"before,omitempty"`
	After  *Value      `json:"after,omitempty"`
}
