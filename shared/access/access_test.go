package access_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
)

var update = flag.Bool("update", false, "rewrite docs/access.md")

// public is what every person may see.
const public = "call.read member.read survey.read cluster.read coordinator.read template.read fund.read_totals rate.read "

// granted says the table again, from each role's side: what the test below finds besides is not granted.
var granted = map[access.Role]map[access.Reach]string{
	access.Secretariat: {
		access.All: public + "call.extend application.read application.accept application.defer application.decline quota.read " +
			"member.enter history.read survey.read_answers offer.read plan.read plan.change plan.offer_host coordinator.read_candidates " +
			"coordinator.appoint coordinator.announce coordinator.lay_down import.create import.read import.answer import.commit " +
			"import.undo import.network export.read export.budget export.membership export.survey export.fund export.iati export.audit fund.read fund.verify " +
			"fund.approve fund.reject expenditure.read donor.read pledge.read contribution.read statement.read statement.approve " +
			"summary.read summary.correct summary.correct_fund mail.read mail.send dead_letter.read dead_letter.settle backup.make audit.read audit.verify privacy.read privacy.erase people.read people.read_events people.invite people.change people.remove session.read session.end",
		access.Self: "letter.decline",
	},
	access.Treasurer: {
		access.All: public + "plan.read import.create import.read import.answer import.commit import.undo import.fund export.read " +
			"export.budget export.fund export.iati fund.read fund.verify fund.post fund.reverse fund.propose fund.approve fund.reject " +
			"expenditure.read donor.read pledge.read contribution.read statement.read statement.propose statement.approve summary.read " +
			"summary.correct_fund",
		access.Self: "people.read session.read session.end letter.decline",
	},
	access.Commission: {
		access.All: public + "plan.read",
		access.Own: "application.read application.return application.endorse application.submit application.recall quota.read " +
			"history.read survey.read_answers offer.read summary.read",
		access.Self: "export.read people.read session.read session.end letter.decline",
	},
	access.City: {
		access.All: public + "plan.read",
		access.Own: "application.read application.start application.edit application.send application.withdraw history.read " +
			"survey.read_answers offer.read plan.offer_host summary.read",
		access.Self: "export.read people.read session.read session.end letter.decline",
	},
	access.Donor: {
		access.All:  public,
		access.Own:  "donor.read pledge.read contribution.read statement.read summary.read",
		access.Self: "export.read people.read session.read session.end letter.decline",
	},
	access.Auditor: {
		access.All: public + "application.read quota.read history.read survey.read_answers offer.read plan.read " +
			"coordinator.read_candidates import.read export.read export.budget export.membership export.survey export.fund export.iati export.audit fund.read " +
			"fund.verify expenditure.read donor.read pledge.read contribution.read statement.read summary.read mail.read dead_letter.read " +
			"audit.read audit.verify privacy.read people.read people.read_events session.read",
		access.Self: "session.end letter.decline",
	},
}

var scopes = map[access.Role]access.Scope{access.Commission: "FR", access.City: "FR#brest", access.Donor: "donor_country#KR"}

func actor(r access.Role) access.Actor {
	return access.Actor{Person: "anna", Role: r, Scope: scopes[r], Lang: locale.FR}
}

// objects are those that a decision may be about, with the roles of which they are.
var objects = []struct {
	name   string
	object access.Object
	own    []access.Role
	self   bool
}{
	{name: "nobody's", object: access.Object{}},
	{name: "the country", object: access.Object{Country: "FR"}, own: []access.Role{access.Commission}},
	{name: "another country", object: access.Object{Country: "DE"}},
	{name: "the city", object: access.Object{City: "FR#brest"}, own: []access.Role{access.City, access.Commission}},
	{name: "the city in its country", object: access.Object{Country: "FR", City: "FR#brest"}, own: []access.Role{access.City, access.Commission}},
	{name: "a city beside it", object: access.Object{Country: "FR", City: "FR#evry"}, own: []access.Role{access.Commission}},
	{name: "its namesake", object: access.Object{City: "BY#brest"}},
	{name: "a foreign city said to be in the country", object: access.Object{Country: "FR", City: "BY#brest"}},
	{name: "the city said to be in another country", object: access.Object{Country: "BY", City: "FR#brest"}},
	{name: "a city without country", object: access.Object{City: "brest"}},
	{name: "a text that only begins like the country", object: access.Object{City: "FRA#brest"}},
	{name: "the donor", object: access.Object{Donor: "donor_country#KR"}, own: []access.Role{access.Donor}},
	{name: "another donor", object: access.Object{Donor: "donor_country#KRX"}},
	{name: "the city as a donor", object: access.Object{Donor: "member_city#FR#brest"}},
	{name: "the person", object: access.Object{Person: "anna"}, self: true},
	{name: "another person", object: access.Object{Person: "bruno"}},
	{
		name: "another person of the city", object: access.Object{City: "FR#brest", Person: "bruno"},
		own: []access.Role{access.City, access.Commission},
	},
}

