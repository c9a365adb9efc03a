package numfmt

import (
	"math"
	"testing"
	"time"
)

func TestFormatsAreClassified(t *testing.T) {
	for code, want := range map[string]Class{
		"":                                 General,
		"General":                          General,
		"GENERAL":                          General,
		`General" pieces"`:                 General,
		"@":                                Text,
		"0":                                Number,
		"00000":                            Number,
		"#,##0.00":                         Number,
		"# ?/?":                            Number,
		"0.00E+00":                         Number,
		"##0.0E+0":                         Number,
		`#,##0;[Red]\-#,##0`:               Number,
		`0" days"`:                         Number,
		`0" m"`:                            Number,
		`#,##0\ \d`:                        Number,
		`#,##0_d`:                          Number,
		`*y0`:                              Number,
		";;;":                              Number,
		`"yes";"yes";"no"`:                 Number,
		"0%":                               Percent,
		"0.00 %":                           Percent,
		`#,##0\ [$€-40C]`:                  Currency,
		"$#,##0.00":                        Currency,
		`"USD" #,##0`:                      Currency,
		"yyyy-mm-dd":                       Date,
		"YYYY-MM-DD":                       Date,
		"m":                                Date,
		"mmm":                              Date,
		"dddd":                             Date,
		"aaaa":                             Date,
		"d/m/bb":                           Date,
		"[$-411]ge.m.d":                    Date,
		"[$-411]ggge":                      Date,
		"e":                                Date,
		`yyyy"年"m"月"d"日"`:                  Date,
		"[$-F800]dddd, mmmm dd":            Date,
		"[Red]dd.mm.yyyy;@":                Date,
		`dd\.mm\.yyyy`:                     Date,
		"[<1]0.00;yyyy-mm-dd":              Date,
		"m/d/yyyy h:mm":                    DateTime,
		"yyyy-mm-dd hh:mm:ss":              DateTime,
		"dd hh:mm":                         DateTime,
		"mmm h:mm":                         DateTime,
		"d [h]:mm":                         DateTime,
		"[<1]h:mm;yyyy-mm-dd":              Date,
		"[>=1]yyyy-mm-dd;[<1]h:mm;General": Date,
		"[<1]h:mm;[h]:mm":                  Elapsed,
		`[=0]"";h:mm`:                      Time,
		"[<=9999999]###\\-####;0":          Number,
		"G/通用格式":                           General,
		"[DBNum2][$-804]G/通用格式":            General,
		"G/標準":                             General,
		"Standard":                         General,
		"[$-x-sysdate]dddd, mmmm dd, yyyy": Date,
		"[$-x-systime]h:mm:ss AM/PM":       Time,
		"[$-en-US]mmmm d, yyyy;@":          Date,
		"[$-107041E]d mmm yy":              Date,
		"[DBNum1][$-804]yyyy\"年\"":         Date,
		"[$-412]yyyy\"년\" m\"월\"":          Date,
		"[ENG][$-409]d mmm yyyy":           Date,
		"[$MDH] 0":                         Currency,
		"[Magenta]0.00":                    Number,
		"[Cyan]d/m":                        Date,
		"yyyy\"-\"mm":                      Date,
		"h \"h\" mm":                       Time,
		"0*d":                              Number,
		"s":                                Time,
		"hh:mm dd":                         DateTime,
		"h:mm":                             Time,
		"h:mm AM/PM":                       Time,
		"h A/P":                            Time,
		"hh:mm:ss.000":                     Time,
		"mm:ss":                            Time,
		"mm:ss.0":                          Time,
		"mmss":                             Time,
		"[$-F400]h:mm:ss":                  Time,
		`h"時"mm"分"`:                        Time,
		"上午/下午h:mm":                        Time,
		"[h]:mm":                           Elapsed,
		"[hh]:mm:ss":                       Elapsed,
		"[mm]:ss":                          Elapsed,
		"[M]":                              Elapsed,
		"[ss].00":                          Elapsed,
		`0.00"unterminated`:                Number,
		"[unterminated":                    Number,
		`\`:                                Number,
		"_":                                Number,
	} {
		if got := Parse(code).Class; got != want {
			t.Errorf("%q is of class %d, want %d", code, got, want)
		}
	}
}

func TestFormatsSayWhatTheSenderSaw(t *testing.T) {
	for code, want := range map[string]Format{
		"00000":                      {Class: Number, Zeros: 5},
		"#,##0.00":                   {Class: Number, Zeros: 1, Decimals: 2},
		"0.00E+00":                   {Class: Number, Zeros: 1, Decimals: 2},
		"0.0##":                      {Class: Number, Zeros: 1, Decimals: 3},
		`#,##0\ [$€-40C]`:            {Class: Currency, Currency: "EUR", Zeros: 1},
		"[$$-409]#,##0.00":           {Class: Currency, Currency: "USD", Zeros: 1, Decimals: 2},
		"[$$-1009]0":                 {Class: Currency, Currency: "CAD", Zeros: 1},
		"[$$-en-US]0":                {Class: Currency, Currency: "USD", Zeros: 1},
		"[$kr-41D]0":                 {Class: Currency, Currency: "SEK", Zeros: 1},
		"[$kr-999]0":                 {Class: Currency, Currency: "kr", Zeros: 1},
		"[$USD] 0":                   {Class: Currency, Currency: "USD", Zeros: 1},
		"[$CHF-807] #,##0.00":        {Class: Currency, Currency: "CHF", Zeros: 1, Decimals: 2},
		"$#,##0":                     {Class: Currency, Currency: "$", Zeros: 1},
		`"US$"#,##0`:                 {Class: Currency, Currency: "USD", Zeros: 1},
		`#,##0\ €`:                   {Class: Currency, Currency: "EUR", Zeros: 1},
		`#,##0" F CFA"`:              {Class: Number, Zeros: 1},
		`_-* #,##0.00\ "€"_-;\-0`:    {Class: Currency, Currency: "EUR", Zeros: 1, Decimals: 2},
		`_("$"* #,##0.00_);_("$"* 0`: {Class: Currency, Currency: "$", Zeros: 1, Decimals: 2},
		"0.0%":                       {Class: Percent, Zeros: 1, Decimals: 1},
		"hh:mm:ss.000":               {Class: Time},
	} {
		want.Code = code
		if got := Parse(code); got != want {
			t.Errorf("%q: got %+v, want %+v", code, got, want)
		}
	}
}

