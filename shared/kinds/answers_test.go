package kinds_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// Each question about a city is answered under the name of the column and the text that it is asked about; the same answer then
// holds for the sender's next sheet, however its text is written.
func TestQuestionsAboutCitiesAreAnsweredOnce(t *testing.T) {
	const survey = "City,Country,Topic 1,Answered on\n"
	const gifts = "Donor,Type of donor,City,Country,Amount,Currency,Received on,Bank reference\n"
	for name, c := range map[string]struct {
		kind, first, question, answer, next string
	}{
		"near a member": {"survey", survey + "Ville de Lausanne,Switzerland,Literacy,2023-02-01\n", "city:Ville de Lausanne", "Lausanne",
			survey + "VILLE DE LAUSANNE,Switzerland,Health and well-being,2023-03-01\n"},
		"with its country": {"survey", survey + "Ville de Lausanne (Switzerland),Switzerland,Literacy,2023-02-01\n", "city:Ville de Lausanne (Switzerland)", "Lausanne",
			survey + "Ville de Lausanne (Switzerland),Switzerland,Literacy,2023-03-01\n"},
		"as a donor": {"contributions", gifts + "Ville de Lausanne,Member city,,Switzerland,100,USD,2023-02-01,A1\n", "donor:Ville de Lausanne", "Lausanne",
			gifts + "Ville de Lausanne,Member city,,Switzerland,200,USD,2023-03-01,A2\n"},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			o.want("members", membersEnglish, intake.Counts{Read: 3, Create: 3}, "")
			send := func(file, text string, answers sheet.Answers) (*intake.Report, error) {
				up := imports.Upload{Name: file, Source: strings.NewReader(text), Size: int64(len(text))}
				report, _, err := o.service.Import(t.Context(), up, imports.Options{Kind: c.kind, Person: "anna", Answers: answers}, intake.All, "")
				return report, err
			}
			report, _ := send("first.csv", c.first, nil)
			if n := len(report.Problems); n == 0 || report.Rows.Fail != 1 {
				t.Fatalf("nothing is asked: %+v", report.Problems)
			}
			asked := false
			for _, p := range report.Problems {
				asked = asked || p.Severity == "question" && p.Field+":"+fmt.Sprint(p.Value) == c.question
			}
			if !asked {
				t.Fatalf("%s is not asked: %+v", c.question, report.Problems)
			}
			if report, err := send("first.csv", c.first, sheet.Answers{c.question: c.answer}); err != nil {
				t.Fatalf("%v: %+v", err, report.Problems)
			}
			report, err := send("next.csv", c.next, nil)
			if err != nil || report.Rows.Create != 1 {
				t.Errorf("%v: %+v", err, report.Problems)
			}
		})
	}
}
