package command_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const killed = 1000 // rows of the sheet that is imported

// The built command imports 1,000 members and is killed (SIGKILL) at seeded moments: some anywhere from its start, most once it has
// begun to commit. The export that is asked for then shows none or all of the members, and the same import again ends with every
// one stored exactly once.
func TestAnImportThatIsKilledIsExportedWholeOrNotAtAll(t *testing.T) {
	const anywhere, committing = 4, 8
	program := built(t)
	sheet := written(t, t.TempDir(), "members.csv", membersSheet())
	whole, commit := timed(t, program, sheet)
	seeded := rand.New(rand.NewPCG(2025, 10))
	died, interrupted := 0, 0
	for moment := range anywhere + committing {
		data := t.TempDir()
		run := begin(t, program, sheet, data)
		if moment < anywhere {
			run.wait(fraction(seeded, whole))
		} else {
			run.checked()
			run.wait(fraction(seeded, commit/2)) // the rest is the end of the process
		}
		if run.kill() {
			died++
		} else { // this machine has become faster than it was
			whole, commit = whole*2/3, commit*2/3
		}
		shown, told := exportedMembers(t, program, data)
		if len(shown) != 0 && len(shown) != killed {
			t.Fatalf("moment %d: the export shows %d of %d members", moment, len(shown), killed)
		}
		if strings.Contains(told, "interrupted") {
			interrupted++
		}
		if again := run.again(); again.status != 0 {
			t.Fatalf("moment %d: the same import again: status %d\n%s%s", moment, again.status, again.out, again.err)
		}
		shown, _ = exportedMembers(t, program, data)
		wantEachOnce(t, shown)
	}
	t.Logf("of %d imports %d were killed before their end, %d of them while they wrote", anywhere+committing, died, interrupted)
	if interrupted == 0 {
		t.Error("no import was killed while it wrote")
	}
}

// built builds the command as people do.
func built(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "guildhall")
	if out, err := exec.Command("go", "build", "-o", program, "github.com/learning-cities/guildhall/infra/local").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return program
}

// membersSheet has one row for each member, in several countries.
func membersSheet() []byte {
	countries := []string{"FR", "DE", "CM", "SN", "BR", "MX", "JP", "VN"}
	var text bytes.Buffer
	text.WriteString("City,Country,Member since\n")
	for i := range killed {
		fmt.Fprintf(&text, "City %04d,%s,2019-%02d-%02d\n", i, countries[i%len(countries)], 1+i%12, 1+i%28)
	}
	return text.Bytes()
}

// importing is a running import.
type importing struct {
	t     *testing.T
	args  []string
	data  string
	child *exec.Cmd
	done  chan error
}

func begin(t *testing.T, program, sheet, data string) *importing {
	t.Helper()
	r := &importing{t: t, args: []string{program, "import", sheet, "--kind", "members", "--data", data}, data: data, done: make(chan error, 1)}
	r.child = exec.Command(r.args[0], r.args[1:]...)
	if err := r.child.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { r.done <- r.child.Wait() }()
	return r
}

// wait lets so much time pass, unless the import ends before.
func (r *importing) wait(d time.Duration) {
	select {
	case err := <-r.done:
		r.done <- err
	case <-time.After(d):
	}
}

// checked waits until the check has stored its report, after which the commit begins.
func (r *importing) checked() {
	for len(r.done) == 0 {
		if reports, _ := filepath.Glob(filepath.Join(r.data, "blobs", "imports", "*", "report.jsonl")); len(reports) > 0 {
			return
		}
		r.wait(time.Millisecond)
	}
}

// kill ends the import with SIGKILL and reports whether it died of it.
func (r *importing) kill() bool {
	_ = r.child.Process.Kill() // it may have ended by itself
	return <-r.done != nil
}

// again runs the same import to its end.
func (r *importing) again() ran { return runProgram(r.t, r.args...) }

func runProgram(t *testing.T, args ...string) ran {
	t.Helper()
	var out, errOut bytes.Buffer
	child := exec.Command(args[0], args[1:]...)
	child.Stdout, child.Stderr = &out, &errOut
	if err := child.Run(); child.ProcessState == nil {
		t.Fatal(err)
	}
	return ran{child.ProcessState.ExitCode(), out.String(), errOut.String()}
}

// timed is how long an import takes that nobody disturbs, and how long its commit.
func timed(t *testing.T, program, sheet string) (whole, commit time.Duration) {
	t.Helper()
	start := time.Now()
	r := begin(t, program, sheet, t.TempDir())
	r.checked()
	checked := time.Now()
	if err := <-r.done; err != nil {
		t.Fatal(err)
	}
	return time.Since(start), time.Since(checked)
}

func fraction(seeded *rand.Rand, d time.Duration) time.Duration {
	return time.Duration(seeded.Float64() * float64(d))
}

// exportedMembers are the rows of the exported workbook's members, and what the export told on standard error.
func exportedMembers(t *testing.T, program, data string) (rows [][]any, told string) {
	t.Helper()
	book := filepath.Join(t.TempDir(), "membership.xlsx")
	exported := runProgram(t, program, "export", "membership", "--data", data, "--at", at, "-o", book)
	must(t, exported, 0)
	defer os.Remove(book)
	read := guildhall(t, "read", book, "--sheet", "Members")
	must(t, read, 0)
	for _, line := range strings.Split(strings.TrimSpace(read.out), "\n") {
		var row []any
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		if name, _ := row[0].(string); strings.HasPrefix(name, "City ") {
			rows = append(rows, row)
		}
	}
	return rows, exported.err
}

// wantEachOnce fails the test unless every member is there once, in the version of its first writing.
func wantEachOnce(t *testing.T, rows [][]any) {
	t.Helper()
	seen := map[any]bool{}
	for _, row := range rows {
		if version := row[len(row)-1]; seen[row[0]] || version != 1.0 {
			t.Errorf("%v stands there in version %v, seen before: %t", row[0], version, seen[row[0]])
		}
		seen[row[0]] = true
	}
	if len(seen) != killed {
		t.Errorf("%d members are stored, want %d", len(seen), killed)
	}
}
