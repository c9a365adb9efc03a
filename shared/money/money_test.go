package money_test

import (
	"encoding/json"
	"errors"
	"math/big"
	"math/rand"
	"strings"
	"testing"
	"testing/quick"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
)

var (
	usd = money.Currency{Code: "USD", Digits: 2}
	jpy = money.Currency{Code: "JPY", Digits: 0}
	tnd = money.Currency{Code: "TND", Digits: 3}
	uyw = money.Currency{Code: "UYW", Digits: 4}
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text     string
		currency money.Currency
		minor    int64
		err      error
	}{
		{"50000", usd, 5000000, nil}, {"50000.00", usd, 5000000, nil}, {"-0.5", usd, -50, nil}, {"+7", usd, 700, nil},
		{"12", jpy, 12, nil}, {"12.00", jpy, 12, nil}, {"1.2345", uyw, 12345, nil}, {"000012.340", usd, 1234, nil}, {"-0", usd, 0, nil},
		{"10000000000000", usd, money.Bound, nil}, {"-10000000000000.00", usd, -money.Bound, nil},
		{"10000000000000.01", usd, 0, money.ErrRange}, {"99999999999999999999999", usd, 0, money.ErrRange},
		{"1.005", usd, 0, money.ErrScale}, {"12.5", jpy, 0, money.ErrScale},
		{"", usd, 0, money.ErrSyntax}, {"1,000.00", usd, 0, money.ErrSyntax}, {"1e3", usd, 0, money.ErrSyntax}, {"NaN", usd, 0, money.ErrSyntax},
		{".5", usd, 0, money.ErrSyntax}, {"5.", usd, 0, money.ErrSyntax}, {"--5", usd, 0, money.ErrSyntax}, {"-+5", usd, 0, money.ErrSyntax},
		{" 5", usd, 0, money.ErrSyntax}, {"٥", usd, 0, money.ErrSyntax}, {"1.2.3", usd, 0, money.ErrSyntax},
	} {
		got, err := money.Parse(c.text, c.currency)
		if !errors.Is(err, c.err) || got.Minor != c.minor {
			t.Errorf("Parse(%q, %s) = %v, %v; want %d, %v", c.text, c.currency.Code, got, err, c.minor, c.err)
		}
	}
}

func TestParseReadsBackWhatDecimalWrites(t *testing.T) {
	for _, currency := range []money.Currency{usd, jpy, tnd, uyw} {
		property := func(n int64) bool {
			amount := money.Amount{Minor: n % (money.Bound + 1), Currency: currency.Code}
			text := amount.Decimal(currency)
			_, fraction, _ := strings.Cut(text, ".")
			back, err := money.Parse(text, currency)
			return err == nil && back == amount && len(fraction) == currency.Digits
		}
		if err := quick.Check(property, &quick.Config{MaxCount: 2000}); err != nil {
			t.Error(currency.Code, err)
		}
	}
}

func TestArithmeticKeepsToOneCurrencyAndTheBound(t *testing.T) {
	a, b := money.Amount{Minor: 150, Currency: "USD"}, money.Amount{Minor: -50, Currency: "USD"}
	if sum, err := a.Add(b); err != nil || sum.Minor != 100 {
		t.Errorf("add: %v, %v", sum, err)
	}
	if difference, err := a.Sub(b); err != nil || difference.Minor != 200 {
		t.Errorf("sub: %v, %v", difference, err)
	}
	if order, err := a.Cmp(b); err != nil || order != 1 {
		t.Errorf("cmp: %v, %v", order, err)
	}
	yen := money.Amount{Minor: 1, Currency: "JPY"}
	if _, err := a.Add(yen); !errors.Is(err, money.ErrCurrency) {
		t.Errorf("dollars and yen: %v", err)
	}
	if _, err := a.Cmp(yen); !errors.Is(err, money.ErrCurrency) {
		t.Errorf("dollars against yen: %v", err)
	}
	most := money.Amount{Minor: money.Bound, Currency: "USD"}
	if _, err := most.Add(a); !errors.Is(err, money.ErrRange) {
		t.Errorf("beyond the bound: %v", err)
	}
	if _, err := most.Times(1 << 40); !errors.Is(err, money.ErrRange) {
		t.Errorf("multiplied beyond the bound: %v", err)
	}
	if twice, err := (money.Amount{Minor: 5000000, Currency: "USD"}).Times(2); err != nil || twice.Minor != 10000000 {
		t.Errorf("50,000 x 2: %v, %v", twice, err)
	}
}

