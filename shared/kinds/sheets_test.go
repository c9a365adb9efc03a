package kinds_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/kinds"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// office is a whole importer over an empty store, as it stood on 1 June 2025.
type office struct {
	t       *testing.T
	service *imports.Service
	store   *records.Store
	lang    locale.Lang
}

func newOffice(t *testing.T) *office {
	t.Helper()
	return officeOver(t, memory.New(table.Config{}))
}

func officeOver(t *testing.T, over table.Table) *office {
	t.Helper()
	blobs, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return officeWith(t, over, blobs)
}

func officeWith(t *testing.T, over table.Table, blobs blob.Store) *office {
	t.Helper()
	store := records.New(over)
	at := identity.Fixed(time.Date(2025, time.June, 1, 9, 0, 0, 0, time.UTC))
	service, err := imports.New(imports.Config{
		Table: over, Records: store, Blobs: blobs, Programme: programme.Current(), Reference: reference.Load(), Kinds: kinds.All(),
		Clock: at, IDs: identity.NewIDs(at, nil),
	})
	if err != nil {
		t.Fatal(err)
	}
	return &office{t: t, service: service, store: store}
}

// send imports what is valid of a sheet in CSV and gives the counts, with every problem that is not merely told as "code cell".
func (o *office) send(kind, sheetCSV string, answers ...string) (intake.Counts, string) {
	o.t.Helper()
	given := sheet.Answers{}
	for _, answer := range answers {
		question, value, _ := strings.Cut(answer, "=")
		given[question] = value
	}
	up := imports.Upload{Name: kind + ".csv", Source: strings.NewReader(sheetCSV), Size: int64(len(sheetCSV))}
	report, _, err := o.service.Import(o.t.Context(), up, imports.Options{Kind: kind, Answers: given}, intake.Valid, "")
	if err != nil {
		o.t.Fatal(err)
	}
	o.lang = report.Lang
	var found []string
	for _, p := range report.Problems {
		if p.Severity != "info" {
			found = append(found, string(p.Code)+" "+sheet.CellName(p.Col, p.Row))
		}
	}
	return report.Rows, strings.Join(found, ", ")
}

func (o *office) want(kind, sheetCSV string, counts intake.Counts, problems string, answers ...string) {
	o.t.Helper()
	rows, found := o.send(kind, sheetCSV, answers...)
	if rows != counts || found != problems {
		o.t.Errorf("%s: %+v with %q, want %+v with %q", kind, rows, found, counts, problems)
	}
}

const membersEnglish = `Member cities of the network;;;;;
;;;;;
City;Country;Member since;Website;Clusters;In clusters since
Brest;France;2019-01-01;https://www.brest.fr;Literacy, Entrepreneurship;2023-10-01
Évry-Courcouronnes;FR;2019-01-01;;;
Lausanne;Suiza;2022-09-01;www.lausanne.ch;;
`

const applicationsFrench = `Ville;Pays;Maire;Personne de contact;Courriel;Langue;Engagement du maire;Motivation;Plans de mise en œuvre;Défi : Pauvreté et inégalités;Domaines d'intérêt;Reçue le;Avalisée;Date de l'aval;Signataire
Bafoussam;Cameroun;J. Talla;M. Kamga;m.kamga@ville.example;français;oui;Relier nos écoles;Un comité;4;Alphabétisation (lecture, alphabétisation familiale);2025-05-12;oui;2025-06-20;A. Mbarga
Garoua;Cameroun;A. Bello;O. Hamadou;o.h@ville.example;français;oui;Relier nos écoles;Un comité;;;2025-05-19;oui;2025-06-20;A. Mbarga
Maroua;Cameroun;A. Sali;F. Moussa;f.m@ville.example;français;oui;Relier nos écoles;Un comité;;;2025-05-26;oui;2025-06-20;A. Mbarga
Bamenda;Cameroun;P. Achu;G. Ngum;g.n@ville.example;anglais;oui;Relier nos écoles;Un comité;;;2025-06-15;oui;2025-06-23;A. Mbarga
Liège;Belgique;C. Dumont;L. Lambert;l.l@ville.example;français;oui;Relier nos écoles;Un comité;;;2025-04-30;;;
`

const endorsementsSpanish = `Ciudad;País;Avalada el;Firmado por;Observaciones
Liege;Bélgica;2025-07-15;Comisión Nacional;
`

