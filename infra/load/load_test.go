package load_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/infra/load"
	"github.com/learning-cities/guildhall/infra/local/command"
)

var (
	program = flag.String("program", "", "the guildhall command to be served; \"\" is this test itself")
	sizes   = flag.String("rows", "600", "how many rows the large sheets have, one number for each")
	crowd   = flag.Int("people", 6, "how many people work meanwhile")
	pause   = flag.Duration("pause", 200*time.Millisecond, "how often each of them does something on average")
)

// The variables that make this test the command, and the size that no file of it may exceed, in bytes.
const (
	asCommand = "GUILDHALL_TEST_COMMAND"
	fileLimit = "GUILDHALL_TEST_FILE_LIMIT"
)

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) == "" {
		os.Exit(m.Run())
	}
	if most, err := strconv.ParseUint(os.Getenv(fileLimit), 10, 64); err == nil {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
			panic(err)
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := command.Main(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// serve has a process of its own serve a data folder.
func serve(t *testing.T, data string, variables ...string) *load.Served {
	t.Helper()
	name := *program
	if name == "" {
		name = os.Args[0]
	}
	command := exec.Command(name, "serve", "--listen", "127.0.0.1:0", "--data", data)
	command.Env = append(append(os.Environ(), asCommand+"=1"), variables...)
	served, err := load.Serve(command)
	must(t, err)
	t.Cleanup(func() {
		if err := served.Kill(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Log(served.Log())
		}
	})
	return served
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func signIn(t *testing.T, served *load.Served, email string, m *load.Measured) *load.Person {
	t.Helper()
	p, err := load.SignIn(t.Context(), served.Address, email, m)
	must(t, err)
	t.Cleanup(p.Leave)
	return p
}

// bring has a sheet stored, all rows of which are to come out alike.
func bring(t *testing.T, p *load.Person, kind, text, outcome string, rows int) {
	t.Helper()
	o, err := p.Bring(t.Context(), kind, kind+".csv", strings.NewReader(text), int64(len(text)))
	must(t, err)
	if o.State != "committed" || o.Count(outcome) != rows {
		t.Fatalf("%s: %+v, want %d rows with the outcome %s", kind, o, rows, outcome)
	}
}

const brest = "City,Country,Member since\nBrest,FR,2016-01-01\n"

// People work while large sheets come: each answer is one, or a refusal with a code that says when to come again; and in the end there is what
// was answered to be there.
func TestPeopleWorkWhileLargeSheetsAreStored(t *testing.T) {
	served := serve(t, t.TempDir())
	aside := load.NewMeasured()
	bring(t, signIn(t, served, load.Secretariat, aside), "members", brest, "create", 1)
	treasurer := signIn(t, served, load.Treasurer, aside)
	gift := "Donor,Type of donor,Amount,Currency,Received on,Bank reference\n" + load.Donor + ",Foundation,5.00,USD,2024-05-02,A-1\n"
	bring(t, treasurer, "contributions", gift, "create", 1)
	stored, entered, unsure := 1, 0, 0
	for size := range strings.SplitSeq(*sizes, ",") {
		rows, err := strconv.Atoi(size)
		must(t, err)
		file, length := contributions(t, rows)
		m := load.NewMeasured()
		ctx, enough := context.WithCancel(t.Context())
		working := make(chan error, 1)
		go func() { working <- load.Work(ctx, served.Address, *crowd, *pause, m) }()
		o, err := treasurer.Bring(t.Context(), "large sheet", size+".xlsx", file, length)
		enough()
		if err := <-working; err != nil {
			t.Error(err)
		}
		must(t, err)
		if o.State != "committed" || o.Count("create")+o.Count("unchanged") != rows {
			t.Fatalf("%+v", o)
		}
		stored, entered, unsure = stored+o.Count("create"), entered+m.Done("enter a deposit"), unsure+m.Refused("UNAVAILABLE")
		own, resident, err := served.PeakMemory()
		must(t, err)
		t.Logf("%d rows: sent in %s, checked in %s (%.0f a second), committed in %s (%.0f a second); at most %d MiB, %d MiB with the file's pages\n%s", rows,
			o.Sent.Round(time.Millisecond), o.Checked.Round(time.Millisecond), float64(rows)/o.Checked.Seconds(),
			o.Committed.Round(time.Millisecond), float64(rows)/o.Committed.Seconds(), own>>20, resident>>20, m.Table())
		for _, wrong := range slices.Concat(m.Wrong(), aside.Wrong()) {
			t.Error(wrong)
		}
		again, err := treasurer.Bring(t.Context(), "large sheet", size+".xlsx", file, length)
		must(t, err)
		if again.Count("unchanged") != rows {
			t.Errorf("again: %+v", again)
		}
	}
	balances, err := treasurer.Get(t.Context(), "balances", "/api/fund/balances")
	must(t, err)
	head, _ := balances.Body["head"].(map[string]any)
	if entries, _ := head["entries"].(float64); int(entries) < stored+entered || int(entries) > stored+entered+unsure {
		t.Errorf("%v entries are in the books, of %d rows and %d deposits", head["entries"], stored, entered)
	}
}

// contributions is a workbook with so many of them.
func contributions(t *testing.T, rows int) (file *os.File, size int64) {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "contributions.xlsx"))
	must(t, err)
	t.Cleanup(func() { _ = file.Close() })
	must(t, load.Contributions(file, rows))
	about, err := file.Stat()
	must(t, err)
	return file, about.Size()
}

// Where no file may grow any more, whoever wants something written is told so with a code and when to come again; the product goes on, and
// once there is room, everything is done or not done at all.
func TestAFullDiskIsToldAndNothingIsHalfDone(t *testing.T) {
	const rows = 150
	data := t.TempDir()
	served := serve(t, data, fileLimit+"="+strconv.Itoa(1<<19))
	full, tell := context.WithCancel(t.Context())
	m := load.NewMeasured()
	m.OnRefusal = func(a load.Answer) {
		if a.Code == "UNAVAILABLE" {
			tell()
		}
	}
	secretariat := signIn(t, served, load.Secretariat, m)
	bring(t, secretariat, "members", brest, "create", 1)
	announcing := make(chan error, 1)
	go func() { // small writes, which no sheet that is being committed is in the way of
		for full.Err() == nil {
			if _, err := secretariat.Post(t.Context(), "announce", "/api/imports", map[string]any{"name": "later.csv", "bytes": 100}); err != nil {
				announcing <- err
				return
			}
		}
		announcing <- nil
	}()
	var sheets []string
	for full.Err() == nil {
		text := load.Members(fmt.Sprint("sheet ", len(sheets)), rows)
		sheets = append(sheets, text)
		if _, err := secretariat.Bring(full, "sheet", "sheet.csv", strings.NewReader(text), int64(len(text))); err != nil && full.Err() == nil {
			t.Fatal(err)
		}
	}
	must(t, <-announcing)
	for _, path := range []string{"/health", "/api/members", "/api/imports"} { // it is there, whatever it can do
		if _, err := secretariat.Get(t.Context(), "read", path); err != nil {
			t.Fatal(err)
		}
	}
	for _, wrong := range m.Wrong() {
		t.Error(wrong)
	}
	must(t, served.Kill())

	served = serve(t, data)
	secretariat = signIn(t, served, load.Secretariat, load.NewMeasured())
	created := 0
	for n, text := range sheets {
		var o load.Outcome
		for again := true; again; again = o.Code == "PLAN_STALE" || o.Code == "RECORD_BUSY" { // what was left in the middle was finished meanwhile
			var err error
			o, err = secretariat.Bring(t.Context(), "sheet", "sheet.csv", strings.NewReader(text), int64(len(text)))
			must(t, err)
		}
		if o.State != "committed" || o.Count("create") != rows && o.Count("unchanged") != rows {
			t.Errorf("sheet %d was stored by half: %+v", n, o)
		}
		created += o.Count("create")
	}
	t.Logf("%d of %d sheets were stored before the disk was full", len(sheets)-created/rows, len(sheets))
	if created == len(sheets)*rows {
		t.Error("nothing was stored before: the disk is too small to show anything")
	}
}
