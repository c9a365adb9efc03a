package sheet

import (
	"strconv"
	"testing"
)

func TestNumbersAsPeopleTypeThem(t *testing.T) {
	const (
		nbsp   = "\u00a0"
		narrow = "\u202f"
	)
	english := numberHint{english: true}
	none := numberHint{}
	for _, c := range []struct {
		text string
		hint numberHint
		want string // canonical decimal
	}{
		{"50000", none, "50000"},
		{"50000.50", none, "50000.5"},
		{"50000,5", none, "50000.5"},
		{"0", none, "0"},
		{"-0", none, "0"},
		{"007", none, "7"},
		{".5", none, "0.5"},
		{",5", none, "0.5"},
		{"0,123", none, "0.123"}, // no group begins with a zero
		{"1234.567", none, "1234.567"},
		{"$50,000", none, "50000"},
		{"$ 50" + nbsp + "000", none, "50000"}, // French, source 003
		{"$50 000", none, "50000"},             // Spanish, source 003
		{"$50" + narrow + "000,25", none, "50000.25"},
		{"US$50,000", none, "50000"},
		{"US $ 50", none, ""},
		{"USD 50,000.00", none, "50000"},
		{"usd 50 000", none, "50000"},
		{"50 000 €", none, "50000"},
		{"50.000,00 €", none, "50000"},
		{"50.000,00", none, "50000"},
		{"1 234,56", none, "1234.56"},
		{"1,234.56", none, "1234.56"},
		{"1'234.50", none, "1234.5"}, // Swiss
		{"1’234’567", none, "1234567"},
		{"CHF 500.-", none, "500"},
		{"Fr. 500", none, "500"},
		{"500 dollars", none, "500"},
		{"1,234,567", none, "1234567"},
		{"1.234.567", none, "1234567"},
		{"10,00,000", none, "1000000"}, // South Asia
		{"50,000", english, "50000"},
		{"50,000", numberHint{whole: true}, "50000"},
		{"50.000", numberHint{whole: true}, "50000"},
		{"1.234", numberHint{mark: '.'}, "1.234"},
		{"1.234", numberHint{mark: ','}, "1234"},
		{"1,234", numberHint{mark: '.'}, "1234"},
		{"1,234", numberHint{mark: ','}, "1.234"},
		{"(500)", none, "-500"},
		{"($500.25)", none, "-500.25"},
		{"$(500)", none, "-500"},
		{"500-", none, "-500"},
		{"−500", none, "-500"},
		{"-$1,500.00", none, "-1500"},
		{"$-5", none, "-5"},
		{"+33", none, "33"},
		{"12 %", none, "0.12"},
		{"12,5%", none, "0.125"},
		{"-0.5%", none, "-0.005"},
		{"1234567890123456789.01", none, "1234567890123456789.01"}, // text loses nothing
		{"٥٠٠٠٠", none, "50000"},                                   // Arabic
		{"٥٠٬٠٠٠٫٢٥", none, "50000.25"},
		{"٥٠٬٠٠٠", none, "50000"},
		{"١٢٫٣٤٥", none, "12.345"}, // no question: this sign stands before decimals only
		{"١٢٪", none, "0.12"},
		{"-٥", none, "-5"},
		{"۵۰۰۰۰", none, "50000"},     // Persian digits
		{"५०,०००", english, "50000"}, // Devanagari
		{"５００００．５", none, "50000.5"}, // full width
		{"￥５，０００", numberHint{mark: '.'}, "5000"},
		{"（５００）", none, "-500"},
	} {
		got := understandNumber(c.text, c.hint)
		if read := got.reading == numberRead; read != (c.want != "") || read && got.decimal != c.want {
			t.Errorf("%q %+v: %+v, want %q", c.text, c.hint, got, c.want)
		}
	}
}

