package imports

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
)

// sent is an upload of these lines.
func sent(name string, lines ...string) Upload {
	text := strings.Join(lines, "\n") + "\n"
	return Upload{Name: name, Source: strings.NewReader(text), Size: int64(len(text))}
}

// dated is an upload of stones with the days on which they were found.
func dated(days ...string) Upload {
	lines := []string{"Code,Name,Found on"}
	for i, day := range days {
		lines = append(lines, fmt.Sprintf("s%d,Anna,%s", i, day))
	}
	return sent("stones.csv", lines...)
}

// by are the options of a person with answers, each as QUESTION=ANSWER.
func by(person string, answers ...string) Options {
	opts := Options{Person: person, Answers: sheet.Answers{}}
	for _, answer := range answers {
		question, value, _ := strings.Cut(answer, "=")
		opts.Answers[question] = value
	}
	return opts
}

func mustImport(t testing.TB, s *Service, up Upload, opts Options) *intake.Report {
	t.Helper()
	report, _, err := s.Import(t.Context(), up, opts, intake.All, "")
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func mustCheck(t testing.TB, s *Service, up Upload, opts Options) *intake.Report {
	t.Helper()
	report, err := s.Check(t.Context(), up, opts)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// remembered is what the report says it used of earlier answers, "" when nothing.
func remembered(r *intake.Report) string {
	for _, p := range r.Problems {
		if p.Code == "ANSWER_REMEMBERED" {
			return p.Params["answers"].EN
		}
	}
	return ""
}

// open counts the questions that a report leaves open.
func open(r *intake.Report) (n int) {
	for _, p := range r.Problems {
		if p.Severity.Blocks() {
			n++
		}
	}
	return n
}

// wantAnswered fails the test unless the report leaves nothing open, and says that it used these earlier answers.
func wantAnswered(t testing.TB, r *intake.Report, answers string) {
	t.Helper()
	if open(r) > 0 || remembered(r) != answers {
		t.Errorf("open %v, remembered %q; want nothing open, and %q", codes(r), remembered(r), answers)
	}
}

func encoded(t testing.TB, up Upload) Upload {
	t.Helper()
	text := make([]byte, up.Size)
	if _, err := up.Source.ReadAt(text, 0); err != nil {
		t.Fatal(err)
	}
	latin, err := charmap.Windows1252.NewEncoder().String(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return Upload{Name: up.Name, Source: strings.NewReader(latin), Size: int64(len(latin))}
}

func TestAnAnswerIsRememberedForItsSender(t *testing.T) {
	unsure := func(code string) Upload { return sent("stones.csv", "Code;Name;Size, Weight", code+";Anna;small, 3") }
	for name, c := range map[string]struct {
		first, later Upload
		answer       string
		shown        string
	}{
		"the order of day and month": {dated("03/04/2025"), dated("05/06/2025", "07/08/2024"), "found=dmy", "found=dmy"},
		"what a text means": {
			sent("a.csv", "Code,Name,Size", "a1,Anna,Teeny"), sent("b.csv", "Code,Name,Size", "b1,Ben,TEENY"), "size:Teeny=Small", "size:teeny=Small",
		},
		"the encoding": {
			encoded(t, sent("a.csv", "Code,Name", "a1,Zoé")), encoded(t, sent("b.csv", "Code,Name", "b1,Léa")),
			"csv.encoding=windows-1252", "csv.encoding=windows-1252",
		},
		"the delimiter": {unsure("a1"), unsure("b1"), "csv.delimiter=;", "csv.delimiter=;"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newWorld(stones()).service(t, nil)
			if asked := mustCheck(t, s, c.first, by("anna")); open(asked) == 0 {
				t.Fatalf("the sheet leaves nothing open: %v", codes(asked))
			}
			wantAnswered(t, mustImport(t, s, c.first, by("anna", c.answer)), "")
			wantAnswered(t, mustCheck(t, s, c.later, by("anna")), c.shown)
			wantAnswered(t, mustImport(t, s, c.later, by("anna")), c.shown)
		})
	}
}

// The likelier delimiter finds no table at all: nothing then says of which kind the sheet is, but the answers do.
func TestARememberedDelimiterFindsTheTable(t *testing.T) {
	s := newWorld(named{stones(), "pebbles"}, stones()).service(t, nil)
	unsure := func(code string) Upload { return sent("stones.csv", "Code,Name,Quarry;place", code+",Anna,North;hill") }
	opts := by("anna", "csv.delimiter=,")
	opts.Kind = stoneKind
	mustImport(t, s, unsure("a1"), opts)
	r := mustCheck(t, s, unsure("b1"), Options{Kind: stoneKind, Person: "anna"})
	wantAnswered(t, r, "csv.delimiter=,")
	for _, opts := range []Options{{Kind: stoneKind}, {Kind: stoneKind, Person: "ben"}, {Kind: "pebbles", Person: "anna"}} {
		_, err := s.Check(t.Context(), unsure("b1"), opts)
		wantCode(t, err, "CSV_DELIMITER_UNSURE")
	}
}

func TestRememberedAnswersAreTheSendersAndTheKindsOwn(t *testing.T) {
	s := newWorld(stones(), named{stones(), "pebbles"}).service(t, nil)
	as := func(kind string, opts Options) Options {
		opts.Kind = kind
		return opts
	}
	mustImport(t, s, dated("03/04/2025"), as("stones", by("anna", "found=dmy")))
	for name, c := range map[string]struct {
		opts Options
		want string
	}{
		"the sender":           {as("stones", by("anna")), "found=dmy"},
		"another person":       {as("stones", by("ben")), ""},
		"nobody in particular": {as("stones", by("")), ""},
		"another kind":         {as("pebbles", by("anna")), ""},
	} {
		r := mustCheck(t, s, dated("05/06/2025"), c.opts)
		if remembered(r) != c.want || (open(r) == 0) != (c.want != "") {
			t.Errorf("%s: %v with %q", name, codes(r), remembered(r))
		}
	}
}

// named is a kind under another name.
type named struct {
	Kind
	name string
}

func (n named) Name() string { return n.name }

func (n named) Schema(env *Env) sheet.Schema {
	schema := n.Kind.Schema(env)
	schema.Kind = n.name
	return schema
}

func TestOnlyACommitRemembers(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	checked := mustCheck(t, s, dated("03/04/2025"), by("anna", "found=dmy"))
	_, _, err := s.Import(t.Context(), dated("03/04/2025", "31/02/2025"), by("anna", "found=dmy"), intake.All, "")
	wantCode(t, err, "ROWS_REFUSED")
	if r := mustCheck(t, s, dated("03/04/2025"), by("anna")); remembered(r) != "" || open(r) != 1 {
		t.Errorf("after a check and a refused import: %v with %q", codes(r), remembered(r))
	}
	commitAll(t, s, checked)
	wantAnswered(t, mustCheck(t, s, dated("03/04/2025"), by("anna")), "found=dmy")
}

func TestAnAnswerGivenAnewWinsAndIsRememberedInstead(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	mustImport(t, s, dated("03/04/2025"), by("anna", "found=dmy"))
	mustImport(t, s, sent("a.csv", "Code,Name,Size", "s1,Anna,Teeny"), by("anna", "size:teeny=small"))
	wantAnswered(t, mustImport(t, s, dated("03/04/2025"), by("anna", "found=mdy")), "")
	if got := w.stones(t)["s0"].Body["found"]; got != "2025-03-04" {
		t.Errorf("found on %v", got)
	}
	wantAnswered(t, mustCheck(t, s, dated("05/06/2025"), by("anna")), "found=mdy")
	wantAnswered(t, mustCheck(t, s, sent("b.csv", "Code,Name,Size", "s2,Anna,Teeny"), by("anna", "size:TEENY=large")), "")
	both := sent("c.csv", "Code,Name,Found on,Size", "s3,Anna,05/06/2025,teeny")
	wantAnswered(t, mustCheck(t, s, both, by("anna")), "found=mdy and size:teeny=small")
}

// What a file says itself is never overruled by what its sender once said of another.
func TestARememberedAnswerThatDoesNotFitIsHarmless(t *testing.T) {
	accents := sent("stones.csv", "Code,Name,Quarry", "a1,Zoé,Évry")
	for name, c := range map[string]struct {
		answer  string
		up      Upload
		problem string // left open, "" for none
	}{
		"a delimiter, for a workbook":             {"csv.delimiter=;", stonesWorkbook(t, []string{"a1", "Anna", "3"}), ""},
		"a delimiter, where another is certain":   {"csv.delimiter=;", csv("a1,Anna,3,,"), ""},
		"an encoding, for text in UTF-8":          {"csv.encoding=windows-1252", accents, ""},
		"an order of dates that the file refutes": {"found=dmy", dated("03/04/2025", "04/25/2025"), "question DATE_AMBIGUOUS@C2"},
		"an order, where no date leaves it open":  {"found=dmy", dated("2025-04-03", "04/25/2025"), ""},
		"a meaning, where the text needs none":    {"size:small=large", sent("a.csv", "Code,Name,Size", "a1,Anna,Small"), ""},
		"a column that the sheet has not":         {"size:teeny=small", csv("a1,teeny,3,,"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(stones())
			s := w.service(t, nil)
			mustImport(t, s, sent("z.csv", "Code;Name", "z9;Zoe"), by("anna", c.answer))
			r := mustCheck(t, s, c.up, by("anna"))
			var left []string
			for i, code := range codes(r) {
				if r.Problems[i].Severity.Blocks() {
					left = append(left, code)
				}
			}
			if strings.Join(left, ", ") != c.problem || remembered(r) != "" {
				t.Errorf("open %v, want %q; remembered %q", left, c.problem, remembered(r))
			}
			plain := mustCheck(t, s, c.up, by("ben"))
			if r.Plan != plain.Plan {
				t.Error("the plan is not the one of a sender who never answered")
			}
		})
	}
}

func TestAnAnswerThatTheKindNoLongerTakesIsForgotten(t *testing.T) {
	w := newWorld(stones())
	mustImport(t, w.service(t, nil), sent("a.csv", "Code,Name,Size", "a1,Anna,Teeny"), by("anna", "size:teeny=small"))
	w.kinds = []Kind{onlyLarge{stones()}}
	r := mustCheck(t, w.service(t, nil), sent("a.csv", "Code,Name,Size", "a1,Anna,Teeny"), by("anna"))
	if remembered(r) != "" || open(r) != 1 {
		t.Errorf("%v with %q", codes(r), remembered(r))
	}
}

// onlyLarge is a kind whose stones are large.
type onlyLarge struct{ Kind }

func (k onlyLarge) Schema(env *Env) sheet.Schema {
	schema := k.Kind.Schema(env)
	last := &schema.Columns[len(schema.Columns)-1]
	last.Choices = last.Choices[1:]
	return schema
}

func TestThatHiddenRowsAreMeantIsNotRemembered(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	mustImport(t, s, csv("a1,Anna,3,,"), by("anna", "rows.hidden=include"))
	got, err := s.recall(t.Context(), "anna", stoneKind)
	if err != nil || len(got) > 0 {
		t.Errorf("remembered %v, %v", got, err)
	}
}

func TestWhatIsRememberedIsPartOfThePlan(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	mustImport(t, s, csv("z9,Zoe,1,,"), by("anna", "found=dmy"))
	up := dated("03/04/2025")
	first := mustCheck(t, s, up, by("anna"))
	if again := mustCheck(t, s, up, by("anna")); again.Plan != first.Plan {
		t.Errorf("the same state gives plans %s and %s", first.Plan, again.Plan)
	}
	if said := mustCheck(t, s, up, by("ben", "found=dmy")); said.Plan != first.Plan {
		t.Error("the plan depends on whether an answer is given or remembered")
	}
	mustImport(t, s, csv("y8,Yan,1,,"), by("anna", "found=mdy"))
	if other := mustCheck(t, s, up, by("anna")); other.Plan == first.Plan {
		t.Error("another answer gives the same plan")
	}
	_, _, err := s.Import(t.Context(), up, by("anna"), intake.All, first.Plan)
	wantCode(t, err, "PLAN_STALE")
	stored, err := s.intake.Report(t.Context(), first.Import)
	if err != nil || !maps.Equal(stored.Answers, sheet.Answers{"found": "dmy"}) {
		t.Errorf("the report keeps %v, %v", stored.Answers, err)
	}
}

// The answers are written in the transaction that ends the import: whatever write a commit is stopped at, they are remembered
// exactly when it is committed.
func TestAnswersAreRememberedWithTheCommitOrNotAtAll(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	mustImport(t, s, csv("z9,Zoe,1,,"), by("anna", "size:teeny=small"))
	r := mustCheck(t, s, dated("03/04/2025", "05/06/2025"), by("anna", "found=dmy"))
	probe := faulty.New(w.copied().table(), faulty.Plan{})
	commitAll(t, w.service(t, probe), r)
	for n := 1; n <= probe.Writes(); n++ {
		for _, effect := range []bool{false, true} {
			twin := w.copied()
			dying := faulty.New(twin.table(), faulty.Plan{Fail: n, Effect: effect, Halt: true})
			_, err := twin.service(t, dying).Commit(t.Context(), Order{Import: r.Import, Plan: r.Plan})
			if !errors.Is(err, table.ErrUnavailable) {
				t.Fatalf("write %d: %v", n, err)
			}
			after := twin.service(t, nil)
			wantRemembered(t, after, r.Import)
			if _, err := after.Recover(t.Context()); err != nil {
				t.Fatal(err)
			}
			wantRemembered(t, after, r.Import)
			commitAll(t, after, r)
			wantRemembered(t, after, r.Import)
		}
	}
}

func wantRemembered(t *testing.T, s *Service, id string) {
	t.Helper()
	imp, err := s.intake.Find(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	want := sheet.Answers{"size:teeny": "small"}
	if imp.State == intake.Committed {
		want["found"] = "dmy"
	}
	if got, err := s.recall(t.Context(), "anna", stoneKind); err != nil || !maps.Equal(got, want) {
		t.Errorf("%s: remembered %v, %v; want %v", imp.State, got, err, want)
	}
}

func TestAnswersOfImportsAtTheSameMomentAreAllRemembered(t *testing.T) {
	const senders = 8
	w := newWorld(stones())
	var group sync.WaitGroup
	errs := make([]error, senders)
	for i := range senders {
		// As in a process of its own, which waits for the lock as a process does.
		s := w.service(t, nil, func(c *Config) { c.Records, c.Pause = records.New(c.Table), nil })
		group.Go(func() {
			up := sent("a.csv", "Code,Name,Size", fmt.Sprintf("c%d,Anna,text %d", i, i))
			_, _, errs[i] = s.Import(t.Context(), up, by("anna", fmt.Sprintf("size:text %d=small", i)), intake.All, "")
		})
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	got, err := w.service(t, nil).recall(t.Context(), "anna", stoneKind)
	if err != nil || len(got) != senders {
		t.Errorf("remembered %v, %v", got, err)
	}
}

func TestOnlySoMuchIsRemembered(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	for sent := range 5 {
		many := by("anna")
		for i := range 900 {
			many.Answers[fmt.Sprintf("size:text %d.%d of a sender who has much to say", sent, i)] = "small"
		}
		mustImport(t, s, csv(fmt.Sprintf("a%d,Anna,3,,", sent)), many)
	}
	mustImport(t, s, dated("03/04/2025"), by("anna", "found=dmy"))
	got, err := s.recall(t.Context(), "anna", stoneKind)
	if err != nil || got["found"] != "dmy" || len(got) < 1000 || len(got) > 2000 {
		t.Errorf("%d answers, found %q, %v", len(got), got["found"], err)
	}
}

func TestTheReportTellsWhatWasRememberedInEachLanguage(t *testing.T) {
	used := sheet.Answers{}
	for i := range shownAnswers + 5 {
		used[fmt.Sprintf("size:text %02d", i)] = "small"
	}
	p := (&recalled{used: used}).problem()
	if p.Severity != problem.Info {
		t.Errorf("severity %s", p.Severity)
	}
	for _, lang := range locale.Langs {
		message := p.Message(lang)
		if strings.Count(message, "=small") != shownAnswers || !strings.Contains(message, "…") || !strings.Contains(message, "size:text 00=small") {
			t.Errorf("%s: %s", lang, message)
		}
	}
}

func TestAnErrorAboutAnswersNamesNobody(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	for _, attributes := range []table.Attributes{{"format": int64(9)}, {"format": "one"}} {
		item := &table.Item{Key: intake.AnswersKey("anna", stoneKind), Attributes: attributes}
		if err := w.table().Write(t.Context(), table.Write{Put: item}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.recall(t.Context(), "anna", stoneKind); err == nil || strings.Contains(err.Error(), "anna") {
			t.Errorf("got %v", err)
		}
	}
}
