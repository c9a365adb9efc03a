package officetest_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/sheet/officetest"
)

// pledges is a schema with a column of every type.
func pledges() sheet.Schema {
	return sheet.Schema{
		Kind: "pledges", Version: 2, Title: locale.Text{EN: "Pledges", FR: "Promesses", ES: "Promesas"},
		Columns: []sheet.Column{
			{ID: "reference", Label: locale.Text{EN: "Reference", FR: "Référence", ES: "Referencia"}, Type: sheet.TypeCode, Required: true},
			{ID: "donor", Label: locale.Text{EN: "Donor", FR: "Donateur", ES: "Donante"}, Required: true, MaxChars: 120},
			{ID: "kind", Label: locale.Text{EN: "Kind", FR: "Type", ES: "Tipo"}, Type: sheet.TypeEnum, Required: true, Choices: []sheet.Choice{
				{ID: "city", Label: locale.Text{EN: "Member city", FR: "Ville membre", ES: "Ciudad miembro"}},
				{ID: "firm", Label: locale.Text{EN: "Company, firm", FR: "Entreprise", ES: "Empresa"}},
			}},
			{ID: "amount", Label: locale.Text{EN: "Amount", FR: "Montant", ES: "Importe"}, Type: sheet.TypeAmount, CurrencyColumn: "currency"},
			{ID: "currency", Label: locale.Text{EN: "Currency", FR: "Devise", ES: "Moneda"}, MaxChars: 3},
			{ID: "date", Label: locale.Text{EN: "Date", FR: "Date", ES: "Fecha"}, Type: sheet.TypeDate},
			{ID: "topics", Label: locale.Text{EN: "Topics", FR: "Thèmes", ES: "Temas"}, Type: sheet.TypeEnums, Choices: []sheet.Choice{
				{ID: "health", Label: locale.Text{EN: "Health", FR: "Santé", ES: "Salud"}},
				{ID: "equity", Label: locale.Text{EN: "Equity", FR: "Équité", ES: "Equidad"}},
			}},
			{ID: "people", Label: locale.Text{EN: "People", FR: "Personnes", ES: "Personas"}, Type: sheet.TypeInteger},
			{ID: "share", Label: locale.Text{EN: "Share", FR: "Part", ES: "Parte"}, Type: sheet.TypeDecimal},
			{ID: "public", Label: locale.Text{EN: "May be named", FR: "Peut être nommé", ES: "Puede nombrarse"}, Type: sheet.TypeBool},
			{ID: "email", Label: locale.Text{EN: "E-mail", FR: "Courriel", ES: "Correo"}, Type: sheet.TypeEmail},
			{ID: "site", Label: locale.Text{EN: "Web site", FR: "Site web", ES: "Sitio web"}, Type: sheet.TypeURL},
		},
	}
}

type pledge struct {
	Reference string     `sheet:"reference"`
	Donor     string     `sheet:"donor"`
	Kind      string     `sheet:"kind"`
	Amount    string     `sheet:"amount"`
	Currency  string     `sheet:"currency"`
	Date      civil.Date `sheet:"date"`
	Topics    []string   `sheet:"topics"`
	People    int64      `sheet:"people"`
	Share     string     `sheet:"share"`
	Public    bool       `sheet:"public"`
	Email     string     `sheet:"email"`
	Site      string     `sheet:"site"`
}

// words are what a person fills into the template of a language.
var words = map[locale.Lang]struct{ kind, topics, yes string }{
	locale.EN: {"Company, firm", "Health; Equity", "Yes"}, locale.FR: {"Entreprise", "Santé; Équité", "Oui"}, locale.ES: {"Empresa", "Salud; Equidad", "Sí"},
}

// TestAFilledTemplateIsReadWithoutAProblem: in each language the template is filled, opened and saved by LibreOffice, and read.
func TestAFilledTemplateIsReadWithoutAProblem(t *testing.T) {
	filled := map[string][]byte{}
	for lang, word := range words {
		schema := pledges()
		var template bytes.Buffer
		if err := sheet.WriteTemplate(&template, &schema, lang, sheet.TemplateOptions{}); err != nil {
			t.Fatal(err)
		}
		f := oracle(t, template.Bytes())
		tab := schema.Title.In(lang)
		for n := range 30 {
			row := []any{
				fmt.Sprintf("%05d", n), fmt.Sprintf("Évreux & fils %d", n), word.kind, 1000.25 + float64(n), "EUR",
				time.Date(2025, 4, 1+n, 0, 0, 0, 0, time.UTC), word.topics, 12 + n, 0.5, word.yes, "info@example.org", "https://example.org/é",
			}
			for i, value := range row {
				cell := sheet.CellName(i+1, 5+n)
				style, err := f.GetCellStyle(tab, cell)
				if err != nil {
					t.Fatal(err)
				}
				if err := f.SetCellValue(tab, cell, value); err != nil {
					t.Fatal(err)
				}
				if err := f.SetCellStyle(tab, cell, cell, style); err != nil {
					t.Fatal(err)
				}
			}
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		filled[string(lang)+".xlsx"] = out.Bytes()
	}
	for name, content := range officetest.ResaveEach(t, filled) {
		lang := locale.Lang(name[:2])
		rows := readPledges(t, content, lang)
		if len(rows) != 30 {
			t.Fatalf("%s: %d rows", lang, len(rows))
		}
		want := fmt.Sprint(pledge{
			"00029", "Évreux & fils 29", "firm", "1029.25", "EUR", civil.Date{Year: 2025, Month: 4, Day: 30}, []string{"health", "equity"}, 41, "0.5",
			true, "info@example.org", "https://example.org/é",
		})
		if got := fmt.Sprint(rows[29]); got != want {
			t.Errorf("%s: got %s, want %s", lang, got, want)
		}
	}
}

// readPledges reads a filled template of which nobody said what it is.
func readPledges(t *testing.T, content []byte, lang locale.Lang) []pledge {
	t.Helper()
	ctx := t.Context()
	book, err := sheet.Open(ctx, bytes.NewReader(content), int64(len(content)), "pledges.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	loc, problems, err := book.Locate(ctx, []sheet.Schema{pledges(), *schema()}, sheet.TableOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(problems) > 0 || loc.Schema.Kind != "pledges" || loc.Lang != lang || loc.TemplateVersion != 2 {
		t.Errorf("%s: %+v, %+v", lang, loc, problems)
	}
	table, err := book.Table(ctx, loc, sheet.TableOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = table.Close() }()
	decoder, err := sheet.NewDecoder[pledge](loc.Schema)
	if err != nil {
		t.Fatal(err)
	}
	var rows []pledge
	for table.Next() {
		line := table.Line()
		if line.Class != sheet.LineData || len(line.Problems) > 0 {
			t.Errorf("%s: row %d: %v, %+v", lang, line.Number, line.Class, line.Problems)
			continue
		}
		var row pledge
		if problems, bad := decoder.Decode(table, line, &row); len(problems)+len(bad) > 0 {
			t.Errorf("%s: row %d: %+v, %v", lang, line.Number, problems, bad)
		}
		rows = append(rows, row)
	}
	if err := table.Err(); err != nil || len(table.Problems()) > 0 {
		t.Errorf("%s: %v, %+v", lang, err, table.Problems())
	}
	return rows
}
