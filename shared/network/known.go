package network

import (
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Unrecorded lists the cities that the sources name as members and that were none by the records on that day (R-MEM-2). isMember
// tells of a city, by its identifier, whether it was.
func Unrecorded(p *programme.Edition, isMember func(id string, on civil.Date) bool) []programme.KnownMember {
	var missing []programme.KnownMember
	for _, known := range p.KnownMembers {
		if !isMember(city.ID(known.Name, known.Country), known.Date) {
			missing = append(missing, known)
		}
	}
	return missing
}
