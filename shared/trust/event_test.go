package trust_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/trust"
)

func TestEventsHaveTheFieldsOfTheirKind(t *testing.T) {
	for field, kind := range map[string]trust.Kind{"earmark": trust.Deposit, "payee": trust.Expenditure, "activity": trust.Deallocation} {
		if !kind.Has(field) || trust.Earned.Has(field) || !trust.Earned.Has("amount") {
			t.Errorf("%s of %s", field, kind)
		}
	}
}
