package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"
)

// treasury is a store with the sample pledges, on which Anna and Bruno keep the fund's books.
func treasury(t *testing.T) network {
	t.Helper()
	folder := t.TempDir()
	n := network{t, filepath.Join(folder, "data")}
	for _, sheet := range []string{"members.en.xlsx", "pledges.en.xlsx"} {
		must(t, n.run("2021-01-02", "import", received(t, folder, sheet)), 0)
	}
	return n
}

// fund runs a verb of the fund as somebody; parts that hold spaces are given apart.
func (n network) fund(at, as, line string, parts ...string) ran {
	n.t.Helper()
	args := append(append([]string{"fund"}, strings.Fields(line)...), parts...)
	if as != "" {
		args = append(args, "--as", as)
	}
	return n.run(at, args...)
}

func (n network) done(at, as, line string, parts ...string) string {
	n.t.Helper()
	r := n.fund(at, as, line, parts...)
	must(n.t, r, 0)
	return r.out
}

func contains(t *testing.T, said string, parts ...string) {
	t.Helper()
	said = strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(said)
	for _, part := range parts {
		if !strings.Contains(said, part) {
			t.Errorf("no %q in\n%s", part, said)
		}
	}
}

const korea = "Republic of Korea"

func TestR_FUN_7_TwoTreasurersKeepTheBooksByTheCommand(t *testing.T) {
	n := treasury(t)
	contains(t, n.done("2021-01-20", "anna", "post deposit --amount 50000 --date 2021-01-15 --agreement KOR-MDFM-2020 --instalment 1 --donor", korea),
		"entered as 2021-01-15#000000000001#0000001", "deposit US$50,000.00, Republic of Korea, 15 January 2021; anna",
		"now held in trust, unallocated: US$50,000.00")
	contains(t, n.done("2021-02-01", "anna", "post interest --amount 12.34 --date 2021-01-31 --lang fr"), "intérêts 12,34 USD, 31 janvier 2021", "50 012,34 USD")
	contains(t, n.done("2021-02-01", "anna", "post exchange --amount -2.34 --date 2021-01-31 --lang es"), "diferencia de cambio -2,34 USD", "50 010,00 USD")
	contains(t, n.done("2021-02-02", "anna", "propose allocation --activity 1.1 --amount 20000 --request a1 --reason", "committee of 28 January"),
		`proposed: allocation US$20,000.00, 1.1, 2 February 2021; "committee of 28 January"`, "guildhall fund approve a1 --as …")
	if r := n.fund("2021-02-02", "anna", "approve a1 --lang es"); r.status != 2 || !strings.HasPrefix(r.lastLine(), "SECOND_PERSON_NEEDED Hacen falta dos personas") {
		t.Errorf("status %d, %s", r.status, r.err)
	}
	contains(t, n.done("2021-02-03", "bruno", "approve a1"), "allocation US$20,000.00, 1.1", "now held in trust, unallocated: US$30,010.00",
		"now allocated, not yet spent (1.1): US$20,000.00")
	contains(t, n.done("2021-02-10", "anna", "post expenditure --activity 1.1 --amount 5000 --category travel --payee Somebody --beneficiary Cameroon --beneficiary FR#brest"),
		"expenditure US$5,000.00, 1.1, 10 February 2021", "now allocated, not yet spent (1.1): US$15,000.00")
	if r := n.fund("2021-02-10", "anna", "post expenditure --activity 1.1 --amount 15000.01 --lang fr"); r.status != 2 ||
		!strings.HasPrefix(r.lastLine(), "FUND_ALLOCATION_EXCEEDED") || r.out != "" {
		t.Errorf("status %d, %s", r.status, r.err)
	}
	for _, c := range []struct{ lang, want string }{
		{"en", "expenditure US$5,000.00"}, {"fr", "dépense 5 000,00 USD"}, {"es", "gasto 5000,00 USD"},
	} {
		contains(t, n.done("2021-02-11", "", "entries --from 2021-02-10 --lang "+c.lang), c.want)
	}
	if out := n.done("2021-02-11", "", "entries --kind expenditure"); strings.Contains(out, "Somebody") {
		t.Errorf("the books name a payee: %s", out)
	}
	contains(t, n.done("2021-02-12", "anna", "close 2021-01 --request c1"), "proposed: closing of the books up to 31 January 2021")
	contains(t, n.done("2021-02-12", "bruno", "approve c1 --lang fr"), "approuvé : clôture des livres jusqu'au 31 janvier 2021")
	if r := n.fund("2021-02-12", "anna", "post interest --amount 1 --date 2021-01-31"); !strings.HasPrefix(r.lastLine(), "PERIOD_LOCKED ") {
		t.Error(r.err)
	}
	contains(t, n.done("2021-02-12", "", "balances"), "The fund's books, 5 entries, closed up to 31 January 2021", "cash", "US$45,010.00",
		"spent (1.1)", "Batch 5 has the hash")
	contains(t, n.done("2021-02-12", "", "balances --on 2021-01-31"), "at the end of 31 January 2021", "US$50,010.00")
	contains(t, n.done("2021-02-01", "", "balances"), "The fund's books, 3 entries\n")
	contains(t, n.done("2021-02-12", "", "verify --lang es"), "Los libros están en orden: 5 asientos")
}

