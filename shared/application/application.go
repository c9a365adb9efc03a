// Package application is a city's way into the network: its application to a call, the National Commission's endorsement within
// the country's quota, and the secretariat's decision. It knows no sheet and no storage; deadlines, quotas and limits come from
// the programme.
package application

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/civil"
)

// The types under which the records are stored, by the city's identifier; the call's identifier is the partition.
const (
	RecordType      = "application"
	EndorsementType = "endorsement"
	DecisionType    = "decision"
)

// Application is the network's public application form, filled in by one city for one call (R-APP-10). Whether it is endorsed is
// no part of it: that is the Endorsement's to say.
type Application struct {
	City    string `json:"city"`    // as the city writes its name
	Country string `json:"country"` // ISO 3166-1 alpha-2
	Website string `json:"website"`
	// OtherNames are spellings of sheets, perhaps in other languages, that a person has said to mean this city.
	OtherNames []string   `json:"otherNames,omitempty"`
	Mayor      Mayor      `json:"mayor"`
	Contact    Contact    `json:"contact"`
	Pledge     Pledge     `json:"pledge"`
	Profile    Profile    `json:"profile"`
	Motivation string     `json:"motivation"` // at most the programme's number of words
	Plans      string     `json:"plans"`      // likewise
	Challenges []Rating   `json:"challenges"` // in the programme's order; those left open are left out
	Interests  []string   `json:"interests"`  // identifiers of topics
	Expertise  []string   `json:"expertise"`  // identifiers of topics
	Features   []string   `json:"features"`   // identifiers of the features of a learning city that it speaks of (R-APP-6)
	Benefits   []string   `json:"benefits"`   // and of the framework's wider benefits,
	Blocks     []string   `json:"blocks"`     // building blocks
	Conditions []string   `json:"conditions"` // and fundamental conditions
	Partners   []string   `json:"partners"`   // institutions that carry the application with the city (R-APP-7)
	Committee  []string   `json:"committee"`  // the Learning City Development Committee: members with institutions (R-APP-8)
	Stages     []string   `json:"stages"`     // of the implementation, in order (R-APP-8)
	ReceivedOn civil.Date `json:"receivedOn"` // by the National Commission; decides about the deadline (R-APP-1)
}

// Mayor is the head of the city.
type Mayor struct {
	Address string `json:"address"` // form of address, such as "Ms" or "S.E. M."
	Name    string `json:"name"`
	Title   string `json:"title"`
}

// Contact is the person whom the network writes to.
type Contact struct {
	Name         string `json:"name"`
	Title        string `json:"title"`
	Organisation string `json:"organisation"`
	Postal       string `json:"postal"`
	Phone        string `json:"phone"`
	Email        string `json:"email"`
	Language     string `json:"language"` // "en" or "fr"
}

// Pledge is the mayor's pledge to the network's Declaration and Key Features.
type Pledge struct {
	Given bool       `json:"given"`
	Name  string     `json:"name"`
	On    civil.Date `json:"on"`
}

// Rating is how hard a challenge is for the city, from 1 to 5.
type Rating struct {
	Challenge string `json:"challenge"` // identifier
	Rating    int64  `json:"rating"`
}

// Figure is a number of the city's profile as decimal text, with the year it holds for; "" and 0 where it is not given.
type Figure struct {
	Value string `json:"value"`
	Year  int64  `json:"year"`
}

// Whole is the figure as a whole number; 0 where it is none.
func (f Figure) Whole() int64 {
	n, err := strconv.ParseInt(f.Value, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Profile is the city in figures. The mean years of schooling share one year.
type Profile struct {
	Population     Figure `json:"population"`
	Area           Figure `json:"area"`           // km²
	GDPCity        Figure `json:"gdpCity"`        // per capita, USD
	GDPCountry     Figure `json:"gdpCountry"`     // per capita, USD
	SchoolingWomen Figure `json:"schoolingWomen"` // mean years
	SchoolingMen   Figure `json:"schoolingMen"`   // mean years
}

// Where an endorsement on record came from: the sheet of the National Commission itself is not overwritten by what the
// applications say of it.
const (
	OriginApplication = "application"
	OriginEndorsement = "endorsement"
)

// Joint reports whether partner institutions carry the application together with the city (R-APP-7).
func (a Application) Joint() bool { return len(a.Partners) > 0 }

// Endorsement is a National Commission's word for an application (R-APP-2). It holds one of the country's slots (R-APP-3).
type Endorsement struct {
	City       string     `json:"city"`
	Country    string     `json:"country"`
	EndorsedOn civil.Date `json:"endorsedOn"`
	EndorsedBy string     `json:"endorsedBy"`
	Remarks    string     `json:"remarks"`
	Origin     string     `json:"origin"` // OriginApplication or OriginEndorsement
}

// What the secretariat decides about an application.
const (
	Accepted = "accepted"
	Deferred = "deferred"
	Declined = "declined"
)

// Decision is what the secretariat decided, and when; an acceptance makes the city a member from that day (R-APP-9).
type Decision struct {
	City      string     `json:"city"`
	Country   string     `json:"country"`
	Decision  string     `json:"decision"` // Accepted, Deferred or Declined
	DecidedOn civil.Date `json:"decidedOn"`
	Reason    string     `json:"reason"`
}
