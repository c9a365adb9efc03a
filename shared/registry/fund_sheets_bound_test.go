package registry_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/trust"
)

// Rows are judged in the sheet's order and entered in the order of their days: what fits in one fits in the other.
func TestAmountsAtTheBoundNeverStopABatchInItsMiddle(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	w.imported(service, given("Atlas", "9999999999965.00", "2025-05-02", "A-1"), given("Borea", "10", "2025-05-10", "A-2"),
		given("Cora", "10", "2025-05-11", "A-3"))
	if _, err := w.importing(service, given("Borea", "10", "2025-05-03", "A-2"), given("Cora", "10", "2025-05-04", "A-3")); err != nil {
		wantCode(t, err, "ROWS_REFUSED")
	}
	w.post(deposit("d1", 1, may(4)))
	w.imported(service, given("Borea", "10", "2025-05-03", "A-2"))
	if _, err := w.importing(service, given("Dora", "20", "2025-05-03", "A-4")); err == nil {
		t.Error("more than the bound was taken")
	}
	w.verifiedSums()

	whole := newWorld(t)
	service = whole.imports()
	id := whole.imported(service, given("Atlas", "10000000000000.00", "2025-05-02", "A-1"))
	whole.verifiedSums()
	whole.undone(service, id)
	if got := whole.fund(trust.Contributions); got != 0 {
		t.Errorf("%d is left", got)
	}
	whole.imported(service, given("Atlas", "10000000000000.00", "2025-05-02", "A-1"))
	whole.verifiedSums()
}
