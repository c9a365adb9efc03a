// Package network is the pages of members, clusters, coordinators and surveys: who belongs to the network, what each city's story is, what the
// clusters work on, and whom the secretariat chooses. It knows no rule, no session and no HTTP but the paths of its own routes.
package network

import (
	"context"
	"net/url"
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/programme"
)

// The entries of the menu.
var (
	Members  = page.Entry{Path: "members", Name: membersTitle, Shown: page.May(access.MemberRead)}
	Clusters = page.Entry{Path: "clusters", Name: clustersTitle, Shown: page.May(access.ClusterRead)}
	Surveys  = page.Entry{Path: "surveys", Name: surveysTitle, Shown: page.May(access.SurveyRead)}
)

// Routes lists the area's pages.
func Routes() []page.Route {
	const (
		city = "/members/{country}/{city}"
		step = "/clusters/{cluster}/plans/{term}/{step}"
		seat = "/coordinators/{term}/{cluster}/{country}/{city}"
	)
	return []page.Route{
		{Method: "GET", Pattern: "/members", Serve: members},
		{Method: "GET", Pattern: city, Serve: memberCity},
		{Method: "GET", Pattern: city + "/events", Serve: askEvent},
		{Method: "POST", Pattern: city + "/events", Serve: enterEvent},
		{Method: "GET", Pattern: "/clusters", Serve: clusters},
		{Method: "GET", Pattern: "/clusters/{cluster}", Serve: oneCluster},
		{Method: "GET", Pattern: step, Serve: askStep},
		{Method: "POST", Pattern: step, Serve: takeStep},
		{Method: "GET", Pattern: "/coordinators", Serve: coordinators},
		{Method: "GET", Pattern: "/coordinators/{term}", Serve: selection},
		{Method: "GET", Pattern: seat, Serve: oneSeat},
		{Method: "POST", Pattern: seat + "/{act}", Serve: changeSeat},
		{Method: "GET", Pattern: "/surveys", Serve: surveys},
		{Method: "GET", Pattern: "/surveys/{survey}", Serve: oneSurvey},
		{Method: "GET", Pattern: "/surveys/{survey}/answers", Serve: surveyAnswers},
	}
}

// frame is what the area's pages are written with: page.Frame, and what things are called.
type frame struct {
	page.Frame
	office *office.Office
	ctx    context.Context
}

func framed(ctx context.Context, o *office.Office, v page.Visit, title locale.Text, done map[string]locale.Text) frame {
	return frame{page.Framed(ctx, v, title, done), o, ctx}
}

// may tells whether who reads may do something.
func (f frame) may(do access.Action, to access.Object) bool {
	return access.Decide(page.Who(f.ctx), do, to) == nil
}

// today is the day in the zone in which the network's calls are open.
func (f frame) today() civil.Date { return civil.Of(f.Now, f.office.Programme.LatestCall().Location()) }

// country is a country's name.
func (f frame) country(iso2 string) string {
	if known, ok := f.office.Reference.Country(iso2); ok {
		return f.In(known.Name)
	}
	return iso2
}

// byCountry orders countries by their names, as who reads looks for them.
func (f frame) byCountry(a, b string) int {
	return strings.Compare(locale.Fold(f.country(a)), locale.Fold(f.country(b)))
}

// regionOf is the identifier of a country's region (R-REG-1), "" for none.
func (f frame) regionOf(iso2 string) string {
	known, _ := f.office.Reference.Country(iso2)
	return known.Region
}

// region is a region's name; "" is that of countries in none.
func (f frame) region(id string) string {
	if known, ok := f.office.Reference.Region(id); ok {
		return f.In(known.Name)
	}
	return f.In(noRegionWord)
}

func (f frame) regionText(id string) locale.Text {
	known, _ := f.office.Reference.Region(id)
	return known.Name
}

// cluster is a cluster's name.
func (f frame) cluster(id string) string { return f.In(f.clusterText(id)) }

func (f frame) clusterText(id string) locale.Text {
	if known, ok := f.office.Programme.Cluster(id); ok {
		return known.Label
	}
	return locale.Same(id)
}

// clusters are the names of several, as a sentence has them.
func (f frame) clusters(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = f.cluster(id)
	}
	return locale.List(f.Lang, names)
}

func (f frame) topic(id string) string {
	known, _ := f.office.Programme.Topic(id)
	return f.In(known.Label)
}

// placed is a city's name with its country's.
func (f frame) placed(name, iso2 string) string { return name + " (" + f.country(iso2) + ")" }

// told fills {names} of a text, names and values by turns.
func (f frame) told(text locale.Text, with ...string) string {
	return strings.NewReplacer(with...).Replace(f.In(text))
}

// perMille is a share as per cent.
func (f frame) perMille(n int) string {
	whole := locale.FormatDecimal(f.Lang, decimal(n))
	if f.Lang == locale.EN {
		return whole + "%"
	}
	return whole + locale.NoBreakSpace + "%"
}

// decimal is a number of thousandths as per cent.
func decimal(perMille int) string {
	text := locale.FormatInt(locale.ES, int64(perMille/10))
	if rest := perMille % 10; rest != 0 {
		text += "." + string(rune('0'+rest))
	}
	return text
}

// termAsked is the term that a page is asked for (?term=): today's, or else the latest, where none is, or none that the programme has.
func (f frame) termAsked() programme.Term {
	if asked, ok := f.office.Programme.Term(f.Query.Get("term")); ok {
		return asked
	}
	if now, ok := f.office.Programme.TermAt(f.today()); ok {
		return now
	}
	return f.office.Programme.LatestTerm()
}

// terms are all of them to choose from, the latest first.
func (f frame) terms(chosen programme.Term) page.Input {
	in := page.Input{Name: "term", Label: termWord, Value: chosen.ID}
	for _, one := range f.office.Programme.Terms {
		in.Options = append([]page.Option{{Value: one.ID, Name: one.ID}}, in.Options...)
	}
	return in
}

// period is a term in words.
func (f frame) period(t programme.Term) string {
	return f.told(termPeriod, "{term}", t.ID, "{from}", f.Day(t.Start), "{until}", f.Day(t.End))
}

// cityPath is the path of a city's page by the city's identifier.
func cityPath(id string) string {
	country, city, _ := strings.Cut(id, "#")
	return "members/" + url.PathEscape(country) + "/" + url.PathEscape(city)
}

// cityAt is the identifier of the city in the page's path.
func cityAt(v page.Visit) string { return v.Values["country"] + "#" + v.Values["city"] }

func clusterPath(id string) string { return "clusters/" + url.PathEscape(id) }

func seatPath(term, cluster, city string) string {
	country, slug, _ := strings.Cut(city, "#")
	return "coordinators/" + url.PathEscape(term) + "/" + url.PathEscape(cluster) + "/" + url.PathEscape(country) + "/" + url.PathEscape(slug)
}
