// Package questionnaire is what member cities offer to contribute to a term's activities, and how offers meet the budget
// lines that they can carry. It knows no sheet and no storage; the items and what each carries are programme data.
package questionnaire

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
)

// RecordType is the type under which offers are stored; the term's id is the partition, the city's the record's.
const RecordType = "offer"

// Items is the number of items that the questionnaire has (R-QUE-1).
const Items = 6

// Offer is one city's answer to the questionnaire of a term: six free texts (R-QUE-1).
type Offer struct {
	Member     string        `json:"member"`  // identifier of the member city, such as "FR#brest"
	City       string        `json:"city"`    // its name, as the member's record has it
	Country    string        `json:"country"` // ISO 3166-1 alpha-2
	Items      [Items]string `json:"items"`   // item 1 first; "" is no offer
	AnsweredOn civil.Date    `json:"answeredOn"`
}

// Item is the text of an item by its number, 1 to 6; anything else has none.
func (o Offer) Item(number int) string {
	if number < 1 || number > Items {
		return ""
	}
	return o.Items[number-1]
}

// Offers reports whether the city offers anything under an item: an empty item is no offer (R-QUE-1), and neither is one that is
// only filled in with a dash or a no.
func (o Offer) Offers(number int) bool {
	folded := locale.Fold(o.Item(number))
	return folded != "" && !slices.Contains(noOffer, folded)
}

// noOffer is what people write to leave no item blank, folded. Punctuation alone, such as a dash, folds to nothing.
var noOffer = []string{
	"no", "none", "nil", "nothing", "n a", "na", "not applicable", "not at present", "no offer", "0",
	"non", "neant", "aucun", "aucune", "rien", "sans objet", "s o", "pas d offre", "non concerne",
	"ninguno", "ninguna", "nada", "no aplica", "no procede", "sin oferta",
}
