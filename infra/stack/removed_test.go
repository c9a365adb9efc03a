package stack

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/fixtures"
	"github.com/learning-cities/guildhall/shared/intake"
)

func TestWithoutOneOfItsPermissionsAFunctionStoresNothing(t *testing.T) {
	d := deploy(t, func(template string) string {
		before, role, ok := strings.Cut(template, "\n  CommitRole:\n")
		action := regexp.MustCompile(`\n *- dynamodb:PutItem\n`).FindStringIndex(role)
		if !ok || action == nil {
			t.Fatal("the role of the commit function allows no dynamodb:PutItem to begin with")
		}
		return before + "\n  CommitRole:\n" + role[:action[0]] + "\n" + role[action[1]:]
	})
	content, err := fixtures.Sheets.ReadFile("sheets/members.en.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	got := d.checked(t, sample{name: "members.en.xlsx"}, content)
	if status := d.commit(t, got, intake.All, nil); status != http.StatusAccepted {
		t.Fatalf("commit: %d", status)
	}
	refused := regexp.MustCompile(`"function":"commit".*(AccessDenied|not authorized)`)
	until(t, "the commit is refused by the table", func() bool {
		log, err := os.ReadFile(d.server.Log)
		return err == nil && refused.Match(log)
	})
	var now struct{ Import importState }
	if d.ask(t, http.MethodGet, "/imports/"+got.ID, nil, &now); now.Import.State == string(intake.Committed) {
		t.Error("the import is committed all the same")
	}
}