func TestWhatTwoPersonsDecidedIsTakenBackByAProposal(t *testing.T) {
	n := treasury(t)
	n.done("2021-01-20", "anna", "post deposit --amount 1000 --donor", korea)
	n.done("2021-01-20", "anna", "propose allocation --activity fund/1.1 --amount 600 --request a1")
	n.done("2021-01-20", "bruno", "approve a1")
	const allocation = "2021-01-20#000000000002#0000001"
	if r := n.fund("2021-01-21", "anna", "reverse "+allocation); !strings.HasPrefix(r.lastLine(), "CELL_REQUIRED ") {
		t.Error(r.err)
	}
	contains(t, n.done("2021-01-21", "anna", "reverse "+allocation+" --reason mistake --request r1"), "proposed: taking back of "+allocation+" on 21 January 2021")
	contains(t, n.done("2021-01-21", "", "proposals"), `r1  taking back of `+allocation, "proposed by anna on 21 January 2021")
	contains(t, n.done("2021-01-22", "bruno", "approve r1"), "allocation -US$600.00, 1.1, 21 January 2021; takes back "+allocation)
	contains(t, n.done("2021-01-22", "anna", "reverse 2021-01-20#000000000001#0000001 --reason mistake"), "deposit -US$1,000.00")
	contains(t, n.done("2021-01-23", "anna", "propose refund --amount 5 --request f1 --donor", korea), "proposed: refund US$5.00")
	contains(t, n.done("2021-01-23", "anna", "reject f1 --lang es"), "rechazado: reembolso")
	contains(t, n.done("2021-01-23", "", "proposals"), "no proposal waits")
	contains(t, n.done("2021-01-23", "", "proposals --all --lang fr"), "approuvé par bruno le 22 janvier 2021 ; 2021-01-21#000000000003#0000001", "rejeté par anna")
}

func TestTheSameRequestEntersOnce(t *testing.T) {
	n := treasury(t)
	first := n.done("2021-01-20", "anna", "post interest --amount 5 --request one")
	if again := n.done("2021-01-20", "anna", "post interest --amount 5 --request one"); again != first {
		t.Errorf("%s\n%s", first, again)
	}
	if r := n.fund("2021-01-20", "anna", "post interest --amount 6 --request one"); !strings.HasPrefix(r.lastLine(), "IDEMPOTENCY_KEY_REUSED ") {
		t.Error(r.err)
	}
}

func TestMoneyInAnotherCurrencyIsConvertedAtTheRateThatIsStated(t *testing.T) {
	n := treasury(t)
	contains(t, n.done("2021-01-20", "anna",
		"post deposit --amount 500000 --currency nok --rate 0.1084 --rate-date 2021-01-01 --rate-source UN --donor", "Government of Norway"),
		"deposit US$54,200.00, Government of Norway, 20 January 2021; paid as NOK 500,000.00 at 0.1084 (1 January 2021, UN)")
	for line, code := range map[string]string{
		"post deposit --amount 5 --currency NOK --donor":                           "FX_RATE_MISSING",
		"post deposit --amount 5 --currency NOK --rate-source UN --donor":          "USAGE",
		"post deposit --amount 5 --currency NOK --rate 0.1 --donor":                "USAGE",
		"post deposit --amount 5 --currency XXQ --donor":                           "CURRENCY_UNKNOWN",
		"post deposit --amount 5 --rate 0.1 --donor":                               "USAGE",
		"post deposit --amount 5 --currency NOK --rate x --rate-source UN --donor": "USAGE",
	} {
		if r := n.fund("2021-01-20", "anna", line, korea); r.status != 2 || !strings.HasPrefix(r.lastLine(), code+" ") {
			t.Errorf("%s: status %d, %s", line, r.status, r.err)
		}
	}
}

