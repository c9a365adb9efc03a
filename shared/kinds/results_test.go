package kinds_test

import (
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/records"
)

func (o *office) result(term, activity string) fund.Result {
	o.t.Helper()
	record, err := o.store.Get(o.t.Context(), records.Ref{Type: fund.ResultType, Partition: term, ID: activity})
	var r fund.Result
	if err == nil {
		err = records.Decode(record.Body, &r)
	}
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

func TestR_FUN_3_ResultsAreToldInTheLanguagesTheyWereWrittenIn(t *testing.T) {
	o := newOffice(t)
	o.want("results", `Activity;Term;Results;Résultats;Resultados;Workshops held;Participants trained
fund/1.2;2019-2021;Two workshops;Deux ateliers;Dos talleres;2;64
fund/2.1;2019–2021;;Un manuel;;;
`, intake.Counts{Read: 2, Create: 2}, "")
	got := o.result("2019-2021", "fund/1.2")
	if got.Text != (locale.Text{EN: "Two workshops", FR: "Deux ateliers", ES: "Dos talleres"}) ||
		!slices.Equal(got.Figures, []fund.Figure{{ID: "events", Count: 2}, {ID: "participants", Count: 64}}) {
		t.Errorf("%+v", got)
	}
	if got := o.result("2019-2021", "fund/2.1"); got.Text != (locale.Text{FR: "Un manuel"}) || len(got.Figures) > 0 {
		t.Errorf("%+v", got)
	}
}

func TestAnActivityHasOneResultATerm(t *testing.T) {
	o := newOffice(t)
	titles := "Activité;Mandat;Résultats en français;Villes touchées\n"
	o.want("results", titles+"fund/1.2;2019-2021;Deux ateliers;3\n", intake.Counts{Read: 1, Create: 1}, "")
	o.want("results", titles+"fund/1.2;2019-2021;Trois ateliers;3\nfund/1.2;2021-2023;Un atelier;0\n", intake.Counts{Read: 2, Create: 1, Update: 1}, "")
	o.want("results", titles+"fund/1.2;2019-2021;Trois ateliers;3\nfund/1.2;2019-2021;Quatre ateliers;3\n",
		intake.Counts{Read: 2, Unchanged: 1, Fail: 1}, "ROW_DUPLICATE_IN_FILE 3")
}

func TestR_FUN_3_AResultIsOfAnActivityAndATermAndTellsSomething(t *testing.T) {
	newOffice(t).want("results", `Activity;Term;Results in English;Cities reached
1.2;2019-2021;Two workshops;1
fund/1.2;1999-2001;Two workshops;1
fund/1.2;2019-2021;;1
fund/1.2;2021-2023;Two workshops;-1
fund/1.2;2023-2025;Two workshops;several
`, intake.Counts{Read: 5, Fail: 5},
		"ACTIVITY_CODE_UNKNOWN A2, ENUM_UNKNOWN B3, CELL_REQUIRED C4, NUMBER_OUT_OF_RANGE D5, NUMBER_INVALID D6")
}
