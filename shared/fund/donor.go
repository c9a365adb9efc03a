package fund

import (
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
)

// donorKey tells donors apart, however their names are spelled: a member city by its identifier, a donor country by its code where
// there is one, every other donor by its type and folded name.
func donorKey(donorType, member, country, name string) string {
	switch {
	case donorType == MemberCity && member != "":
		return donorType + "#" + member
	case donorType == DonorCountry && country != "":
		return donorType + "#" + country
	}
	return donorType + "#" + locale.Fold(name)
}

// DonorKey identifies who gave; it is the same for a pledge of that donor.
func (c Contribution) DonorKey() string { return donorKey(c.DonorType, c.Member, c.Country, c.Donor) }

// Gift is as much of a contribution as is put beside pledges: lists of all that came are held in memory.
type Gift struct {
	Donor  string // key
	ID     string // of the contribution, with its year: "2025/ref-r1"
	On     civil.Date
	Amount money.Amount
}

// Gift is the contribution as it is put beside pledges.
func (c Contribution) Gift() Gift {
	return Gift{Donor: c.DonorKey(), ID: c.Year() + "/" + c.ID(), On: c.ReceivedOn, Amount: c.Amount}
}

// DonorKey identifies who pledged; it is the same for a contribution of that donor.
func (i Instalment) DonorKey() string { return donorKey(i.DonorType, i.Member, i.Country, i.Donor) }
