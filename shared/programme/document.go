package programme

import "github.com/learning-cities/guildhall/shared/locale"

// document is an edition's file as written. Numbers and dates are text here, so
// that a wrong one is a fault among the others and not the end of reading.
type document struct {
	ID                string             `yaml:"id"`
	Sources           []docSource        `yaml:"sources"`
	Calls             []docCall          `yaml:"calls"`
	Terms             []docTerm          `yaml:"terms"`
	Limits            map[string]docRule `yaml:"limits"`
	TopicGroups       []docTopicGroup    `yaml:"topicGroups"`
	Topics            []docTopic         `yaml:"topics"`
	Clusters          []docCluster       `yaml:"clusters"`
	Budget            docBudget          `yaml:"budget"`
	Fund              docFund            `yaml:"fund"`
	Surveys           []docSurvey        `yaml:"surveys"`
	Questionnaire     docQuestionnaire   `yaml:"questionnaire"`
	Coordinators      docCoordinators    `yaml:"coordinators"`
	Duties            []docDuty          `yaml:"duties"`
	Schedules         []docSchedule      `yaml:"schedules"`
	Retention         []docRetention     `yaml:"retention"`
	Outcomes          []docChoice        `yaml:"outcomes"`
	Features          []docChoice        `yaml:"features"`
	Benefits          []docChoice        `yaml:"benefits"`
	BuildingBlocks    []docChoice        `yaml:"buildingBlocks"`
	Conditions        []docChoice        `yaml:"conditions"`
	Challenges        []docChoice        `yaml:"challenges"`
	DonorTypes        []docChoice        `yaml:"donorTypes"`
	Services          []docChoice        `yaml:"services"`
	ExpenseCategories []docChoice        `yaml:"expenseCategories"`
	ResultFigures     []docChoice        `yaml:"resultFigures"`
	NetworkSizes      []docNetworkSize   `yaml:"networkSizes"`
	KnownMembers      []docKnownMember   `yaml:"knownMembers"`
	Disagreements     []docDisagreement  `yaml:"disagreements"`
}

type docOrigin struct {
	Source string `yaml:"source"`
	Rule   string `yaml:"rule"`
}

// docRule is one value with what it rests on.
type docRule struct {
	Value  string    `yaml:"value"`
	Origin docOrigin `yaml:",inline"`
}

type docRetention struct {
	Of     string    `yaml:"of"`
	Days   string    `yaml:"days"`
	Origin docOrigin `yaml:",inline"`
}

type docSource struct {
	ID    string `yaml:"id"`
	File  string `yaml:"file"`
	Title string `yaml:"title"`
}

type docCall struct {
	ID                 string      `yaml:"id"`
	Title              locale.Text `yaml:"title"`
	CityDeadline       docRule     `yaml:"cityDeadline"`
	CommissionDeadline docRule     `yaml:"commissionDeadline"`
	Zone               docRule     `yaml:"zone"`
	Quota              docRule     `yaml:"quota"`
}

type docTerm struct {
	ID     string    `yaml:"id"`
	Start  string    `yaml:"start"`
	End    string    `yaml:"end"`
	Years  string    `yaml:"years"`
	Origin docOrigin `yaml:",inline"`
}

type docTopicGroup struct {
	ID     string      `yaml:"id"`
	Number string      `yaml:"number"`
	Title  locale.Text `yaml:"title"`
}

type docTopic struct {
	ID     string      `yaml:"id"`
	Number string      `yaml:"number"`
	Group  string      `yaml:"group"`
	Label  locale.Text `yaml:"label"`
}

type docCluster struct {
	ID     string      `yaml:"id"`
	Number string      `yaml:"number"`
	Label  locale.Text `yaml:"label"`
	Topics []string    `yaml:"topics"`
	Origin docOrigin   `yaml:",inline"`
}

type docPrinted struct {
	Text   string    `yaml:"text"`
	ReadAs string    `yaml:"readAs"`
	Origin docOrigin `yaml:",inline"`
}

type docArea struct {
	Number            string      `yaml:"number"`
	Label             locale.Text `yaml:"label"`
	PrintedPerCluster docPrinted  `yaml:"printedPerCluster"`
	PrintedAll        docPrinted  `yaml:"printedAll"`
}

type docBudget struct {
	Currency string    `yaml:"currency"`
	Areas    []docArea `yaml:"areas"`
	Totals   struct {
		PerCluster docPrinted `yaml:"perCluster"`
		All        docPrinted `yaml:"all"`
	} `yaml:"totals"`
	Lines []docLine `yaml:"lines"`
}

