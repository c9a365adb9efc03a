package exports_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/trust"
)

const korea, lausanne = "donor_country#KR", "member_city#CH#lausanne"

// ledgerOf keeps the books of a fund whose entries came from cells of sheets, and puts them on record.
type ledgerOf struct {
	t       *testing.T
	entries []ledger.Entry
	bank    string // the sheet's name
}

// do enters an event of a day; deposits and expenditures came from a cell, everything else by request.
func (l *ledgerOf) do(kind trust.Kind, on string, cents int64, change func(*trust.Event)) string {
	e := trust.Event{Kind: kind, Date: day(on), Amount: dollarsOf(cents)}
	if change != nil {
		change(&e)
	}
	n := len(l.entries) + 1
	from := ledger.Source{Request: fmt.Sprintf("request-%03d", n), Person: "treasurer-1"}
	if kind == trust.Deposit || kind == trust.Expenditure {
		from = ledger.Source{Import: fmt.Sprintf("import-%03d", n), File: strings.Repeat("c0ffee42", 8), Sheet: l.bank, Cell: fmt.Sprintf("E%d", n+1),
			Value: locale.FormatDecimal(locale.EN, fmt.Sprintf("%d.%02d", cents/100, cents%100)), Person: "treasurer-1"}
		if e.Original != nil {
			from.Value = "=" + e.Original.Amount.Decimal(money.ISO(e.Original.Amount.Currency)) // as a sheet can have it
		}
	}
	entry := e.Entry(trust.Who{ID: fmt.Sprintf("%s#%012d#%07d", on, n, 1), At: time.Date(2025, 9, 1, 9, 0, 0, 0, time.UTC), Source: from})
	l.entries = append(l.entries, entry)
	return entry.ID
}

func (l *ledgerOf) reverse(id, on string) {
	i := slices.IndexFunc(l.entries, func(e ledger.Entry) bool { return e.ID == id })
	back := l.entries[i].Reversal()
	n := len(l.entries) + 1
	back.ID, back.Date, back.At = fmt.Sprintf("%s#%012d#%07d", on, n, 1), day(on), "2025-09-01T09:00:00Z"
	back.Source, back.Reason = ledger.Source{Request: fmt.Sprintf("request-%03d", n), Person: "treasurer-1"}, "entered twice"
	l.entries = append(l.entries, back)
}

// onto puts the books beside other records.
func (l *ledgerOf) onto(s shelf) {
	l.t.Helper()
	head := struct {
		ledger.Head
		First int `json:"first"`
		Last  int `json:"last"`
	}{First: 9999, Head: ledger.Head{Balances: ledger.Balances{}}}
	for n, e := range l.entries {
		if err := e.Check(); err != nil {
			l.t.Fatal(err)
		}
		if err := head.Balances.Add(e); err != nil {
			l.t.Fatal(err)
		}
		head.First, head.Last, head.Total = min(head.First, e.Date.Year), max(head.Last, e.Date.Year), head.Total+1
		head.Link = ledger.Link{Number: int64(n + 1), Hash: ledger.Hash(strings.Repeat("3f9a0c5e", 8))}
		s.put(l.t, "fund_entry", fmt.Sprint(e.Date.Year), e.ID, e)
	}
	s.put(l.t, "fund_head", "", "head", head)
}

func dollarsOf(cents int64) money.Amount { return money.Amount{Minor: cents, Currency: "USD"} }

