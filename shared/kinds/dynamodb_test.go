package kinds_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
)

// metered counts the write units of a table as the service documents them: one for each KB begun of an item, and twice as many in
// a transaction, where the emulator has another rule. What the emulator says of single writes is counted beside.
type metered struct {
	table.Table
	mu                     sync.Mutex
	single, inTransactions float64
	said                   float64
}

func unitsOf(w table.Write) float64 {
	if w.Put == nil {
		return 1 // what is deleted or checked here is small
	}
	size, err := table.Size(w.Put)
	if err != nil {
		panic(err)
	}
	return math.Ceil(float64(size) / 1024)
}

func (m *metered) Write(ctx context.Context, w table.Write) error {
	return errors.Join(m.WriteEach(ctx, []table.Write{w})...)
}

func (m *metered) WriteEach(ctx context.Context, ws []table.Write) []error {
	for _, w := range ws {
		m.single += unitsOf(w)
	}
	return m.Table.WriteEach(ctx, ws)
}

func (m *metered) Transact(ctx context.Context, ws []table.Write) error {
	for _, w := range ws {
		m.inTransactions += 2 * unitsOf(w)
	}
	return m.Table.Transact(ctx, ws)
}

func (m *metered) consumed(c dynamo.Consumed) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if c.Operation == "PutItem" {
		m.said += c.Write
	}
}

// of imports a sheet twice, and gives the write units that the rows of the first took: the second finds nothing to write, but
// checks, locks, confirms and releases too.
func (m *metered) of(o *office, kind, sheetCSV string) float64 {
	o.t.Helper()
	var spent [2]float64
	for i := range spent {
		m.single, m.inTransactions, m.said = 0, 0, 0
		counts, problems := o.send(kind, sheetCSV)
		if counts.Fail > 0 {
			o.t.Fatal(problems)
		}
		if m.said != m.single {
			o.t.Errorf("%s: single writes cost %g by the rule, %g as the emulator says", kind, m.single, m.said)
		}
		spent[i] = m.single + m.inTransactions
	}
	o.t.Logf("%s: an import without a row to write costs %g write units", kind, spent[1])
	const fileEntry = 2 // of an import, not of a row: only one that stored rows is found by its file
	return spent[0] - spent[1] - fileEntry
}

// A row that is stored costs two write units at most, one that claims a slot eight; where it replaces a record, that is kept, which costs as
// much again. A contribution has an entry in the list of its donor, which costs one more, and so does a donor that is new, as each is here.
func TestOnDynamoDBARowCostsFewWriteUnits(t *testing.T) {
	m := &metered{}
	m.Table = dynamodblocal.Open(t, table.Config{}, dynamo.Options{Consumed: m.consumed})
	o := officeOver(t, m)
	var gifts, applications, endorsements strings.Builder
	const rows = 60
	gifts.WriteString(giftTitles)
	applications.WriteString("Ville;Pays;Maire;Personne de contact;Courriel;Langue;Engagement du maire;Motivation;Plans de mise en œuvre;Reçue le\n")
	endorsements.WriteString("Ciudad;País;Avalada el;Firmado por;Observaciones\n")
	countries := []string{"AR", "BO", "BR", "CL", "CO", "CR", "CU", "DO", "EC", "SV", "GT", "HN", "MX", "NI", "PA", "PY", "PE", "UY", "VE", "ES"}
	for n := range rows {
		city, country := cityNamed(n), countries[n%len(countries)]
		fmt.Fprintf(&gifts, "Company %d;company;;;%d.50;EUR;2025-01-11;BANK-%d;;1.1234;2025-01-11;ECB\n", n, 1000+n, n)
		fmt.Fprintf(&applications, "%s;%s;A. Bello;O. Hamadou;o.h@ville.example;anglais;oui;%s;%s;2025-05-19\n",
			city, country, strings.Repeat("apprendre ", 150), strings.Repeat("ensemble ", 150))
		fmt.Fprintf(&endorsements, "%s;%s;2025-06-20;Comisión Nacional del país;Recibido por correo, original en camino\n", city, country)
	}
	for _, c := range []struct {
		kind, sheet string
		most        float64
	}{
		{"contributions", gifts.String(), 3.1},
		{"contributions", strings.ReplaceAll(gifts.String(), "1.1234", "1.1235"), 4}, // each replaces one
		{"applications", applications.String(), 4},                                   // of 3.5 KB
		{"endorsements", endorsements.String(), 8},
	} {
		units := m.of(o, c.kind, c.sheet) / rows
		t.Logf("%s: %.2f write units a row", c.kind, units)
		if units <= 0 || units > c.most {
			t.Errorf("%s: %.2f write units a row, want at most %g", c.kind, units, c.most)
		}
	}
}

// cityNamed invents names of which none is nearly another.
func cityNamed(n int) string {
	first := []string{"Barrio", "Cerro", "Fuente", "Laguna", "Monte", "Puerto", "Quebrada", "Tierra"}
	second := []string{"Alegre", "Blanco", "Cristal", "Dorado", "Esperanza", "Hondo", "Viejo", "Zafiro"}
	return first[n%8] + second[n/8%8]
}

func code(err error) problem.Code {
	var p *problem.Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return ""
}
