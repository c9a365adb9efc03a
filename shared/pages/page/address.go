package page

import (
	"net/url"
	"strings"
)

// The identifier of a member city as a donor is the city's, whose '#' stands as '-' in a path: "DE-hamburg" of "DE#hamburg". Its country has
// two letters.
const (
	memberCity    = "member_city"
	countryLength = 2
)

// DonorSteps are the parts of a donor's path, of an identifier "donor_country#KR": its kind, and which of them it is.
func DonorSteps(id string) (kind, which string) {
	kind, which, _ = strings.Cut(id, "#")
	if kind == memberCity && len(which) > countryLength && which[countryLength] == '#' {
		which = which[:countryLength] + "-" + which[countryLength+1:]
	}
	return kind, which
}

// DonorAt is the identifier of the donor that the parts of a path name; see DonorSteps.
func DonorAt(kind, which string) string {
	if kind == memberCity && len(which) > countryLength && which[countryLength] == '-' {
		which = which[:countryLength] + "#" + which[countryLength+1:]
	}
	return kind + "#" + which
}

// DonorPath is the path of a donor's page, escaped.
func DonorPath(id string) string {
	kind, which := DonorSteps(id)
	return "donors/" + url.PathEscape(kind) + "/" + url.PathEscape(which)
}
