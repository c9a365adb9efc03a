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
	if none := (civil.Date{}).Text(); !none.IsZero() {
		t.Errorf("no date has the words %+v", none)
	}
}
