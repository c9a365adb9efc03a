package kinds_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/records"
)

// offer reads back a city's offer of the term in which the office stands.
func (o *office) offer(id string) questionnaire.Offer {
	o.t.Helper()
	r, err := o.store.Get(o.t.Context(), records.Ref{Type: questionnaire.RecordType, Partition: "2023-2025", ID: id})
	if err != nil {
		o.t.Fatal(err)
	}
	var offer questionnaire.Offer
	if err := records.Decode(r.Body, &offer); err != nil {
		o.t.Fatal(err)
	}
	return offer
}

func TestR_QUE_1_ItemsAreRecognisedByShortTitleNumberAndFullQuestion(t *testing.T) {
	for name, header := range map[string]string{
		"English, short":         "City;Country;1. Experts’ meeting;2. Learning and exchange;3. Capacity-building workshop;4. Research and case studies;5. Contribution to the fund;6. Other",
		"French, short":          "Ville;Pays;Réunion d’experts;Apprentissage et échange;Atelier de renforcement des capacités;Recherche et études de cas;Contribution au fonds;Autre",
		"Spanish":                "Ciudad;País;Punto 1;Punto 2;Punto 3;Punto 4;Punto 5;Punto 6",
		"what people make of it": "City;Country;1) Meeting of experts;2. Learning and exchange activities;Workshop;4 - Research;5. Contribution financière;Others",
		"as printed": `City;Country;"1. Advance knowledge in the domain among all members of the cluster, for example, by organizing a thematic experts' meeting.";` +
			`Question 2;"3. Capacity-building for members of the cluster, for example, by organizing a capacity-building workshop.";Item 4;` +
			`5. Bring financial contribution to the GNLC Multi-donor Funding Modality.;6. Other (please specify).`,
	} {
		o := surveyOffice(t)
		o.want("questionnaire", header+"\nBrest;France;one;;three;;five;six\n", intake.Counts{Read: 1, Create: 1}, "")
		if got, want := o.offer("FR#brest").Items, [questionnaire.Items]string{"one", "", "three", "", "five", "six"}; got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestR_QUE_1_AnAnswerUnderASeventhItemIsNotLostSilently(t *testing.T) {
	t.Run("passes: under the sixth", func(t *testing.T) {
		surveyOffice(t).want("questionnaire", "City;Country;Item 1;Item 6\nBrest;France;one;six\n", intake.Counts{Read: 1, Create: 1}, "")
	})
	t.Run("fails: under a seventh, however it is called", func(t *testing.T) {
		for _, title := range []string{"7. Anything else", "Item 7", "Question n° 7", "Pregunta 8", "Q7"} {
			surveyOffice(t).want("questionnaire", "City;Country;Item 1;"+title+"\nBrest;France;one;seven\n",
				intake.Counts{Read: 1, Fail: 1}, "QUESTIONNAIRE_ITEM_UNKNOWN D1")
		}
	})
}

func TestOtherUnknownTitlesStayAWarning(t *testing.T) {
	surveyOffice(t).want("questionnaire", "City;Country;Item 1;Internal file number\nBrest;France;one;77\n",
		intake.Counts{Read: 1, Create: 1}, "HEADER_UNKNOWN D1")
}

func TestR_QUE_1_OnlyMembersOffer(t *testing.T) {
	surveyOffice(t).want("questionnaire", `City;Country;Item 1;Answered on
Paris;France;a meeting;2024-01-01
Clermont-Ferrand;France;a meeting;
Lausanne;Suisse;a meeting;2024-01-01
`, intake.Counts{Read: 3, Create: 1, Fail: 2}, "NOT_A_MEMBER A2, NOT_A_MEMBER A3")
}

func TestANewAnswerOfACityReplacesItsOffer(t *testing.T) {
	o := surveyOffice(t)
	o.want("questionnaire", "City;Country;Item 1;Item 2\nBrest;France;a meeting;\n", intake.Counts{Read: 1, Create: 1}, "")
	o.want("questionnaire", "City;Country;Item 1;Item 2\nBrest;France;;a visit\n", intake.Counts{Read: 1, Update: 1}, "")
	if got := o.offer("FR#brest"); got.Offers(1) || !got.Offers(2) {
		t.Errorf("%+v", got)
	}
}