// trustFund is a fund of two terms: Korea gave in won and dollars, one of its deposits was entered twice; Lausanne and a foundation gave too.
func trustFund(t *testing.T) shelf {
	t.Helper()
	s, l := shelf{}, &ledgerOf{t: t, bank: "Bank lines"}
	for name, country := range map[string]string{"Dakar": "SN", "Cairo": "EG", "Medellín": "CO", "Kabul": "AF", "Lausanne": "CH", "Bafoussam": "CM"} {
		s.put(t, member.RecordType, "", city.ID(name, country), member.Member{City: name, Country: country, JoinedOn: day("2019-01-01")})
	}
	gave := func(donor, typ, country, member string, on string, cents int64, change func(*trust.Event)) string {
		c := fund.Contribution{Donor: donor, DonorType: typ, Country: country, Member: member, ReceivedOn: day(on), Amount: dollarsOf(cents)}
		s.put(t, fund.RecordType, c.Year(), c.ID()+on, c)
		return l.do(trust.Deposit, on, cents, func(e *trust.Event) {
			e.Donor, e.ValueDate = c.DonorID(), day(on)
			if change != nil {
				change(e)
			}
		})
	}
	won := func(amount, rate, on string) func(*trust.Event) {
		return func(e *trust.Event) {
			paid, err := money.Parse(amount, money.ISO("KRW"))
			if err != nil {
				t.Fatal(err)
			}
			stated, err := money.ParseRate(rate)
			if err != nil {
				t.Fatal(err)
			}
			e.Agreement, e.Original = "kor-mdfm-2022", &ledger.Original{Amount: paid, Rate: stated.Inverse(), RateDate: day(on), RateSource: "UN operational rates"}
		}
	}
	onto := func(code string, beneficiaries ...string) func(*trust.Event) {
		return func(e *trust.Event) {
			e.Activity, e.Beneficiary = code, beneficiaries
			if e.Kind == trust.Expenditure {
				e.Category = "travel"
			}
		}
	}
	gave("Republic of Korea", fund.DonorCountry, "KR", "", "2022-03-01", 150_000_00, won("180000000", "1200", "2022-03-01"))
	gave("Open Book Foundation", fund.Foundation, "US", "", "2022-04-12", 90_000_00, nil)
	l.do(trust.Allocation, "2022-05-01", 120_000_00, onto("fund/1.1"))
	l.do(trust.Allocation, "2022-05-01", 40_000_00, onto("fund/2.3"))
	l.do(trust.Expenditure, "2022-06-14", 61_250_50, onto("fund/1.1", "SN#dakar", "EG#cairo"))
	l.do(trust.Expenditure, "2023-02-03", 22_480_75, onto("fund/2.3", "CO#medellin"))
	l.do(trust.Earned, "2023-06-30", 1_234_56, nil)

	gave("Republic of Korea", fund.DonorCountry, "KR", "", "2023-11-06", 120_000_00, won("156000000", "1300", "2023-11-01"))
	gave("City of Lausanne", fund.MemberCity, "CH", "CH#lausanne", "2023-12-01", 45_000_00, nil)
	twice := gave("Republic of Korea", fund.DonorCountry, "KR", "", "2024-01-15", 60_000_00, func(e *trust.Event) { e.Earmark = "fund/3.1" })
	l.reverse(twice, "2024-01-20")
	gave("Republic of Korea", fund.DonorCountry, "KR", "", "2024-01-17", 60_000_00, func(e *trust.Event) { e.Earmark = "fund/3.1" })
	l.do(trust.Allocation, "2024-02-01", 60_000_00, onto("fund/3.1"))
	l.do(trust.Allocation, "2024-02-01", 90_000_00, onto("fund/1.2"))
	l.do(trust.Allocation, "2024-02-01", 30_000_00, onto("fund/2.4"))
	l.do(trust.Expenditure, "2024-03-11", 38_400_25, onto("fund/3.1", "SN#dakar", "CM#bafoussam"))
	l.do(trust.Expenditure, "2024-05-21", 44_900_00, onto("fund/1.2", "AF", "CM#bafoussam"))
	l.do(trust.Expenditure, "2024-06-02", 31_111_11, onto("fund/1.1", "EG#cairo"))
	l.do(trust.Expenditure, "2024-07-19", 12_000_00, onto("fund/2.4"))
	l.do(trust.Earned, "2024-06-30", 2_345_67, nil)
	l.do(trust.ExchangeDiff, "2024-09-30", -321_09, nil)
	l.do(trust.SupportCost, "2024-12-31", 8_000_00, func(e *trust.Event) { e.Donor, e.Agreement = korea, "kor-mdfm-2022" })
	l.do(trust.Refund, "2025-02-10", 5_000_00, func(e *trust.Event) { e.Donor = lausanne })
	l.do(trust.Expenditure, "2025-04-28", 27_350_40, onto("fund/1.2", "SN#dakar", "CO#medellin", "AF"))
	l.onto(s)

	for n, due := range []string{"2022-03-31", "2023-10-31", "2025-03-31"} {
		i := fund.Instalment{Agreement: "KOR/MDFM 2022", Donor: "Republic of Korea", DonorType: fund.DonorCountry, Country: "KR",
			Pledged: money.Amount{Minor: 450_000_000, Currency: "KRW"}, SignedOn: day("2022-01-10"), Number: n + 1,
			Amount: money.Amount{Minor: []int64{180_000_000, 156_000_000, 114_000_000}[n], Currency: "KRW"}, DueOn: day(due)}
		s.put(t, fund.InstalmentType, "", i.ID(), i)
	}
	s.put(t, fund.InstalmentType, "", "pld", fund.Instalment{Agreement: "PLEDGER 1", Donor: "Who only pledged", DonorType: fund.Company, Country: "US",
		Pledged: dollarsOf(1_000_00), SignedOn: day("2024-01-10"), Number: 1, Amount: dollarsOf(1_000_00)})
	tell := func(activity, en, fr, es string, modules int64) {
		r := fund.Result{Activity: activity, Term: term, Text: locale.Text{EN: en, FR: fr, ES: es}, Figures: []fund.Figure{{ID: resultFigure(t), Count: modules}}}
		s.put(t, fund.ResultType, term, r.ID(), r)
	}
	tell("fund/1.1", "Twelve training modules were published, and coordinators of 31 cities in Africa were trained to use them.",
		"Douze modules de formation ont été publiés, et les coordinateurs de 31 villes d’Afrique ont été formés à leur emploi.",
		"Se publicaron doce módulos de formación, y se formó en su uso a coordinadores de 31 ciudades de África.", 12)
	tell("fund/3.1", "The online platform opened with 214 case studies.", "", "", 214)
	return s
}

// statementOf is the statement of a donor in the term of the tests.
func statementOf(t *testing.T, s exports.Snapshotter, donor string, lang locale.Lang) []byte {
	t.Helper()
	in := input(s, lang)
	in.Donor = donor
	var out bytes.Buffer
	if err := exports.Write(t.Context(), &out, request.Donor, in); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
