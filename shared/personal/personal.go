// Package personal names, in one place, all data of persons that the product stores: in which stored things they stand, in which fields,
// and what is not theirs although it looks so. Whoever shows, exports, erases or ages out personal data asks here. It reads and writes
// nothing itself.
package personal

import (
	"slices"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
)

// Sort is what a field says of a person.
type Sort string

// The sorts.
const (
	Name     Sort = "name"
	Email    Sort = "email"
	Phone    Sort = "phone"
	Postal   Sort = "postal"
	Function Sort = "function" // title, form of address, organisation
	Language Sort = "language"
	// Mention is text that people wrote, a title or the name of a file, in which persons may be named. Only the naming is personal.
	Mention Sort = "mention"
	// Quotes is JSON, as a text, that quotes what people wrote: each text in it is a mention.
	Quotes Sort = "quotes"
	// Account is the identifier of somebody who uses the product. It says who that is as long as the account exists, and nobody after.
	Account Sort = "account"
)

// Tells reports whether a field of this sort is a person's as a whole, so that it is blank once the person is erased.
func (s Sort) Tells() bool { return s != Mention && s != Quotes && s != Account }

// Identifies reports whether a person is recognised by a field of this sort.
func (s Sort) Identifies() bool { return s == Name || s == Email || s == Phone }

// Field is one field of a stored thing.
type Field struct {
	// Path are the names of members from the body on, with dots between them; * is each of a list, or each value of a map.
	Path string
	Sort Sort
	// Of names the person within the thing, such as "mayor": fields that tell of one person have it in common. Empty of a Mention and an
	// Account.
	Of string
}

// Holding is a kind of stored thing with what it holds of persons.
type Holding struct {
	// Type is the record type, or the first word of the partition key of what is no record. Earlier versions (type "past") are held as the
	// type of their record.
	Type   string
	Fields []Field
	// Kept says, of a thing that is never changed, why its fields stay as they are when a person is erased; the zero text of all others.
	Kept locale.Text
	// Plain are the paths that look like a person's and are not, with the reason.
	Plain map[string]string
}

// Holdings are all kinds of stored things, by their types.
func Holdings() []Holding { return slices.Clone(holdings) }

// Of is what things of a type hold of persons; false of a type that the table doesn't have.
func Of(typ string) (Holding, bool) {
	i, found := slices.BinarySearchFunc(holdings, typ, func(h Holding, typ string) int { return strings.Compare(h.Type, typ) })
	if !found {
		return Holding{}, false
	}
	return holdings[i], true
}

// Each calls fn for each text of the holding's fields in a body, which is as table.Attributes and JSON have it, with the path at which it
// stands ("form.contact.email", "committee.3"), and puts what fn returns in the text's place. It reports whether that changed anything.
// Texts that are empty or absent are passed over.
func (h Holding) Each(body map[string]any, fn func(f Field, at, text string) string) (changed bool) {
	for _, f := range h.Fields {
		if walk(body, "", f.Path, func(at, text string) string { return fn(f, at, text) }) {
			changed = true
		}
	}
	return changed
}

// walk calls fn for the texts at a path below a value, a map or list, which it changes.
func walk(value any, at, path string, fn func(at, text string) string) (changed bool) {
	name, rest, deeper := strings.Cut(path, ".")
	step := func(name string, element any, set func(string)) {
		here := name
		if at != "" {
			here = at + "." + name
		}
		if deeper {
			changed = walk(element, here, rest, fn) || changed
			return
		}
		if text, ok := element.(string); ok && text != "" {
			if now := fn(here, text); now != text {
				set(now)
				changed = true
			}
		}
	}
	switch v := value.(type) {
	case map[string]any:
		if name != "*" {
			if element, there := v[name]; there {
				step(name, element, func(text string) { v[name] = text })
			}
			return changed
		}
		for key, element := range v {
			step(key, element, func(text string) { v[key] = text })
		}
	case []any:
		if name == "*" {
			for i, element := range v {
				step(strconv.Itoa(i), element, func(text string) { v[i] = text })
			}
		}
	}
	return changed
}

// Blank empties every field of a body that is a person's as a whole, whoever it is, of the persons that takes reports by Field.Of (nil:
// of all), and reports whether there was anything. Mentions and accounts stay.
func (h Holding) Blank(body map[string]any, takes func(of string) bool) (changed bool) {
	return h.Each(body, func(f Field, _, text string) string {
		if f.Sort.Tells() && (takes == nil || takes(f.Of)) {
			return ""
		}
		return text
	})
}
