package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

// books reads the fund's books as they stand or, with --at, as they stood at that moment.
func (f *funding) books(ctx context.Context, read func(*registry.FundBooks) error) error {
	snapshot := f.app.Records.Snapshot
	if f.at != "" {
		snapshot = f.app.Records.AsOf(f.app.Clock()).Snapshot
	}
	return snapshot(ctx, registry.FundTypes(), func(from records.Reader) error {
		books, err := registry.ReadFundBooks(ctx, from)
		if err != nil {
			return err
		}
		return read(books)
	})
}

// fundBalances shows what is in the accounts: at the head or, by the days that entries count on, at the end of a day.
func fundBalances(flags *pflag.FlagSet) func(context.Context, *funding, []string) (told, error) {
	on := flags.String("on", "", "at the end of this day, by the days on which entries count (default: with all entries)")
	return func(ctx context.Context, f *funding, _ []string) (told, error) {
		last, err := f.day("on", *on, civil.Date{})
		if err != nil {
			return told{}, err
		}
		var head ledger.Head
		var closed civil.Date
		err = f.books(ctx, func(books *registry.FundBooks) error {
			head, closed = books.Head(), books.ClosedTo()
			if last.IsZero() {
				return nil
			}
			head.Balances = ledger.Balances{}
			for entry, err := range books.Entries(ctx) {
				if err != nil {
					return err
				}
				if entry.Date.After(last) {
					return nil
				}
				if err := head.Balances.Add(entry); err != nil {
					return err
				}
			}
			return nil
		})
		return f.toldBalances(head, closed, last), err
	}
}

// shownAccount is a line of the balances.
type shownAccount struct {
	Account ledger.Account `json:"account"`
	Label   string         `json:"label"`
	Balance string         `json:"balance"`
	minor   int64
}

func (f *funding) toldBalances(head ledger.Head, closed, on civil.Date) told {
	held, why := f.accounts(head.Balances)
	var out strings.Builder
	title := fmt.Sprintf(textBooks.In(f.now), plural(f.now, head.Total, textEntryCount))
	if !on.IsZero() {
		title += fmt.Sprintf(textOn.In(f.now), on.Text().In(f.now))
	}
	if !closed.IsZero() {
		title += fmt.Sprintf(textClosedTo.In(f.now), closed.Text().In(f.now))
	}
	out.WriteString(title + "\n")
	f.table(&out, textHeld.In(f.now), held)
	f.table(&out, textWhy.In(f.now), why)
	if head.Total > 0 && on.IsZero() {
		out.WriteString("\n" + f.headWords(head))
	}
	object := map[string]any{
		"currency": f.currency().Code, "closedTo": closed, "batch": head.Link.Number, "hash": head.Link.Hash, "entries": head.Total,
		"accounts": slices.Concat(held, why),
	}
	if !on.IsZero() {
		object["on"] = on
	}
	return told{text: out.String(), object: object}
}

// accounts are the lines of the balances: what is held, and why it is. Those that are always there come first, then those of activities.
func (f *funding) accounts(b ledger.Balances) (held, why []shownAccount) {
	line := func(a ledger.Account) shownAccount {
		minor := trust.Shown(b, a)
		return shownAccount{a, f.accountWords(a), f.decimal(minor), minor}
	}
	held = []shownAccount{line(trust.Cash), line(trust.Unallocated)}
	for _, a := range []ledger.Account{trust.Contributions, trust.Interest, trust.Exchange, trust.Support, trust.Refunds} {
		why = append(why, line(a))
	}
	for _, activity := range f.app.Programme.Fund.Activities {
		if a := trust.AllocatedTo(activity.Code); b.Of(a) != 0 {
			held = append(held, line(a))
		}
		if a := trust.SpentOn(activity.Code); b.Of(a) != 0 {
			why = append(why, line(a))
		}
	}
	return held, why
}

// accountWords names an account, with its activity's code.
func (f *funding) accountWords(a ledger.Account) string {
	words := trust.AccountLabel(a).In(f.now)
	if activity, ok := trust.ActivityOf(a); ok {
		words += " (" + bare(activity) + ")"
	}
	return words
}

// bare is a code of the fund without its budget: "1.1".
func bare(code string) string { return strings.TrimPrefix(code, "fund/") }