func TestMoneyWithoutARateIsConvertedAtTheMonthsRateOnRecord(t *testing.T) {
	n := treasury(t)
	rates := filepath.Join(t.TempDir(), "rates.csv")
	if err := os.WriteFile(rates, []byte("Month;Currency;Rate\n2020-12;NOK;8.8\n2021-01;NOK;8.5\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, n.run("2021-01-20", "import", rates), 0)
	contains(t, n.done("2021-01-20", "anna", "post deposit --amount 85000 --currency NOK --donor", "Government of Norway"),
		"deposit US$10,000.00, Government of Norway, 20 January 2021; paid as NOK 85,000.00 at 1 USD = 8.5 NOK (1 January 2021, UN operational rates of exchange)")
	contains(t, n.done("2021-01-21", "anna", "post deposit --amount 85000 --currency NOK --value-date 2020-12-30 --lang fr --donor", "Government of Norway"),
		"9 659,09 USD", "payé 85 000,00 NOK au taux de 1 USD = 8.8 NOK (1er décembre 2020, Taux de change opérationnels de l’ONU)")
	contains(t, n.done("2021-01-22", "", "verify"), "2 entries")
}

func TestWhatIsNotUnderstoodOfTheFundIsRefused(t *testing.T) {
	n := treasury(t)
	for line, code := range map[string]string{
		"":                             "USAGE",
		"spend":                        "USAGE",
		"post":                         "USAGE",
		"post gift --amount 5":         "USAGE",
		"post interest":                "USAGE",
		"post interest --amount 1,200": "USAGE",
		"post interest --amount 1.234": "USAGE",
		"post interest --amount 5 --date 31.1.2021":                         "USAGE",
		"post interest --amount 5 --activity 1.1":                           "USAGE",
		"post interest --amount 5 --lang de":                                "USAGE",
		"post interest --amount 0":                                          "NUMBER_OUT_OF_RANGE",
		"post interest --amount 5 --date 2021-01-21":                        "DATE_AHEAD",
		"post allocation --activity 1.1 --amount 5":                         "SECOND_PERSON_NEEDED",
		"post deallocation --activity 9.9 --amount 5":                       "ACTIVITY_CODE_UNKNOWN",
		"post deposit --amount 5 --donor Nobody":                            "REF_NOT_FOUND",
		"post deposit --amount 5":                                           "CELL_REQUIRED",
		"post expenditure --activity 1.1 --amount 5 --category gifts":       "ENUM_UNKNOWN",
		"post expenditure --activity 1.1 --amount 5 --beneficiary Atlantis": "COUNTRY_UNKNOWN",
		"post expenditure --activity 1.1 --amount 5 --beneficiary FR#ys":    "REF_NOT_FOUND",
		"propose interest --amount 5":                                       "USAGE",
		"approve nothing":                                                   "REF_NOT_FOUND",
		"reject nothing":                                                    "REF_NOT_FOUND",
		"reverse nothing --reason x":                                        "REF_NOT_FOUND",
		"reverse ":                                                          "USAGE",
		"close 2021-1":                                                      "USAGE",
		"close 2021":                                                        "DATE_AHEAD",
		"entries --kind gift":                                               "USAGE",
		"entries --format xml":                                              "USAGE",
	} {
		r := n.fund("2021-01-20", "anna", line)
		if r.status != 2 || !strings.HasPrefix(r.lastLine(), code+" ") || r.out != "" {
			t.Errorf("%s: status %d, %q, want %s", line, r.status, r.err, code)
		}
		var printed struct {
			Problems []struct{ Code, Message string }
		}
		r = n.fund("2021-01-20", "anna", line, "--format", "json")
		if line != "entries --format xml" && line != "" {
			if err := json.Unmarshal([]byte(r.out), &printed); err != nil || len(printed.Problems) != 1 || printed.Problems[0].Code != code {
				t.Errorf("%s: %v in %s", line, err, r.out)
			}
		}
	}
	if r := n.fund("2021-01-20", "", "post interest --amount 5"); r.status != 2 || !strings.Contains(r.lastLine(), "--as and who acts") {
		t.Errorf("nobody acts: %s", r.err)
	}
}

func TestJSONOfTheFundIsOneObject(t *testing.T) {
	n := treasury(t)
	n.done("2021-01-20", "anna", "post deposit --amount 1000 --donor", korea)
	n.done("2021-01-20", "anna", "propose allocation --activity 1.1 --amount 600 --request a1")
	for _, c := range []struct{ line, as, has string }{
		{"balances", "", `"balance":"1000.00"`}, {"entries", "", `"amount":"1000.00"`}, {"entries --kind refund", "", `{"entries":[],"problems":[]}`},
		{"proposals", "", `"id":"a1"`}, {"approve a1", "bruno", `"allocated":"600.00"`}, {"verify", "", `"entries":2`}, {"overdue", "", `"dueOn":"2020-02-29","open":"50000.00"`},
		{"post interest --amount 2", "anna", `"unallocated":"402.00"`},
	} {
		out := n.done("2021-01-20", c.as, c.line+" --format json")
		if !json.Valid([]byte(out)) || !strings.Contains(out, c.has) || !strings.Contains(out, `"problems":[]`) {
			t.Errorf("%s: %s", c.line, out)
		}
	}
}

func TestOverdueInstalmentsAreListedAsOfADay(t *testing.T) {
	n := treasury(t)
	contains(t, n.done("2020-01-31", "", "overdue"), "On 31 January 2020: 0 instalments overdue")
	contains(t, n.done("2020-02-01", "", "overdue"), "1 instalment overdue", "Government of Norway, agreement NOR-2019/14, instalment 1: NOK 1,000,000.00 of NOK 1,000,000.00 open")
	contains(t, n.done("2020-03-01", "", "overdue --lang fr"), "Au 1er mars 2020 : 2 versements en retard")
	must(t, n.run("2021-03-01", "import", received(t, t.TempDir(), "contributions.en.xlsx"), "--term", "2019-2021", "--mode", "valid"), 0)
	contains(t, n.done("2021-03-01", "", "overdue --lang es"), "El 1 de marzo de 2021: 2 plazos vencidos")
}

func TestVerifyingNamesTheFirstFaultWithStatus2(t *testing.T) {
	n := treasury(t)
	n.done("2021-01-20", "anna", "post deposit --amount 1000 --donor", korea)
	n.done("2021-01-20", "anna", "post interest --amount 7")
	db, err := bbolt.Open(filepath.Join(n.data, "table.db"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	changed := 0
	err = db.Update(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(_ []byte, b *bbolt.Bucket) error {
			c := b.Cursor()
			for k, v := c.First(); k != nil; k, v = c.Next() {
				if strings.Contains(string(k), "fund_entry") && strings.Contains(string(v), "interest") {
					changed++
					if err := b.Put(k, []byte(strings.ReplaceAll(string(v), "anna", "bina"))); err != nil {
						return err
					}
				}
			}
			return nil
		})
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil || changed == 0 {
		t.Fatal(changed, err)
	}
	for lang, want := range map[string]string{
		"en": "FUND_BOOKS_FAULTY The fund's books are not in order. The first fault is at batch 2: the entries are not those that were entered.",
		"fr": "La première erreur est au lot 2 : les écritures ne sont pas celles", "es": "El primer fallo está en el lote 2: los asientos no son los que se registraron",
	} {
		if r := n.fund("2021-01-20", "", "verify --lang "+lang); r.status != 2 || !strings.Contains(r.lastLine(), want) {
			t.Errorf("status %d, %s", r.status, r.err)
		}
	}
}

func TestAFinalStatementIsProposedAndApprovedByTheCommand(t *testing.T) {
	n := treasury(t)
	n.done("2021-01-20", "anna", "post deposit --amount 1000 --donor", korea)
	n.done("2021-02-01", "anna", "post interest --amount 7 --date 2021-01-31")
	if r := n.fund("2021-02-02", "anna", "statement propose --from 2021-01-01 --to 2021-01-31 --donor", korea); !strings.HasPrefix(r.lastLine(), "STATEMENT_PERIOD_OPEN ") {
		t.Error(r.err)
	}
	n.done("2021-02-02", "anna", "close 2021-01 --request c1")
	n.done("2021-02-02", "bruno", "approve c1")
	contains(t, n.done("2021-02-03", "anna", "statement propose --from 2021-01-01 --to 2021-01-31 --request s1 --donor", korea),
		"proposed: statement of Republic of Korea from 1 January 2021 to 31 January 2021, version 1")
	contains(t, n.done("2021-02-03", "bruno", "statement approve s1 --lang fr"), "approuvé : relevé de Republic of Korea du 1er janvier 2021 au 31 janvier 2021, version 1")
	contains(t, n.done("2021-02-03", "", "statement list --lang es"), "definitivo: propuesto por anna, aprobado por bruno el 3 de febrero de 2021", "lote 2, huella ")
	contains(t, n.done("2021-02-03", "", "statement list --format json --donor", korea), `"version":1`, `"donor":"donor_country#KR"`, `"problems":[]`)
	contains(t, n.done("2021-02-03", "", "statement list --donor", "Government of Norway"), "no statement is final")
	contains(t, n.done("2021-02-03", "", "verify"), "in order")
	exported := func(name, at, to string) string {
		t.Helper()
		file := filepath.Join(t.TempDir(), name)
		must(t, n.run(at, "export", "donor", "--format", "csv", "--donor", korea, "--from", "2021-01-01", "--to", to, "-o", file), 0)
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	final := exported("final.csv", "2021-02-03", "2021-01-31")
	contains(t, final, "final")
	n.done("2021-02-04", "anna", "post interest --amount 1")
	if later := exported("later.csv", "2021-02-04", "2021-01-31"); later != final {
		t.Errorf("a final statement is another one later:\n%s\n%s", final, later)
	}
	if other := exported("other.csv", "2021-02-04", "2021-02-03"); !strings.Contains(other, "provisional") {
		t.Errorf("of a period without a final statement:\n%s", other)
	}
	for line, code := range map[string]string{
		"statement": "USAGE", "statement sign": "USAGE", "statement propose": "USAGE", "statement approve": "USAGE", "statement approve x": "REF_NOT_FOUND",
		"statement propose --donor donor_country#KR":                                   "USAGE",
		"statement propose --donor donor_country#KR --term 1999":                       "TERM_UNKNOWN",
		"statement propose --donor donor_country#KR --term 2019-2021":                  "STATEMENT_PERIOD_OPEN",
		"statement propose --donor donor_country#KR --term 2019-2021 --to 2021-01-01":  "USAGE",
		"statement propose --donor donor_country#KR --from 2021-01-01 --to 2021-01-31": "CELL_REQUIRED",
		"statement propose --donor donor_country#KR --from 2021-01-31 --to 2021-01-01": "DATE_ORDER",
		"statement propose --donor Nobody --from 2021-01-01 --to 2021-01-31":           "REF_NOT_FOUND",
		"statement propose --donor donor_country#KR --from 2021-01-01 --to soon":       "USAGE",
	} {
		if r := n.fund("2021-02-03", "anna", line); r.status != 2 || !strings.HasPrefix(r.lastLine(), code+" ") {
			t.Errorf("%s: status %d, %s, want %s", line, r.status, r.err, code)
		}
	}
}

func TestAVerbOfTheFundTellsWhatItTakes(t *testing.T) {
	for verb, want := range map[string]string{
		"post": "guildhall fund post interest|exchange|support|", "propose": "guildhall fund propose allocation|refund [options]", "verify": "guildhall fund verify [options]",
	} {
		r := guildhall(t, "fund", verb, "--help")
		must(t, r, 0)
		contains(t, r.out, want, "--as")
	}
	contains(t, guildhall(t, "fund", "--help").out, "guildhall fund balances|")
}
