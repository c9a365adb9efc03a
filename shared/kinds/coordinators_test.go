package kinds_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
)

// term is the one in which the office stands.
const term = "2023-2025"

// clusterOffice has cities of several regions in the clusters on literacy and health from the term's first day.
func clusterOffice(t *testing.T) *office {
	o := newOffice(t)
	o.want("members", `City;Country;Member since;Clusters;In clusters since
Brest;France;2016-01-01;Literacy, Health;2023-10-01
Hamburg;Germany;2016-01-01;Literacy;2023-10-01
Dakar;Senegal;2015-01-01;Literacy;2023-10-01
Cali;Colombia;2015-01-01;Literacy, Health;2023-10-01
Osan;Republic of Korea;2015-01-01;;
`, intake.Counts{Read: 5, Create: 5}, "")
	return o
}

const candidatesHeader = "City;Country;Cluster;Answered on;Item 1;Rating 1;Appointed on;Reason\n"

// all reads every record of a type in the term.
func all[T any](o *office, typ string) map[string]T {
	o.t.Helper()
	found := map[string]T{}
	err := o.store.Scan(o.t.Context(), typ, term, "", func(r records.Record) error {
		var body T
		err := records.Decode(r.Body, &body)
		found[r.Ref.ID] = body
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return found
}

// put stores a record as something else than a sheet of this office would.
func (o *office) put(ref records.Ref, body any) {
	o.t.Helper()
	encoded, err := records.Encode(body)
	if err != nil {
		o.t.Fatal(err)
	}
	if errs := o.store.PutEach(o.t.Context(), "", []records.Put{{Record: records.Record{Ref: ref, Body: encoded}}}); errs != nil {
		o.t.Fatal(errs)
	}
}

func TestR_CLU_6_AnswersAndRatingsComeInSheetsOfTheirOwn(t *testing.T) {
	o := clusterOffice(t)
	o.want("coordinators", "Ville;Pays;Pôle;Répondu le;1. Expérience dans le thème\nBrest;France;Alphabétisation;2023-11-05;Bibliothèques\n",
		intake.Counts{Read: 1, Create: 1}, "")
	o.want("coordinators", "Ciudad;País;Grupo;Fecha de respuesta;Puntuación 1\nBrest;Francia;Alfabetización;2023-11-05;4\n",
		intake.Counts{Read: 1, Update: 1}, "")
	experience := programme.Current().Coordinators.Items[0].ID
	want := []coordinator.Answer{{Item: experience, Text: "Bibliothèques", Rating: 4}}
	if got := all[coordinator.Candidacy](o, coordinator.RecordType)["FR#brest#literacy"]; !slices.Equal(got.Answers, want) || got.City != "Brest" {
		t.Errorf("%+v", got)
	}
	// A rating belongs to the answer that it was given for.
	o.want("coordinators", "City;Country;Cluster;Answered on;Item 1\nBrest;France;Literacy;2023-11-07;Family reading\n",
		intake.Counts{Read: 1, Update: 1}, "")
	want = []coordinator.Answer{{Item: experience, Text: "Family reading"}}
	if got := all[coordinator.Candidacy](o, coordinator.RecordType)["FR#brest#literacy"]; !slices.Equal(got.Answers, want) {
		t.Errorf("%+v", got)
	}
}

func TestR_CLU_6_ARatingOutsideItsRangeIsRefused(t *testing.T) {
	clusterOffice(t).want("coordinators", candidatesHeader+"Brest;France;Literacy;2023-11-05;Libraries;6;;\nCali;Colombia;Literacy;2023-11-05;;5;;\n",
		intake.Counts{Read: 2, Create: 1, Fail: 1}, "NUMBER_OUT_OF_RANGE F2")
}

func TestR_CLU_3_AThirdCoordinatorOfAClusterIsRefused(t *testing.T) {
	o := clusterOffice(t)
	sent := candidatesHeader + `Brest;France;Literacy;2023-11-05;Libraries;5;2023-12-01;
Cali;Colombia;Literacy;2023-11-05;Schools;4;2023-12-01;
Dakar;Senegal;Literacy;2023-11-05;Classes;3;2023-12-01;The third one
`
	o.want("coordinators", sent, intake.Counts{Read: 3, Create: 2, Fail: 1}, "COORDINATOR_SEATS_TAKEN C4")
	mandates := all[coordinator.Mandate](o, coordinator.MandateType)
	brest := mandates["literacy#FR#brest"]
	if len(mandates) != 2 || brest.From.String() != "2023-12-01" || brest.Until.String() != "2025-09-30" || brest.Term != term {
		t.Errorf("%+v", mandates)
	}
	decision := all[coordinator.Decision](o, coordinator.DecisionType)["literacy#FR#brest"]
	if decision.DecidedOn.String() != "2023-12-01" || len(decision.Seats) != 1 {
		t.Errorf("%+v", decision)
	}
	// The same sheet again changes nothing, and the seats on record still count.
	o.want("coordinators", sent, intake.Counts{Read: 3, Unchanged: 2, Fail: 1}, "COORDINATOR_SEATS_TAKEN C4")
	held, err := records.Holders(t.Context(), o.store, coordinator.Seats(term, "literacy"))
	if err != nil || len(held) != 2 {
		t.Errorf("%v, %v", held, err)
	}
}

func TestR_CLU_4_NoSecondTermInAClusterThroughASheet(t *testing.T) {
	o := clusterOffice(t)
	o.put(records.Ref{Type: coordinator.MandateType, Partition: "2021-2023", ID: "literacy#FR#brest"}, coordinator.Mandate{
		Member: "FR#brest", City: "Brest", Country: "FR", Cluster: "literacy", Term: "2021-2023",
		From: civil.Date{Year: 2021, Month: 10, Day: 1}, Until: civil.Date{Year: 2021, Month: 12, Day: 31},
	})
	o.want("coordinators", candidatesHeader+"Brest;France;Literacy;2023-11-05;Libraries;5;2023-12-01;\n",
		intake.Counts{Read: 1, Fail: 1}, "COORDINATOR_SECOND_TERM C2")
}

func TestR_CLU_5_ACityIsAppointedInOneClusterOnly(t *testing.T) {
	clusterOffice(t).want("coordinators", candidatesHeader+`Brest;France;Literacy;2023-11-05;Libraries;5;2023-12-01;
Brest;France;Health;2023-11-05;Walks;5;2023-12-01;Nobody else
Brest;France;Equity;2023-11-05;Clubs;5;;
`, intake.Counts{Read: 3, Create: 2, Fail: 1}, "COORDINATOR_ELSEWHERE A3, COORDINATOR_NOT_IN_CLUSTER C4")
}

func TestR_CLU_7_WhoIsNotInTheClusterStandsWithAWarningAndIsNotAppointed(t *testing.T) {
	o := clusterOffice(t)
	o.want("coordinators", candidatesHeader+"Osan;Republic of Korea;Literacy;2023-11-05;Reading;4;;\nParis;France;Literacy;2023-11-05;Reading;4;;\n",
		intake.Counts{Read: 2, Create: 1, Fail: 1}, "COORDINATOR_NOT_IN_CLUSTER C2, NOT_A_MEMBER A3")
	o.want("coordinators", candidatesHeader+"Osan;Republic of Korea;Literacy;2023-11-05;Reading;4;2023-12-01;\n",
		intake.Counts{Read: 1, Fail: 1}, "COORDINATOR_NOT_IN_CLUSTER C2")
}

func TestR_CLU_6_ADepartureFromTheProposalNeedsItsReasonInASheetToo(t *testing.T) {
	o := clusterOffice(t)
	// Hamburg has the better score, but is of Brest's region: Dakar is proposed beside Brest.
	sent := candidatesHeader + `Brest;France;Literacy;2023-11-05;Libraries;5;2023-12-01;
Hamburg;Germany;Literacy;2023-11-05;Guides;4;2023-12-01;%s
Dakar;Senegal;Literacy;2023-11-05;Classes;3;;
`
	o.want("coordinators", fmt.Sprintf(sent, ""), intake.Counts{Read: 3, Create: 2, Fail: 1}, "COORDINATOR_REASON_MISSING H3")
	o.want("coordinators", fmt.Sprintf(sent, "Dakar withdrew"), intake.Counts{Read: 3, Create: 1, Unchanged: 2}, "")
	if got := all[coordinator.Decision](o, coordinator.DecisionType)["literacy#DE#hamburg"].Reason; got != "Dakar withdrew" {
		t.Errorf("reason %q", got)
	}
	// A reason that is told later is noted.
	o.want("coordinators", fmt.Sprintf(sent, "Dakar withdrew in writing"), intake.Counts{Read: 3, Update: 1, Unchanged: 2}, "")
}

func TestAnAppointmentLiesBetweenTheAnswerAndTheEndOfTheTerm(t *testing.T) {
	clusterOffice(t).want("coordinators", candidatesHeader+`Brest;France;Literacy;2023-11-05;Libraries;5;2025-10-01;
Cali;Colombia;Literacy;2023-11-05;Schools;4;2023-11-04;
`, intake.Counts{Read: 2, Fail: 2}, "OUTSIDE_TERM G2, DATE_ORDER G3")
}

func TestR_CLU_10_NewsAreTakenFromACoordinatingCityInThreeLanguages(t *testing.T) {
	o := clusterOffice(t)
	o.send("coordinators", candidatesHeader+"Brest;France;Literacy;2023-11-05;Libraries;5;2023-12-01;\n")
	for _, s := range []struct {
		lang locale.Lang
		text string
	}{
		{locale.EN, "City;Country;Cluster;Sent on;News\nBrest;France;Literacy;2024-03-01;A meeting\n"},
		{locale.FR, "Ville;Pays;Pôle;Envoyées le;Nouvelles\nBrest;France;Alphabétisation;2024-03-02;Une rencontre\n"},
		{locale.ES, "Ciudad;País;Grupo;Enviadas el;Noticias\nBrest;Francia;Alfabetización;2024-03-03;Una reunión\n"},
	} {
		o.want("news", s.text, intake.Counts{Read: 1, Create: 1}, "")
		if o.lang != s.lang {
			t.Errorf("read as %s, want %s", o.lang, s.lang)
		}
		o.want("news", s.text, intake.Counts{Read: 1, Unchanged: 1}, "")
	}
}

func TestR_CLU_10_NewsOfAnotherCityOrAnotherDayAreRefused(t *testing.T) {
	o := clusterOffice(t)
	o.send("coordinators", candidatesHeader+"Brest;France;Literacy;2023-11-05;Libraries;5;2023-12-01;\n")
	o.want("news", strings.Join([]string{
		"City;Country;Cluster;Sent on;News",
		"Brest;France;Literacy;2023-11-30;Before its mandate",
		"Brest;France;Health;2024-03-01;Of another cluster",
		"Cali;Colombia;Literacy;2024-03-01;Of no coordinator",
		"Paris;France;Literacy;2024-03-01;Of no member",
		"Brest;France;Literacy;2024-03-01;",
		"Brest;France;Literacy;2025-09-30;The last day",
	}, "\n")+"\n", intake.Counts{Read: 6, Create: 1, Fail: 5},
		"NOT_A_COORDINATOR A2, NOT_A_COORDINATOR A3, NOT_A_COORDINATOR A4, NOT_A_MEMBER A5, CELL_REQUIRED E6")
}