func TestEachRoleMayDoWhatIsItsToDoAndNothingElse(t *testing.T) {
	for _, role := range access.Roles {
		reaches := map[access.Action]access.Reach{}
		for far, actions := range granted[role] {
			for action := range strings.FieldsSeq(actions) {
				if _, twice := reaches[access.Action(action)]; twice {
					t.Errorf("%s has %s twice", role, action)
				}
				reaches[access.Action(action)] = far
			}
		}
		for action := range access.Actions() {
			far := reaches[action]
			delete(reaches, action)
			if got := action.Grants(role); got != far {
				t.Errorf("%s with %s: %s, want %s", role, action, got, far)
			}
			for _, o := range objects {
				want := far == access.All || far == access.Own && slices.Contains(o.own, role) || far == access.Self && o.self
				p := access.Decide(actor(role), action, o.object)
				if (p == nil) != want {
					t.Errorf("%s, %s, %s: allowed is %v, want %v", role, action, o.name, p == nil, want)
				}
				if p != nil && (p.Code != "ACCESS_DENIED" || p.Value != string(action)) {
					t.Errorf("%s, %s: %v", role, action, p)
				}
			}
		}
		for action := range reaches {
			t.Errorf("there is no action %s, which %s is to have", action, role)
		}
	}
}

func TestAnAuditorReadsEverythingAndChangesNothingButItsOwnSessionAndLetters(t *testing.T) {
	for action := range access.Actions() {
		allowed := access.Decide(actor(access.Auditor), action, access.Object{}) == nil
		if allowed != action.Reads() {
			t.Errorf("%s: allowed is %v, and reading %v", action, allowed, action.Reads())
		}
		if own := action == access.SessionEnd || action == access.LetterDecline; !own && !action.Reads() && action.Grants(access.Auditor) != access.Nothing {
			t.Errorf("an auditor may do %s", action)
		}
	}
}

func TestWhoIsNobodyOrWhoseScopeIsNotItsRolesMayDoNothing(t *testing.T) {
	for name, a := range map[string]access.Actor{
		"nobody":                        {},
		"a role without a person":       {Role: access.Secretariat},
		"a person without a role":       {Person: "anna"},
		"a role that is none":           {Person: "anna", Role: "mayor"},
		"a Commission of no country":    {Person: "anna", Role: access.Commission},
		"a Commission of a city":        {Person: "anna", Role: access.Commission, Scope: "FR#brest"},
		"a city of no country":          {Person: "anna", Role: access.City, Scope: "brest"},
		"a city of a country alone":     {Person: "anna", Role: access.City, Scope: "FR"},
		"a donor of no type":            {Person: "anna", Role: access.Donor, Scope: "KR"},
		"a donor that is nobody":        {Person: "anna", Role: access.Donor},
		"a secretariat of a country":    {Person: "anna", Role: access.Secretariat, Scope: "FR"},
		"an auditor of a country":       {Person: "anna", Role: access.Auditor, Scope: "FR"},
		"nobody, out of a bare context": access.ActorOf(t.Context()),
	} {
		for action := range access.Actions() {
			for _, o := range append(objects, objects[0]) {
				o.object.Person = a.Person
				if access.Decide(a, action, o.object) == nil {
					t.Errorf("%s may do %s to %s", name, action, o.name)
				}
			}
		}
		if got := a.Own(); got != (access.Object{}) {
			t.Errorf("%s owns %+v", name, got)
		}
	}
}

func TestWhatIsNoActionIsDenied(t *testing.T) {
	for _, role := range access.Roles {
		if access.Decide(actor(role), "network.dissolve", actor(role).Own()) == nil {
			t.Errorf("%s may dissolve the network", role)
		}
	}
	if access.Action("network.dissolve").Reads() {
		t.Error("what is no action reads")
	}
}

func TestWhoMayDoSomethingToItsOwnMayDoItToWhatItsScopeNames(t *testing.T) {
	for _, role := range access.Roles {
		for action := range access.Actions() {
			allowed := access.Decide(actor(role), action, actor(role).Own()) == nil
			if far := action.Grants(role); allowed != (far == access.All || far == access.Own) {
				t.Errorf("%s reaches %s with %s, and to its own: %v", role, far, action, allowed)
			}
		}
	}
}

func TestTheActionsOnAnApplicationAreThoseWhoseTheyAre(t *testing.T) {
	for _, action := range application.Actions {
		for _, role := range access.Roles {
			got := access.Action("application."+string(action)).Grants(role) != access.Nothing
			if want := string(action.By()) == string(role); got != want {
				t.Errorf("%s %s: %v, want %v", role, action, got, want)
			}
		}
	}
}

