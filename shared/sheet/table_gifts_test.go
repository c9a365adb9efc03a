package sheet

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

// gift is a row of the table that these tests read.
type gift struct {
	City     string           `sheet:"city"`
	Country  string           `sheet:"country"`
	Amount   string           `sheet:"amount"`
	Currency string           `sheet:"currency"`
	GivenOn  civil.Date       `sheet:"given_on"`
	People   int64            `sheet:"people"`
	Share    string           `sheet:"share"`
	Agreed   *bool            `sheet:"agreed"`
	Donor    string           `sheet:"donor"`
	Topics   []string         `sheet:"topics"`
	Email    string           `sheet:"email"`
	Website  string           `sheet:"website"`
	Code     string           `sheet:"code"`
	Remarks  string           `sheet:"remarks"`
	Ratings  map[string]int64 `sheet:"rating_*"`
}

func text3(en, fr, es string) locale.Text { return locale.Text{EN: en, FR: fr, ES: es} }

func giftSchema() Schema {
	return Schema{
		Kind: "gifts", Version: 3, Title: text3("Gifts", "Dons", "Donaciones"),
		Columns: []Column{
			{ID: "city", Label: text3("City", "Ville", "Ciudad"), Aliases: []string{"Name of the city", "Nom de la ville"}, Type: TypeText, Required: true, MaxChars: 60, Rule: "R-TEST-1"},
			{ID: "country", Label: text3("Country", "Pays", "País"), Type: TypeLookup, Required: true, UnknownCode: "COUNTRY_UNKNOWN", Lookup: lookUpCountry},
			{ID: "amount", Label: text3("Amount", "Montant", "Importe"), Type: TypeAmount, Required: true, CurrencyColumn: "currency"},
			{ID: "currency", Label: text3("Currency", "Devise", "Moneda"), Type: TypeText},
			{ID: "given_on", Label: text3("Given on", "Donné le", "Donado el"), Aliases: []string{"Date"}, Type: TypeDate, Required: true},
			{ID: "people", Label: text3("People reached", "Personnes touchées", "Personas alcanzadas"), Type: TypeInteger},
			{ID: "share", Label: text3("Share", "Part", "Parte"), Type: TypeDecimal},
			{ID: "agreed", Label: text3("Agreed", "Convenu", "Acordado"), Type: TypeBool},
			{ID: "donor", Label: text3("Type of donor", "Type de donateur", "Tipo de donante"), Type: TypeEnum, UnknownCode: "DONOR_TYPE_UNKNOWN", Choices: donorChoices()},
			{ID: "topics", Label: text3("Topics", "Thèmes", "Temas"), Type: TypeEnums, Choices: topicChoices()},
			{ID: "email", Label: text3("E-mail", "Courriel", "Correo electrónico"), Type: TypeEmail},
			{ID: "website", Label: text3("Website", "Site web", "Sitio web"), Type: TypeURL},
			{ID: "code", Label: text3("Post code", "Code postal", "Código postal"), Type: TypeCode, Digits: 5},
			{ID: "remarks", Label: text3("Remarks", "Remarques", "Observaciones"), Type: TypeText, MaxWords: 12},
			{ID: "rating_food", Label: text3("Food", "Repas", "Comida"), Type: TypeInteger},
			{ID: "rating_room", Label: text3("Room", "Salle", "Sala"), Type: TypeInteger},
			{ID: "total", Label: text3("Total so far", "Total à ce jour", "Total hasta hoy"), Type: TypeAmount, Derived: true},
		},
	}
}

func donorChoices() []Choice {
	return []Choice{
		{ID: "company", Label: text3("Company", "Entreprise", "Empresa"), Aliases: []string{"Private company", "Société"}},
		{ID: "foundation", Label: text3("Foundation", "Fondation", "Fundación")},
		{ID: "member_city", Label: text3("Member city", "Ville membre", "Ciudad miembro"), Aliases: []string{"1"}},
	}
}

