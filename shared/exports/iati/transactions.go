package iati

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/trust"
)

// Codes of TransactionType.
const (
	incomingFunds      = "1"
	outgoingCommitment = "2"
	expenditure        = "4"
	incomingCommitment = "11"
)

type transaction struct {
	Ref         string    `xml:"ref,attr,omitempty"`
	Type        coded     `xml:"transaction-type"`
	Date        dated     `xml:"transaction-date"`
	Value       value     `xml:"value"`
	Description *told     `xml:"description"`
	Provider    *provider `xml:"provider-org"`
	Receiver    *receiver `xml:"receiver-org"`
	Country     *coded    `xml:"recipient-country"`
	Region      *coded    `xml:"recipient-region"`
}

type provider struct {
	Ref        string      `xml:"ref,attr,omitempty"`
	Type       string      `xml:"type,attr,omitempty"`
	Activity   string      `xml:"provider-activity-id,attr,omitempty"`
	Narratives []narrative `xml:"narrative"`
}

type receiver struct {
	Ref        string      `xml:"ref,attr,omitempty"`
	Type       string      `xml:"type,attr,omitempty"`
	Activity   string      `xml:"receiver-activity-id,attr,omitempty"`
	Narratives []narrative `xml:"narrative"`
}

func asProvider() *provider {
	return &provider{Ref: reporter, Type: multilateral, Activity: FundID}
}

func asReceiver(activity string) *receiver {
	return &receiver{Ref: reporter, Type: multilateral, Activity: activity}
}

// received are the transactions of the fund itself: what was pledged, what came, and what was charged to it.
func (w *writer) received(yield func(transaction, error) bool) {
	for _, t := range w.committed() {
		if !yield(t, nil) {
			return
		}
	}
	for entry, err := range w.entries() {
		if err != nil {
			yield(transaction{}, err)
			return
		}
		event := trust.EventOf(entry, w.currency.Code)
		t, minor := w.of(entry, event), event.Amount.Minor
		t.Region = &coded{regionUnspecified, vocabularyDAC}
		var words locale.Text
		switch event.Kind {
		case trust.Deposit:
			words = paid(event.Original, w.currency.Code)
		case trust.Refund:
			minor, words = -minor, refundWords
		case trust.Earned:
			words = interestWords
		case trust.ExchangeDiff:
			words = exchangeWords
		case trust.SupportCost:
			words = supportWords
		default:
			continue
		}
		t.Type.Code, t.Receiver = incomingFunds, asReceiver(FundID)
		if event.Kind == trust.SupportCost {
			t.Type.Code, t.Provider, t.Receiver = expenditure, asProvider(), nil
		} else if event.Donor != "" {
			t.Provider = &provider{}
			t.Provider.Type, t.Provider.Narratives = w.donor(event.Donor)
		}
		if !yield(w.valued(t, entry, minor, words), nil) {
			return
		}
	}
}

// committed are the agreements that were signed: a firm obligation of the donor, in the currency in which it was given.
func (w *writer) committed() []transaction {
	agreements := map[string]fund.Instalment{}
	for _, p := range w.Pledges {
		if key := p.AgreementKey(); !p.SignedOn.IsZero() && !p.SignedOn.After(w.Today) {
			agreements[key] = p // its instalments all say the same of it
		}
	}
	keys := slices.SortedFunc(maps.Keys(agreements), func(a, b string) int {
		return cmp.Or(agreements[a].SignedOn.Compare(agreements[b].SignedOn), cmp.Compare(a, b))
	})
	var all []transaction
	for _, key := range keys {
		p := agreements[key]
		t := transaction{
			Ref: key, Type: coded{Code: incomingCommitment}, Date: dated{Date: p.SignedOn.String()},
			Value:    value{p.Pledged.Currency, p.SignedOn.String(), p.Pledged.Decimal(money.ISO(p.Pledged.Currency))},
			Provider: &provider{}, Receiver: asReceiver(FundID), Region: &coded{regionUnspecified, vocabularyDAC},
		}
		t.Provider.Type, t.Provider.Narratives = w.donor(p.DonorID())
		all = append(all, t)
	}
	return all
}

