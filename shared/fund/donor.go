package fund

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
)

// donorID tells donors apart, however their names are spelled: a member city by its identifier, a donor country by its code where there is
// one, every other donor by its type and twelve hexadecimal digits of the SHA-256 of its folded name. It stands in the fund's books, which
// hold no names.
func donorID(donorType, member, country, name string) string {
	switch {
	case donorType == MemberCity && member != "":
		return donorType + "#" + member
	case donorType == DonorCountry && country != "":
		return donorType + "#" + country
	}
	digest := sha256.Sum256([]byte(locale.Fold(name)))
	return donorType + "#" + hex.EncodeToString(digest[:6])
}

// DonorID identifies who gave; it is the same for a pledge of that donor.
func (c Contribution) DonorID() string { return donorID(c.DonorType, c.Member, c.Country, c.Donor) }

// Gift is as much of a contribution as is put beside pledges: lists of all that came are held in memory.
type Gift struct {
	Donor  string // identifier
	ID     string // of the contribution, with its year: "2025/ref-r1"
	On     civil.Date
	Amount money.Amount
}

// Gift is the contribution as it is put beside pledges.
func (c Contribution) Gift() Gift {
	return Gift{Donor: c.DonorID(), ID: c.Year() + "/" + c.ID(), On: c.ReceivedOn, Amount: c.Amount}
}

// DonorID identifies who pledged; it is the same for a contribution of that donor.
func (i Instalment) DonorID() string { return donorID(i.DonorType, i.Member, i.Country, i.Donor) }