func TestBuiltinFormats(t *testing.T) {
	classes := map[Class][]int{
		General:  {0, 23, 163, 1000, -1},
		Number:   {1, 2, 3, 4, 11, 12, 13, 37, 38, 39, 40, 41, 43, 48, 59, 60, 61, 62, 69, 70},
		Percent:  {9, 10, 67, 68},
		Currency: {5, 6, 7, 8, 42, 44},
		Date:     {14, 15, 16, 17, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58, 71, 72, 73, 74, 81},
		Time:     {18, 19, 20, 21, 32, 33, 45, 47, 75, 76, 78, 80},
		DateTime: {22, 77},
		Elapsed:  {46, 79},
		Text:     {49},
	}
	for class, ids := range classes {
		for _, id := range ids {
			if got := Builtin(id).Class; got != class {
				t.Errorf("format %d is of class %d, want %d", id, got, class)
			}
		}
	}
}

func TestSerialsArePrintedAsDates(t *testing.T) {
	const not = ""
	for _, c := range []struct {
		serial   float64
		class    Class
		date1904 bool
		want     string
	}{
		{1, Date, false, "1900-01-01"},
		{59, Date, false, "1900-02-28"},
		{59.5, Date, false, "1900-02-28T12:00:00"},
		{60, Date, false, not},
		{60.99, Date, false, not},
		{61, Date, false, "1900-03-01"},
		{25569, Date, false, "1970-01-01"},
		{45823, Date, false, "2025-06-15"},
		{45823.4375, Date, false, "2025-06-15T10:30:00"},
		{45823, DateTime, false, "2025-06-15"},
		{45823.000002894, DateTime, false, "2025-06-15T00:00:00.250"},
		{45823.0000000001, Date, false, "2025-06-15"},
		{45823.9999999999, Date, false, "2025-06-16"},
		{60.99999999999, Date, false, not},
		{2958465, Date, false, "9999-12-31"},
		{2958465.9999999995, Date, false, "9999-12-31T23:59:59.999"},
		{59.9999999999, Date, false, "1900-02-28T23:59:59.999"},
		{59.9999999999, Date, true, "1904-03-01"},
		{2957003.9999999995, DateTime, true, "9999-12-31T23:59:59.999"},
		{2958466, Date, false, not},
		{0, Date, false, not},
		{0.5, DateTime, false, not},
		{0.99999, Date, false, not},
		{-1, Date, false, not},
		{math.Inf(1), Date, false, not},
		{math.NaN(), Date, false, not},
		{36526, Date, false, "2000-01-01"},
		{36585, Date, false, "2000-02-29"},
		{0, Date, true, "1904-01-01"},
		{0.25, Date, true, "1904-01-01T06:00:00"},
		{59, Date, true, "1904-02-29"},
		{60, Date, true, "1904-03-01"},
		{44361, Date, true, "2025-06-15"},
		{2957003, Date, true, "9999-12-31"},
		{2957004, Date, true, not},
		{-0.5, Date, true, not},
		{0, Time, false, "00:00:00"},
		{0.5, Time, true, "12:00:00"},
		{0.999, Time, false, "23:58:33.600"},
		{0.9999999999, Time, false, "23:59:59.999"},
		{1, Time, false, not},
		{-0.1, Time, false, not},
		{0.5, Elapsed, false, not},
		{45823, Number, false, not},
		{45823, General, false, not},
	} {
		got, ok := AppendSerial(nil, c.serial, c.class, c.date1904)
		if string(got) != c.want || ok != (c.want != not) {
			t.Errorf("%v in class %d (1904: %v): got %q (%v), want %q", c.serial, c.class, c.date1904, got, ok, c.want)
		}
	}
}