const decisionsEnglish = `City;Country;Decision;Decided on;Reason
Garoua;Cameroon;accepted;2025-10-06;
Liège;Belgium;Deferred;2025-10-06;The committee is still to be named
`

func TestACallFromItsSheetsInThreeLanguages(t *testing.T) {
	o := newOffice(t)
	o.want("members", membersEnglish, intake.Counts{Read: 3, Create: 3}, "")
	o.want("applications", applicationsFrench, intake.Counts{Read: 5, Create: 4, Fail: 1},
		"NATCOM_QUOTA_EXCEEDED B5, ENDORSEMENT_MISSING M6")
	if o.lang != locale.FR {
		t.Errorf("the applications are read as %s", o.lang)
	}
	o.want("endorsements", endorsementsSpanish, intake.Counts{Read: 1, Create: 1}, "")
	o.want("decisions", decisionsEnglish, intake.Counts{Read: 2, Create: 2}, "")

	// The same sheets again change nothing, also after what has come of them since.
	o.want("members", membersEnglish, intake.Counts{Read: 3, Unchanged: 3}, "")
	o.want("applications", applicationsFrench, intake.Counts{Read: 5, Unchanged: 4, Fail: 1}, "NATCOM_QUOTA_EXCEEDED B5")
	o.want("endorsements", endorsementsSpanish, intake.Counts{Read: 1, Unchanged: 1}, "")
	o.want("decisions", decisionsEnglish, intake.Counts{Read: 2, Unchanged: 2}, "")
}

func TestProblemsStandAtTheirCells(t *testing.T) {
	o := newOffice(t)
	o.send("members", membersEnglish)
	o.want("members", `Ville;Pays;Membre depuis;Date de départ;Pôles thématiques;Pôles depuis
Evry Courcouronnes;France;2019-01-01;;;
Brest;Frnace;2019-01-01;;;
Nantes;France;2019-01-01;2018-01-01;;
Lyon;France;2019-01-01;;"Alphabétisation; Entrepreneuriat; Santé et bien-être; Éducation au développement durable";2023-10-01
Brest;France;2019-01-01;;Alphabétisation;2024-10-01
`, intake.Counts{Read: 5, Fail: 5},
		"CITY_NEAR_DUPLICATE A2, COUNTRY_UNKNOWN B3, DATE_ORDER D4, CLUSTER_LIMIT_EXCEEDED E5, TERM_OVERLAP F6")
}

func TestAnAnswerGivenWithTheSheetSettlesItsQuestion(t *testing.T) {
	o := newOffice(t)
	o.send("members", membersEnglish)
	again := "City;Country;Joined on\nEvry Courcouronnes;France;2019-01-01\n"
	o.want("members", again, intake.Counts{Read: 1, Fail: 1}, "CITY_NEAR_DUPLICATE A2")
	o.want("members", again, intake.Counts{Read: 1, Update: 1}, "", "city:Evry Courcouronnes=Évry-Courcouronnes") // its other name
}

func TestR_APP_6_AnApplicationSpeaksOfTheFrameworkOfALearningCity(t *testing.T) {
	const titles, row = "City;Country;Mayor;Contact person;E-mail;Pledge;Motivation;Implementation plans;Received on", "Liège;Belgium;C. Dumont;L. Lambert;l@ville.example;yes;To learn;In stages;2025-05-12"
	t.Run("passes: features, benefits, building blocks and conditions in any language", func(t *testing.T) {
		o := newOffice(t)
		o.want("applications", titles+";Key features;Wider benefits;Building blocks;Fundamental conditions\n"+row+
			`;"Extends the use of modern learning technologies; Ravive l’apprentissage dans les familles et les communautés";`+
			`Desarrollo sostenible;culture;"Mobilisation et exploitation des ressources; commitment"`+"\n",
			intake.Counts{Read: 1, Create: 1}, "ENDORSEMENT_MISSING 2")
		r, err := o.store.Get(t.Context(), records.Ref{Type: application.RecordType, Partition: "2025", ID: "BE#liege"})
		if err != nil {
			t.Fatal(err)
		}
		var a application.Application
		if err := records.Decode(r.Body, &a); err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprint(a.Features, a.Benefits, a.Blocks, a.Conditions)
		if want := "[families technologies] [sustainability] [culture] [commitment resources]"; got != want {
			t.Errorf("stored: %s, want %s", got, want)
		}
	})
	t.Run("fails: what the framework does not have, at its cell", func(t *testing.T) {
		newOffice(t).want("applications", titles+";Features;Benefits;Building blocks;Conditions\n"+row+";Fame;Fame;Fame;Fame\n",
			intake.Counts{Read: 1, Fail: 1}, "ENDORSEMENT_MISSING 2, ENUM_UNKNOWN J2, ENUM_UNKNOWN K2, ENUM_UNKNOWN L2, ENUM_UNKNOWN M2")
	})
}

