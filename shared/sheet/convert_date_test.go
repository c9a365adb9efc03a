package sheet

import "testing"

func TestDatesAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]string{
		"2025-04-25":                        "2025-04-25",
		"2025-04-25T10:00:00":               "2025-04-25",
		"2025-04-25 00:00:00":               "2025-04-25",
		"2025-04-25T10:00:00.000Z":          "2025-04-25",
		"2025/04/03":                        "2025-04-03",
		"2025.4.3":                          "2025-04-03",
		"20250425":                          "2025-04-25",
		"25/04/2025":                        "2025-04-25",
		"04/25/2025":                        "2025-04-25",
		"25.04.2025":                        "2025-04-25",
		"25-4-2025":                         "2025-04-25",
		"25 04 2025":                        "2025-04-25",
		"03/03/2025":                        "2025-03-03",
		"25/04/2025 14:30":                  "2025-04-25",
		"25/04/2025 à 14h30":                "2025-04-25",
		"4/25/2025 2:30 PM":                 "2025-04-25",
		"25/04/2025, a las 9:05":            "2025-04-25",
		"3 April 2025":                      "2025-04-03",
		"3rd April 2025":                    "2025-04-03",
		"3rd of April, 2025":                "2025-04-03",
		"Apr 3, 2025":                       "2025-04-03",
		"April 3 2025":                      "2025-04-03",
		"03-Apr-2025":                       "2025-04-03",
		"3Apr2025":                          "2025-04-03",
		"2025 April 3":                      "2025-04-03",
		"Thursday, 3 April 2025":            "2025-04-03",
		"Thursday 3 April 2025 at 10:00 am": "2025-04-03",
		"3 avril 2025":                      "2025-04-03",
		"1er avril 2025":                    "2025-04-01",
		"le 1er août 2025":                  "2025-08-01",
		"mardi 3 déc. 2024":                 "2024-12-03",
		"mar. 3 déc. 2024":                  "2024-12-03",
		"14 juil. 2025":                     "2025-07-14",
		"3 de abril de 2025":                "2025-04-03",
		"3 de setiembre del 2025":           "2025-09-03",
		"miércoles, 2 de abril de 2025":     "2025-04-02",
		"29/02/2024":                        "2024-02-29",
		" 2025-04-25 ":                      "2025-04-25",
		"٢٥/٠٤/٢٠٢٥":                        "2025-04-25", // Arabic
		"٢٠٢٥-٠٤-٢٥":                        "2025-04-25",
		"۲۵/۰۴/۲۰۲۵":                        "2025-04-25", // Persian digits
		"२५/०४/२०२५":                        "2025-04-25", // Devanagari
		"２０２５／０４／２５":                        "2025-04-25", // full width
		"2025年4月25日":                        "2025-04-25",
		"２０２５年４月３日":                         "2025-04-03",
		"2025년 4월 25일":                      "2025-04-25",
	} {
		got := understandDate(text, orderUnknown)
		if got.reading != dateRead || got.date.String() != want {
			t.Errorf("%q: %+v, want %s", text, got, want)
		}
	}
}

func TestAMonthIsItsFirstDayWhereMonthsAreAskedFor(t *testing.T) {
	for text, want := range map[string]string{
		"March 2025": "2025-03-01", "mars 2025": "2025-03-01", "marzo de 2025": "2025-03-01", "Mar 2025": "2025-03-01", "août 2025": "2025-08-01",
		"2025-03": "2025-03-01", "03/2025": "2025-03-01", "3.2025": "2025-03-01", "2025/12": "2025-12-01", "2025 March": "2025-03-01",
		"2025年4月": "2025-04-01", "mar-2025": "2025-03-01",
		"2025-13": "", "0/2025": "", "March 25": "", "03/25": "", "2025": "", "202503": "", "March": "", "2025-03-04": "", "2025 2025": "",
		"Smarch 2025": "", "04/2568": "", "": "", "1/2/2025": "",
	} {
		got, ok := understandMonth(text)
		if ok != (want != "") || ok && got.String() != want {
			t.Errorf("%q: %s, %t, want %q", text, got, ok, want)
		}
	}
}