func TestEverySerialAgreesWithTheCalendar(t *testing.T) {
	day := time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)
	for serial := 61; serial < 200_000; serial++ {
		got, ok := AppendSerial(nil, float64(serial), Date, false)
		if want := day.Format(time.DateOnly); string(got) != want || !ok {
			t.Fatalf("%d: got %s, want %s", serial, got, want)
		}
		day = day.AddDate(0, 0, 1)
	}
}

func TestISODates(t *testing.T) {
	for value, want := range map[string]string{
		"2025-06-15":                  "2025-06-15",
		" 2025-06-15 ":                "2025-06-15",
		"2025-06-15T00:00:00":         "2025-06-15",
		"2025-06-15T00:00:00.000Z":    "2025-06-15",
		"2025-06-15T10:30":            "2025-06-15T10:30:00",
		"2025-06-15T10:30:05":         "2025-06-15T10:30:05",
		"2025-06-15T10:30:05.25Z":     "2025-06-15T10:30:05.250",
		"2025-12-31T23:59:59.9999":    "2026-01-01",
		"0001-01-01":                  "0001-01-01",
		"10:30:00":                    "10:30:00",
		"T10:30:00":                   "10:30:00",
		"23:59:59.9999":               "23:59:59.999",
		"9999-12-31T23:59:59.9999":    "9999-12-31T23:59:59.999",
		"1899-12-31T06:00:00":         "1899-12-31T06:00:00",
		"2025-02-29":                  "",
		"2025-6-15":                   "",
		"2025-06-15T":                 "",
		"2025-06-15 10:30":            "",
		"2025-06-15T24:00:00":         "",
		"2025-06-15T10:30:00+02:00":   "",
		"2025-06-15T10:30:00.":        "",
		"2025-06-15T10:30:00.1e3":     "",
		"2025-06-15T+1:30:00":         "",
		"2025-06-15T10:30:00:00":      "",
		"15/06/2025":                  "",
		"45823":                       "",
		"T":                           "",
		"Z":                           "",
		"":                            "",
		"10-30:00":                    "",
		"2025-06-15T10:30:00.123456Z": "2025-06-15T10:30:00.123",
	} {
		got, ok := AppendISO(nil, value, General, false)
		if string(got) != want || ok != (want != "") {
			t.Errorf("%q: got %q (%v), want %q", value, got, ok, want)
		}
	}
}

func TestISOTimesOfDay(t *testing.T) {
	for _, c := range []struct {
		value    string
		date1904 bool
		want     string
	}{
		{"06:00:00", false, "06:00:00"},
		{"1899-12-31T06:00:00", false, "06:00:00"},
		{"1899-12-30T06:00:00.250Z", false, "06:00:00.250"},
		{"1899-12-31", false, "00:00:00"},
		{"1899-12-31T23:59:59.9999", false, "23:59:59.999"},
		{"1904-01-01T06:00:00", true, "06:00:00"},
		{"1904-01-01T06:00:00", false, "1904-01-01T06:00:00"},
		{"1900-01-01T06:00:00", false, "1900-01-01T06:00:00"},
		{"1899-12-31T06:00:00", true, "1899-12-31T06:00:00"},
	} {
		if got, ok := AppendISO(nil, c.value, Time, c.date1904); string(got) != c.want || !ok {
			t.Errorf("%s (1904: %v): got %s, want %s", c.value, c.date1904, got, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, code := range []string{"[h]:mm;@", `"x"\y_z*0`, "[$€-40C]0.0", "上午/下午"} {
		f.Add(code)
	}
	f.Fuzz(func(t *testing.T, code string) { Parse(code) })
}
