// Package area says whose records each kind of sheet is about: the network's or the fund's. It knows the kinds by their names only, so that
// who asks for leave needs none of what reads sheets.
package area

// Area is a part of what is on record.
type Area string

// The areas.
const (
	Network Area = "network"
	Fund    Area = "fund"
)

// kinds has each kind that is registered (kinds.All, whose test compares), in that order.
var kinds = []struct {
	name string
	area Area
}{
	{"members", Network},
	{"applications", Network},
	{"endorsements", Network},
	{"decisions", Network},
	{"survey", Network},
	{"questionnaire", Network},
	{"coordinators", Network},
	{"news", Network},
	{"rates", Fund},
	{"pledges", Fund},
	{"contributions", Fund},
	{"expenditures", Fund},
	{"results", Fund},
}

// Kinds names the kinds of sheets, in the order in which a call's sheets arrive.
func Kinds() []string {
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		names[i] = kind.name
	}
	return names
}

// Of is the area of a kind; false where there is no such kind.
func Of(kind string) (Area, bool) {
	for _, one := range kinds {
		if one.name == kind {
			return one.area, true
		}
	}
	return "", false
}
