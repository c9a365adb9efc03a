package exports_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/kinds"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/sheet/officetest"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

const memberSheet = `City;Country;Member since;Left on;Website;Population;Clusters;In clusters since
Brest;France;2019-02-01;;https://www.brest.fr;139456;"Education for Sustainable Development, Literacy";2023-10-01
Évry-Courcouronnes;France;2017-01-01;;;;;
Clermont-Ferrand;France;2017-09-18;2021-12-31;;;;
's-Hertogenbosch;Netherlands;2021-01-15;;;;"Educational planning, monitoring and evaluation";2024-01-01
Abidjan;Côte d'Ivoire;2016-05-01;;;;;
Gimpo;South Korea;2018-05-01;;;;Health and well-being;2020-02-29
`

// The sheet of members that the workbook brings is read as what it is, among all its other sheets and in every language, and
// changes nothing.
func TestTheExportedMembersImportAgainAsAllUnchanged(t *testing.T) {
	service, store := importer(t)
	in := strings.NewReader(memberSheet)
	first, _, err := service.Import(t.Context(), imports.Upload{Name: "members.csv", Source: in, Size: in.Size()}, imports.Options{Kind: "members"}, intake.All, "")
	if err != nil {
		t.Fatal(err)
	}
	if first.Rows.Create != 6 {
		t.Fatalf("%+v: %v", first.Rows, first.Problems)
	}
	for _, lang := range locale.Langs {
		workbook := membershipOf(t, store, lang)
		wantUnchanged(t, service, workbook, "members", lang)
		wantUnchanged(t, service, workbook, "", lang)
	}
	// A person opens it, changes nothing, and saves it with another program.
	wantUnchanged(t, service, officetest.Resave(t, membershipOf(t, store, locale.ES), "membership.xlsx"), "", locale.ES)
}

func wantUnchanged(t *testing.T, service *imports.Service, workbook []byte, kind string, lang locale.Lang) {
	t.Helper()
	up := imports.Upload{Name: "membership.xlsx", Source: bytes.NewReader(workbook), Size: int64(len(workbook))}
	report, err := service.Check(t.Context(), up, imports.Options{Kind: kind})
	if err != nil {
		t.Fatal(err)
	}
	if report.Kind != "members" || report.Lang != lang || report.Rows != (intake.Counts{Read: 6, Unchanged: 6}) {
		t.Errorf("%s as %q: %s in %q, %+v", lang, kind, report.Kind, report.Lang, report.Rows)
	}
	for _, p := range report.Problems {
		if p.Code != "ROW_EXISTS_UNCHANGED" && p.Code != "SHEET_EXTRA_IGNORED" {
			t.Errorf("%s: %s", lang, p.Error())
		}
	}
}

// importer is an importer over an empty store in memory.
func importer(t *testing.T) (*imports.Service, *records.Store) {
	t.Helper()
	service, config := importerWith(t, func(*imports.Config) {})
	return service, config.Records
}

// importerWith is one whose parts are changed before it is made; it gives what it is made of, too.
func importerWith(t *testing.T, change func(*imports.Config)) (*imports.Service, imports.Config) {
	t.Helper()
	blobs, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	over := memory.New(table.Config{})
	at := identity.Fixed(input(nil, locale.EN).At)
	config := imports.Config{
		Table: over, Records: records.New(over), Blobs: blobs, Programme: programme.Current(), Reference: reference.Load(), Kinds: kinds.All(),
		Clock: at, IDs: identity.NewIDs(at, nil),
	}
	change(&config)
	service, err := imports.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return service, config
}
