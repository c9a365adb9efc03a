// Package schedule says which letters are due at a moment: which report of which period, which reminder of which day, about what. It knows
// the days of the network as facts that it is given; it reads no record, writes nothing, and knows no reader.
package schedule

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Subject is what an occasion is about: the whole network or fund where all is "".
type Subject struct {
	Cluster   string `json:"cluster,omitempty"`
	Term      string `json:"term,omitempty"`
	Call      string `json:"call,omitempty"`
	Country   string `json:"country,omitempty"`   // ISO 3166-1 alpha-2: its National Commission
	City      string `json:"city,omitempty"`      // identifier
	Donor     string `json:"donor,omitempty"`     // fund.Instalment.DonorID
	Agreement string `json:"agreement,omitempty"` // fund.Instalment.AgreementKey
	Number    int    `json:"number,omitempty"`    // of an instalment
}

// Period is from a first day to a last, both included.
type Period struct {
	From civil.Date `json:"from"`
	To   civil.Date `json:"to"`
}

// Occasion is one time that a letter is due. Of a report it has the Period; of a reminder, the day that it reminds of and how many days
// before (below zero: after) it is sent.
type Occasion struct {
	Schedule string          `json:"schedule"` // programme.Schedule.ID
	About    programme.About `json:"about"`
	Subject  Subject         `json:"subject,omitzero"`
	Period   Period          `json:"period,omitzero"`
	Day      civil.Date      `json:"day,omitzero"`
	Ahead    int             `json:"ahead,omitempty"`
	Closes   time.Time       `json:"closes,omitzero"` // the last second of a deadline with a zone of its own
	Due      time.Time       `json:"due"`             // UTC; no part of what the occasion is: the same one may become due at another time
}

// ID identifies the occasion: the same one has the same identifier whenever it is looked for, whatever it is due. They sort by the day that
// they are of: the period's last one or the one reminded of. It is well-formed as identity.WellFormed has it, and names nobody.
func (o Occasion) ID() string {
	of, err := json.Marshal(struct {
		Schedule string     `json:"schedule"`
		Subject  Subject    `json:"subject"`
		Period   Period     `json:"period"`
		Day      civil.Date `json:"day"`
		Ahead    int        `json:"ahead"`
	}{o.Schedule, o.Subject, o.Period, o.Day, o.Ahead})
	if err != nil { // texts, numbers and dates always have a JSON
		panic(err)
	}
	sum := sha256.Sum256(of)
	return strings.ReplaceAll(o.On().String(), "-", "") + "-" + o.Schedule + "-" + hex.EncodeToString(sum[:6])
}

// On is the day that the occasion is of: the one reminded of, or the period's last one.
func (o Occasion) On() civil.Date {
	if o.Day.IsZero() {
		return o.Period.To
	}
	return o.Day
}
