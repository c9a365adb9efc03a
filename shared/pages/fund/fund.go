// Package fund is the pages of the multi-donor fund: what it holds and did, its books with the proposals that two persons decide, its donors
// and what each one is told. It knows no sheet, no session and no HTTP, and asks the office for everything.
package fund

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// The entries of the menu: the fund for everybody, the donors for whoever may see all of them, and its own page for a donor.
var (
	Menu   = page.Entry{Path: fundPath, Name: fundTitle, Shown: page.May(access.FundReadTotals)}
	Donors = page.Entry{Path: donorsPath, Name: donorsTitle, Shown: seesAllDonors}
	Own    = page.Entry{Path: donorsPath, Name: ownTitle, Shown: func(who access.Actor) bool {
		return !seesAllDonors(who) && page.May(access.DonorRead)(who)
	}}
)

// The paths of the area.
const (
	fundPath         = "fund"
	balancesPath     = "fund/balances"
	entriesPath      = "fund/entries"
	newPath          = "fund/new"
	closingPath      = "fund/closing"
	proposalsPath    = "fund/proposals"
	verificationPath = "fund/verification"
	ratesPath        = "fund/rates"
	donorsPath       = "donors"
)

func seesAllDonors(who access.Actor) bool {
	return access.Decide(who, access.DonorRead, access.Object{}) == nil
}

// Routes lists the pages of the fund.
func Routes() []page.Route {
	const anEntry, aProposal, aDonor = "/fund/entries/{day}/{batch}/{place}", "/fund/proposals/{proposal}", "/donors/{donorKind}/{donor}"
	return []page.Route{
		{Method: "GET", Pattern: "/fund", Serve: with(desk.fund)},
		{Method: "GET", Pattern: "/fund/balances", Serve: with(desk.balances)},
		{Method: "GET", Pattern: "/fund/verification", Serve: with(desk.verification)},
		{Method: "GET", Pattern: "/fund/rates", Serve: with(desk.rates)},
		{Method: "GET", Pattern: "/fund/entries", Serve: with(desk.entries)},
		{Method: "GET", Pattern: anEntry, Serve: with(desk.entry)},
		{Method: "GET", Pattern: anEntry + "/reversal", Serve: with(desk.reversal)},
		{Method: "POST", Pattern: anEntry + "/reversal", Serve: with(desk.reverse)},
		{Method: "GET", Pattern: "/fund/new", Serve: with(desk.kinds)},
		{Method: "GET", Pattern: "/fund/new/{kind}", Serve: with(desk.event)},
		{Method: "POST", Pattern: "/fund/new/{kind}", Serve: with(desk.enter)},
		{Method: "GET", Pattern: "/fund/closing", Serve: with(desk.closing)},
		{Method: "POST", Pattern: "/fund/closing", Serve: with(desk.proposeClosing)},
		{Method: "GET", Pattern: "/fund/proposals", Serve: with(desk.proposals)},
		{Method: "GET", Pattern: aProposal, Serve: with(desk.proposal)},
		{Method: "POST", Pattern: aProposal + "/approval", Serve: with(desk.approve)},
		{Method: "POST", Pattern: aProposal + "/rejection", Serve: with(desk.reject)},
		{Method: "GET", Pattern: "/donors", Serve: with(desk.donors)},
		{Method: "GET", Pattern: aDonor, Serve: with(desk.donor)},
		{Method: "GET", Pattern: aDonor + "/statements", Serve: with(desk.statements)},
		{Method: "GET", Pattern: aDonor + "/statements/final", Serve: with(desk.finalStatement)},
		{Method: "POST", Pattern: aDonor + "/statements/final", Serve: with(desk.proposeStatement)},
		{Method: "POST", Pattern: aDonor + "/statements/files", Serve: with(desk.askForStatement)},
	}
}

// desk is what a page is put together with.
type desk struct {
	page.Visit
	*office.Office
	ctx context.Context
	who access.Actor
}

