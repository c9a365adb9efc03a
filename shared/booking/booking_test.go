package booking_test

import (
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/booking"
	"github.com/learning-cities/guildhall/shared/records"
)

func of(row int, id string, isNew bool) booking.Booking {
	return booking.Booking{Row: row, Ref: records.Ref{Type: "contribution", ID: id}, New: isNew}
}

func TestBookingsAreGoneThroughRowByRow(t *testing.T) {
	all := []booking.Booking{of(2, "a", true), of(2, "b", true), of(5, "c", false), of(6, "d", true)}
	var rows []int
	var sizes []int
	for row := range booking.Rows(all) {
		rows, sizes = append(rows, row[0].Row), append(sizes, len(row))
	}
	if !slices.Equal(rows, []int{2, 5, 6}) || !slices.Equal(sizes, []int{2, 1, 1}) {
		t.Errorf("rows %v of %v bookings", rows, sizes)
	}
	for row := range booking.Rows(all) {
		if row[0].Row != 2 {
			t.Errorf("row %d after whoever went through them had enough", row[0].Row)
		}
		break
	}
	for range booking.Rows(nil) {
		t.Error("a row of nothing")
	}
}

func TestOnlyRecordsThatWereStoredBeforeAreAskedFor(t *testing.T) {
	got := booking.StoredBefore([]booking.Booking{of(2, "a", true), of(3, "b", false)})
	if want := []records.Ref{{Type: "contribution", ID: "b"}}; !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}
