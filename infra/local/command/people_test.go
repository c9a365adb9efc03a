package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// people runs a subcommand about people that has to be done, and gives what it prints as JSON.
func people(t *testing.T, data string, args ...string) map[string]any {
	t.Helper()
	got := guildhall(t, append(append([]string{"people"}, args...), "--data", data, "--format", "json")...)
	must(t, got, 0)
	var object map[string]any
	if err := json.Unmarshal([]byte(got.out), &object); err != nil {
		t.Fatalf("%q: %v", got.out, err)
	}
	return object
}

func TestPeopleAreManagedByWhoeverHoldsTheFolder(t *testing.T) {
	data := t.TempDir()
	people(t, data, "invite", "anna@example.org", "--role", "secretariat")
	yann := people(t, data, "invite", "yann@example.org", "--role", "city", "--scope", "FR#brest", "--reads", "fr")["person"].(map[string]any)
	if yann["role"] != "city" || yann["scope"] != "FR#brest" || yann["lang"] != "fr" || yann["signedIn"] != false {
		t.Errorf("%v", yann)
	}
	changed := people(t, data, "change", "YANN@example.org", "--role", "auditor", "--as", "operator")["person"].(map[string]any)
	if changed["id"] != yann["id"] || changed["role"] != "auditor" || changed["scope"] != "" || changed["lang"] != "fr" {
		t.Errorf("%v", changed)
	}
	for _, args := range [][]string{{"unbind", "yann@example.org"}, {"end", "yann@example.org"}, {"sessions", "yann@example.org"}} {
		if got := people(t, data, args...); got["person"] == nil {
			t.Errorf("%v: %v", args, got)
		}
	}
	if got := people(t, data, "list")["people"].([]any); len(got) != 2 {
		t.Errorf("on record: %v", got)
	}
	people(t, data, "remove", yann["id"].(string))
	if got := people(t, data, "list")["people"].([]any); len(got) != 1 {
		t.Errorf("on record: %v", got)
	}
	var actions []string
	for _, e := range people(t, data, "events")["events"].([]any) {
		event := e.(map[string]any)
		actions = append(actions, event["action"].(string))
		if event["action"] == "people.change" && event["by"] != "operator" {
			t.Errorf("by %v", event["by"])
		}
	}
	if got := strings.Join(actions, " "); got != "people.invite people.invite people.change session.end people.remove" {
		t.Errorf("what was done: %s", got)
	}
	if got := people(t, data, "events", "--year", "2020")["events"].([]any); len(got) != 0 {
		t.Errorf("of another year: %v", got)
	}
}

func TestWhatPeopleAreToldAboutPeopleIsInTheirLanguage(t *testing.T) {
	data := t.TempDir()
	for lang, want := range map[string]string{
		"en": "secretariat. The person can sign in", "fr": "secrétariat. La personne peut", "es": "secretaría. La persona ya puede",
	} {
		got := guildhall(t, "people", "invite", lang+"@example.org", "--role", "secretariat", "--data", data, "--lang", lang)
		if must(t, got, 0); !strings.Contains(got.out, want) {
			t.Errorf("%s: %q", lang, got.out)
		}
	}
	got := guildhall(t, "people", "list", "--data", data, "--lang", "es")
	if must(t, got, 0); !strings.HasPrefix(got.out, "persona ") || strings.Count(got.out, "\n") != 4 || !strings.Contains(got.out, "fr@example.org") {
		t.Errorf("%q", got.out)
	}
}

func TestWhatCantBeDoneAboutPeopleIsSaid(t *testing.T) {
	data := t.TempDir()
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"people", "list"}, "STORE_MISSING "},
		{[]string{"people", "invite", "yann@example.org", "--role", "city", "--scope", "FR#brest"}, "USAGE The command was not understood: nobody is on record yet"},
		{[]string{"people", "invite", "not an address", "--role", "secretariat"}, "EMAIL_INVALID "},
		{[]string{"people", "invite", "anna@example.org"}, "USAGE "},
		{[]string{"people"}, "USAGE "},
		{[]string{"people", "promote"}, "USAGE "},
		{[]string{"people", "remove"}, "USAGE "},
	} {
		if got := guildhall(t, append(c.args, "--data", data)...); got.status != 2 || !strings.HasPrefix(got.lastLine(), c.want) {
			t.Errorf("%q: %d %q", c.args, got.status, got.err)
		}
	}
	people(t, data, "invite", "anna@example.org", "--role", "secretariat")
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"remove", "anna@example.org"}, "LAST_SECRETARIAT "},
		{[]string{"change", "anna@example.org", "--role", "auditor"}, "LAST_SECRETARIAT "},
		{[]string{"change", "nobody@example.org", "--role", "auditor"}, "PERSON_UNKNOWN "},
		{[]string{"invite", "Anna@Example.org", "--role", "auditor"}, "EMAIL_TAKEN "},
		{[]string{"invite", "new@example.org", "--role", "city"}, "FIELD_INVALID "},
		{[]string{"invite", "new@example.org", "--role", "mayor"}, "ENUM_UNKNOWN "},
		{[]string{"invite", "new@example.org", "--role", "auditor", "--reads", "de"}, "ENUM_UNKNOWN "},
		{[]string{"events", "--year", "soon"}, "USAGE "},
		{[]string{"list", "--format", "yaml"}, "USAGE "},
	} {
		got := guildhall(t, append(append([]string{"people"}, c.args...), "--data", data)...)
		if got.status != 2 || !strings.HasPrefix(got.lastLine(), c.want) {
			t.Errorf("%q: %d %q", c.args, got.status, got.err)
		}
	}
}

func TestTheSecretOfAFolderIsItsOwnersOnlyAndIsMissed(t *testing.T) {
	data := t.TempDir()
	people(t, data, "invite", "anna@example.org", "--role", "secretariat")
	secret := filepath.Join(data, "secret")
	info, err := os.Stat(secret)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}
	if err := os.Truncate(secret, 5); err != nil {
		t.Fatal(err)
	}
	for _, how := range []string{"cut off", "gone"} {
		got := guildhall(t, "people", "list", "--data", data)
		if got.status != 2 || !strings.HasPrefix(got.lastLine(), "KEY_MISSING ") {
			t.Errorf("%s: %d %q", how, got.status, got.err)
		}
		_ = os.Remove(secret)
	}
	must(t, guildhall(t, "show", "network", "--data", data), 0) // what needs no people goes on
}