type docLine struct {
	Code        string      `yaml:"code"`
	Area        string      `yaml:"area"`
	Activity    locale.Text `yaml:"activity"`
	Responsible locale.Text `yaml:"responsible"`
	UnitCost    string      `yaml:"unitCost"`
	Quantity    string      `yaml:"quantity"`
	Printed     string      `yaml:"printed"`
	Origin      docOrigin   `yaml:",inline"`
}

type docFund struct {
	Currency           string        `yaml:"currency"`
	Target             string        `yaml:"target"`
	PrintedTarget      docPrinted    `yaml:"printedTarget"`
	PrintedTotal       docPrinted    `yaml:"printedTotal"`
	SupportCostPercent docRule       `yaml:"supportCostPercent"`
	Areas              []docArea     `yaml:"areas"`
	Activities         []docActivity `yaml:"activities"`
	Origin             docOrigin     `yaml:",inline"`
}

type docActivity struct {
	Code    string      `yaml:"code"`
	Area    string      `yaml:"area"`
	Label   locale.Text `yaml:"label"`
	Planned string      `yaml:"planned"`
	Origin  docOrigin   `yaml:",inline"`
}

type docVotes struct {
	ID    string `yaml:"id"`
	Votes string `yaml:"votes"`
}

type docSurvey struct {
	ID      string `yaml:"id"`
	Opens   string `yaml:"opens"`
	Closes  string `yaml:"closes"`
	Zone    string `yaml:"zone"`
	Printed struct {
		Cities    string     `yaml:"cities"`
		Countries string     `yaml:"countries"`
		Regions   string     `yaml:"regions"`
		Topics    []docVotes `yaml:"topics"`
		Clusters  []docVotes `yaml:"clusters"`
	} `yaml:"printed"`
	Origin docOrigin `yaml:",inline"`
}

type docQuestionnaire struct {
	ID     string    `yaml:"id"`
	Items  []docItem `yaml:"items"`
	Origin docOrigin `yaml:",inline"`
}

type docItem struct {
	Number   string      `yaml:"number"`
	Question locale.Text `yaml:"question"`
	Short    locale.Text `yaml:"short"`
	Carries  string      `yaml:"carries"`
}

type docCoordinators struct {
	SeatsPerRegion docRule              `yaml:"seatsPerRegion"`
	RatingLowest   docRule              `yaml:"ratingLowest"`
	RatingHighest  docRule              `yaml:"ratingHighest"`
	Items          []docCoordinatorItem `yaml:"items"`
	Origin         docOrigin            `yaml:",inline"`
}

type docCoordinatorItem struct {
	ID       string      `yaml:"id"`
	Number   string      `yaml:"number"`
	Weight   string      `yaml:"weight"`
	Short    locale.Text `yaml:"short"`
	Question locale.Text `yaml:"question"`
	Origin   docOrigin   `yaml:",inline"`
}

type docDuty struct {
	ID     string      `yaml:"id"`
	Months string      `yaml:"months"`
	Line   string      `yaml:"line"`
	Label  locale.Text `yaml:"label"`
	Origin docOrigin   `yaml:",inline"`
}

type docSchedule struct {
	ID          string      `yaml:"id"`
	About       string      `yaml:"about"`
	Label       locale.Text `yaml:"label"`
	Months      string      `yaml:"months"`
	Counted     string      `yaml:"counted"`
	After       []string    `yaml:"after"`
	Before      []string    `yaml:"before"`
	Hour        string      `yaml:"hour"`
	Zone        string      `yaml:"zone"`
	To          []string    `yaml:"to"`
	Nothing     string      `yaml:"nothing"`
	Contractual bool        `yaml:"contractual"`
	Origin      docOrigin   `yaml:",inline"`
}

type docChoice struct {
	ID    string      `yaml:"id"`
	Label locale.Text `yaml:"label"`
}

type docNetworkSize struct {
	Date      string    `yaml:"date"`
	Cities    string    `yaml:"cities"`
	AtLeast   bool      `yaml:"atLeast"`
	Countries string    `yaml:"countries"`
	Origin    docOrigin `yaml:",inline"`
}

type docKnownMember struct {
	Name    string    `yaml:"name"`
	Country string    `yaml:"country"`
	Date    string    `yaml:"date"`
	Origin  docOrigin `yaml:",inline"`
}

type docDisagreement struct {
	ID       string      `yaml:"id"`
	Place    locale.Text `yaml:"place"`
	Printed  string      `yaml:"printed"`
	Decision locale.Text `yaml:"decision"`
	Origin   docOrigin   `yaml:",inline"`
}
