package programme

import "slices"

// longestKept is a hundred years, in days.
const longestKept = 36525

// buildRetention wants each kind of things once.
func (l *loader) buildRetention(docs []docRetention) []Retention {
	var all []Retention
	for i, d := range docs {
		path := at("retention", i, "")
		of := oneOf(l, path+".of", d.Of, kept)
		if slices.ContainsFunc(all, func(r Retention) bool { return r.Of == of }) {
			l.fault(path+".of", reasonTwice(d.Of))
		}
		all = append(all, Retention{Of: of, Days: l.upTo(path+".days", d.Days, 1, longestKept), Origin: l.origin(path, d.Origin)})
	}
	for _, of := range kept {
		if !slices.ContainsFunc(all, func(r Retention) bool { return r.Of == of }) {
			l.fault("retention."+string(of), reasonMissing())
		}
	}
	return all
}
