package sheet_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// donations is a schema with a column of every type.
func donations() *sheet.Schema {
	return &sheet.Schema{
		Kind: "donations", Version: 3, Title: locale.Text{EN: "Donations", FR: "Dons", ES: "Donaciones"},
		Columns: []sheet.Column{
			{ID: "reference", Label: locale.Text{EN: "Reference", FR: "Référence", ES: "Referencia"}, Type: sheet.TypeCode, Required: true},
			{ID: "donor", Label: locale.Text{EN: "Donor", FR: "Donateur", ES: "Donante"}, Required: true, MaxChars: 120,
				Note: locale.Text{EN: "The full name.", FR: "Le nom complet.", ES: "El nombre completo."}},
			{ID: "kind", Label: locale.Text{EN: "Type of donor", FR: "Type de donateur", ES: "Tipo de donante"}, Type: sheet.TypeEnum, Required: true,
				Choices: []sheet.Choice{
					{ID: "city", Label: locale.Text{EN: "Member city", FR: "Ville membre", ES: "Ciudad miembro"}},
					{ID: "company", Label: locale.Text{EN: "Company, firm", FR: "Entreprise", ES: "Empresa"}},
				}},
			{ID: "amount", Label: locale.Text{EN: "Amount", FR: "Montant", ES: "Importe"}, Type: sheet.TypeAmount, Required: true, CurrencyColumn: "currency"},
			{ID: "currency", Label: locale.Text{EN: "Currency", FR: "Devise", ES: "Moneda"}, Required: true, MaxChars: 3},
			{ID: "date", Label: locale.Text{EN: "Value date", FR: "Date de valeur", ES: "Fecha de valor"}, Type: sheet.TypeDate},
			{ID: "topics", Label: locale.Text{EN: "Topics", FR: "Thèmes", ES: "Temas"}, Type: sheet.TypeEnums, Choices: []sheet.Choice{
				{ID: "health", Label: locale.Text{EN: "Health", FR: "Santé", ES: "Salud"}},
				{ID: "equity", Label: locale.Text{EN: "Equity", FR: "Équité", ES: "Equidad"}},
			}},
			{ID: "year", Label: locale.Text{EN: "Year", FR: "Année", ES: "Año"}, Type: sheet.TypeInteger},
			{ID: "share", Label: locale.Text{EN: "Share", FR: "Part", ES: "Parte"}, Type: sheet.TypeDecimal},
			{ID: "public", Label: locale.Text{EN: "May be named", FR: "Peut être nommé", ES: "Puede nombrarse"}, Type: sheet.TypeBool},
			{ID: "email", Label: locale.Text{EN: "E-mail", FR: "Courriel", ES: "Correo"}, Type: sheet.TypeEmail},
			{ID: "site", Label: locale.Text{EN: "Web site", FR: "Site web", ES: "Sitio web"}, Type: sheet.TypeURL},
			{ID: "total", Label: locale.Text{EN: "Total so far", FR: "Total à ce jour", ES: "Total hasta ahora"}, Derived: true},
		},
	}
}

