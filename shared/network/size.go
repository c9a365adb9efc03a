package network

import (
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Size is how large the network is on a day, counted from its members (R-MEM-1).
type Size struct {
	On        civil.Date
	Cities    int
	Countries int
	Regions   int
	ByCountry map[string]int // ISO 3166-1 alpha-2
	ByRegion  map[string]int // UNESCO's regions (R-REG-1); "" counts cities of countries in none
}

// Size counts the members on a day; region gives a country's region or "".
func (n *Network) Size(day civil.Date, region func(country string) string) Size {
	s := Size{On: day, ByCountry: map[string]int{}, ByRegion: map[string]int{}}
	for _, c := range n.cities {
		if c.On(day) {
			s.Cities++
			s.ByCountry[c.Country]++
			s.ByRegion[region(c.Country)]++
		}
	}
	s.Countries, s.Regions = len(s.ByCountry), len(s.ByRegion)
	if s.ByRegion[""] > 0 {
		s.Regions--
	}
	return s
}

// Series counts the members on each of some days, in the order given.
func (n *Network) Series(days []civil.Date, region func(country string) string) []Size {
	sizes := make([]Size, len(days))
	for i, day := range days {
		sizes[i] = n.Size(day, region)
	}
	return sizes
}

// Published is a size that a source prints, beside the one that is counted.
type Published struct {
	Printed programme.NetworkSize
	Counted Size
	Agrees  bool
}

// Compare sets the published sizes beside what is counted on their days (R-MEM-1). They are never made to agree: a source counts what
// the records may not have.
func (n *Network) Compare(region func(country string) string) []Published {
	var all []Published
	for _, printed := range n.Programme.NetworkSizes {
		counted := n.Size(printed.Date, region)
		agrees := counted.Cities == printed.Cities || printed.AtLeast && counted.Cities > printed.Cities
		agrees = agrees && (printed.Countries == 0 || printed.Countries == counted.Countries)
		all = append(all, Published{printed, counted, agrees})
	}
	return all
}

// Due is a member's progress report that is to come.
type Due struct {
	City City
	On   civil.Date
}

// ReportsDue lists the members whose progress report is due by a day, by identifier: Terms.ReportYears after the last one, or after
// the city joined (practice).
func (n *Network) ReportsDue(day civil.Date) []Due {
	var due []Due
	if n.ReportYears == 0 {
		return due
	}
	for _, c := range n.Cities() {
		if !c.On(day) {
			continue
		}
		last := c.Times[len(c.Times)-1].JoinedOn
		for _, report := range c.Reports {
			if report.After(last) {
				last = report
			}
		}
		if on := last.AddYears(n.ReportYears); !on.After(day) {
			due = append(due, Due{c, on})
		}
	}
	return due
}
