// Package letter puts a report or reminder into words and forms for one reader: the subject, plain text and HTML of an e-mail, in the
// reader's language. It knows neither where reports come from nor whom letters go to, and sends nothing.
package letter

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/summary"
)

// About is what a letter says beside the report.
type About struct {
	Lang     locale.Lang
	Address  string           // of the product, with a slash at its end: all that a letter leads to is below it
	Revision int              // of the report, from 1; above 1 it is a correction
	Changes  []summary.Change // of a correction: what the revision before it said otherwise
	Schedule locale.Text      // programme.Schedule.Label: which letters these are
	// Contractual is of letters that nobody can decline.
	Contractual bool
}

// Letter is what is sent.
type Letter struct {
	Subject string // one line, of at most 180 characters
	Text    string // lines of at most 72 characters, unless a word or address is longer
	HTML    string // a document with nothing from elsewhere: no picture, no script, no form, and no link but below the product's address
	Decline string // the page on which the reader declines such letters; "" where nobody can
}

// Write writes the letter about a report. The same report and About give the same bytes. What is too long for a letter stands on the report's
// page, which each letter leads to; no letter's HTML is so long that mail programs cut it (102 KB at Gmail's).
func Write(report summary.Report, about About) Letter {
	v := newView(report, about)
	return Letter{Subject: v.Subject, Text: plain(v), HTML: page(v), Decline: v.Decline}
}
