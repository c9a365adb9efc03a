package personal_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/personal"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/survey"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// bodies are what is stored under the types that hold more than identifiers, figures and hashes.
var bodies = map[string]any{
	"application":          application.Application{},
	"application_event":    eventOf[application.Event]{},
	"audit":                audit.Entry{},
	"audit_open":           audit.Event{},
	"candidacy":            coordinator.Candidacy{},
	"contribution":         fund.Contribution{},
	"coordinator_decision": coordinator.Decision{},
	"coordinator_event":    registry.SeatEvent{},
	"decision":             application.Decision{},
	"endorsement":          application.Endorsement{},
	"expenditure":          fund.Expenditure{},
	"export":               request.Export{},
	"extension":            application.Extension{},
	"fund_entry":           ledger.Entry{},
	"fund_proposal":        registry.Proposal{},
	"fund_statement":       registry.FinalStatement{},
	"import":               intake.Import{},
	"instalment":           fund.Instalment{},
	"mail":                 outbox.Mail{},
	"mail_open":            outbox.Mail{},
	"mandate":              coordinator.Mandate{},
	"member":               member.Member{},
	"membership_event": struct {
		eventOf[network.Event]
		Retold []network.Event `json:"retold"`
	}{},
	"news":          workplan.News{},
	"offer":         questionnaire.Offer{},
	"people_event":  people.Event{},
	"person":        people.Standing{},
	"rate":          fund.MonthRate{},
	"result":        fund.Result{},
	"summary":       outbox.Entry{},
	"survey_answer": survey.Answer{},
	"work_plan":     workplan.Plan{},
	"work_plan_event": struct {
		Step string        `json:"step"`
		Plan workplan.Plan `json:"plan"`
	}{},
}

// eventOf is how registry stores an event.
type eventOf[E any] struct {
	Event E `json:"event"`
}

// personLike are the names of fields in which a person may stand.
var personLike = regexp.MustCompile(`(?i)name|mayor|contact|mail|phone|postal|person|donor|payee|holder|sign|author|by$|reason|remark|note|` +
	`text|title|address|organisation|motivation|plans|committee|partner|question|answer|items|member|city|source|approver|committer|receipt|sheet|why|value`)

// TestEachFieldThatMayHoldAPersonIsInTheTableOrSaidToHoldNone walks the types as they are stored: a field that is added to one of them has
// to be put into the table, or said to be no person's, and why.
func TestEachFieldThatMayHoldAPersonIsInTheTableOrSaidToHoldNone(t *testing.T) {
	for _, typ := range slices.Sorted(maps.Keys(bodies)) {
		holding, found := personal.Of(typ)
		if !found {
			t.Errorf("%s is not in the table", typ)
			continue
		}
		texts := map[string]bool{}
		textsOf(reflect.TypeOf(bodies[typ]), "", texts)
		named := map[string]bool{}
		for _, f := range holding.Fields {
			named[f.Path] = true
			if !texts[f.Path] {
				t.Errorf("%s has no text at %q, which the table names", typ, f.Path)
			}
		}
		for path, why := range holding.Plain {
			if why == "" || named[path] || !texts[path] && holding.Kept.IsZero() && !strings.Contains(path, "attributes") {
				t.Errorf("%s: %q is said to be no person's: why %q, in the table %t, there %t", typ, path, why, named[path], texts[path])
			}
		}
		for path := range texts {
			last := strings.TrimSuffix(path, ".*")
			if personLike.MatchString(last[strings.LastIndex(last, ".")+1:]) && !named[path] && holding.Plain[path] == "" {
				t.Errorf("%s.%s may hold a person, and the table says nothing of it", typ, path)
			}
		}
	}
}

// textsOf collects the paths of all texts of a type: strings, also as elements of lists and maps, that are not of a type of their own such as
// application.State, whose values are the product's.
func textsOf(t reflect.Type, at string, into map[string]bool) {
	join := func(name string) string { return strings.TrimPrefix(at+"."+name, ".") }
	switch {
	case t == reflect.TypeFor[string]():
		into[at] = true
	case t == reflect.TypeFor[any]():
		into[at] = true
	case t == reflect.TypeFor[locale.Text]():
		for _, lang := range locale.Langs {
			into[join(string(lang))] = true
		}
	case t.Kind() == reflect.Pointer:
		textsOf(t.Elem(), at, into)
	case t.Kind() == reflect.Slice, t.Kind() == reflect.Array, t.Kind() == reflect.Map:
		textsOf(t.Elem(), join("*"), into)
	case t.Kind() == reflect.Struct && !reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) &&
		!reflect.PointerTo(t).Implements(reflect.TypeFor[interface{ UnmarshalText([]byte) error }]()):
		for i := range t.NumField() {
			f := t.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			switch {
			case name == "-" || !f.IsExported() && !f.Anonymous:
			case f.Anonymous && name == "":
				textsOf(f.Type, at, into)
			default:
				if name == "" {
					name = f.Name
				}
				textsOf(f.Type, join(name), into)
			}
		}
	}
}

