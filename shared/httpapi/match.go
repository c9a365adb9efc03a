package httpapi

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/identity"
)

// texts are the variables of patterns that aren't identifiers: a city's name within its country, which donor of its kind, and a budget line's
// number. They may be the name of somebody and stand in no log.
var texts = []string{"city", "donor", "line"}

// longestText is how many bytes such a variable may have.
const longestText = 300

// pattern is a route's, taken apart at its slashes.
type pattern struct {
	Route
	parts []string
}

// patternsOf takes routes apart, and puts those first that say more.
func patternsOf(routes []Route) []pattern {
	list := make([]pattern, len(routes))
	for i, route := range routes {
		list[i] = pattern{Route: route, parts: strings.Split(route.Pattern, "/")}
	}
	slices.SortStableFunc(list, func(a, b pattern) int {
		return slices.CompareFunc(a.parts, b.parts, func(x, y string) int {
			_, first := variable(x)
			_, second := variable(y)
			switch {
			case first == second:
				return strings.Compare(x, y)
			case first:
				return 1
			default:
				return -1
			}
		})
	})
	return list
}

// variable gives the name of a variable's segment.
func variable(part string) (name string, ok bool) {
	name, ok = strings.CutPrefix(part, "{")
	return strings.TrimSuffix(name, "}"), ok
}

// match finds the route of a request with the values of its variables; without one, the methods that its path allows.
func (a *api) match(r *http.Request) (route Route, values map[string]string, allowed []string) {
	parts := segments(r.URL)
	at := slices.IndexFunc(a.patterns, func(p pattern) bool { return p.fits(parts) })
	if at < 0 {
		return Route{}, nil, nil
	}
	found := a.patterns[at]
	for _, p := range a.patterns[at:] {
		switch {
		case p.Pattern != found.Pattern:
			return Route{}, nil, allowed
		case p.Method == r.Method:
			return p.Route, p.values(parts), nil
		}
		allowed = append(allowed, p.Method)
	}
	return Route{}, nil, allowed
}

// segments are the parts of a path between its slashes. A slash that is escaped ends none.
func segments(address *url.URL) []string {
	parts := strings.Split(address.EscapedPath(), "/")
	for i, part := range parts {
		if text, err := url.PathUnescape(part); err == nil { // as it is of every URL that was parsed
			parts[i] = text
		}
	}
	return parts
}

// fits reports whether a path is the pattern's.
func (p pattern) fits(parts []string) bool {
	return slices.EqualFunc(p.parts, parts, func(own, part string) bool {
		name, is := variable(own)
		switch {
		case !is:
			return part == own
		case slices.Contains(texts, name):
			return part != "" && len(part) <= longestText && utf8.ValidString(part) && !strings.ContainsFunc(part, neverInText)
		default:
			return identity.WellFormed(part)
		}
	})
}

func neverInText(c rune) bool { return c == '/' || unicode.IsControl(c) }

func (p pattern) values(parts []string) map[string]string {
	values := map[string]string{}
	for i, own := range p.parts {
		if name, is := variable(own); is {
			values[name] = parts[i]
		}
	}
	return values
}

// subject is what a request is about, as far as the log may say: the identifiers of its path.
func (q *asking) subject() string {
	var identifiers []string
	for part := range strings.SplitSeq(q.route.Pattern, "/") {
		if name, is := variable(part); is && !slices.Contains(texts, name) {
			identifiers = append(identifiers, q.values[name])
		}
	}
	return strings.Join(identifiers, "/")
}

// name is the route's in the log and the figures: what was not asked for by its exact path has none.
func (r Route) name() string {
	if r.Method == "" {
		return "none"
	}
	return r.Method + " " + r.Pattern
}
