package digest

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/statement"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/trust"
)

// received lists the contributions of the period.
func (b fundReport) received() summary.List {
	list := summary.List{Key: "received", Title: receivedTitle, Empty: nothingReceived, Fresh: true}
	for _, m := range b.bookings {
		if m.event.Kind != trust.Deposit {
			continue
		}
		note := b.text(m.minor())
		if m.event.Earmark != "" {
			note = joined(note, b.activityName(m.event.Earmark))
		}
		list.Entries = append(list.Entries, b.entry(m, b.donorName(b.Donors[m.event.Donor], m.event.Donor), note))
	}
	return list
}

// spent lists the expenditures of the period, without to whom they were paid.
func (b fundReport) spent() summary.List {
	list := summary.List{Key: "spent", Title: spentTitle, Empty: nothingSpent, Fresh: true}
	for _, m := range b.bookings {
		if m.event.Kind != trust.Expenditure {
			continue
		}
		note := b.text(m.minor())
		if category, known := b.draft.Programme.ExpenseCategory(m.event.Category); known {
			note = joined(note, category.Label)
		}
		list.Entries = append(list.Entries, b.entry(m, b.activityName(m.event.Activity), note))
	}
	return list
}

// entry leads to an entry of the books.
func (b fundReport) entry(m booking, name, note locale.Text) summary.Entry {
	if m.entry.Reverses != "" {
		note = joined(note, takenBackWord)
	}
	path := fundPath + "/entries/" + strings.ReplaceAll(m.entry.ID, "#", "/")
	return summary.Entry{Key: m.entry.ID, Name: name, Note: note, On: m.entry.Date, Path: path}
}

// overdue lists the instalments whose day has passed, the one due first in front.
func (b fundReport) overdue() summary.List {
	list := summary.List{Key: "overdue", Title: overdueTitle, Empty: nothingOverdue}
	for _, i := range b.of.Instalments() {
		if !i.Overdue {
			continue
		}
		donor := i.DonorID()
		one := instalmentEntry(i)
		one.Name = joined(b.donorName(b.Donors[donor], donor), one.Name)
		one.Path = donorPath(donor)
		list.Entries = append(list.Entries, one)
	}
	return list
}

// instalmentEntry is an instalment with what is open of it, on the day on which it was due.
func instalmentEntry(i statement.Instalment) summary.Entry {
	note := say(partlyOpen, "open", summary.Money(i.Open), "amount", summary.Money(i.Amount))
	if i.Covered.Minor == 0 {
		note = joined(each(i.Open.Format), openState)
	}
	return summary.Entry{
		Key: i.ID(), Name: say(instalmentName, "number", i.Number, "agreement", i.Agreement), Note: note, On: i.DueOn,
		Late: i.Overdue,
	}
}

// mostListed is how many entries of a list are told; pages and workbooks show all.
const mostListed = 50

// short is a list of which no more is told than people read in a letter; the others are counted.
func short(l summary.List) summary.List {
	if more := len(l.Entries) - mostListed; more > 0 {
		l.Entries, l.More = l.Entries[:mostListed:mostListed], l.More+more
	}
	return l
}