// TestTheTableHasEveryTypeThatIsStored reads the sources for the names of record types and partitions.
func TestTheTableHasEveryTypeThatIsStored(t *testing.T) {
	typed := regexp.MustCompile(`(?m)^\s*(?:const\s+)?\w*(?:Type|Partition)\s*=\s*"([a-z_]+)#?[a-z_#]*"`)
	named := regexp.MustCompile(`records\.(?:Ref|Record)\{Type: "([a-z_]+)"|table\.Key\{Partition: "([a-z_]+)`)
	found := map[string]string{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, pattern := range []*regexp.Regexp{typed, named} {
			for _, match := range pattern.FindAllStringSubmatch(string(text), -1) {
				found[strings.Join(match[1:], "")] = path
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, none := range []string{
		"past",                        // is held as the type of its record
		"type", "_partition", "ready", // a parameter of a link; an attribute; what the health check asks for
	} {
		delete(found, none)
	}
	if len(found) < 30 {
		t.Fatalf("only %d types were found", len(found))
	}
	for _, typ := range slices.Sorted(maps.Keys(found)) {
		if _, known := personal.Of(typ); !known {
			t.Errorf("%s (%s) is not in the table", typ, found[typ])
		}
	}
}

func TestTheTableIsSortedAndEachFieldSaysWhoseItIs(t *testing.T) {
	all := personal.Holdings()
	if !slices.IsSortedFunc(all, func(a, b personal.Holding) int { return strings.Compare(a.Type, b.Type) }) {
		t.Error("the types don't ascend, so that Of misses some")
	}
	for _, h := range all {
		for _, f := range h.Fields {
			if f.Sort.Tells() != (f.Of != "") {
				t.Errorf("%s.%s is a %s of %q", h.Type, f.Path, f.Sort, f.Of)
			}
		}
	}
}

func formBody() map[string]any {
	return map[string]any{
		"city": "Brest", "mayor": map[string]any{"name": "Anne Le Goff", "title": "Maire", "address": "Mme"},
		"contact":   map[string]any{"name": "Yann Kerbrat", "email": "yann@example.org", "phone": "", "language": "fr"},
		"committee": []any{"Yann Kerbrat (ville)", "Université"}, "motivation": "Yann Kerbrat will lead.",
		"profile": map[string]any{"population": map[string]any{"value": "139456"}},
	}
}

func TestABlankedPersonLeavesTheOthersAndEveryFigure(t *testing.T) {
	h, _ := personal.Of("application")
	body := formBody()
	onlyContact := func(of string) bool { return of == "contact" }
	if !h.Blank(body, onlyContact) || h.Blank(body, onlyContact) {
		t.Error("blanking says that it changed something when it did, and not again")
	}
	want := formBody()
	want["contact"] = map[string]any{"name": "", "email": "", "phone": "", "language": ""}
	if !reflect.DeepEqual(body, want) {
		t.Errorf("%v", body)
	}
	h.Blank(body, nil)
	want["mayor"] = map[string]any{"name": "", "title": "", "address": ""}
	if !reflect.DeepEqual(body, want) {
		t.Errorf("%v", body)
	}
}

func TestEachNamesThePlaceOfEveryTextAndPutsWhatItIsGiven(t *testing.T) {
	h, _ := personal.Of("application")
	body := formBody()
	var places []string
	h.Each(body, func(f personal.Field, at, text string) string {
		places = append(places, fmt.Sprintf("%s %s %q", f.Sort, at, text))
		return strings.ReplaceAll(text, "Kerbrat", "…")
	})
	want := []string{
		`function mayor.address "Mme"`, `name mayor.name "Anne Le Goff"`, `function mayor.title "Maire"`,
		`name contact.name "Yann Kerbrat"`, `email contact.email "yann@example.org"`, `language contact.language "fr"`,
		`mention motivation "Yann Kerbrat will lead."`, `mention committee.0 "Yann Kerbrat (ville)"`, `mention committee.1 "Université"`,
	}
	if !slices.Equal(places, want) {
		t.Errorf("got  %q\nwant %q", places, want)
	}
	if got := fmt.Sprint(body["committee"], body["motivation"]); got != "[Yann … (ville) Université]Yann … will lead." {
		t.Error(got)
	}
}

func TestBlobsThatHoldPersonsAreKnownByTheirNames(t *testing.T) {
	for name, holds := range map[string]bool{
		intake.UploadBlob("ab"): true, intake.Incoming("1"): true, intake.PlanBlob("1", ""): true, "templates/members.fr.xlsx": false,
		(&request.Export{ID: "1", Wish: request.Wish{Kind: request.Budget, Lang: locale.FR}}).Blob(): true,
	} {
		found := slices.ContainsFunc(personal.Blobs(), func(f personal.Files) bool { return strings.HasPrefix(name, f.Prefix) })
		if found != holds {
			t.Errorf("%s: %t", name, found)
		}
	}
}