func TestADonorsIdentifierInTheBooksIsAScope(t *testing.T) {
	for _, c := range []fund.Contribution{
		{DonorType: fund.DonorCountry, Country: "KR"}, {DonorType: fund.MemberCity, Member: "FR#brest"},
		{DonorType: "private", Donor: "Fondation Été"},
	} {
		if !access.Scope(c.DonorID()).Fits(access.Donor) {
			t.Errorf("%s is no scope", c.DonorID())
		}
	}
}

func TestAnActorGoesWithTheContext(t *testing.T) {
	want := actor(access.City)
	if got := access.ActorOf(access.WithActor(t.Context(), want)); got != want {
		t.Errorf("got %+v", got)
	}
}

func TestADenialSaysWhoseRoleItIs(t *testing.T) {
	for role, want := range map[access.Role]string{access.Commission: "Commission nationale", "": "aucun"} {
		if got := access.Decide(actor(role), access.PeopleInvite, access.Object{}).Message(locale.FR); !strings.Contains(got, want) {
			t.Errorf("got %q", got)
		}
	}
}

// A constant that is in no row is denied to all, which nobody meant who wrote it.
func TestEveryActionHasExactlyOneRow(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "action.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]int{}
	for action := range access.Actions() {
		rows[string(action)]++
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok {
			action, err := strconv.Unquote(literal.Value)
			if err != nil || rows[action] != 1 {
				t.Errorf("%s has %d rows", literal.Value, rows[action])
			}
			delete(rows, action)
		}
		return true
	})
	if len(rows) > 0 {
		t.Errorf("rows of no constant: %v", rows)
	}
}

func TestTheTableInTheDocumentationIsUpToDate(t *testing.T) {
	const file = "../../docs/access.md"
	want := documentation()
	if *update {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("docs/access.md is not what the table says (%v): run go test ./shared/access -update", err)
	}
}

var classes = map[access.Class]string{
	access.Reading: "reads", access.Viewing: "reads personal data", access.Acting: "changes",
}

// viewed are the actions that show personal data: the forms of applications, the cells of sheets, addresses, and what people did.
var viewed = strings.Fields("application.read import.read export.audit mail.read audit.read privacy.read people.read people.read_events session.read")

func TestEachActionHasItsNameInEachLanguage(t *testing.T) {
	seen := map[locale.Text]access.Action{}
	for action := range access.Actions() {
		label := action.Label()
		if label.EN == string(action) || label.FR == "" || label.ES == "" || seen[label] != "" {
			t.Errorf("%s is called %+v, as is %q", action, label, seen[label])
		}
		seen[label] = action
	}
	if got := access.Action("network.dissolve").Label().FR; got != "network.dissolve" {
		t.Errorf("what is no action is called %q", got)
	}
}

// Whoever adds an action says what it does: one of no class would be noted nowhere.
func TestEachActionIsOfAClassAndThoseThatShowPersonalDataAreKnown(t *testing.T) {
	for action := range access.Actions() {
		if _, known := classes[action.Class()]; !known {
			t.Errorf("%s is of no class", action)
		}
		if views := action.Class() == access.Viewing; views != slices.Contains(viewed, string(action)) {
			t.Errorf("%s shows personal data: %v", action, views)
		}
	}
	if class := access.Action("network.dissolve").Class(); class != 0 {
		t.Errorf("what is no action is of class %d", class)
	}
}

func documentation() []byte {
	var out bytes.Buffer
	out.WriteString("# Who may do what\n\nMade from `shared/access/table.go` by `go test ./shared/access -update`. What stands in no row is " +
		"denied to everybody.\n\n" +
		"- **all**: to every object, and to lists of all.\n" +
		"- **own**: to what is of the role's own scope: a National Commission's country with its cities, the city, the donor.\n" +
		"- **self**: to the person's own record and sessions, and to the workbooks that it asked for.\n\n" +
		"A commit or undo of an import takes two grants: `import.commit` or `import.undo`, and `import.network` or `import.fund` by what the " +
		"sheet is about.\nThat what one person proposes another one approves is the registry's own rule, for every role.\n\n" +
		"What changes something and what shows personal data is noted in the audit trail before it is done, and so is what is denied " +
		"([decision 29](decisions/0029-audit.md)).\n\n| action | reads or changes |")
	for _, role := range access.Roles {
		fmt.Fprintf(&out, " %s |", role.Label().EN)
	}
	out.WriteString("\n|---|---|" + strings.Repeat("---|", len(access.Roles)) + "\n")
	for action := range access.Actions() {
		fmt.Fprintf(&out, "| `%s` | %s |", action, classes[action.Class()])
		for _, role := range access.Roles {
			fmt.Fprintf(&out, " %s |", action.Grants(role))
		}
		out.WriteString("\n")
	}
	return out.Bytes()
}
