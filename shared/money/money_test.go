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
	var rate money.Rate
	if err := json.Unmarshal([]byte(`"1.0850"`), &rate); err != nil {
		t.Fatal(err)
	}
	if text, err := json.Marshal(rate); err != nil || string(text) != `"1.085"` {
		t.Errorf("%s, %v", text, err)
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
