package command_test

import (
	"path/filepath"
	"strings"
	"testing"
)

const exampleForm = "../../../docs/application-form.json"

// network is a store on which tests act at moments of their choice.
type network struct {
	t    *testing.T
	data string
}

func (n network) run(at string, args ...string) ran {
	n.t.Helper()
	return guildhall(n.t, append(args, "--data", n.data, "--at", at)...)
}

// does runs a command line, with words separated by spaces, that must be done.
func (n network) does(at, line string) string {
	n.t.Helper()
	r := n.run(at, strings.Fields(line)...)
	must(n.t, r, 0)
	return r.out
}

// refuses runs a command line that must be refused with a code.
func (n network) refuses(at, line, code string) string {
	n.t.Helper()
	r := n.run(at, strings.Fields(line)...)
	if r.status != 2 || !strings.HasPrefix(r.lastLine(), code+" ") || r.out != "" {
		n.t.Errorf("%s: status %d, %q, want %s", line, r.status, r.err, code)
	}
	return r.err
}

func TestAnApplicationGoesFromDraftToMemberByTheCommand(t *testing.T) {
	n := network{t, filepath.Join(t.TempDir(), "data")}
	for _, c := range []struct{ at, line, says string }{
		{"2025-05-20", "application start Brest --country France --form " + exampleForm, "Brest: draft\n"},
		{"2025-05-21", "application send brest --country FR --lang fr", "Brest: envoyée à la Commission nationale\n"},
		{"2025-06-20", "application return Brest --country FR --reason incomplete", "Brest: returned to the city\n"},
		{"2025-06-30", "application send Brest --country FR", "Brest: sent to the National Commission\n"},
		{"2025-07-01", "application endorse Brest --country FR", "Brest: endorsed\n"},
		{"2025-07-02", "application submit Brest --country FR --signed Commission --request one", "Brest: submitted\n"},
		{"2025-07-02", "application submit Brest --country FR --signed Commission --request one", "Brest: submitted\n"},
		{"2025-10-01", "application accept FR#brest --country FR --reason complete", "Brest: accepted\n"},
	} {
		if out := n.does(c.at, c.line); out != c.says {
			t.Errorf("%s printed %q, want %q", c.line, out, c.says)
		}
	}
	story := n.does("2025-10-02", "show city Brest")
	for _, part := range []string{"member since 1 October 2025", "submitted to the secretariat"} {
		if !strings.Contains(story, part) {
			t.Errorf("the story lacks %q:\n%s", part, story)
		}
	}
	n.refuses("2025-10-02", "application start Brest --country France", "APPLICATION_DECIDED")
}

func TestAFormThatIsIncompleteIsRefusedWithEveryReason(t *testing.T) {
	n := network{t, filepath.Join(t.TempDir(), "data")}
	n.does("2025-05-20", "application start Brest --country France")
	said := n.refuses("2025-05-20", "application send Brest --country France", "CELL_REQUIRED")
	if lines := strings.Count(said, "\n"); lines != 6 || strings.Count(said, "PLEDGE_MISSING") != 1 {
		t.Errorf("said:\n%s", said)
	}
}

func TestWhatIsNotUnderstoodOfAnActIsRefusedBeforeAnythingIsDone(t *testing.T) {
	n := network{t, filepath.Join(t.TempDir(), "data")}
	n.does("2025-05-20", "application start Brest --country France")
	broken := written(t, t.TempDir(), "form.json", []byte(`{"mayer": {}}`))
	for line, code := range map[string]string{
		"application sent Brest --country France":                                   "USAGE",
		"application send Brest":                                                    "USAGE",
		"application send Brest --country France --form " + broken:                  "USAGE",
		"application send Brest --country France --form none.json":                  "FILE_UNREADABLE",
		"application send Brest --country Frence":                                   "COUNTRY_UNKNOWN",
		"application send Lyon --country France":                                    "REF_NOT_FOUND",
		"application start Breste --country France":                                 "CITY_NEAR_DUPLICATE",
		"application start Lyon --country France --answer Lyon=new":                 "ANSWER_INVALID",
		"application start Lyon --country France --call 1999":                       "CALL_UNKNOWN",
		"extend weeks 2025-07-20 --reason strike":                                   "USAGE",
		"extend city soon --reason strike":                                          "USAGE",
		"extend city 2025-07-20 --reason strike --city Brest":                       "USAGE",
		"extend city 2025-07-20":                                                    "CELL_REQUIRED",
		"quota Atlantis":                                                            "COUNTRY_UNKNOWN",
		"quota France --call 1999":                                                  "CALL_UNKNOWN",
		"application send Brest --country FR --lang de":                             "USAGE",
		"application send Brest --country FR --request " + strings.Repeat("x", 201): "USAGE",
	} {
		n.refuses("2025-05-20", line, code)
	}
	n.does("2025-05-20", "application start Breste --country France --new")
	n.refuses("2025-05-20", "application start Bresta --country France", "CITY_NEAR_DUPLICATE")
	n.does("2025-05-20", "application start Bresta --country France --answer city:Bresta=new")
}

func TestR_APP_3_ANationalCommissionSeesItsQuotaAndChooses(t *testing.T) {
	n := network{t, filepath.Join(t.TempDir(), "data")}
	for _, city := range []string{"Bafoussam", "Garoua", "Maroua", "Kribi", "Ebolowa"} {
		n.does("2025-05-20", "application start "+city+" --country Cameroon --form "+exampleForm)
		n.does("2025-05-20", "application send "+city+" --country Cameroon")
		if city == "Ebolowa" {
			break
		}
		n.does("2025-07-01", "application endorse "+city+" --country Cameroon")
		if city != "Kribi" {
			n.does("2025-07-02", "application submit "+city+" --country Cameroon")
		}
	}
	n.refuses("2025-07-02", "application submit Kribi --country Cameroon", "NATCOM_QUOTA_EXCEEDED")
	n.does("2025-07-03", "application recall Garoua --country Cameroon --reason choice")
	n.does("2025-07-03", "application submit Kribi --country Cameroon")
	n.does("2025-07-04", "extend commission 2025-07-20 --country Cameroon --reason strike")
	for _, c := range []struct{ lang, want string }{
		{"en", `Cameroon, 2025 call for membership: 3 of 3 submitted, 0 left, until 20 July 2025
  submitted
    Bafoussam (submitted)
    Kribi (submitted)
    Maroua (submitted)
  endorsed, to choose from
    Garoua (endorsed)
  sent, to be endorsed or returned
    Ebolowa (sent to the National Commission)
`},
		{"fr", "jusqu'au 20 juillet 2025\n"}, {"es", "hasta el 20 de julio de 2025\n"},
	} {
		if out := n.does("2025-07-05", "quota CM --lang "+c.lang); !strings.Contains(out, c.want) {
			t.Errorf("printed:\n%s", out)
		}
	}
	if out := n.does("2025-07-01", "quota CM"); !strings.Contains(out, "0 of 3 submitted, 3 left, until 15 July 2025") {
		t.Errorf("of the past:\n%s", out)
	}
}