func TestR_LAN_1_ASheetIsRecognisedInAnyOfTheThreeLanguages(t *testing.T) {
	t.Run("passes: the same members in English, French and Spanish", func(t *testing.T) {
		o := newOffice(t)
		o.want("members", "City;Country;Member since;Clusters;In clusters since\nDakar;Senegal;2015-01-01;Health and well-being;2024-01-01\n",
			intake.Counts{Read: 1, Create: 1}, "")
		for _, again := range []string{
			"Ville;Pays;Membre depuis;Pôles thématiques;Pôles depuis\nDakar;Sénégal;2015-01-01;Santé et bien-être;2024-01-01\n",
			"Ciudad;País;Miembro desde;Grupos temáticos;En los grupos desde\nDakar;Senegal;2015-01-01;Salud y bienestar;2024-01-01\n",
		} {
			o.want("members", again, intake.Counts{Read: 1, Unchanged: 1}, "")
		}
	})
	t.Run("fails: another language's titles and choices are not guessed", func(t *testing.T) {
		o := newOffice(t)
		german := "Stadt;Land;Mitglied seit\nDakar;Senegal;2015-01-01\n"
		_, err := o.service.Check(t.Context(), upload(german), imports.Options{Kind: "members"})
		if refusal, ok := err.(*problem.Problem); !ok || refusal.Code != "HEADER_NOT_FOUND" {
			t.Errorf("got %v", err)
		}
		o.want("members", "City;Country;Member since;Clusters;In clusters since\nDakar;Senegal;2015-01-01;Gesundheit;2024-01-01\n",
			intake.Counts{Read: 1, Fail: 1}, "ENUM_UNKNOWN D2")
	})
}

func TestR_REG_1_TheRegionIsNeverReadFromASheet(t *testing.T) {
	t.Run("passes: it follows from the country, whatever the sheet says", func(t *testing.T) {
		o := newOffice(t)
		o.want("members", "City;Country;Member since;UNESCO region\nDakar;Senegal;2015-01-01;Arab States\n", intake.Counts{Read: 1, Create: 1}, "")
		if exported := o.exported(locale.EN); !strings.Contains(exported, "africa") || strings.Contains(exported, "arab") {
			t.Errorf("%s", exported)
		}
	})
	t.Run("fails: a country that is none has no region", func(t *testing.T) {
		newOffice(t).want("members", "City;Country;Member since;UNESCO region\nDakar;Senegambia;2015-01-01;Africa\n",
			intake.Counts{Read: 1, Fail: 1}, "COUNTRY_UNKNOWN B2")
	})
}

func TestR_SUR_4_ClustersAreNamedByLabelNumberAndShortForm(t *testing.T) {
	o := newOffice(t)
	header := "Ville;Pays;Membre depuis;Pôles thématiques;Pôles depuis\n"
	o.want("members", header+"Brest;France;2019-01-01;\"Équité et intégration; Santé et bien-être\";2023-10-01\n",
		intake.Counts{Read: 1, Create: 1}, "")
	for _, clusters := range []string{
		"2, 6", "2 ; 6", "6. Santé et bien-être | Equity", "equity\nhealth", "Santé, Inclusion", "EQUITY AND INCLUSION; WELL-BEING",
		"la santé et le bien-être, l'éducation pour tous; l'équité et l'intégration",
	} {
		o.want("members", header+"Brest;France;2019-01-01;\""+clusters+"\";2023-10-01\n", intake.Counts{Read: 1, Unchanged: 1}, "")
	}
}

