package sheet

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

func wideText(order binary.AppendByteOrder, text string) string {
	var out []byte
	for _, u := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, u)
	}
	return string(out)
}

// csvCase says what a text reads as, and which notes it brings.
type csvCase struct {
	name    string
	text    string
	answers Answers
	want    string
	notes   string // codes with their suggestions
}

func TestCSVIsReadExactlyOrRefused(t *testing.T) {
	for _, c := range []csvCase{
		{name: "commas", text: "a,b\n1,2\n", want: `["a","b"]` + "\n" + `["1","2"]`},
		{name: "semicolons", text: "a;b\n1;2\n", want: `["a","b"]` + "\n" + `["1","2"]`},
		{name: "tabs", text: "a\tb\n1\t2\n", want: `["a","b"]` + "\n" + `["1","2"]`},
		{name: "bars", text: "a|b\n1|2\n", want: `["a","b"]` + "\n" + `["1","2"]`},
		{name: "no delimiter at all", text: "a\nb\n", want: `["a"]` + "\n" + `["b"]`},
		{name: "semicolons with decimal commas", text: "name;amount\nx;1,5\ny;2,5\n", want: `["name","amount"]` + "\n" + `["x","1,5"]` + "\n" + `["y","2,5"]`},
		{name: "commas with texts of semicolons", text: "name,note\nx,a;b\ny,c\n", want: `["name","note"]` + "\n" + `["x","a;b"]` + "\n" + `["y","c"]`},
		{name: "quoted delimiters", text: "a,b\n\"1,5\",\"2;\"\n", want: `["a","b"]` + "\n" + `["1,5","2;"]`},
		{name: "a title above the table", text: "Members of 2025\n\na,b,c\n1,2,3\n4,5,6\n", want: `["Members of 2025"]` + "\n[]\n" + `["a","b","c"]` + "\n" + `["1","2","3"]` + "\n" + `["4","5","6"]`},
		{name: "a title with a comma above semicolons", text: "Members, 2025\n\na;b;c\n1;2;3\n4;5;6\n", want: `["Members, 2025"]` + "\n[]\n" + `["a","b","c"]` + "\n" + `["1","2","3"]` + "\n" + `["4","5","6"]`},
		{name: "a declared delimiter", text: "sep=;\r\na;b,c\r\n", want: "[]\n" + `["a","b,c"]`},
		{name: "a declared delimiter before line ends of a Macintosh", text: "sep=;\ra;b,c\r", want: "[]\n" + `["a","b,c"]`},
		{name: "numbers that two delimiters divide alike", text: "1,5;2,5\n3,5;4,5\n", want: `["1,5","2,5"]` + "\n" + `["3,5","4,5"]`, notes: "CSV_DELIMITER_UNSURE=;"},
		{name: "texts with a comma now and then", text: "Comment\nHello, world\nYes\nNo\n", want: `["Comment"]` + "\n" + `["Hello, world"]` + "\n" + `["Yes"]` + "\n" + `["No"]`, notes: "CSV_DELIMITER_UNSURE=;"},
		{name: "one column of decimal commas", text: "Montant\n1,5\n2,5\n", want: `["Montant"]` + "\n" + `["1,5"]` + "\n" + `["2,5"]`, notes: "CSV_DELIMITER_UNSURE=;"},
		{name: "one column of grouped numbers", text: "Amount\n1,234,567\n2,345,678\n", want: `["Amount"]` + "\n" + `["1,234,567"]` + "\n" + `["2,345,678"]`, notes: "CSV_DELIMITER_UNSURE=;"},
		{name: "one column of texts with commas", text: "Comment\nHello, world\nBonjour, monde\n", want: `["Comment"]` + "\n" + `["Hello, world"]` + "\n" + `["Bonjour, monde"]`, notes: "CSV_DELIMITER_UNSURE=;"},
		{name: "one column of lists", text: "Topics\nhealth;peace\nfood;water\n", want: `["Topics"]` + "\n" + `["health;peace"]` + "\n" + `["food;water"]`, notes: "CSV_DELIMITER_UNSURE=tab"},
		{name: "numbers alone, in pairs or with decimal commas", text: "1,5\n2,5\n", want: `["1","5"]` + "\n" + `["2","5"]`, notes: "CSV_DELIMITER_UNSURE=,"},
		{name: "numbers alone, but too many for decimals", text: "1,2,3\n4,5,6\n", want: `["1","2","3"]` + "\n" + `["4","5","6"]`},
		{name: "years as titles", text: "City,2019,2020\nBrest,1,2\n", want: `["City","2019","2020"]` + "\n" + `["Brest","1","2"]`},
		{name: "a title right above a wide table", text: "Members of 2025\na,b,c\n1,2,3\n4,5,6\n", want: `["Members of 2025"]` + "\n" + `["a","b","c"]` + "\n" + `["1","2","3"]` + "\n" + `["4","5","6"]`},
		{name: "a title above two columns", text: "Members of 2025\n\nname,city\nx,y\n", want: `["Members of 2025"]` + "\n[]\n" + `["name","city"]` + "\n" + `["x","y"]`},
		{name: "one column in quotes", text: "\"Montant\"\n\"1,5\"\n\"2;5\"\n", want: `["Montant"]` + "\n" + `["1,5"]` + "\n" + `["2;5"]`},
		{name: "one column of decimal commas, answered", text: "Montant\n1,5\n2,5\n", answers: Answers{"csv.delimiter": ";"}, want: `["Montant"]` + "\n" + `["1,5"]` + "\n" + `["2,5"]`},
		{name: "an answer about the delimiter", text: "1,5;2,5\n", answers: Answers{"csv.delimiter": ","}, want: `["1","5;2","5"]`},
		{name: "an answer of a tab", text: "a\tb,c\n", answers: Answers{"csv.delimiter": "tab"}, want: `["a","b,c"]`},
		{name: "an answer that is none", text: "a;b\n", answers: Answers{"csv.delimiter": "#"}, want: `["a","b"]`},

		{name: "CRLF", text: "a,b\r\n1,2\r\n", want: `["a","b"]` + "\n" + `["1","2"]`},
		{name: "CR", text: "a,b\r1,2\r", want: `["a","b"]` + "\n" + `["1","2"]`},
		{name: "no line end at the end", text: "a,b\n1,2", want: `["a","b"]` + "\n" + `["1","2"]`},
		{name: "blank lines count", text: "a,b\n\n\n1,2\n\n", want: `["a","b"]` + "\n[]\n[]\n" + `["1","2"]`},
		{name: "lines of delimiters count", text: "a,b\n,\n1,2\n", want: `["a","b"]` + "\n[]\n" + `["1","2"]`},
		{name: "quoted line ends", text: "a,b\n\"1\n2\",\"3\r\n4\"\n5,6\n", want: `["a","b"]` + "\n" + `["1\n2","3\r\n4"]` + "\n" + `["5","6"]`},
		{name: "doubled quotes", text: "a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", want: `["a","b"]` + "\n" + `["say \"hi\"","\""]`},
		{name: "quotes inside of a field", text: "a,b\n5\" pipe,x\n", want: `["a","b"]` + "\n" + `["5\" pipe","x"]`},
		{name: "text behind a quoted one", text: "a,b\n\"x\" y,z\n", want: `["a","b"]` + "\n" + `["x y","z"]`},
		{name: "empty quoted text", text: "a,b\n\"\",1\n", want: `["a","b"]` + "\n" + `[null,"1"]`},
		{name: "white space stays", text: "a,b\n 1 ,\t2\n", want: `["a","b"]` + "\n" + `[" 1 ","\t2"]`},
		{name: "ragged rows stay as they are", text: "a,b,c\n1\n1,2,3,4\n", want: `["a","b","c"]` + "\n" + `["1"]` + "\n" + `["1","2","3","4"]`},
		{name: "a quoted text that doesn't end", text: "a,b\n\"1,2\n3,4\n", want: "FILE_TRUNCATED"},
		{name: "guarded formulas", text: "a,b,c,d\n'=1+1,'+33 1,'-5,'@x\n", want: `["a","b","c","d"]` + "\n" + `["=1+1","+33 1","-5","@x"]`},
		{name: "guarded twice", text: "a,b\n''=1,'''-5\n", want: `["a","b"]` + "\n" + `["'=1","''-5"]`},
		{name: "an apostrophe that guards nothing", text: "a,b\n'tis,'\n", want: `["a","b"]` + "\n" + `["'tis","'"]`},
		{name: "numbers stay text", text: "a,b\n007,1e5\n", want: `["a","b"]` + "\n" + `["007","1e5"]`},

		{name: "UTF-8", text: "ville,né\nSão Paulo,😀\n", want: `["ville","né"]` + "\n" + `["São Paulo","😀"]`},
		{name: "UTF-8 with a mark", text: "\ufeffville,né\n", want: `["ville","né"]`},
		{name: "UTF-16 with a mark", text: "\xff\xfe" + wideText(binary.LittleEndian, "ville;né\n😀;x\n"), want: `["ville","né"]` + "\n" + `["😀","x"]`},
		{name: "UTF-16 the other way round", text: "\xfe\xff" + wideText(binary.BigEndian, "ville;né\n"), want: `["ville","né"]`},
		{name: "UTF-16 without a mark", text: wideText(binary.LittleEndian, "ville;né\n"), want: `["ville","né"]`, notes: "CSV_ENCODING_UNSURE=utf-16le"},
		{name: "UTF-16 without a mark the other way round", text: wideText(binary.BigEndian, "ville\tné\r\n東京\t1\r\n"), want: `["ville","né"]` + "\n" + `["東京","1"]`, notes: "CSV_ENCODING_UNSURE=utf-16be"},
		{name: "UTF-16 with a tab, as Excel saves Unicode text", text: "\xff\xfe" + wideText(binary.LittleEndian, "ville\t\"a\tb\"\r\n"), want: `["ville","a\tb"]`},
		{name: "UTF-16 without a mark, answered", text: wideText(binary.LittleEndian, "ville;né\n"), answers: Answers{"csv.encoding": "UTF-16LE"}, want: `["ville","né"]`},
		{name: "UTF-32", text: "\xff\xfe\x00\x00a\x00\x00\x00,\x00\x00\x00b\x00\x00\x00\n\x00\x00\x00", want: "FILE_CORRUPT"},
		{name: "NUL in UTF-16", text: "\xff\xfe" + wideText(binary.LittleEndian, "a;b\n1\x00;2\n"), want: "FILE_CORRUPT"},
		{name: "NUL far behind in UTF-16", text: "\xff\xfe" + wideText(binary.LittleEndian, strings.Repeat("a,b\n", 20000)+"\x00"), want: "FILE_CORRUPT"},
		{name: "UTF-16 with bytes of zero that are no NUL", text: "\xfe\xff" + wideText(binary.BigEndian, "a;Ā\nĀ;b\n"), want: `["a","Ā"]` + "\n" + `["Ā","b"]`},
		{name: "UTF-16 longer than the sample", text: "\xff\xfe" + wideText(binary.LittleEndian, strings.Repeat("é,😀\n", 20000)), want: strings.TrimSpace(strings.Repeat(`["é","😀"]`+"\n", 20000))},
		{name: "half an UTF-16 unit", text: "\xff\xfea\x00;", want: "FILE_CORRUPT"},
		{name: "Windows-1252", text: "ville,né\xe9 \x80\n", want: `["ville","nÃ©é €"]`, notes: "CSV_ENCODING_UNSURE=windows-1252"},
		{name: "Windows-1252, answered", text: "ville,\xe9\x80\n", answers: Answers{"csv.encoding": "windows-1252"}, want: `["ville","é€"]`},
		{name: "an old code page, answered", text: "ville,\x82\n", answers: Answers{"csv.encoding": "cp850"}, want: `["ville","é"]`},
		{name: "UTF-8 that isn't, answered", text: "ville,\xe9\n", answers: Answers{"csv.encoding": "utf-8"}, want: `["ville","é"]`, notes: "CSV_ENCODING_UNSURE=windows-1252"},
		{name: "a mark of UTF-8 and something else", text: "\ufeffville,\xe9\n", want: "FILE_CORRUPT"},
		{name: "NUL far behind", text: strings.Repeat("a,b\n", 2000) + "\x00", want: "FILE_CORRUPT"},
		{name: "only white space", text: " \n\n", want: "FILE_EMPTY"},
		{name: "only a mark", text: "\ufeff", want: "FILE_EMPTY"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := readAll(t, []byte(c.text), "data.csv", "", WithAnswers(c.answers)); got != c.want {
				t.Errorf("got %.300s, want %.300s", got, c.want)
			}
			if strings.HasPrefix(c.want, "FILE_") {
				return
			}
			book, err := Open(context.Background(), strings.NewReader(c.text), int64(len(c.text)), "data.csv", WithAnswers(c.answers))
			if err != nil {
				t.Fatal(err)
			}
			var notes []string
			for _, p := range book.Notes() {
				notes = append(notes, string(p.Code)+"="+p.Suggestion)
			}
			if got := strings.Join(notes, " "); got != c.notes {
				t.Errorf("notes are %q, want %q", got, c.notes)
			}
		})
	}
}