// spent are the transactions of one activity: what was set aside for it, and what was spent, by the countries that it reached.
func (w *writer) spent(a programme.Activity) iter.Seq2[transaction, error] {
	return func(yield func(transaction, error) bool) {
		for entry, err := range w.entries() {
			if err != nil {
				yield(transaction{}, err)
				return
			}
			event := trust.EventOf(entry, w.currency.Code)
			if event.Activity != a.Code {
				continue
			}
			t, minor := w.of(entry, event), event.Amount.Minor
			t.Provider = asProvider()
			all := []transaction{}
			switch event.Kind {
			case trust.Allocation, trust.Deallocation:
				words := allocationWords
				if event.Kind == trust.Deallocation {
					minor, words = -minor, freedWords
				}
				t.Type.Code, t.Receiver, t.Region = outgoingCommitment, asReceiver(ActivityID(a)), &coded{regionUnspecified, vocabularyDAC}
				all = append(all, w.valued(t, entry, minor, words))
			case trust.Expenditure:
				t.Type.Code = expenditure
				for _, reached := range w.divide(minor, event.Beneficiary) {
					one := t
					one.Country, one.Region = &coded{Code: reached.country}, nil
					if reached.country == "" {
						one.Country, one.Region = nil, &coded{regionUnspecified, vocabularyDAC}
					}
					one.Ref += reached.suffix
					all = append(all, w.valued(one, entry, reached.minor, paid(event.Original, w.currency.Code)))
				}
			}
			for _, one := range all {
				if !yield(one, nil) {
					return
				}
			}
		}
	}
}

// reached is the part of an expenditure that went to one country, "" when none is named.
type reached struct {
	country, suffix string
	minor           int64
}

// divide divides an expenditure equally among its beneficiaries, and sums by country: a transaction of the standard has one country. The parts
// sum to the amount; identifiers of cities begin with their country's code.
func (w *writer) divide(minor int64, beneficiaries []string) []reached {
	counts := map[string]int{}
	for _, b := range beneficiaries {
		code, _, _ := strings.Cut(b, "#")
		if _, ok := w.Reference.Country(code); !ok {
			code = ""
		}
		counts[code]++
	}
	if len(counts) < 2 {
		one := reached{minor: minor}
		for code := range counts {
			one.country = code
		}
		return []reached{one}
	}
	var all []reached
	so := 0
	for _, code := range slices.Sorted(maps.Keys(counts)) {
		before := portion(minor, so, len(beneficiaries))
		so += counts[code]
		part := portion(minor, so, len(beneficiaries)) - before
		all = append(all, reached{code, "-" + cmp.Or(code, "other"), part})
	}
	return slices.DeleteFunc(all, func(r reached) bool { return r.minor == 0 })
}

// of begins the transaction of an entry.
func (w *writer) of(e ledger.Entry, event trust.Event) transaction {
	return transaction{Ref: e.ID, Date: dated{Date: e.Date.String()}, Value: value{Currency: w.currency.Code, Date: w.valueDate(event).String()}}
}

// valueDate is the bank's day, or the entry's; never one in the future.
func (w *writer) valueDate(event trust.Event) civil.Date {
	if event.ValueDate.IsZero() || event.ValueDate.After(w.Today) {
		return event.Date
	}
	return event.ValueDate
}

// valued ends it: a reversal has the other sign, and says what it takes back.
func (w *writer) valued(t transaction, e ledger.Entry, minor int64, words locale.Text) transaction {
	if e.Reverses != "" {
		minor, words = -minor, fill(reversalWords, e.Reverses)
	}
	t.Value.Amount = money.Amount{Minor: minor, Currency: w.currency.Code}.Decimal(w.currency)
	if !words.IsZero() {
		t.Description = &told{narratives(words)}
	}
	return t
}

// paid tells what was paid in another currency, and at which rate it was converted.
func paid(o *ledger.Original, fundCurrency string) locale.Text {
	if o == nil || o.Rate.IsZero() {
		return locale.Text{}
	}
	rate, divides := o.Rate.Stated()
	one, other := o.Amount.Currency, fundCurrency
	if divides {
		one, other = other, one
	}
	in := func(lang locale.Lang) string {
		return fmt.Sprintf(paidWords.In(lang), o.Amount.Format(lang), one, locale.FormatDecimal(lang, rate), other,
			o.RateDate.Text().In(lang), fund.SourceText(o.RateSource).In(lang))
	}
	return locale.Text{EN: in(locale.EN), FR: in(locale.FR), ES: in(locale.ES)}
}
