package command

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/letter"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/table"
)

// printedTally is what a run came to, in JSON.
type printedTally struct {
	jobs.Tally
	Late int64 `json:"late"` // seconds
}

// printedOccasion is what becomes due, in JSON.
type printedOccasion struct {
	ID string `json:"id"`
	schedule.Occasion
	Outcome outbox.Outcome `json:"outcome"`
	People  int            `json:"people"`
	Made    bool           `json:"made"` // it is dealt with already
}

func (p *summarizing) heads(texts ...locale.Text) []string {
	cells := make([]string, len(texts))
	for i, text := range texts {
		cells[i] = text.In(p.now)
	}
	return cells
}

// counts are what a run came to, a line for each that there is any of.
func (p *summarizing) counts(t jobs.Tally) string {
	var rows [][]string
	for _, one := range []struct {
		n    int
		what locale.Text
	}{
		{t.Made, outcomeWords[outbox.Written]}, {t.Nothing, outcomeWords[outbox.Nothing]}, {t.Nobody, outcomeWords[outbox.Nobody]},
		{t.Lapsed, outcomeWords[outbox.Lapsed]}, {t.PassedOver, outcomeWords[outbox.PassedOver]}, {t.Failed, textNotMade},
		{t.Left, textLeftOver}, {t.Waiting, textLettersWait}, {t.Uncertain, textUncertain}, {t.Refused, textRefused},
	} {
		if one.n > 0 {
			rows = append(rows, []string{strconv.Itoa(one.n), one.what.In(p.now)})
		}
	}
	if len(rows) == 0 {
		return textNothingDue.In(p.now)
	}
	return columns(rows)
}

func (p *summarizing) outcome(o outbox.Outcome) string {
	if words, ok := outcomeWords[o]; ok {
		return words.In(p.now)
	}
	return string(o)
}

// subjectOf is what an occasion is about, by its identifiers; "-" is the network or the fund.
func subjectOf(o schedule.Occasion) string {
	s := o.Subject
	var parts []string
	for _, part := range []string{s.Call, s.Term, s.Cluster, s.Country, s.City, s.Donor, s.Agreement} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if s.Number > 0 {
		parts = append(parts, strconv.Itoa(s.Number))
	}
	if len(parts) == 0 {
		return "-"
	}
	return strings.Join(parts, " ")
}

// daysOf is the period of a report, or the day that a reminder is about.
func daysOf(o schedule.Occasion) string {
	if !o.Day.IsZero() {
		return o.Day.String()
	}
	return o.Period.From.String() + " – " + o.Period.To.String()
}

// entries shows what was dealt with.
func (p *summarizing) entries(ctx context.Context, most int) (told, error) {
	rows, list := [][]string{p.heads(headSummary, headSubject, headDays, headOutcome, headPeople, headRevision)}, []outbox.Entry{}
	for after := table.Cursor(""); ; {
		page, next, err := p.made.Entries(ctx, outbox.Filter{}, after, min(most-len(list), 100))
		if err != nil {
			return told{}, err
		}
		for _, e := range page {
			rows = append(rows, []string{
				e.ID, subjectOf(e.Occasion), daysOf(e.Occasion), p.outcome(e.Outcome), strconv.Itoa(e.People), strconv.Itoa(e.Revision),
			})
		}
		list = append(list, page...)
		if after = next; next == "" || len(list) >= most {
			return told{text: columns(rows), object: map[string]any{"summaries": list}}, nil
		}
	}
}

// letters shows those in a state, which are open.
func (p *summarizing) letters(ctx context.Context, state outbox.State, most int) (told, error) {
	rows, list := [][]string{p.heads(headSummary, headRevision, headPerson, headSince, headAttempts, headReason)}, []outbox.Mail{}
	for after := table.Cursor(""); ; {
		page, next, err := p.made.Open(ctx, []outbox.State{state}, after, min(most-len(list), 100))
		if err != nil {
			return told{}, err
		}
		for _, m := range page {
			rows = append(rows, []string{
				m.Summary, strconv.Itoa(m.Revision), m.Person, moment(m.Since), strconv.Itoa(m.Attempt), m.Reason,
			})
		}
		list = append(list, page...)
		if after = next; next == "" || len(list) >= most {
			return told{text: columns(rows), object: map[string]any{"letters": list}}, nil
		}
	}
}

// summaryShow shows a summary as its letter says it.
func summaryShow(flags *pflag.FlagSet) func(context.Context, *summarizing, []string) (told, error) {
	revision := flags.Int("revision", 0, "the one to show (default: the latest)")
	address := flags.String("address", "http://127.0.0.1:8080/", "the product's address, which the letter leads to")
	return func(ctx context.Context, p *summarizing, names []string) (told, error) {
		e, found, err := p.made.Entry(ctx, names[0])
		switch {
		case err != nil:
			return told{}, err
		case !found:
			return told{}, problem.New("SUMMARY_UNKNOWN").Valued(names[0])
		}
		of, known := p.app.Programme.Schedule(e.Occasion.Schedule)
		if !known {
			of.Label = locale.Same(e.Occasion.Schedule)
		}
		if e.Revision == 0 && *revision == 0 {
			text := fmt.Sprintf("%s\n%s\n%s\n%s\n", of.Label.In(p.now), subjectOf(e.Occasion), daysOf(e.Occasion), p.outcome(e.Outcome))
			return told{text: text, object: map[string]any{"summary": e}}, nil
		}
		if *revision == 0 {
			*revision = e.Revision
		}
		kept, err := p.made.Kept(ctx, e.ID, *revision)
		if err != nil {
			return told{}, err
		}
		mails, err := p.made.MailsOf(ctx, e.ID, kept.Revision)
		if err != nil {
			return told{}, err
		}
		written := letter.Write(kept.Report, letter.About{
			Lang: p.now, Address: strings.TrimSuffix(*address, "/") + "/", Revision: kept.Revision, Changes: kept.Changes,
			Schedule: of.Label, Contractual: of.Contractual,
		})
		text := fmt.Sprintf("%s: %s\n\n%s", textSubject.In(p.now), written.Subject, written.Text)
		if p.format == "html" {
			text = written.HTML
		}
		return told{text: text, object: map[string]any{"summary": e, "kept": kept, "letters": mails}}, nil
	}
}