func topicChoices() []Choice {
	return []Choice{
		{ID: "health", Label: text3("Health", "Santé", "Salud")},
		{ID: "literacy", Label: text3("Literacy", "Alphabétisation", "Alfabetización")},
	}
}

func lookUpCountry(text string) (value string, ok bool, suggestion string) {
	switch locale.Fold(text) {
	case "france", "francia", "fr":
		return "FR", true, ""
	case "switzerland", "suisse", "suiza", "ch":
		return "CH", true, ""
	}
	suggestion, _ = locale.Nearest(text, []string{"France", "Switzerland"})
	return "", false, suggestion
}

// goodGift are the cells of a row with which nothing is wrong, by column.
func goodGift() map[string]any {
	return map[string]any{
		"city": "Évry-Courcouronnes", "country": "France", "amount": 50000, "currency": "USD", "given_on": raw(`s="3"><v>45772</v>`),
		"people": 1200, "share": 0.5, "agreed": "x", "donor": "company", "topics": "health; literacy", "email": "info@evry.example.fr",
		"website": "https://evry.example.fr", "code": "91000", "remarks": "Merci !", "rating_food": 4, "rating_room": 5, "total": 7,
	}
}

// raw is a cell's XML behind its reference.
type raw string

// styledBook is a workbook whose sheet Data has the rows, and whose cell formats are those that the cases name by number.
func styledBook(rows string) *xlsxtest.Book {
	return xlsxtest.New(rows).Styles("General", "00000", "[$€-407]#,##0.00", 14, "[h]:mm", "0%", `"$"#,##0`, "0.00", "@", "#,##0.00 [$CHF]")
}

// xmlRow writes a row of cells from column A; nil leaves a cell out.
func xmlRow(number int, cells ...any) string { return xmlRowWith(number, "", cells...) }

