package problem_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

var update = flag.Bool("update", false, "rewrite docs/codes.md")

var placeholder = regexp.MustCompile(`\{([a-z]+)\}`)

func TestEveryCodeHasAMessageInThreeLanguages(t *testing.T) {
	for _, entry := range problem.Catalogue() {
		for _, lang := range locale.Langs {
			text := map[locale.Lang]string{
				locale.EN: entry.Message.EN, locale.FR: entry.Message.FR, locale.ES: entry.Message.ES,
			}[lang]
			if text == "" {
				t.Errorf("%s has no message in %q", entry.Code, lang)
			}
		}
	}
}

func TestMessagesUseExactlyTheParamsTheyDeclare(t *testing.T) {
	for _, entry := range problem.Catalogue() {
		for _, message := range []string{entry.Message.EN, entry.Message.FR, entry.Message.ES} {
			used := map[string]bool{}
			for _, match := range placeholder.FindAllStringSubmatch(message, -1) {
				used[match[1]] = true
				if !slices.Contains(problem.Own, match[1]) && !slices.Contains(entry.Params, match[1]) {
					t.Errorf("%s uses {%s}, which it doesn't declare: %s", entry.Code, match[1], message)
				}
			}
			for _, param := range entry.Params {
				if !used[param] {
					t.Errorf("%s declares %s but doesn't use it in: %s", entry.Code, param, message)
				}
			}
		}
	}
}

func TestAMessageNamesTheValueAndTheParams(t *testing.T) {
	p := problem.New("CURRENCY_MISMATCH").With("shown", "EUR").With("stated", "USD").Valued(50000.0)
	if got, want := p.Message(locale.EN), "The amount is shown in EUR, but its currency column says USD. Correct one of them."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	p = problem.New("NUMBER_INVALID").Valued("abc")
	if got, want := p.Message(locale.ES), `"abc"`; !strings.HasPrefix(got, "«abc»") {
		t.Errorf("got %q, want it to begin with %q", got, want)
	}
}

func TestAValueInAMessage(t *testing.T) {
	long := strings.Repeat("é", 100)
	for name, c := range map[string]struct {
		value any
		want  string
	}{
		"text":                    {"31/02/2025", "31/02/2025"},
		"number without exponent": {1e15, "1000000000000000"},
		"error object":            {map[string]any{"error": "#N/A"}, "#N/A"},
		"raw error object":        {map[string]any{"error": "NUMBER_INVALID", "raw": "NaN"}, "NaN"},
		"long text is cut":        {long, strings.Repeat("é", 80) + "…"},
		"nothing":                 {nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := problem.New("DATE_INVALID").Valued(c.value).Message(locale.EN)
			if want := fmt.Sprintf("%q", ""); c.want == "" && !strings.HasPrefix(got, want) {
				t.Errorf("got %q", got)
			}
			if !strings.HasPrefix(got, `"`+c.want+`"`) {
				t.Errorf("got %q, want it to name %q", got, c.want)
			}
		})
	}
}

func TestParamsInMessagesAreNeverExpandedAgain(t *testing.T) {
	p := problem.New("HEADER_UNKNOWN").With("header", "{column} {value}")
	if got := p.Message(locale.EN); !strings.Contains(got, `"{column} {value}"`) {
		t.Errorf("got %q", got)
	}
}

func TestAnErrorNamesItsCodeFirst(t *testing.T) {
	var err error = problem.New("FILE_EMPTY")
	if !strings.HasPrefix(err.Error(), "FILE_EMPTY The file is empty.") {
		t.Errorf("got %q", err.Error())
	}
}

func TestOnlyErrorsAndQuestionsBlock(t *testing.T) {
	for severity, blocks := range map[problem.Severity]bool{
		problem.Error: true, problem.Question: true, problem.Warning: false, problem.Info: false,
	} {
		if severity.Blocks() != blocks {
			t.Errorf("%s: Blocks is %v", severity, !blocks)
		}
	}
}

func TestTheListOfCodesInTheDocumentationIsUpToDate(t *testing.T) {
	const file = "../../docs/codes.md"
	want := documentation()
	if *update {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("docs/codes.md is not what the catalogue says (%v): run go test ./shared/problem -update", err)
	}
}

func documentation() []byte {
	var out bytes.Buffer
	out.WriteString("# Codes\n\nMade from `shared/problem/catalogue.yaml` by `go test ./shared/problem -update`. " +
		"A code is part of the public contract: it is never\nreused for something else. " +
		"The severity is the usual one; a rule may choose a milder one where the row can be kept.\n")
	group := ""
	for _, entry := range problem.Catalogue() {
		if entry.Group != group {
			group = entry.Group
			fmt.Fprintf(&out, "\n## %s%s\n", strings.ToUpper(group[:1]), group[1:])
		}
		fmt.Fprintf(&out, "\n### %s\n%s\n", entry.Code, entry.Severity)
		fmt.Fprintf(&out, "- en: %s\n- fr: %s\n- es: %s\n", entry.Message.EN, entry.Message.FR, entry.Message.ES)
	}
	return out.Bytes()
}

func TestAQuestionOfSeveralRowsNamesThemAndItsAnswersInEachLanguage(t *testing.T) {
	p := problem.New("CITY_NEAR_DUPLICATE").At("Cities", 4, 1).In("city").Valued("Hambourg").Asking("Hambourg (DE)").
		With("candidates", "Hamburg").Suggest("Hamburg")
	if got := p.Message(locale.EN); strings.Contains(got, "rows") {
		t.Errorf("one row is listed: %s", got)
	}
	p.Also = []int{7, 9}
	another := p.AtRow(7)
	for lang, rows := range map[locale.Lang]string{
		locale.EN: "(rows 4, 7 and 9)", locale.FR: "(lignes 4, 7 et 9)", locale.ES: "(filas 4, 7 y 9)",
	} {
		got := p.Message(lang)
		for _, want := range []string{rows, `--answer "city:Hambourg (DE)=Hamburg"`, `--answer "city:Hambourg (DE)=new"`} {
			if !strings.Contains(got, want) {
				t.Errorf("%q does not say %s", got, want)
			}
		}
		if again := another.Message(lang); again != got || another.Row != 7 {
			t.Errorf("at row %d: %q, want %q", another.Row, again, got)
		}
	}
	for row := 10; row < 100_000; row++ {
		p.Also = append(p.Also, row)
	}
	if got := p.Message(locale.EN); !strings.Contains(got, ", 26, …)") {
		t.Errorf("got %s", got)
	}
}
