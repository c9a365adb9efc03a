package kinds_test

import (
	"errors"
	"testing"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
)

const supportTitles = "Donor;Type of donor;Country;Agreement reference;Amount pledged;Currency;Signed on;Instalment;Instalment amount;Support costs (%)\n"

const supportPledges = supportTitles + `Norway;Donor country;Norway;NOR-2019/14;200;USD;2025-01-10;1;100;7.5
Norway;Donor country;Norway;NOR-2019/14;200;USD;2025-01-10;2;100;7.50
Acme;Company;;Acme 1;100;USD;2025-02-01;;;
Acme;Company;;Acme 2;100;USD;2025-03-01;;;12.3456
`

const agreementTitles = "Donor;Type of donor;Country;Amount;Currency;Received on;Bank reference;Agreement\n"

func TestR_FUN_10_TheSupportRateIsTheSameOnAllRowsOfAnAgreement(t *testing.T) {
	o := surveyOffice(t)
	o.want("pledges", supportTitles+`A;Company;;A 1;100;USD;2025-01-10;1;50;7
A;Company;;A 1;100;USD;2025-01-10;2;50;8
B;Company;;B 1;100;USD;2025-01-10;1;50;7
B;Company;;B 1;100;USD;2025-01-10;2;50;
C;Company;;C 1;100;USD;2025-01-10;;;100.0001
D;Company;;D 1;100;USD;2025-01-10;;;-1
E;Company;;E 1;100;USD;2025-01-10;;;7.12345
F;Company;;F 1;100;USD;2025-01-10;;;100
`, intake.Counts{Read: 8, Create: 1, Fail: 7}, "PLEDGE_CONTRADICTED J2, PLEDGE_CONTRADICTED J3, "+
		"PLEDGE_CONTRADICTED J4, PLEDGE_CONTRADICTED J5, NUMBER_OUT_OF_RANGE J6, NUMBER_OUT_OF_RANGE J7, NUMBER_OUT_OF_RANGE J8")
	o.want("pledges", supportPledges, intake.Counts{Read: 4, Create: 4}, "")
	o.want("pledges", supportTitles+"Norway;Donor country;Norway;NOR-2019/14;200;USD;2025-01-10;2;100;8\n",
		intake.Counts{Read: 1, Fail: 1}, "PLEDGE_CONTRADICTED J2")
}

// Norway has one agreement, Acme had one by February and two by March, Open Book none.
func TestR_FUN_10_AContributionIsGivenUnderAnAgreementOfItsDonor(t *testing.T) {
	o := surveyOffice(t)
	o.want("pledges", supportPledges, intake.Counts{Read: 4, Create: 4}, "")
	o.want("contributions", agreementTitles+`Government of Norway;Donor country;NO;10;USD;2025-01-09;R1;
Government of Norway;Donor country;NO;10;USD;2025-01-10;R2;
Government of Norway;Donor country;NO;10;USD;2025-01-11;R3;nor 2019-14
Acme;Company;;20;USD;2025-02-28;R4;
Acme;Company;;20;USD;2025-03-02;R5;
Acme;Company;;20.07;USD;2025-03-02;R6;Acme 2
Open Book;Foundation;;30;USD;2025-03-02;R7;
`, intake.Counts{Read: 7, Create: 7}, "")
	under := map[string][3]string{}
	for _, c := range o.contributions("2025") {
		cost, err := c.SupportCost(money.ISO("USD"))
		if err != nil {
			t.Fatal(err)
		}
		under[c.Reference] = [3]string{c.Agreement, c.SupportRate.String(), cost.Decimal(money.ISO("USD"))}
	}
	for reference, want := range map[string][3]string{
		"R1": {"", "0", "0.00"}, // before it was signed
		"R2": {"nor-2019-14", "7.5", "0.75"},
		"R3": {"nor-2019-14", "7.5", "0.75"},
		"R4": {"acme-1", "0", "0.00"},
		"R5": {"", "0", "0.00"}, // which of the two is not guessed
		"R6": {"acme-2", "12.3456", "2.48"},
		"R7": {"", "0", "0.00"},
	} {
		if under[reference] != want {
			t.Errorf("%s is given under %v, want %v", reference, under[reference], want)
		}
	}
}

func TestAnAgreementMustBeOneOfTheDonor(t *testing.T) {
	o := surveyOffice(t)
	o.want("pledges", supportPledges, intake.Counts{Read: 4, Create: 4}, "")
	gifts := agreementTitles + `Acme;Company;;20;USD;2025-03-02;R1;NOR-2019/14
Acme;Company;;20;USD;2025-03-02;R2;Acme 3
Open Book;Foundation;;20;USD;2025-03-02;R3;Acme 1
The Church;Church;;20;USD;2025-03-02;R4;Acme 1
`
	o.want("contributions", gifts, intake.Counts{Read: 4, Fail: 4}, "AGREEMENT_UNKNOWN H2, AGREEMENT_UNKNOWN H3, AGREEMENT_UNKNOWN H4, DONOR_TYPE_UNKNOWN B5")
	report, err := o.service.Check(t.Context(), upload(gifts), imports.Options{Kind: "contributions"})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		if p.Code == "AGREEMENT_UNKNOWN" && p.Row == 3 && (p.Params["known"].FR != "Acme 1, Acme 2" || p.Suggestion == "") {
			t.Errorf("%+v", p)
		}
		if p.Code == "AGREEMENT_UNKNOWN" && p.Row == 4 && p.Params["known"].ES != "ninguno" {
			t.Errorf("%+v", p)
		}
	}
}

// What was checked at a support rate that has changed since isn't stored.
func TestAPlanIsStaleWhenTheAgreementHasChangedSinceItsCheck(t *testing.T) {
	o := surveyOffice(t)
	o.want("pledges", supportPledges, intake.Counts{Read: 4, Create: 4}, "")
	report, err := o.service.Check(t.Context(), upload(agreementTitles+"Norway;Donor country;NO;10;USD;2025-01-11;R1;\n"), imports.Options{Kind: "contributions"})
	if err != nil || report.Rows.Create != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	o.want("pledges", supportTitles+`Norway;Donor country;Norway;NOR-2019/14;200;USD;2025-01-10;1;100;8
Norway;Donor country;Norway;NOR-2019/14;200;USD;2025-01-10;2;100;8
`, intake.Counts{Read: 2, Update: 2}, "")
	_, err = o.service.Commit(t.Context(), imports.Order{Import: report.Import, Plan: report.Plan, Mode: intake.All})
	var refusal *problem.Problem
	if !errors.As(err, &refusal) || refusal.Code != "PLAN_STALE" {
		t.Errorf("%v", err)
	}
}

func TestAnAgreementThatMoneyWasGivenUnderIsKeptByAnUndo(t *testing.T) {
	o := surveyOffice(t)
	report, _, err := o.service.Import(t.Context(), upload(supportPledges), imports.Options{Kind: "pledges"}, intake.Valid, "")
	if err != nil {
		t.Fatal(err)
	}
	o.want("contributions", agreementTitles+"Norway;Donor country;NO;10;USD;2025-01-11;R1;\n", intake.Counts{Read: 1, Create: 1}, "")
	undone := o.undo(report.Import)
	if undone.Rows.Stored != 4 || undone.Rows.Kept != 2 || len(undone.Problems) != 2 || undone.Problems[0].Code != "UNDO_KEPT_NEEDED" {
		t.Errorf("%+v with %v", undone.Rows, undone.Problems)
	}
	if got := o.contributions("2025"); len(got) != 1 || got[0].Agreement != fund.AgreementKey("NOR-2019/14") {
		t.Errorf("%+v", got)
	}
}