func (f *funding) table(out *strings.Builder, title string, lines []shownAccount) {
	fmt.Fprintf(out, "\n%s\n", title)
	width, amounts := 0, 0
	for _, l := range lines {
		width, amounts = max(width, utf8.RuneCountInString(l.Label)), max(amounts, utf8.RuneCountInString(f.amount(l.minor)))
	}
	for _, l := range lines {
		fmt.Fprintf(out, "  %-*s  %*s\n", width, l.Label, amounts, f.amount(l.minor))
	}
}

// entryFilter says which entries are wanted.
type entryFilter struct {
	from, to              civil.Date
	kind, donor, activity string
}

func (e entryFilter) wants(entry ledger.Entry) bool {
	event := trust.EventOf(entry, "")
	return !entry.Date.Before(e.from) && (e.to.IsZero() || !entry.Date.After(e.to)) && (e.kind == "" || entry.Kind == e.kind) &&
		(e.donor == "" || event.Donor == e.donor) && (e.activity == "" || event.Activity == e.activity)
}

// fundEntries lists the entries in the order of their days. The store is this process's alone, so that what is printed while it is read is
// never read again.
func fundEntries(flags *pflag.FlagSet) func(context.Context, *funding, []string) (told, error) {
	from := flags.String("from", "", "from this day on")
	to := flags.String("to", "", "up to this day")
	var want entryFilter
	flags.StringVar(&want.kind, "kind", "", "of this kind: deposit, allocation, …")
	donor := flags.String("donor", "", "of this donor: name or identifier")
	activity := flags.String("activity", "", "of this activity: 1.1")
	return func(ctx context.Context, f *funding, _ []string) (told, error) {
		var err error
		if want.from, err = f.day("from", *from, civil.Date{}); err != nil {
			return told{}, err
		}
		if want.to, err = f.day("to", *to, civil.Date{}); err != nil {
			return told{}, err
		}
		if want.kind != "" && trust.Kind(want.kind).Label().IsZero() {
			return told{}, noSuchKind(want.kind, locale.Same("deposit|refund|interest|exchange|support|allocation|deallocation|expenditure"))
		}
		want.activity = coded("fund", *activity)
		if *donor != "" {
			if want.donor, err = donors.Find(f.names, *donor, f.app.Reference); err != nil {
				return told{}, err
			}
		}
		return f.list(ctx, want)
	}
}

func (f *funding) list(ctx context.Context, want entryFilter) (told, error) {
	shown := 0
	if f.format == "json" {
		f.begun = "]"
		fmt.Fprint(f.s.out, `{"entries":[`)
	}
	err := f.books(ctx, func(books *registry.FundBooks) error {
		for entry, err := range books.Entries(ctx) {
			if err != nil {
				return err
			}
			if !want.wants(entry) {
				continue
			}
			if err := f.showEntry(entry, shown == 0); err != nil {
				return outputFailed(err)
			}
			shown++
		}
		return nil
	})
	if shown == 0 && err == nil {
		return told{text: textNoEntry.In(f.now)}, nil
	}
	return told{}, err
}

func (f *funding) showEntry(entry ledger.Entry, first bool) error {
	if f.format != "json" {
		_, err := fmt.Fprintf(f.s.out, "%s  %s\n", entry.ID, f.entryWords(entry))
		return err
	}
	var text bytes.Buffer
	if !first {
		text.WriteByte(',')
	}
	if err := encode(&text, f.printedEntry(entry)); err != nil {
		return err
	}
	_, err := f.s.out.Write(bytes.TrimRight(text.Bytes(), "\n"))
	return err
}

// printedEntry is an entry in JSON, with what it is worth as decimal text.
type printedEntry struct {
	ledger.Entry
	Amount   string `json:"amount"` // in the fund's currency; of what is taken back below zero
	Currency string `json:"currency"`
}

func (f *funding) printedEntry(entry ledger.Entry) printedEntry {
	return printedEntry{entry, f.decimal(signed(entry)), f.currency().Code}
}

// signed is what an entry is worth, below zero where it takes another back.
func signed(entry ledger.Entry) int64 {
	minor := trust.EventOf(entry, "").Amount.Minor
	if entry.Reverses != "" {
		return -minor
	}
	return minor
}