func TestRateIsExactText(t *testing.T) {
	for text, want := range map[string]string{"0.9235": "0.9235", "1": "1", "1.10": "1.1", "0.0000000001": "0.0000000001", "100000000": "100000000", "10": "10"} {
		rate, err := money.ParseRate(text)
		if err != nil || rate.String() != want {
			t.Errorf("ParseRate(%q) = %q, %v; want %q", text, rate, err, want)
		}
	}
	for text, want := range map[string]error{
		"0": money.ErrRange, "-1": money.ErrRange, "100000000.1": money.ErrRange, "0.00000000001": money.ErrScale, "1,5": money.ErrSyntax, "": money.ErrSyntax,
	} {
		if _, err := money.ParseRate(text); !errors.Is(err, want) {
			t.Errorf("ParseRate(%q): %v, want %v", text, err, want)
		}
	}
	for stored, want := range map[string]string{`"1.0850"`: `"1.085"`, `"1/1186.680"`: `"1/1186.68"`, `""`: `""`} {
		var rate money.Rate
		if err := json.Unmarshal([]byte(stored), &rate); err != nil {
			t.Fatal(err)
		}
		if text, err := json.Marshal(rate); err != nil || string(text) != want {
			t.Errorf("%s, %v", text, err)
		}
	}
	for _, stored := range []string{`"1/0"`, `"2/3"`, `"1/-1"`, `"1/"`} {
		if err := json.Unmarshal([]byte(stored), new(money.Rate)); err == nil {
			t.Errorf("%s is a rate", stored)
		}
	}
}

func rateOf(t *testing.T, decimal string) money.Rate {
	t.Helper()
	rate, err := money.ParseRate(decimal)
	if err != nil {
		t.Fatal(err)
	}
	return rate
}

func TestARateIsKeptTheWayItWasStated(t *testing.T) {
	rate := rateOf(t, "1186.68")
	if decimal, divides := rate.Inverse().Stated(); decimal != "1186.68" || !divides || rate.Inverse().String() != "1/1186.68" {
		t.Errorf("%s, %t", decimal, divides)
	}
	if rate.Inverse().Inverse() != rate || rate.Inverse() == rate {
		t.Error("the inverse of the inverse is another rate")
	}
	if none := (money.Rate{}).Inverse(); !none.IsZero() || none != (money.Rate{}) {
		t.Errorf("the inverse of no rate is %v", none)
	}
}

// As the UN prints its rates: units of the currency for one dollar. One third of a cent is rounded when it is all there, not in the rate.
func TestConvertDividesExactlyAndRoundsOnce(t *testing.T) {
	const ten15 = money.Bound
	for _, c := range []struct {
		minor    int64
		from, to money.Currency
		rate     string // units of from for one of to
		want     int64
	}{
		{2_400_000_000, jpy, usd, "1186.68", 202_244_919}, // 2,400,000,000 / 1186.68 = 2,022,449.18596…
		{ten15, usd, usd, "3", 333_333_333_333_333},
		{3, usd, usd, "2", 2}, {-3, usd, usd, "2", -2}, // a half, away from zero
		{1, usd, usd, "2.0000000001", 0}, // and just below one
		{1, jpy, usd, "200", 1}, {1, jpy, usd, "200.0000000001", 0},
		{5, tnd, usd, "1", 1}, {4, tnd, usd, "1", 0},
		{ten15, tnd, usd, "3.0999999999", 32_258_064_517_170}, // 10^12 / 3.0999999999 = 322,580,645,171.69614…
		{ten15, jpy, tnd, "12345.678901", 81_000_000_730_539}, // 10^15 / 12345.678901 = 81,000,000,730.53900…
		{1234567890, usd, usd, "1.0000000001", 1234567890},    // ten digits behind the point
		{ten15, usd, usd, "99999999.9999999999", 10_000_000},
	} {
		got, err := money.Convert(money.Amount{Minor: c.minor, Currency: c.from.Code}, c.from, rateOf(t, c.rate).Inverse(), c.to)
		if err != nil || got != (money.Amount{Minor: c.want, Currency: c.to.Code}) {
			t.Errorf("%d %s at 1/%s = %v, %v; want %d %s", c.minor, c.from.Code, c.rate, got, err, c.want, c.to.Code)
		}
	}
	small := rateOf(t, "0.0000000001").Inverse()
	if _, err := money.Convert(money.Amount{Minor: ten15, Currency: "USD"}, usd, small, jpy); !errors.Is(err, money.ErrRange) {
		t.Errorf("too large: %v", err)
	}
}