func xmlRowWith(number int, attributes string, cells ...any) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d" %s>`, number, attributes)
	for i, cell := range cells {
		name := CellName(i+1, number)
		switch v := cell.(type) {
		case nil:
		case raw:
			fmt.Fprintf(&b, `<c r="%s" %s</c>`, name, v)
		case string:
			escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(v)
			fmt.Fprintf(&b, `<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, name, escaped)
		case bool:
			n := map[bool]int{true: 1}[v]
			fmt.Fprintf(&b, `<c r="%s" t="b"><v>%d</v></c>`, name, n)
		default:
			fmt.Fprintf(&b, `<c r="%s"><v>%v</v></c>`, name, v)
		}
	}
	return b.String() + `</row>`
}

// textCells makes cells of strings.
func textCells(list ...string) []any {
	cells := make([]any, len(list))
	for i, text := range list {
		if text != "" {
			cells[i] = text
		}
	}
	return cells
}

func openBook(t *testing.T, data []byte, name string) *Book {
	t.Helper()
	book, err := Open(context.Background(), bytes.NewReader(data), int64(len(data)), name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return book
}

func openXLSX(t *testing.T, b *xlsxtest.Book) *Book { return openBook(t, b.Bytes(), "gifts.xlsx") }
func openCSVText(t *testing.T, text string) *Book   { return openBook(t, []byte(text), "gifts.csv") }

// checked is what reading a table gave.
type checked[T any] struct {
	loc      *Located
	found    []string // problems, in the order of rows, columns and codes, see describe
	problems []problem.Problem
	lines    []LineClass
	rows     []T // of the lines of data
	bad      []map[string]bool
	err      error // a refusal
}

// readTable locates and decodes a table of a book.
func readTable[T any](t *testing.T, book *Book, opts TableOptions, schemas ...Schema) checked[T] {
	t.Helper()
	ctx := context.Background()
	c := checked[T]{}
	loc, problems, err := book.Locate(ctx, schemas, opts)
	if err != nil {
		c.err = err
		return c
	}
	c.loc, c.problems = loc, problems
	decoder, err := NewDecoder[T](loc.Schema)
	if err != nil {
		t.Fatal(err)
	}
	table, err := book.Table(ctx, loc, opts)
	if err != nil {
		c.err = err
		return c
	}
	defer table.Close()
	for table.Next() {
		line := table.Line()
		c.lines = append(c.lines, line.Class)
		c.problems = append(c.problems, line.Problems...)
		if line.Class != LineData {
			continue
		}
		var row T
		problems, bad := decoder.Decode(table, line, &row)
		c.problems, c.rows, c.bad = append(c.problems, problems...), append(c.rows, row), append(c.bad, bad)
	}
	c.err = table.Err()
	c.problems = append(c.problems, table.Problems()...)
	c.found = describeAll(t, c.problems)
	return c
}

func readGifts(t *testing.T, book *Book, opts TableOptions) checked[gift] {
	t.Helper()
	return readTable[gift](t, book, opts, giftSchema())
}

// describeAll sorts problems as a report does and describes each. It fails the test where one lacks what its message needs.
func describeAll(t *testing.T, problems []problem.Problem) []string {
	t.Helper()
	sorted := slices.Clone(problems)
	slices.SortStableFunc(sorted, func(a, b problem.Problem) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col), cmp.Compare(a.Code, b.Code))
	})
	var described []string
	for i := range sorted {
		p := &sorted[i]
		entry, ok := problem.Lookup(p.Code)
		if !ok {
			t.Errorf("%s is not in the catalogue", p.Code)
		}
		for _, param := range entry.Params {
			if p.Params[param].IsZero() {
				t.Errorf("%s lacks its param %s", p.Code, param)
			}
		}
		for _, lang := range locale.Langs {
			if message := p.Message(lang); message == "" || strings.ContainsAny(message, "{}") {
				t.Errorf("%s in %s: %q", p.Code, lang, message)
			}
		}
		described = append(described, describe(p))
	}
	return described
}

// describe writes a problem as "error CODE B2 field value → suggestion", leaving out what is empty.
func describe(p *problem.Problem) string {
	parts := []string{string(p.Severity), string(p.Code)}
	switch {
	case p.Row > 0 && p.Col > 0:
		parts = append(parts, CellName(p.Col, p.Row))
	case p.Row > 0:
		parts = append(parts, fmt.Sprint(p.Row))
	}
	if p.Field != "" {
		parts = append(parts, p.Field)
	}
	if p.Value != nil {
		parts = append(parts, fmt.Sprint(p.Value))
	}
	if p.Suggestion != "" {
		parts = append(parts, "→ "+p.Suggestion)
	}
	return strings.Join(parts, " ")
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got  %s\n want %s", what, strings.Join(got, "\n      "), strings.Join(want, "\n      "))
	}
}

func refusal(t *testing.T, err error) *problem.Problem {
	t.Helper()
	var p *problem.Problem
	if !errors.As(err, &p) {
		t.Fatalf("not refused: %v", err)
	}
	describeAll(t, []problem.Problem{*p})
	return p
}

// giftTitles are the labels of all columns in a language.
func giftTitles(lang locale.Lang) []any {
	schema := giftSchema()
	var titles []any
	for i := range schema.Columns {
		titles = append(titles, schema.Columns[i].Label.In(lang))
	}
	return titles
}

// giftCells are the cells of a row in the order of the columns.
func giftCells(cells map[string]any) []any {
	schema := giftSchema()
	row := make([]any, len(schema.Columns))
	for i := range schema.Columns {
		row[i] = cells[schema.Columns[i].ID]
	}
	return row
}

// valueOf gives the value that a column was read into.
func valueOf(row gift, column string) string {
	v := reflect.ValueOf(row)
	for i := range v.NumField() {
		if v.Type().Field(i).Tag.Get("sheet") != column {
			continue
		}
		field := v.Field(i)
		if field.Kind() == reflect.Pointer {
			if field.IsNil() {
				return "blank"
			}
			field = field.Elem()
		}
		return fmt.Sprint(field.Interface())
	}
	return "no such column"
}
