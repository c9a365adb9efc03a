package civil_test

import (
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
)

func TestADateIsNamedInTheThreeLanguages(t *testing.T) {
	got := civil.Date{Year: 2025, Month: time.June, Day: 1}.Text()
	want := locale.Text{EN: "1 June 2025", FR: "1er juin 2025", ES: "1 de junio de 2025"}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	month := civil.Date{Year: 2025, Month: time.August, Day: 31}.MonthText()
	if want := (locale.Text{EN: "August 2025", FR: "août 2025", ES: "agosto de 2025"}); month != want {
		t.Errorf("got %+v, want %+v", month, want)
	}
	if none, month := (civil.Date{}).Text(), (civil.Date{}).MonthText(); !none.IsZero() || !month.IsZero() {
		t.Errorf("no date has the words %+v, no month %+v", none, month)
	}
}
