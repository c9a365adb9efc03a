package command_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sheetsOfDuplicates name cities of members.en.xlsx otherwise, in each language.
var sheetsOfDuplicates = map[string]string{"en": "members.en.csv", "fr": "members.fr.xlsx", "es": "members.es.xlsx"}

// withMembers is a store with the members' list.
func withMembers(t *testing.T, folder string) (data string) {
	t.Helper()
	data = filepath.Join(folder, "data")
	if got := guildhall(t, "import", received(t, folder, "members.en.xlsx"), "--data", data, "--quiet"); got.status != 0 {
		t.Fatalf("%+v", got)
	}
	return data
}

func TestNamesOfKnownCitiesAreAskedAboutInEachLanguage(t *testing.T) {
	folder := t.TempDir()
	data := withMembers(t, folder)
	for lang, name := range sheetsOfDuplicates {
		got := guildhall(t, "check", received(t, folder, "duplicates/"+name), "--data", data, "--lang", lang, "--quiet")
		text := regexp.MustCompile(`(?m)^plan .*\n`).ReplaceAllString(got.out, "")
		golden := filepath.Join("testdata", "duplicates."+lang+".txt")
		if *update {
			if err := os.WriteFile(golden, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil || !bytes.Equal(want, []byte(text)) || got.status != 1 {
			t.Errorf("%s: status %d, %v\n%s", name, got.status, err, text)
		}
	}
}

var answerForm = regexp.MustCompile(`--answer "([^"]+)"`)

// asked are the answers that the JSON report offers, two for each question: that it is the known city, and that it is another one.
func asked(t *testing.T, report string) (same, other []string) {
	t.Helper()
	var got struct {
		Problems []struct{ Code, Severity, Message string }
	}
	if err := json.Unmarshal([]byte(report), &got); err != nil {
		t.Fatal(err)
	}
	for _, p := range got.Problems {
		if p.Severity != "question" {
			continue
		}
		forms := answerForm.FindAllStringSubmatch(p.Message, -1)
		if p.Code != "CITY_NEAR_DUPLICATE" || len(forms) != 2 || !strings.HasSuffix(forms[1][1], "=new") {
			t.Fatalf("%+v", p)
		}
		same, other = append(same, "--answer", forms[0][1]), append(other, "--answer", forms[1][1])
	}
	return same, other
}

// What the report says is what can be typed. Before, nothing of the rows is stored; after, nobody is asked again.
func TestEachQuestionAboutACityIsSettledByAnAnswerThatTheReportGives(t *testing.T) {
	for name, settle := range map[string]func(same, other []string) []string{
		"the same city": func(same, _ []string) []string { return same },
		"another city":  func(_, other []string) []string { return other },
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			data := withMembers(t, folder)
			file := received(t, folder, "duplicates/members.es.xlsx")
			run := func(args ...string) ran {
				return guildhall(t, append(args, file, "--data", data, "--format", "json", "--quiet")...)
			}
			if got := run("import", "--mode", "valid"); got.status != 1 || !strings.Contains(got.out, `"create":1,"update":0,"unchanged":0,"skip":0,"fail":5}`) {
				t.Fatalf("unanswered: %+v", got)
			}
			got := run("check")
			if !strings.Contains(got.out, `"create":0,"update":0,"unchanged":1,"skip":0,"fail":5}`) {
				t.Fatalf("rows that were asked about are stored: %+v", got)
			}
			same, other := asked(t, got.out)
			if got := run(append([]string{"import", "--as", "anna"}, settle(same, other)...)...); got.status != 0 {
				t.Fatalf("answered: %+v", got)
			}
			again := run("check", "--as", "somebody-else")
			if again.status != 0 || !strings.Contains(again.out, `"unchanged":6,"skip":0,"fail":0}`) {
				t.Errorf("asked again: %+v", again)
			}
		})
	}
}
