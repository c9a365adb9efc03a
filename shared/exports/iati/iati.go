// Package iati writes what the fund received, set aside, spent and achieved in the standard of the International Aid Transparency Initiative,
// version 2.03, as an activity file. It knows no storage; payees and other persons never come into the file.
//
// The fund is an activity (hierarchy 1), and each of its activities is one below it (hierarchy 2). The fund's has the money that came; those
// of its activities have what was set aside for them and spent. A transaction that takes back or gives back is one of the same type below
// zero. The standard has no type for earned interest and for differences of exchange: both are incoming funds that say what they are.
package iati

import (
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/statement"
	"github.com/learning-cities/guildhall/shared/trust"
)

// Input is what the file is written from.
type Input struct {
	Programme *programme.Edition
	Reference *reference.Data
	Entries   iter.Seq2[ledger.Entry, error] // in the order of their days; gone through once for the fund and once for each of its activities
	Donors    map[string]fund.Donor          // by identifier; one that is missing has no name in the file
	Pledges   []fund.Instalment
	Results   []statement.Result
	At        time.Time  // the moment that the file says it was made at
	Today     civil.Date // at that moment: what is dated later is left out, as the standard has no transactions of the future
}

// Write writes the file. Memory grows with donors, not with entries. It fails as the entries do.
func Write(dst io.Writer, in Input) error {
	w := &writer{Input: in, currency: money.ISO(in.Programme.Fund.Currency), out: xml.NewEncoder(dst)}
	w.out.Indent("", " ")
	if _, err := io.WriteString(dst, xml.Header); err != nil {
		return err
	}
	steps := []func() error{w.look, w.begin, w.fund}
	for _, a := range in.Programme.Fund.Activities {
		steps = append(steps, func() error { return w.activity(a) })
	}
	for _, step := range append(steps, w.end) {
		if err := step(); err != nil {
			return fmt.Errorf("iati: %w", err)
		}
	}
	return nil
}

// writer is the file being written.
type writer struct {
	Input
	currency money.Currency
	out      *xml.Encoder
	since    civil.Date // day of the first entry
	givers   []string   // identifiers of the donors who gave or pledged, in their order
}

// look finds when the books begin, and who is in them.
func (w *writer) look() error {
	givers := map[string]bool{}
	for entry, err := range w.entries() {
		if err != nil {
			return err
		}
		if w.since.IsZero() {
			w.since = entry.Date
		}
		if event := trust.EventOf(entry, w.currency.Code); event.Kind == trust.Deposit {
			givers[event.Donor] = true
		}
	}
	for _, p := range w.Pledges {
		if !p.SignedOn.After(w.Today) {
			givers[p.DonorID()] = true
		}
	}
	w.givers = slices.Sorted(maps.Keys(givers))
	return nil
}

// entries are those up to today.
func (w *writer) entries() iter.Seq2[ledger.Entry, error] {
	return func(yield func(ledger.Entry, error) bool) {
		for entry, err := range w.Entries {
			if err == nil && entry.Date.After(w.Today) || !yield(entry, err) {
				return
			}
		}
	}
}

var root = xml.Name{Local: "iati-activities"}

func (w *writer) begin() error {
	return w.out.EncodeToken(xml.StartElement{Name: root, Attr: []xml.Attr{
		attribute("version", "2.03"), attribute("generated-datetime", w.At.UTC().Format(time.RFC3339)),
	}})
}

func (w *writer) end() error {
	if err := w.out.EncodeToken(xml.EndElement{Name: root}); err != nil {
		return err
	}
	return w.out.Close()
}

func attribute(name, value string) xml.Attr {
	return xml.Attr{Name: xml.Name{Local: name}, Value: value}
}

// fund writes the activity that is the fund.
func (w *writer) fund() error {
	head := w.head(FundID, fundTitle, fundDescription)
	for _, donor := range w.givers {
		org := organisation{Role: roleFunding}
		org.Type, org.Narratives = w.donor(donor)
		head = append(head, element("participating-org", org))
	}
	head = append(head, w.state()...)
	tail := []part{}
	for _, a := range w.Programme.Fund.Activities {
		tail = append(tail, element("related-activity", related{Ref: ActivityID(a), Type: relatedChild}))
	}
	return w.write(1, head, w.received, tail)
}

// activity writes one of the fund's activities.
func (w *writer) activity(a programme.Activity) error {
	head := w.head(ActivityID(a), a.Label, fundActivity)
	head = append(head, element("participating-org", organisation{Ref: reporter, Type: multilateral, Role: roleFunding, Activity: FundID, Narratives: narratives(reporterName)}))
	head = append(head, w.state()...)
	head = append(head, w.budget(a)...)
	tail := []part{element("related-activity", related{Ref: FundID, Type: relatedParent})}
	for _, r := range w.Results {
		if result, ok := w.result(r); ok && r.Activity == a.Code {
			tail = append(tail, element("result", result))
		}
	}
	return w.write(2, head, func(yield func(transaction, error) bool) { w.spent(a)(yield) }, tail)
}

// part is an element of an activity with what it holds.
type part struct {
	name xml.StartElement
	body any
}

func element(name string, body any) part {
	return part{xml.StartElement{Name: xml.Name{Local: name}}, body}
}

// write writes an activity: what stands before its transactions, the transactions, and what stands behind them.
func (w *writer) write(hierarchy int, head []part, transactions iter.Seq2[transaction, error], tail []part) error {
	name := xml.Name{Local: "iati-activity"}
	err := w.out.EncodeToken(xml.StartElement{Name: name, Attr: []xml.Attr{
		attribute("default-currency", w.currency.Code), attribute("hierarchy", fmt.Sprint(hierarchy)), attribute("humanitarian", "0"),
		attribute("last-updated-datetime", w.At.UTC().Format(time.RFC3339)), attribute("xml:lang", string(locale.EN)),
	}})
	if err != nil {
		return err
	}
	for _, p := range head {
		if err := w.out.EncodeElement(p.body, p.name); err != nil {
			return err
		}
	}
	for t, err := range transactions {
		if err != nil {
			return err
		}
		if err := w.out.EncodeElement(t, xml.StartElement{Name: xml.Name{Local: "transaction"}}); err != nil {
			return err
		}
	}
	for _, p := range tail {
		if err := w.out.EncodeElement(p.body, p.name); err != nil {
			return err
		}
	}
	return w.out.EncodeToken(xml.EndElement{Name: name})
}
