// Package giving finds what a donor gave, and who the donors are, without reading what all others gave: beside the records of contributions and
// instalments it keeps lists of them by donor. It knows the types of those records and no sheet, and not who may see what.
//
// The lists say where to look, and the records what is true: an entry is written before the record that it leads to, is never taken back, and
// counts only while the record is there and names that donor. So a list may say too much for a while, and never too little, wherever a
// commit or an undo is stopped, however often it is repeated.
//
// A table of before there were lists has none, until the next sheet of contributions or pledges is committed, which catches up (List). Until
// then all contributions are read.
package giving

import (
	"context"
	"errors"
	"fmt"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
)

// The types of records that lists are kept in.
const (
	// giftType has an entry for each contribution in the partition of its donor, by day: 2025-05-02#ref-r1.
	giftType = "donor_gift"
	// donorType has an entry for each donor, by its identifier.
	donorType = "donor"
	// listedType has one record, once the lists have everything.
	listedType = "donor_listed"
)

var listedRef = records.Ref{Type: listedType, ID: "all"}

// Types are the types of records that the lists lead to: a snapshot is taken of them.
func Types() []string { return []string{fund.RecordType, fund.InstalmentType} }

// giftEntry leads to a contribution.
type giftEntry struct {
	Year string `json:"year"`
	ID   string `json:"id"`
}

func (g giftEntry) ref() records.Ref {
	return records.Ref{Type: fund.RecordType, Partition: g.Year, ID: g.ID}
}

func giftRef(c fund.Contribution) records.Ref {
	return records.Ref{Type: giftType, Partition: c.DonorID(), ID: c.ReceivedOn.String() + "#" + c.ID()}
}

// donorEntry leads to a record that names a donor: all others name it likewise, unless it is spelled in several ways.
type donorEntry struct {
	Type      string `json:"type"`
	Partition string `json:"partition"`
	ID        string `json:"id"`
	Several   bool   `json:"several"`
}

func (d donorEntry) ref() records.Ref {
	return records.Ref{Type: d.Type, Partition: d.Partition, ID: d.ID}
}

func leadTo(ref records.Ref) donorEntry {
	return donorEntry{Type: ref.Type, Partition: ref.Partition, ID: ref.ID}
}

func donorRef(id string) records.Ref { return records.Ref{Type: donorType, ID: id} }

// Source is what donors are read from.
type Source struct {
	From      records.Reader // shows Types
	Programme *programme.Edition
	// Year is the present one, or that of the moment that is looked at: the last of which contributions are read where there are no lists.
	Year int
}

// listed reports whether the lists have everything.
func listed(ctx context.Context, from records.Reader) (bool, error) {
	_, err := from.Get(ctx, listedRef)
	if errors.Is(err, records.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// naming is how a record names its donor; false for what is neither a contribution nor an instalment.
func naming(r records.Record) (fund.Donor, bool, error) {
	switch r.Ref.Type {
	case fund.RecordType:
		c, err := decoded[fund.Contribution](r)
		return fund.Donor{ID: c.DonorID(), Type: c.DonorType, Name: c.Donor, Member: c.Member, City: c.City, Country: c.Country}, true, err
	case fund.InstalmentType:
		i, err := decoded[fund.Instalment](r)
		return fund.Donor{ID: i.DonorID(), Type: i.DonorType, Name: i.Donor, Member: i.Member, City: i.City, Country: i.Country}, true, err
	}
	return fund.Donor{}, false, nil
}

func decoded[T any](r records.Record) (T, error) {
	var body T
	if err := records.Decode(r.Body, &body); err != nil {
		return body, fmt.Errorf("giving: %s: %w", r.Ref, err)
	}
	return body, nil
}
