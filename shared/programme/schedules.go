package programme

import (
	"time"

	"github.com/learning-cities/guildhall/shared/locale"
)

// Schedule says when the product writes by itself, about what and to whom. All of it is practice, but what a rule asks for.
type Schedule struct {
	ID    string // such as "fund-month"
	About About
	Label locale.Text
	// Of a report: its periods have so many months, counted as Counted says. 0 is a reminder.
	Months  int
	Counted Counting
	// After are days after a period's last day, one for a report; of a reminder, days after the day that it reminds of, from the first on.
	After []int
	// Before are days before the day that a reminder reminds of, from the first on: 30, 7, 1.
	Before []int
	Hour   int    // 0 to 23, of the zone's day
	Zone   string // IANA name; a reminder of a call's deadline goes by the call's own zone
	To     []Audience
	// Nothing is what happens where a report has nothing new.
	Nothing Nothing
	// Contractual is what nobody can decline.
	Contractual bool
	Origin
}

// Location is the zone of its hour.
func (s Schedule) Location() *time.Location { return location(s.Zone) }

// About is what a schedule's letters are about.
type About string

// Reports are made of periods, reminders of days to come or gone.
const (
	ClusterDigest     About = "cluster_digest"     // R-CLU-10: the newsletter of a cluster
	NetworkDigest     About = "network_digest"     // R-CLU-10: the newsletter of the network
	FundSummary       About = "fund_summary"       // R-FUN-3, R-FUN-5
	DonorStatement    About = "donor_statement"    // R-FUN-3
	MembershipSummary About = "membership_summary" // R-MEM-1

	CallCity          About = "call_city"          // R-APP-1: the cities' deadline
	CallCommission    About = "call_commission"    // R-APP-2: the National Commissions' deadline
	TermEnd           About = "term_end"           // R-CLU-4: a coordinator's term
	ParticipationEnd  About = "participation_end"  // R-CLU-2: a city's participation in a cluster
	NewsDue           About = "news_due"           // R-CLU-10: of a coordinating city
	ReportDue         About = "report_due"         // R-CLU-10: the progress report of a cluster
	InstalmentOverdue About = "instalment_overdue" // R-FUN-8: of a pledge
)

// Reminds reports whether it is a reminder, and no report.
func (a About) Reminds() bool {
	switch a {
	case ClusterDigest, NetworkDigest, FundSummary, DonorStatement, MembershipSummary:
		return false
	}
	return true
}

// Counting is from where periods are counted.
type Counting string

// The ways of counting.
const (
	Calendar   Counting = "calendar"  // from 1 January
	OfTerm     Counting = "term"      // from a term's first day, up to its last
	OfContract Counting = "agreement" // from the day on which a donor's agreement was signed
)

// Audience is who is written to: people by their role, as far as they have to do with what is written about.
type Audience string

// The audiences. Of a letter about a cluster, cities are those that take part in it; about one city, country or donor, its people only.
const (
	ToSecretariat  Audience = "secretariat"
	ToTreasurers   Audience = "treasurer"
	ToAuditors     Audience = "auditor"
	ToCommissions  Audience = "commission"
	ToCities       Audience = "city"
	ToCoordinators Audience = "coordinator" // the cities that coordinate the cluster
	ToDonors       Audience = "donor"
)

// Nothing is what to do with a report that has nothing new.
type Nothing string

// What can be done.
const (
	SayNothing  Nothing = "say"  // it is sent, and says so
	SkipNothing Nothing = "skip" // it is kept, and not sent
)