// exported writes the members on record as a sheet of the schema's own columns in a language.
func (o *office) exported(lang locale.Lang) string {
	o.t.Helper()
	env := &imports.Env{Programme: programme.Current(), Reference: reference.Load(), Lang: lang}
	columns := kinds.MembersSchema(env).Columns
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	var header []string
	for _, column := range columns {
		header = append(header, column.Label.In(lang))
	}
	lines := [][]string{header}
	err := o.store.Scan(o.t.Context(), member.RecordType, "", "", func(r records.Record) error {
		var m member.Member
		if err := records.Decode(r.Body, &m); err != nil {
			return err
		}
		cells := kinds.MemberCells(env, m, r.Version)
		var line []string
		for _, column := range columns {
			line = append(line, written(cells[column.ID], column, lang))
		}
		lines = append(lines, line)
		return nil
	})
	if err == nil {
		err = w.WriteAll(lines)
	}
	if err != nil {
		o.t.Fatal(err)
	}
	return out.String()
}

func written(value any, column sheet.Column, lang locale.Lang) string {
	switch v := value.(type) {
	case nil:
		return ""
	case civil.Date:
		return v.String()
	case []string:
		var labels []string
		for _, choice := range column.Choices {
			for _, id := range v {
				if id == choice.ID {
					labels = append(labels, choice.Label.In(lang))
				}
			}
		}
		return strings.Join(labels, "; ")
	default:
		return fmt.Sprint(v)
	}
}

func TestTheExportedMembersComeBackUnchangedInEveryLanguage(t *testing.T) {
	o := newOffice(t)
	o.send("members", membersEnglish)
	for _, lang := range locale.Langs {
		o.want("members", o.exported(lang), intake.Counts{Read: 3, Unchanged: 3}, "")
	}
}

func TestAMemberChangedSinceItsExportIsAConflict(t *testing.T) {
	o := newOffice(t)
	o.send("members", membersEnglish)
	before := o.exported(locale.EN)
	o.send("members", "City;Country;Joined on;Website\nBrest;France;2019-01-01;https://brest.example\n")
	rows, found := o.send("members", strings.Replace(before, "https://www.brest.fr", "https://other.example", 1))
	if rows.Fail != 1 || !strings.Contains(found, "ROW_UPDATE_CONFLICT") {
		t.Errorf("%+v with %s", rows, found)
	}
}

func TestR_APP_3_TwoSheetsAtTheSameMomentSubmitThreeCitiesAndNameTheFour(t *testing.T) {
	o := newOffice(t)
	lines := strings.SplitAfter(applicationsFrench, "\n")
	sheets := []string{lines[0] + lines[1] + lines[2], lines[0] + lines[3] + lines[4]}
	reports := make([]*intake.Report, len(sheets))
	var group sync.WaitGroup
	for i, content := range sheets {
		group.Go(func() {
			up := imports.Upload{Name: "applications.csv", Source: strings.NewReader(content), Size: int64(len(content))}
			report, _, err := o.service.Import(t.Context(), up, imports.Options{Kind: "applications"}, intake.Valid, "")
			if err != nil {
				t.Error(err)
				return
			}
			reports[i] = report
		})
	}
	group.Wait()
	if t.Failed() {
		return
	}
	created, refused := 0, ""
	for _, report := range reports {
		created += report.Rows.Create
		for _, p := range report.Problems {
			if p.Code == "NATCOM_QUOTA_EXCEEDED" {
				refused += p.Message(locale.FR)
			}
		}
	}
	if created != 3 {
		t.Errorf("%d applications were stored, want 3", created)
	}
	for _, name := range []string{"Bafoussam", "Garoua", "Maroua", "Bamenda"} {
		if strings.Count(refused, name) != 1 {
			t.Errorf("%q does not name %s once", refused, name)
		}
	}
}

func TestR_CLU_2_APeriodBeginsWhileTheCityIsAMember(t *testing.T) {
	newOffice(t).want("members", `City;Country;Joined on;Left on;Clusters;In clusters from
Brest;France;2019-01-01;2023-12-31;Literacy;2023-12-31
Lyon;France;2019-01-01;2023-12-31;Literacy;2024-01-01
Nantes;France;2019-01-01;;Literacy;2018-12-31
`, intake.Counts{Read: 3, Create: 1, Fail: 2}, "NOT_A_MEMBER F3, DATE_ORDER F4")
}