// fundProposals lists the proposals that wait, or all.
func fundProposals(flags *pflag.FlagSet) func(context.Context, *funding, []string) (told, error) {
	all := flags.Bool("all", false, "also those that were decided")
	return func(ctx context.Context, f *funding, _ []string) (told, error) {
		found, err := f.app.Registry.FundProposals(ctx, *all)
		if err != nil {
			return told{}, err
		}
		var out strings.Builder
		list := []printedProposal{}
		for _, p := range found {
			list = append(list, printedProposal{p.ID, p.Proposal})
			fmt.Fprintf(&out, "%s  %s\n", p.ID, f.proposalWords(p))
			fmt.Fprintf(&out, "    "+textProposedBy.In(f.now), p.Person, f.dayOf(p.At))
			if words, decided := textDecidedBy[p.State]; decided {
				fmt.Fprintf(&out, textFurther.In(f.now)+words.In(f.now), p.Approver, f.dayOf(p.Decided))
			}
			if p.Entry != "" {
				out.WriteString(textFurther.In(f.now) + p.Entry)
			}
			out.WriteByte('\n')
		}
		if len(found) == 0 {
			out.WriteString(textNoneOpen.In(f.now))
		}
		return told{text: out.String(), object: map[string]any{"proposals": list}}, nil
	}
}

func (f *funding) dayOf(at time.Time) string {
	return civil.Of(at, f.app.Programme.LatestCall().Location()).Text().In(f.now)
}

// fundOverdue lists the instalments of pledges that are overdue.
func fundOverdue(*pflag.FlagSet) func(context.Context, *funding, []string) (told, error) {
	return func(ctx context.Context, f *funding, _ []string) (told, error) {
		var late []fund.Overdue
		err := f.app.Records.Snapshot(ctx, []string{fund.RecordType, fund.InstalmentType}, func(from records.Reader) error {
			pledges, err := registry.Pledges(ctx, from)
			if err != nil {
				return err
			}
			var gifts []fund.Gift
			for c, err := range registry.Contributions(ctx, from, f.app.Programme, f.today().Year) {
				if err != nil {
					return err
				}
				gifts = append(gifts, c.Gift())
			}
			late = fund.NewPromises(pledges).OverdueOn(f.today(), gifts)
			return nil
		})
		if err != nil {
			return told{}, err
		}
		return f.toldOverdue(late), nil
	}
}

// printedOverdue is an instalment in JSON.
type printedOverdue struct {
	Agreement  string     `json:"agreement"`
	Instalment int        `json:"instalment"`
	Donor      string     `json:"donor"` // identifier
	Name       string     `json:"name"`
	DueOn      civil.Date `json:"dueOn"`
	Open       string     `json:"open"`
	Currency   string     `json:"currency"`
}

func (f *funding) toldOverdue(late []fund.Overdue) told {
	var out strings.Builder
	list := []printedOverdue{}
	fmt.Fprintf(&out, textOverdue.In(f.now), f.today().Text().In(f.now), plural(f.now, int64(len(late)), textInstalmentCount))
	for _, o := range late {
		i := o.Instalment
		fmt.Fprintf(&out, textLate.In(f.now), i.DueOn.Text().In(f.now), locale.OneLine(i.Donor), locale.OneLine(i.Agreement), i.Number,
			o.Open.Format(f.now), i.Amount.Format(f.now))
		list = append(list, printedOverdue{
			i.Agreement, i.Number, i.DonorID(), i.Donor, i.DueOn, o.Open.Decimal(moneyOf(o.Open)), o.Open.Currency,
		})
	}
	return told{text: out.String(), object: map[string]any{"on": f.today(), "overdue": list}}
}

// fundVerify recomputes the books from the first entry and names the first fault.
func fundVerify(*pflag.FlagSet) func(context.Context, *funding, []string) (told, error) {
	return func(ctx context.Context, f *funding, _ []string) (told, error) {
		head, err := f.app.Registry.VerifyFund(ctx)
		var fault *ledger.Fault
		if errors.As(err, &fault) {
			return told{}, f.faulty(fault)
		}
		if err != nil {
			return told{}, err
		}
		return told{
			text: fmt.Sprintf(textSound.In(f.now), plural(f.now, head.Total, textEntryCount)) + f.headWords(head),
			object: map[string]any{
				"entries": head.Total, "batch": head.Link.Number, "hash": head.Link.Hash,
			},
		}, nil
	}
}

func (f *funding) headWords(head ledger.Head) string {
	if head.Total == 0 {
		return ""
	}
	return fmt.Sprintf(textHead.In(f.now), head.Link.Number, head.Link.Hash)
}
