package digest

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/summary"
)

// city is a city that is or was a member.
type city struct {
	member.Member
	id string
}

// cities are all of them, by country and name.
type cities []city

func (d *draft) readCities(ctx context.Context, from records.Reader) (cities, error) {
	var all cities
	err := scan(ctx, from, member.RecordType, "", "", func(id string, m member.Member) { all = append(all, city{m, id}) })
	slices.SortStableFunc(all, func(a, b city) int {
		return cmp.Or(
			cmp.Compare(locale.Fold(d.country(a.Country).Name.EN), locale.Fold(d.country(b.Country).Name.EN)),
			cmp.Compare(locale.Fold(a.City), locale.Fold(b.City)), cmp.Compare(a.id, b.id),
		)
	})
	return all, err
}

// readCity reads one of them, and none where it is not on record.
func readCity(ctx context.Context, from records.Reader, id string) (cities, error) {
	record, err := from.Get(ctx, records.Ref{Type: member.RecordType, ID: id})
	if errors.Is(err, records.ErrNotFound) {
		return nil, nil
	}
	one := city{id: id}
	if err == nil {
		err = records.Decode(record.Body, &one.Member)
	}
	return cities{one}, err
}

// on are those that are members on a day.
func (all cities) on(day civil.Date) (members cities) {
	for _, c := range all {
		if c.On(day) {
			members = append(members, c)
		}
	}
	return members
}

// countries are those of the cities, by their codes.
func (all cities) countries() map[string]int {
	count := map[string]int{}
	for _, c := range all {
		count[c.Country]++
	}
	return count
}

// name is how a city is called in a list; one that isn't on record by its identifier.
func (d *draft) name(all cities, id string) locale.Text {
	if i := slices.IndexFunc(all, func(c city) bool { return c.id == id }); i >= 0 {
		return d.cityOf(all[i].City, all[i].Country)
	}
	country, _, _ := strings.Cut(id, "#")
	return d.cityOf(called(all, id), country)
}

// called is a city's name; of one that isn't on record yet, what its identifier tells of it.
func called(all cities, id string) string {
	if i := slices.IndexFunc(all, func(c city) bool { return c.id == id }); i >= 0 {
		return all[i].City
	}
	_, name, _ := strings.Cut(id, "#")
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}

// times are the times of a city's membership, the last one without a last day while it goes on.
func (c city) times() []member.Membership {
	return append(slices.Clone(c.Earlier), member.Membership{JoinedOn: c.JoinedOn, LeftOn: c.LeftOn})
}

// moved lists the cities that joined the network in the period, and those that left it, with the day.
func (d *draft) moved(all cities) (joined, left []summary.Entry) {
	for _, c := range all {
		for _, t := range c.times() {
			if d.within(t.JoinedOn) {
				joined = append(joined, d.entryOf(c, t.JoinedOn))
			}
			if d.within(t.LeftOn) {
				gone := d.entryOf(c, civil.Date{})
				gone.Note = say(lastDayNote, "day", t.LeftOn)
				left = append(left, gone)
			}
		}
	}
	return joined, left
}

func (d *draft) entryOf(c city, on civil.Date) summary.Entry {
	return summary.Entry{Key: c.id, Name: d.cityOf(c.City, c.Country), On: on, Path: cityPath(c.id)}
}

// cityPath is where a member's page is.
func cityPath(id string) string { return "members/" + steps(id) }

// steps are the parts of an identifier, such as "FR#brest", as steps of a path.
func steps(id string) string {
	parts := strings.Split(id, "#")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	return strings.Join(parts, "/")
}