func TestAPercentageIsTakenExactly(t *testing.T) {
	for _, c := range []struct {
		percent     string
		minor, want int64
	}{
		{"7", 100, 7}, {"7.5", 100, 8}, {"7.5", -100, -8}, {"7.4999", 100, 7}, {"0", 5, 0}, {"100", money.Bound, money.Bound},
		{"0.0001", money.Bound, 1_000_000_000}, {"33.3333", money.Bound, 333_333_000_000_000}, {"12.5000", 4, 1}, {"12.5", 3, 0},
	} {
		percent, err := money.ParsePercent(c.percent)
		if got := percent.Of(money.Amount{Minor: c.minor, Currency: "USD"}); err != nil || got != (money.Amount{Minor: c.want, Currency: "USD"}) {
			t.Errorf("%s %% of %d = %v, %v; want %d", c.percent, c.minor, got, err, c.want)
		}
	}
	for text, want := range map[string]error{
		"-1": money.ErrRange, "100.0001": money.ErrRange, "7.12345": money.ErrScale, "7,5": money.ErrSyntax, "": money.ErrSyntax, "7%": money.ErrSyntax,
	} {
		if _, err := money.ParsePercent(text); !errors.Is(err, want) {
			t.Errorf("ParsePercent(%q): %v, want %v", text, err, want)
		}
	}
	for stored, want := range map[string]string{`""`: `"0"`, `"0"`: `"0"`, `"7.50"`: `"7.5"`, `"100"`: `"100"`} {
		var percent money.Percent
		if err := json.Unmarshal([]byte(stored), &percent); err != nil {
			t.Fatal(err)
		}
		if text, err := json.Marshal(percent); err != nil || string(text) != want {
			t.Errorf("%s is stored as %s, %v", stored, text, err)
		}
	}
}

func TestConvertRoundsOnceHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		minor    int64
		from, to money.Currency
		rate     string
		want     int64
	}{
		{5000000, usd, jpy, "150", 7500000},
		{1, usd, jpy, "50", 1}, {-1, usd, jpy, "50", -1}, {1, usd, jpy, "49.9999999999", 0},
		{7500000, jpy, usd, "0.0066666667", 5000000},
		{1, tnd, usd, "5", 1}, {-1, tnd, usd, "4.9", 0},
		{100, usd, usd, "1", 100},
	} {
		rate, err := money.ParseRate(c.rate)
		if err != nil {
			t.Fatal(err)
		}
		got, err := money.Convert(money.Amount{Minor: c.minor, Currency: c.from.Code}, c.from, rate, c.to)
		if err != nil || got != (money.Amount{Minor: c.want, Currency: c.to.Code}) {
			t.Errorf("%d %s at %s = %v, %v; want %d %s", c.minor, c.from.Code, c.rate, got, err, c.want, c.to.Code)
		}
	}
}