func with(serve func(desk) (*page.Answer, error)) func(context.Context, *office.Office, page.Visit) (*page.Answer, error) {
	return func(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
		return serve(desk{v, o, ctx, access.ActorOf(ctx)})
	}
}

// framed is the frame of a page below the fund's.
func (d desk) framed(title locale.Text, above ...page.Step) page.Frame {
	f := page.Framed(d.ctx, d.Visit, title, told)
	f.Within = above
	return f
}

func (d desk) aboveFund() page.Step { return page.Step{Path: fundPath, Name: fundTitle.In(d.Lang)} }
func (d desk) aboveEntries() page.Step {
	return page.Step{Path: entriesPath, Name: entriesTitle.In(d.Lang)}
}
func (d desk) aboveProposals() page.Step {
	return page.Step{Path: proposalsPath, Name: proposalsTitle.In(d.Lang)}
}

func (d desk) in(text locale.Text) string { return text.In(d.Lang) }

// named is a text with values in the places {0}, {1} …
func (d desk) named(text locale.Text, values ...string) string {
	var pairs []string
	for i, value := range values {
		pairs = append(pairs, "{"+strconv.Itoa(i)+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text.In(d.Lang))
}

// upper is a text with a capital at its beginning.
func upper(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// may tells whether who asks may do something; the office asks again.
func (d desk) may(do access.Action, to access.Object) bool {
	return access.Decide(d.who, do, to) == nil
}

// denied is the office's word for a form that is of no use to who asks; nil where it is.
func (d desk) denied(do access.Action, to access.Object) error {
	if p := access.Decide(d.who, do, to); p != nil {
		return p
	}
	return nil
}

// currency is the fund's.
func (d desk) currency() money.Currency { return money.ISO(d.Programme.Fund.Currency) }

// units is an amount of the fund's currency in words.
func (d desk) units(minor int64) string {
	return money.Amount{Minor: minor, Currency: d.currency().Code}.Format(d.Lang)
}

// sums are amounts of several currencies in words; a line says that there are none.
func (d desk) sums(amounts []money.Amount) string {
	if len(amounts) == 0 {
		return d.units(0)
	}
	words := make([]string, len(amounts))
	for i, one := range amounts {
		words[i] = one.Format(d.Lang)
	}
	return strings.Join(words, " + ")
}

// share is a part of a whole in per cent with one decimal, rounded; a dash where it is none. Neither is beyond money.Bound.
func (d desk) share(part, whole int64) string {
	if part < 0 || whole <= 0 {
		return "–"
	}
	tenths := (2000*part + whole) / (2 * whole)
	decimal := locale.FormatDecimal(d.Lang, strconv.FormatInt(tenths/10, 10)+"."+strconv.FormatInt(tenths%10, 10))
	if d.Lang == locale.EN {
		return decimal + "%"
	}
	return decimal + locale.NoBreakSpace + "%"
}

// activity is what an activity, or an area of activities, is called: "1.1 Regional trainings".
func (d desk) activity(code string) string {
	if known, ok := d.Programme.Activity(code); ok {
		return known.Number + " " + known.Label.In(d.Lang)
	}
	for _, area := range d.Programme.Fund.Areas {
		if areaCode(area) == code {
			return strconv.Itoa(area.Number) + " " + area.Label.In(d.Lang)
		}
	}
	return code
}

// country is a country's name.
func (d desk) country(iso2 string) string {
	if known, ok := d.Reference.Country(iso2); ok {
		return known.Name.In(d.Lang)
	}
	return iso2
}

// areaCode is the code of an area of the fund's activities, "fund/1".
func areaCode(area programme.WorkArea) string {
	return programme.FundNamespace + strconv.Itoa(area.Number)
}

// isCode reports whether an error is a problem of a code.
func isCode(err error, code problem.Code) bool {
	var p *problem.Problem
	return errors.As(err, &p) && p.Code == code
}
