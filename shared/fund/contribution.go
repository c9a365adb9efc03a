// Package fund is the Multi-donor Funding Modality as far as its papers go: pledges and their instalments, contributions,
// expenditures and what came of them, what they are worth in the fund's currency and which activities they are for. It knows no sheet and no storage; amounts
// are whole minor units.
//
// Money is held in trust: a sum given here is a liability towards donors, never revenue (R-FUN-2).
package fund

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
)

// RecordType is the type under which contributions are stored; the year of the value date is the partition.
const RecordType = "contribution"

// The types of donor (R-FUN-4).
const (
	MemberCity   = "member_city"
	DonorCountry = "donor_country"
	Company      = "company"
	Foundation   = "foundation"
)

// Contribution is money that arrived (R-FUN-8: received; a pledge and a refund are other events).
type Contribution struct {
	Donor      string       `json:"donor"`
	DonorType  string       `json:"donorType"`
	Member     string       `json:"member"`  // identifier of the giving member city, "" for every other donor
	City       string       `json:"city"`    // as stated; of a member city its own name
	Country    string       `json:"country"` // of the donor, ISO 3166-1 alpha-2; may be ""
	Amount     money.Amount `json:"amount"`  // above zero, in the currency that was paid
	ReceivedOn civil.Date   `json:"receivedOn"`
	Reference  string       `json:"reference"` // the bank's; may be ""
	Earmark    string       `json:"earmark"`   // code of an activity, "fund/1.1", or an area, "fund/1"; "" is unearmarked
	Rate       money.Rate   `json:"rate"`      // from the currency paid to the fund's, as it is stated; none in the fund's own
	RateDate   civil.Date   `json:"rateDate"`  // of the month's rate its first day
	RateSource string       `json:"rateSource"`
	Remarks    string       `json:"remarks"`

	Agreement   string        `json:"agreement"`   // key of the donor's agreement that it is given under (AgreementKey); "" under none
	SupportRate money.Percent `json:"supportRate"` // of that agreement, as it was when the contribution was entered
}

// Year is the partition in which the contribution is stored: the year of the value date.
func (c Contribution) Year() string { return strconv.Itoa(c.ReceivedOn.Year) }

// ID identifies a contribution within its year, so that the same bank line sent twice is one contribution: the bank's
// reference, folded, or, where none is given, a digest of donor, value date, amount and currency.
func (c Contribution) ID() string {
	if reference := locale.Fold(c.Reference); reference != "" {
		return "ref-" + strings.ReplaceAll(reference, " ", "-")
	}
	digest := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%d\n%s",
		locale.Fold(c.Donor), c.ReceivedOn, c.Amount.Minor, c.Amount.Currency))
	return "sum-" + hex.EncodeToString(digest[:12])
}

// ErrNoRate is returned for money in a foreign currency without a stated rate.
var ErrNoRate = errors.New("fund: no rate is stated")

// SupportCost is what the agent keeps of a contribution for its programme support, by the agreement that it is given under (R-FUN-10): of
// its worth in the fund's currency, halves of a minor unit rounded away from zero. The errors are those of Worth.
func (c Contribution) SupportCost(fund money.Currency) (money.Amount, error) {
	worth, err := c.Worth(fund)
	return c.SupportRate.Of(worth), err
}

// Worth is the contribution in the fund's currency, at the rate stated with it (R-FUN-9). In the fund's own currency it is
// the amount itself. ErrNoRate, or an error of package money.
func (c Contribution) Worth(fund money.Currency) (money.Amount, error) {
	return worth(c.Amount, c.Rate, fund)
}

func worth(paid money.Amount, rate money.Rate, fund money.Currency) (money.Amount, error) {
	if paid.Currency == fund.Code {
		return paid, nil
	}
	if rate.IsZero() {
		return money.Amount{}, fmt.Errorf("%w for %s", ErrNoRate, paid.Currency)
	}
	return money.Convert(paid, money.ISO(paid.Currency), rate, fund)
}
