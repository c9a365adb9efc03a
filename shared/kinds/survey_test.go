package kinds_test

import (
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/survey"
)

const votersEnglish = `City;Country;Member since;Left on
Brest;France;2016-01-01;
Évry-Courcouronnes;France;2017-01-01;
Dakar;Senegal;2015-01-01;
Medellín;Colombia;2017-01-01;
Clermont-Ferrand;France;2017-01-01;2018-12-31
Lausanne;Switzerland;2022-09-01;
`

// answers reads back the answers on record to the survey of 2019.
func (o *office) answers() []survey.Answer {
	o.t.Helper()
	var all []survey.Answer
	err := o.store.Scan(o.t.Context(), survey.RecordType, "2019", "", func(r records.Record) error {
		var a survey.Answer
		if err := records.Decode(r.Body, &a); err != nil {
			return err
		}
		if r.Ref.ID != a.ID() {
			o.t.Errorf("%+v is stored as %s", a, r.Ref.ID)
		}
		all = append(all, a)
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return all
}

func surveyOffice(t *testing.T) *office {
	o := newOffice(t)
	o.want("members", votersEnglish, intake.Counts{Read: 6, Create: 6}, "")
	return o
}

func TestR_TOP_1_TopicsAreUnderstoodInEveryLanguageAndLayout(t *testing.T) {
	want := []string{"esd", "citizenship", "planning"}
	t.Run("passes: by label, number, identifier, and in the strategy's own words", func(t *testing.T) {
		for name, sheetCSV := range map[string]string{
			"English, one column per topic": `City;Country;Answered on;Topic 1;Topic 2;Topic 3;Would coordinate a cluster
Brest;France;2019-02-01;Education for Sustainable Development (ESD);Citizenship education;Educational planning;yes
`,
			"French, a list": `Ville;Pays;Répondu le;Thèmes;Coordonnerait un pôle
Brest;France;2019-02-01;"Éducation au développement durable (EDD) ; Éducation à la citoyenneté ; Planification de l’éducation";oui
`,
			"Spanish, numbers": `Ciudad;País;Fecha de respuesta;Temas;Coordinaría un grupo
Brest;Francia;2019-02-01;"1; 7; 11";sí
`,
			"the strategy's own words, each twice": `City;Country;Date;Priority 1;Priority 2;Priority 3;Coordinator
Brest;France;2019-02-01;EDS;7) Citizenship education;Planification;x
`,
			"identifiers": `city;country;answered_on;topics;coordinate
Brest;FR;2019-02-01;planning, esd, citizenship;true
`,
		} {
			o := surveyOffice(t)
			o.want("survey", sheetCSV, intake.Counts{Read: 1, Create: 1}, "")
			got := o.answers()
			if len(got) != 1 || !slices.Equal(got[0].Topics, want) || !got[0].Coordinate || got[0].Member != "FR#brest" {
				t.Errorf("%s: %+v", name, got)
			}
		}
	})
	t.Run("fails: a topic that is none of the twelve, at its cell", func(t *testing.T) {
		surveyOffice(t).want("survey", `City;Country;Answered on;Topic 1;Topic 2
Brest;France;2019-02-01;Chess;1
Dakar;Senegal;2019-02-01;1;Litracy
Medellín;Colombia;2019-02-01;13;
`, intake.Counts{Read: 3, Fail: 3}, "ENUM_UNKNOWN D2, ENUM_UNKNOWN E3, ENUM_UNKNOWN D4")
	})
}

func TestR_SUR_1_AnAnswerNamesAtLeastOneTopic(t *testing.T) {
	t.Run("passes: one, in a list or in a column", func(t *testing.T) {
		surveyOffice(t).want("survey", `City;Country;Answered on;Topics;Topic 1
Brest;France;2019-02-01;1;
Dakar;Senegal;2019-02-01;;1
`, intake.Counts{Read: 2, Create: 2}, "")
	})
	t.Run("fails: none", func(t *testing.T) {
		surveyOffice(t).want("survey", `City;Country;Answered on;Topics;Topic 1
Brest;France;2019-02-01;;
`, intake.Counts{Read: 1, Fail: 1}, "CELL_REQUIRED D2")
	})
}

func TestR_SUR_2_AllAnswersOfACityAreKeptAndTheLatestInTimeCounts(t *testing.T) {
	o := surveyOffice(t)
	o.want("survey", `City;Country;Answered on;Topics
Brest;France;2019-02-01;1
BREST;France;2019-03-31;7
Brest;France;2019-04-02;8
Dakar;Senegal;2019-02-01;6
`, intake.Counts{Read: 4, Create: 4}, "CYCLE_CLOSED_CITY C4")
	answers := o.answers()
	tally := survey.Count(programme.Current(), programme.Current().LatestSurvey(), answers, func(string) string { return "" })
	if len(answers) != 4 || tally.Cities != 2 || tally.Late != 1 || tally.Superseded != 1 {
		t.Errorf("%d answers: %+v", len(answers), tally)
	}
	if first := tally.ByTopic[0]; first.Topic.ID != "literacy" || first.Votes != 1 {
		t.Errorf("first is %+v", first)
	}
}

func TestR_SUR_2_OnlyMembersVote(t *testing.T) {
	t.Run("passes: a member, however it is written", func(t *testing.T) {
		surveyOffice(t).want("survey", `City;Country;Answered on;Topics
Evry Courcouronnes;France;2019-02-01;1
`, intake.Counts{Read: 1, Create: 1}, "")
	})
	t.Run("fails: who is none, has left, or joined later", func(t *testing.T) {
		surveyOffice(t).want("survey", `City;Country;Answered on;Topics
Paris;France;2019-02-01;1
Clermont-Ferrand;France;2019-02-01;1
Lausanne;Switzerland;2019-02-01;1
`, intake.Counts{Read: 3, Fail: 3}, "NOT_A_MEMBER A2, NOT_A_MEMBER A3, NOT_A_MEMBER A4")
	})
}

func TestR_SUR_3_MoreThanThreeTopicsAreRefusedInEitherLayout(t *testing.T) {
	surveyOffice(t).want("survey", `City;Country;Answered on;Topics;Topic 1;Topic 2;Topic 3;Topic 4
Brest;France;2019-02-01;1, 2, 3, 4;;;;
Dakar;Senegal;2019-02-01;;1;2;3;4
Medellín;Colombia;2019-02-01;;1;2;2;1
`, intake.Counts{Read: 3, Create: 1, Fail: 2}, "SURVEY_TOO_MANY_TOPICS D2, SURVEY_TOO_MANY_TOPICS H3")
}

func TestTheSameAnswersAgainChangeNothing(t *testing.T) {
	o := surveyOffice(t)
	sheetCSV := "City;Country;Answered on;Topics;Coordinate\nBrest;France;2019-02-01;1;yes\n"
	o.want("survey", sheetCSV, intake.Counts{Read: 1, Create: 1}, "")
	o.want("survey", sheetCSV, intake.Counts{Read: 1, Unchanged: 1}, "")
	o.want("survey", "Ville;Pays;Répondu le;Thèmes;Coordination\nbrest;Frankreich;2019-02-01;EDD;oui\n",
		intake.Counts{Read: 1, Fail: 1}, "COUNTRY_UNKNOWN B2")
	o.want("survey", "Ville;Pays;Répondu le;Thèmes;Coordination\nbrest;France;2019-02-01;EDD;oui\n", intake.Counts{Read: 1, Unchanged: 1}, "")
}

// Every param that a message needs is given, in all languages, for whatever these kinds find wrong.
func TestEveryMessageIsCompleteInThreeLanguages(t *testing.T) {
	o := surveyOffice(t)
	seen := map[problem.Code]bool{}
	for kind, sheetCSV := range map[string]string{
		"survey":        "City;Country;Answered on;Topics\nParis;France;2019-02-01;1\nBrest;France;2019-05-01;1,2,3,4\nDakar;Senegal;2019-01-20;\nDakar;Senegal;2019-01-21;Chess\n",
		"questionnaire": "City;Country;Item 1;Item 7\nParis;France;a;b\n",
		"contributions": giftTitles + "A;Church;;;0;EUR;2025-01-10;R1;1.1;;;\nB;Company;;;1.5;JPY;2025-01-10;R2;;0;;\nC;Company;;;-1;;2025-01-10;R3;;1;;\n" +
			"D;Member city;Paris;;1;Thaler;2025-01-10;R4;;1;;\nE;Company;;;1;EUR;2025-01-10;R5;;1.1;;\n",
	} {
		report, err := o.service.Check(t.Context(), upload(sheetCSV), imports.Options{Kind: kind})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range report.Problems {
			entry, ok := problem.Lookup(p.Code)
			if !ok {
				t.Errorf("there is no code %s", p.Code)
			}
			seen[p.Code] = true
			for _, name := range entry.Params {
				if missing := p.Params[name].Missing(); len(missing) > 0 {
					t.Errorf("%s: its param %s is missing in %v", p.Code, name, missing)
				}
			}
		}
	}
	for _, code := range []problem.Code{
		"NOT_A_MEMBER", "CYCLE_CLOSED_CITY", "SURVEY_TOO_MANY_TOPICS", "CELL_REQUIRED", "ENUM_UNKNOWN", "QUESTIONNAIRE_ITEM_UNKNOWN",
		"DONOR_TYPE_UNKNOWN", "AMOUNT_SCALE", "FX_RATE_MISSING", "ACTIVITY_CODE_UNKNOWN", "NUMBER_OUT_OF_RANGE", "CURRENCY_MISSING", "CURRENCY_UNKNOWN",
	} {
		if !seen[code] {
			t.Errorf("%s was not raised", code)
		}
	}
}