func TestNumbersThatAreNotTaken(t *testing.T) {
	for _, c := range []struct {
		text       string
		want       numberReading
		suggestion string
	}{
		{"abc", numberInvalid, ""},
		{"NaN", numberInvalid, ""},
		{"Infinity", numberInvalid, ""},
		{"1e400", numberInvalid, ""},
		{"2x50000", numberExpression, "100000"},
		{"n/a", numberInvalid, ""},
		{"-", numberInvalid, ""},
		{"$", numberInvalid, ""},
		{"50k", numberInvalid, ""},
		{"about 500", numberInvalid, ""},
		{"500 kg", numberInvalid, ""},
		{"1..2", numberInvalid, ""},
		{"1٢3", numberInvalid, ""}, // digits of two scripts
		{"１2", numberInvalid, ""},
		{"五万", numberInvalid, ""},
		{"Ⅻ", numberInvalid, ""},
		{"½", numberInvalid, ""},
		{"10²", numberInvalid, ""},
		{"1 . 2", numberInvalid, ""},
		{"50,", numberInvalid, ""},
		{"25/04/2025", numberInvalid, ""},
		{"$5 €", numberInvalid, ""},
		{"$1,000,00", numberMalformed, "1000000"}, // source 003
		{"1,234,56", numberMalformed, "1234.56"},
		{"1.234,567,890", numberMalformed, "1234567890"},
		{"50 00", numberMalformed, "50000"},
		{"1 234.567,89", numberMalformed, "1234567.89"},
		{"50,000 x 2", numberExpression, "100000"}, // source 003
		{"50 000 × 2", numberExpression, "100000"},
		{"$50,000 x 2", numberExpression, "100000"},
		{"2 X 50000", numberExpression, "100000"},
		{"=50000*2", numberExpression, "100000"},
		{"50,000 x 2 = 100,000", numberExpression, "100000"},
		{"50000 + 2 x 0.5", numberExpression, "50001"},
		{"=50000", numberExpression, "50000"},
		{"1.23457E+11", numberImprecise, "123457000000"},
		{"1,5E+20", numberImprecise, ""},
	} {
		got := understandNumber(c.text, numberHint{})
		if got.reading != c.want || got.suggestion != c.suggestion {
			t.Errorf("%q: %+v, want reading %d, suggestion %q", c.text, got, c.want, c.suggestion)
		}
	}
}

func TestASingleSeparatorBeforeThreeDigitsIsAmbiguous(t *testing.T) {
	for text, want := range map[string][2]string{
		"1.234":    {"1.234", "1234"},
		"1,234":    {"1.234", "1234"},
		"50.000 €": {"50", "50000"},
		"$1.234":   {"1.234", "1234"},
		"(1.500)":  {"-1.5", "-1500"},
		"999,999%": {"9.99999", "9999.99"},
	} {
		got := understandNumber(text, numberHint{})
		if got.reading != numberAmbiguous || got.decimal != want[0] || got.other != want[1] {
			t.Errorf("%q: %+v, want %q", text, got, want)
		}
	}
}

func TestNumberCellsAreExactAsShown(t *testing.T) {
	for _, c := range []struct {
		raw   string
		want  string
		exact bool
	}{
		{"50000", "50000", true},
		{"50000.10", "50000.1", true},
		{"-0.25", "-0.25", true},
		{"0.30000000000000004", "0.3", true}, // 0.1+0.2
		{"1234.5600000000001", "1234.56", true},
		{"5.0000000000000001E-2", "0.05", true},
		{"1E5", "100000", true},
		{"-0", "0", true},
		{"999999999999999", "999999999999999", true},
		{"1000000000000000", "1000000000000000", false},
		{"1.2345678901234567E+19", "12345678901234567000", false},
	} {
		f, err := strconv.ParseFloat(c.raw, 64)
		if err != nil {
			t.Fatal(err)
		}
		got, exact := numberDecimal(&Cell{Kind: KindNumber, Number: f, Raw: c.raw})
		if got != c.want || exact != c.exact {
			t.Errorf("%s: %s %v, want %s %v", c.raw, got, exact, c.want, c.exact)
		}
	}
}

func TestCurrenciesContradictOnlyWhenNoneFits(t *testing.T) {
	for _, c := range []struct {
		shown, stated string
		want          bool
	}{
		{"$", "USD", false}, {"$", "CAD", false}, {"$", "EUR", true}, {"€", "EUR", false}, {"€", "USD", true}, {"USD", "usd", false},
		{"USD", "EUR", true}, {"US$", "CAD", true}, {"FCFA", "XOF", false}, {"kr", "SEK", false}, {"Fr.", "CHF", false},
		{"₿", "EUR", false}, {"$", "", false}, {"$", "???", false}, {"¥", "CNY", false},
	} {
		if got := contradicts(c.shown, c.stated); got != c.want {
			t.Errorf("%s against %s: %v", c.shown, c.stated, got)
		}
	}
}

func FuzzNumbersNeverPanic(f *testing.F) {
	for _, seed := range []string{"$1,000,00", "50,000 x 2", "(1.234,5)-", "=1+", "x", "..", "€", "1e9999", "-–-", "( )"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n := understandNumber(text, numberHint{})
		if _, ok := compareDecimals(n.decimal, "0"); n.reading == numberRead && !ok {
			t.Errorf("%q is read as %q", text, n.decimal)
		}
	})
}
