package programme

import (
	"cmp"
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
)

// Coordinators is how the clusters' coordinators are selected: by the answers to a questionnaire of their own, with regional
// balance taken into account (R-CLU-6). The sources say no more than that; items, weights and shares are practice.
type Coordinators struct {
	SeatsPerRegion int // of all clusters together; a region with more is over-represented
	RatingLowest   int // an answer is rated from this …
	RatingHighest  int // … to this
	Items          []CoordinatorItem
	Origin
}

// CoordinatorItem is a question to cities that would coordinate a cluster.
type CoordinatorItem struct {
	ID       string
	Number   int
	Weight   int // per cent of the score: the items' weights add up to 100
	Short    locale.Text
	Question locale.Text
	Origin
}

// FullWeight is what the weights of a questionnaire's items add up to.
const FullWeight = 100

// buildCoordinators wants a range to rate in, and weights that add up to a hundred.
func (l *loader) buildCoordinators(d docCoordinators) Coordinators {
	const path = "coordinators"
	c := Coordinators{
		SeatsPerRegion: l.whole(path+".seatsPerRegion.value", d.SeatsPerRegion.Value, 1),
		RatingLowest:   l.whole(path+".ratingLowest.value", d.RatingLowest.Value, 0),
		RatingHighest:  l.whole(path+".ratingHighest.value", d.RatingHighest.Value, 1),
		Origin:         l.origin(path, d.Origin),
	}
	l.origin(path+".seatsPerRegion", d.SeatsPerRegion.Origin)
	l.origin(path+".ratingLowest", d.RatingLowest.Origin)
	l.origin(path+".ratingHighest", d.RatingHighest.Origin)
	if c.RatingHighest > 0 && c.RatingHighest <= c.RatingLowest {
		l.fault(path+".ratingHighest.value", reasonTooSmall(c.RatingHighest, c.RatingLowest+1))
	}
	l.notEmpty(path+".items", len(d.Items))
	ids, numbers, sum := map[string]bool{}, map[int]bool{}, 0
	for i, item := range d.Items {
		at := at(path+".items", i, "")
		weight := l.whole(at+".weight", item.Weight, 1)
		sum += weight
		c.Items = append(c.Items, CoordinatorItem{
			ID:       l.id(at+".id", item.ID, ids),
			Number:   l.number(at+".number", item.Number, numbers),
			Weight:   weight,
			Short:    l.text(at+".short", item.Short),
			Question: l.text(at+".question", item.Question),
			Origin:   l.origin(at, item.Origin),
		})
	}
	if len(d.Items) > 0 && sum != FullWeight {
		l.fault(path+".items", reasonWeights(sum))
	}
	slices.SortStableFunc(c.Items, func(a, b CoordinatorItem) int { return cmp.Compare(a.Number, b.Number) })
	return c
}

// Item looks a question up by its ID.
func (c Coordinators) Item(id string) (CoordinatorItem, bool) {
	return find(c.Items, func(i CoordinatorItem) bool { return i.ID == id })
}