func TestDatesThatAreNotTaken(t *testing.T) {
	for _, c := range []struct {
		text       string
		want       dateReading
		suggestion string
	}{
		{"31/02/2025", dateInvalid, ""},
		{"29/02/2025", dateInvalid, ""},
		{"31 April 2025", dateInvalid, ""},
		{"2025-13-01", dateInvalid, ""},
		{"00/04/2025", dateInvalid, ""},
		{"25/04/0025", dateInvalid, ""},
		{"25/04/25", dateInvalid, "2025-04-25"}, // two-digit years are suggested, never completed
		{"3-Apr-98", dateInvalid, "1998-04-03"},
		{"03/04/25", dateInvalid, ""},
		{"avril 2025", dateInvalid, ""},
		{"04/2025", dateInvalid, ""},
		{"next week", dateInvalid, ""},
		{"n/a", dateInvalid, ""},
		{"45772", dateInvalid, "2025-04-25"},
		{"1 2 3 4", dateInvalid, ""},
		{"3 Smarch 2025", dateInvalid, ""},
		{"March April 2025", dateInvalid, ""},
		{"", dateInvalid, ""},
		{"1446/10/27", dateInvalid, ""}, // years of other calendars: Islamic,
		{"١٤٤٦/١٠/٢٧", dateInvalid, ""},
		{"1404-02-05", dateInvalid, ""}, // Persian,
		{"25/04/2568", dateInvalid, ""}, // Buddhist,
		{"12.4.5785", dateInvalid, ""},  // Jewish
		{"2٥/04/2025", dateInvalid, ""}, // digits of two scripts
		{"2025年4月", dateInvalid, ""},
		{"٢٠٢٥", dateYearOnly, ""},
		{"٠٣/٠٤/٢٠٢٥", dateAmbiguous, ""},
		{"2025", dateYearOnly, ""},
		{"le 2025", dateYearOnly, ""},
		{"03/04/2025", dateAmbiguous, ""},
		{"3.4.2025", dateAmbiguous, ""},
		{"04-03-2025 10:00", dateAmbiguous, ""},
	} {
		got := understandDate(c.text, orderUnknown)
		if got.reading != c.want || got.suggestion != c.suggestion {
			t.Errorf("%q: %+v, want reading %d, suggestion %q", c.text, got, c.want, c.suggestion)
		}
	}
}

func TestAnAnsweredOrderSettlesWhatIsAmbiguousOnly(t *testing.T) {
	for _, c := range []struct {
		text  string
		order dateOrder
		want  string
	}{
		{"03/04/2025", dayFirst, "2025-04-03"},
		{"03/04/2025", monthFirst, "2025-03-04"},
		{"25/04/2025", monthFirst, "2025-04-25"},
		{"04/25/2025", dayFirst, "2025-04-25"},
		{"2025-03-04", monthFirst, "2025-03-04"},
	} {
		if got := understandDate(c.text, c.order); got.reading != dateRead || got.date.String() != c.want {
			t.Errorf("%q with order %d: %+v, want %s", c.text, c.order, got, c.want)
		}
	}
}

func FuzzDatesNeverPanic(f *testing.F) {
	for _, seed := range []string{"3 April 2025", "31/02/2025", "mar mar mar mar", "99999999999999999999", "T10:00", "1er", "0000-00-00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if d, ok := understandMonth(text); ok && !d.Valid() {
			t.Errorf("%q is the month %v", text, d)
		}
		for _, order := range []dateOrder{orderUnknown, dayFirst, monthFirst} {
			got := understandDate(text, order)
			if got.reading == dateRead && !got.date.Valid() || got.reading == dateAmbiguous && (!got.date.Valid() || !got.other.Valid() || order != orderUnknown) {
				t.Errorf("%q is read as %+v", text, got)
			}
			if again := understandDate(got.suggestion, order); got.suggestion != "" && again.reading != dateRead {
				t.Errorf("of %q %q is suggested, which is %+v", text, got.suggestion, again)
			}
		}
		if d := understandDate(text, orderUnknown); d.reading == dateRead && !d.date.Valid() {
			t.Errorf("%q is read as %v", text, d.date)
		}
	})
}