// Convert against rational arithmetic: the result is never further than half a
// minor unit from the exact value, and further from zero when exactly half.
func TestConvertAgreesWithRationalArithmetic(t *testing.T) {
	random := rand.New(rand.NewSource(2))
	currencies := []money.Currency{usd, jpy, tnd, uyw}
	half := big.NewRat(1, 2)
	for range 20000 {
		from, to := currencies[random.Intn(4)], currencies[random.Intn(4)]
		rate, err := money.ParseRate(money.Amount{Minor: 1 + random.Int63n(money.Bound)>>random.Intn(45)}.Decimal(money.Currency{Digits: 10}))
		if err != nil {
			t.Fatal(err)
		}
		amount := money.Amount{Minor: (random.Int63n(2*money.Bound) - money.Bound) >> random.Intn(45), Currency: from.Code}
		exact, _ := new(big.Rat).SetString(amount.Decimal(from))
		factor, _ := new(big.Rat).SetString(rate.String())
		if random.Intn(2) == 0 {
			rate, factor = rate.Inverse(), factor.Inv(factor)
		}
		exact.Mul(exact, factor).Mul(exact, new(big.Rat).SetInt64(tenTo(to.Digits)))
		got, err := money.Convert(amount, from, rate, to)
		if errors.Is(err, money.ErrRange) {
			if new(big.Rat).Abs(exact).Cmp(new(big.Rat).SetInt64(money.Bound)) <= 0 {
				t.Fatalf("%v at %v is %v and was refused", amount, rate, exact)
			}
			continue
		}
		off := new(big.Rat).Sub(new(big.Rat).SetInt64(got.Minor), exact)
		if off.Sign() == -exact.Sign() && off.Sign() != 0 && new(big.Rat).Abs(off).Cmp(half) == 0 || new(big.Rat).Abs(off).Cmp(half) > 0 {
			t.Fatalf("%v %s at %v to %s = %d, exactly %s", amount, from.Code, rate, to.Code, got.Minor, exact.FloatString(6))
		}
	}
}

func tenTo(n int) int64 {
	power := int64(1)
	for range n {
		power *= 10
	}
	return power
}

func TestConvertRefusesWhatItCannotMean(t *testing.T) {
	one, err := money.ParseRate("1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := money.Convert(money.Amount{Minor: 1, Currency: "EUR"}, usd, one, jpy); !errors.Is(err, money.ErrCurrency) {
		t.Errorf("euros as dollars: %v", err)
	}
	if _, err := money.Convert(money.Amount{Minor: 1, Currency: "USD"}, usd, money.Rate{}, jpy); !errors.Is(err, money.ErrRange) {
		t.Errorf("no rate: %v", err)
	}
	large, err := money.ParseRate("100000000")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := money.Convert(money.Amount{Minor: money.Bound, Currency: "USD"}, usd, large, uyw); !errors.Is(err, money.ErrRange) {
		t.Errorf("too large: %v", err)
	}
}

func TestFormatWritesMoneyAsEachLanguageDoes(t *testing.T) {
	for _, c := range []struct {
		amount     money.Amount
		en, fr, es string
	}{
		{money.Amount{Minor: 5000000, Currency: "USD"}, "US$50,000.00", "50_000,00~USD", "50_000,00~USD"},
		{money.Amount{Minor: -123450, Currency: "EUR"}, "-€1,234.50", "-1_234,50~EUR", "-1234,50~EUR"},
		{money.Amount{Minor: 750000, Currency: "JPY"}, "JPY~750,000", "750_000~JPY", "750_000~JPY"},
		{money.Amount{Minor: 5, Currency: "TND"}, "TND~0.005", "0,005~TND", "0,005~TND"},
	} {
		for lang, want := range map[locale.Lang]string{locale.EN: c.en, locale.FR: c.fr, locale.ES: c.es} {
			got := strings.NewReplacer(locale.NarrowNoBreakSpace, "_", locale.NoBreakSpace, "~").Replace(c.amount.Format(lang))
			if got != want {
				t.Errorf("%s: %q, want %q", lang, got, want)
			}
		}
	}
}
