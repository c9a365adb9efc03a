// Package programme is the network's programme as data: calls, terms, limits,
// topics, clusters, budget lines, the fund, surveys and the questionnaire of one
// edition, every figure with the source that prints it and the rule that it
// serves. Loading an edition checks it and reports all its faults at once. The
// package applies no rule to a city, and knows no sheet and no storage.
package programme

import (
	"time"
	_ "time/tzdata" // deadlines hold on machines without a zone database too

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
)

// Edition is one version of the programme. Lists keep the order of the sources.
type Edition struct {
	ID                string
	Sources           []Source
	Calls             []Call // by city deadline
	Terms             []Term // by start
	Limits            Limits
	LimitOrigins      []LimitOrigin
	TopicGroups       []TopicGroup
	Topics            []Topic // by number
	Clusters          []Cluster
	Currency          string // of the budget lines, ISO 4217
	WorkAreas         []WorkArea
	PrintedTotals     BudgetTotals
	BudgetLines       []BudgetLine
	Fund              Fund
	Surveys           []Survey // by opening
	Questionnaire     Questionnaire
	Coordinators      Coordinators
	Duties            []Duty
	Schedules         []Schedule // of the letters that the product writes by itself
	Retention         []Retention
	Outcomes          []Choice // expected of every cluster (R-CLU-9)
	Features          []Choice // the six features of a learning city (R-APP-6)
	Benefits          []Choice // three wider benefits
	BuildingBlocks    []Choice // six
	Conditions        []Choice // three fundamental ones
	Challenges        []Choice // rated in an application (R-APP-10)
	DonorTypes        []Choice // R-FUN-4
	ExpenseCategories []Choice // of what the fund spends, practice
	ResultFigures     []Choice // that are told of what came of an activity, practice
	Services          []Choice // that members can use, the Learning City Award among them (R-MEM-3)
	NetworkSizes      []NetworkSize
	KnownMembers      []KnownMember
	Disagreements     []Disagreement
}

// Source is a document that figures are taken from.
type Source struct{ ID, File, Title string }

// Besides documents, a figure can come from one of these.
const (
	Derived  = "derived"  // follows from a source without being printed in it
	Practice = "practice" // what the field does where the sources leave it open
)

// Origin says what a figure rests on.
type Origin struct {
	Rule   string // such as R-APP-3
	Source string // a Source's ID, Derived or Practice
}

// Call is a yearly call for applications. Both deadlines include their day.
type Call struct {
	ID                 string
	Title              locale.Text
	CityDeadline       civil.Date // R-APP-1
	CommissionDeadline civil.Date // R-APP-2
	Zone               string     // of both deadlines, IANA name (practice)
	Quota              int        // cities that one National Commission may submit (R-APP-3)
	Origin
}

// CityCloses is the last second at which a city may apply (R-APP-1).
func (c Call) CityCloses() time.Time { return c.CityDeadline.EndOf(location(c.Zone)) }

// CommissionCloses is the last second at which a National Commission may submit (R-APP-2).
func (c Call) CommissionCloses() time.Time { return c.CommissionDeadline.EndOf(location(c.Zone)) }

// Location is the zone of the call's deadlines.
func (c Call) Location() *time.Location { return location(c.Zone) }

// location never meets an unknown name: loading an edition has tried them all.
func location(zone string) *time.Location {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return time.UTC
	}
	return loc
}

// Term is a period of clusters, coordinators and the fund (R-CLU-2, R-CLU-4).
type Term struct {
	ID         string
	Start, End civil.Date // both included
	Years      int
	Origin
}

// Contains reports whether a day lies in the term.
func (t Term) Contains(d civil.Date) bool { return !d.Before(t.Start) && !d.After(t.End) }

// Limits are the whole-number rules.
type Limits struct {
	ClustersPerCity        int // R-CLU-1
	CoordinatorsPerCluster int // R-CLU-3
	ParticipationYears     int // R-CLU-2
	TopicsPerAnswer        int // R-SUR-3
	MotivationWords        int // R-APP-10
	PlanWords              int // R-APP-10
	RatingLowest           int // R-APP-10: challenges are rated from this …
	RatingHighest          int // … to this
}

// LimitOrigin says what one of the Limits rests on.
type LimitOrigin struct {
	Name  string // as in the edition's file, such as clustersPerCity
	Value int
	Origin
}

// TopicGroup is a group of topics in the survey (R-TOP-1).
type TopicGroup struct {
	ID     string
	Number int
	Title  locale.Text
}

// Topic is one of the survey's topics (R-TOP-1).
type Topic struct {
	ID     string
	Number int
	Group  string // TopicGroup.ID
	Label  locale.Text
}

// Cluster is a thematic cluster formed of topics (R-SUR-4).
type Cluster struct {
	ID     string
	Number int
	Label  locale.Text
	Topics []string // Topic.ID
	Origin
}

// Choice is an entry of a fixed list.
type Choice struct {
	ID    string
	Label locale.Text
}

// Questionnaire asks member cities what they can contribute (R-QUE-1).
type Questionnaire struct {
	ID    string
	Items []Item
	Origin
}

// Item is a question of the questionnaire.
type Item struct {
	Number   int
	Question locale.Text
	Short    locale.Text // for a column's header
	Carries  string      // the budget line's code that an offer can carry, CarriesFund, or "" (R-QUE-2)
}

// CarriesFund marks the item whose offers go to the fund.
const CarriesFund = "fund"

// Survey asked member cities for their concerns (R-SUR-1).
type Survey struct {
	ID            string
	Opens, Closes civil.Date // both included
	Zone          string
	Printed       PrintedSurvey
	Origin
}

// PrintedSurvey is the published result that a tally is checked against (R-SUR-3).
type PrintedSurvey struct {
	Cities, Countries, Regions int
	Topics, Clusters           []PrintedVotes
}

// PrintedVotes is the published number of votes of a topic or cluster.
type PrintedVotes struct {
	ID    string
	Votes int
}

// NetworkSize is a published size of the network at a date: a series to check
// against, never a stored total (R-MEM-1).
type NetworkSize struct {
	Date      civil.Date
	Cities    int
	AtLeast   bool // printed as "over"
	Countries int  // 0 where not printed
	Origin
}

// KnownMember is a city that a source names as a member (R-MEM-2): a fact to compare the records with, never a record itself.
type KnownMember struct {
	Name    string
	Country string     // ISO 3166-1 alpha-2
	Date    civil.Date // on which it was one, at the latest
	Origin
}

// Disagreement is a place where the sources contradict themselves or each other,
// with what was decided (docs/decisions/0002-source-disagreements.md).
type Disagreement struct {
	ID       string
	Place    locale.Text
	Printed  string // what stands there
	Decision locale.Text
	Origin
}

// Printed is an amount as a source prints it, to compare computed ones with.
type Printed struct {
	Text   string       // as printed, such as "$160,000"; "" where nothing is printed
	Amount money.Amount // what it is read as
	Odd    bool         // the text does not say the amount by itself: a Disagreement says why it is read so
	Origin
}

// IsZero reports whether nothing is printed.
func (p Printed) IsZero() bool { return p.Text == "" }
