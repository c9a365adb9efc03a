package kinds_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
)

func TestAPaymentThatIsSentAgainWithAnotherYearIsNotCountedTwice(t *testing.T) {
	o := surveyOffice(t)
	wrong := "Acme;Company;;;100;USD;2024-01-10;TRX 001;;;;\n"
	right := "Acme;Company;;;100;USD;2025-01-10;trx-001;;;;\n"
	up := upload(giftTitles + wrong)
	report, _, err := o.service.Import(t.Context(), up, imports.Options{Kind: "contributions"}, intake.All, "")
	if err != nil {
		t.Fatal(err)
	}
	o.wantGifts(right, intake.Counts{Read: 1, Fail: 1}, "REFERENCE_OTHER_YEAR H2")
	// Other money, another donor, no reference, and years further apart are other payments.
	o.wantGifts("Acme;Company;;;101;USD;2025-01-10;TRX 001;;;;\nAcme;Company;;;100;USD;2023-01-09;;;;;\nAcme;Company;;;100;USD;2022-01-10;TRX 001;;;;\n",
		intake.Counts{Read: 3, Create: 3}, "")
	o.wantGifts("Borea;Company;;;100;USD;2023-02-10;TRX 001;;;;\n", intake.Counts{Read: 1, Create: 1}, "")
	if _, err := o.service.Undo(t.Context(), imports.UndoOrder{Import: report.Import}); err != nil {
		t.Fatal(err)
	}
	o.wantGifts(right, intake.Counts{Read: 1, Update: 1}, "")

	o.wantSpent("2024-12-31;fund/1.1;10;USD;Travel;Hotel;V-1;;;;;P 1;;;\n", intake.Counts{Read: 1, Create: 1}, "")
	o.wantSpent("2025-01-02;fund/1.1;10;USD;Travel;Hotel;V-1;;;;;p-1;;;\n2025-01-02;fund/1.1;10;USD;Travel;Hotel;V-2;;;;;P 1;;;\n",
		intake.Counts{Read: 2, Create: 1, Fail: 1}, "REFERENCE_OTHER_YEAR L2")
}