func TestRecordsSayHowManyFieldsTheyHave(t *testing.T) {
	const text = "a,b,c\n1,,\n\n1\n"
	book, err := Open(context.Background(), strings.NewReader(text), int64(len(text)), "dir/Contributions 2025.csv")
	if err != nil {
		t.Fatal(err)
	}
	if got := book.Sheets(); len(got) != 1 || got[0].Name != "Contributions 2025" {
		t.Errorf("the sheets are %v", got)
	}
	rows, err := book.Rows(context.Background(), "Contributions 2025")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for rows.Next() {
		got = append(got, fmt.Sprintf("%d: %d fields, %d stored", rows.Row().Number, rows.Row().Fields, len(rows.Row().Cells)))
	}
	want := "1: 3 fields, 3 stored; 2: 3 fields, 1 stored; 4: 1 fields, 1 stored"
	if strings.Join(got, "; ") != want || rows.Err() != nil {
		t.Errorf("got %s (%v), want %s", strings.Join(got, "; "), rows.Err(), want)
	}
}

func TestLongCSVIsTheSameAcrossBuffers(t *testing.T) {
	var text, want bytes.Buffer
	for i := range 30_000 {
		fmt.Fprintf(&text, "%d,\"é \"\"%d\"\"\r\n\",%s\r\n", i, i, strings.Repeat("x", i%50))
		cells := fmt.Sprintf(`["%d","é \"%d\"\r\n","%s"]`, i, i, strings.Repeat("x", i%50))
		want.WriteString(strings.Replace(cells, `,""]`, `]`, 1) + "\n")
	}
	if got := readAll(t, text.Bytes(), "x.csv", ""); got+"\n" != want.String() {
		t.Error("a long CSV comes out differently")
	}
}

func TestCandidatesAreNamedInEachLanguage(t *testing.T) {
	const text = "1,5;2,5\n3,5;4,5\n"
	book, err := Open(context.Background(), strings.NewReader(text), int64(len(text)), "x.csv")
	if err != nil {
		t.Fatal(err)
	}
	notes := book.Notes()
	for lang, want := range map[locale.Lang]string{locale.EN: "(semicolon, comma)", locale.FR: "(point-virgule, virgule)", locale.ES: "(punto y coma, coma)"} {
		if len(notes) != 1 || notes[0].Severity != problem.Question || !strings.Contains(notes[0].Message(lang), want) {
			t.Errorf("%s: got %v", lang, notes)
		}
	}
}

func FuzzCSV(f *testing.F) {
	for _, text := range []string{"a,b\n1,\"2\"\n", "sep=;\na;b", "\xff\xfea\x00", "\"", "'=x;''", "a\r\r\n\n,"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if _, err := tryRead(text, "x.csv", ""); err != nil && !isCoded(err) {
			t.Errorf("it is answered %v", err)
		}
	})
}