func template(t *testing.T, lang locale.Lang) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := sheet.WriteTemplate(&out, donations(), lang, sheet.TemplateOptions{Creator: "Secretariat"}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestATemplateIsInItsLanguage(t *testing.T) {
	for lang, want := range map[locale.Lang]struct{ sheet, title, required, list, topics string }{
		locale.EN: {"Donations", "Value date", "Reference *", "Member city", "Topics"},
		locale.FR: {"Dons", "Date de valeur", "Référence *", "Ville membre", "Thèmes"},
		locale.ES: {"Donaciones", "Fecha de valor", "Referencia *", "Ciudad miembro", "Temas"},
	} {
		content := template(t, lang)
		parts(t, content)
		f := oracle(t, content)
		for cell, text := range map[string]string{"A1": want.sheet, "F4": want.title, "A4": want.required, "G4": want.topics, "M4": ""} {
			if got, _ := f.GetCellValue(want.sheet, cell); got != text {
				t.Errorf("%s %s: got %q, want %q", lang, cell, got, text)
			}
		}
		if got, _ := f.GetCellValue("_lists", "A1"); got != want.list {
			t.Errorf("%s: the list begins with %q, want %q", lang, got, want.list)
		}
		panes, _ := f.GetPanes(want.sheet)
		if panes.YSplit != 4 || !panes.Freeze {
			t.Errorf("%s: the titles are not frozen: %+v", lang, panes)
		}
	}
}

func TestATemplateIsRecognisedByItsHiddenSheet(t *testing.T) {
	content := template(t, locale.FR)
	f := oracle(t, content)
	rows, err := f.GetRows("_guildhall")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"schema donations", "version 3", "lang fr", "problems",
		"reference donor kind amount currency date topics year share public email site"} {
		if got := strings.TrimSpace(strings.Join(rows[i], " ")); got != want {
			t.Errorf("row %d: got %q, want %q", i+1, got, want)
		}
	}
	book := parts(t, content)["xl/workbook.xml"]
	for _, name := range []string{"_guildhall", "_lists"} {
		if !strings.Contains(book, `<sheet name="`+name+`" sheetId="`) || strings.Count(book, `state="veryHidden"`) != 2 {
			t.Errorf("%s is not very hidden: %s", name, book)
		}
	}
}

func TestATemplateChecksWhatIsTyped(t *testing.T) {
	f := oracle(t, template(t, locale.EN))
	validations, err := f.GetDataValidations("Donations")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, v := range validations {
		strict := " lenient"
		if v.ShowErrorMessage {
			strict = ""
		}
		got[v.Sqref] = v.Type + " " + v.Formula1 + strict
	}
	for where, want := range map[string]string{
		"B5:B1004": "textLength 0", "C5:C1004": "list '_lists'!$A$1:$A$2", "D5:D1004": "decimal -1E+300", "F5:F1004": "date 61",
		"G5:G1004": "list '_lists'!$B$1:$B$2 lenient", "H5:H1004": "whole -999999999999999", "J5:J1004": "list '_lists'!$C$1:$C$2",
	} {
		if got[where] != want {
			t.Errorf("%s: got %q, want %q", where, got[where], want)
		}
	}
	for _, free := range []string{"A5:A1004", "K5:K1004"} {
		if got[free] != "" {
			t.Errorf("%s is checked: %s", free, got[free])
		}
	}
}

func TestATemplateExplainsEachColumn(t *testing.T) {
	comments, err := oracle(t, template(t, locale.EN)).GetComments("Donations")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, c := range comments {
		for _, run := range c.Paragraph {
			texts[c.Cell] += run.Text
		}
	}
	if len(texts) != 12 {
		t.Errorf("%d columns have a note", len(texts))
	}
	for cell, want := range map[string]string{
		"B4": "Donor\nRequired.\nThe full name.\nAt most 120 characters.",
		"D4": "Amount\nRequired.\nAn amount in digits, for example 50000.25. The currency goes into \"Currency\".",
		"G4": "Topics\nOne or more of these, with semicolons between them: Health; Equity",
	} {
		if texts[cell] != want {
			t.Errorf("%s: got %q, want %q", cell, texts[cell], want)
		}
	}
}

func TestATemplateFormatsItsColumns(t *testing.T) {
	f := oracle(t, template(t, locale.EN))
	for col, want := range map[string]string{"F": "yyyy-mm-dd", "D": "#,##0.00", "A": "@", "H": "0"} {
		id, err := f.GetColStyle("Donations", col)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		got := map[int]string{1: "0", 4: "#,##0.00", 49: "@"}[style.NumFmt]
		if style.CustomNumFmt != nil {
			got = *style.CustomNumFmt
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", col, got, want)
		}
	}
}

func TestAContradictorySchemaGivesNoTemplate(t *testing.T) {
	var out bytes.Buffer
	schema := donations()
	schema.Columns[1].ID = "reference"
	if err := sheet.WriteTemplate(&out, schema, locale.EN, sheet.TemplateOptions{}); err == nil || out.Len() > 0 {
		t.Errorf("got %v and %d bytes", err, out.Len())
	}
}
