package fund

import (
	"cmp"
	"iter"

	"github.com/learning-cities/guildhall/shared/civil"
)

// Donor is who gave or pledged, as its contributions and pledges name it. The fund's books hold nothing of it but the identifier.
type Donor struct {
	ID      string `json:"id"`      // as DonorID gives it
	Type    string `json:"type"`    // MemberCity, DonorCountry, …
	Name    string `json:"name"`    // as stated last
	Member  string `json:"member"`  // identifier of the member city, "" for every other donor
	City    string `json:"city"`    // as stated; may be ""
	Country string `json:"country"` // ISO 3166-1 alpha-2; may be ""
}

// Donors are those that gave or pledged, by identifier. Where a donor is spelled in several ways, the latest of its contributions (by value
// date) and pledges (by the day of signing) decides, of one day the spelling that sorts first; what that one leaves blank, the others fill.
func Donors(contributions iter.Seq[Contribution], instalments iter.Seq[Instalment]) map[string]Donor {
	found := map[string]named{}
	for c := range contributions {
		donor := Donor{ID: c.DonorID(), Type: c.DonorType, Name: c.Donor, Member: c.Member, City: c.City, Country: c.Country}
		found[donor.ID] = found[donor.ID].or(named{donor, c.ReceivedOn})
	}
	for i := range instalments {
		donor := Donor{ID: i.DonorID(), Type: i.DonorType, Name: i.Donor, Member: i.Member, City: i.City, Country: i.Country}
		found[donor.ID] = found[donor.ID].or(named{donor, i.SignedOn})
	}
	donors := make(map[string]Donor, len(found))
	for id, n := range found {
		donors[id] = n.Donor
	}
	return donors
}

// named is a donor as it was named on a day.
type named struct {
	Donor
	on civil.Date
}

// or is the later of two, its blanks filled from the other.
func (n named) or(m named) named {
	if n.ID == "" {
		return m
	}
	if order := cmp.Or(m.on.Compare(n.on), cmp.Compare(n.Name, m.Name), cmp.Compare(n.City, m.City)); order > 0 {
		n, m = m, n
	}
	n.Name, n.City, n.Country = cmp.Or(n.Name, m.Name), cmp.Or(n.City, m.City), cmp.Or(n.Country, m.Country)
	return n
}
