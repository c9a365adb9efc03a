//go:build load

package assembly_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/app/assembly"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/host"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
)

var (
	loadRows  = flag.Int("rows", 100_000, "rows of the workbook")
	loadLimit = flag.Duration("limit", time.Minute, "what an invocation may take")
)

const mebibytes = 512 // that a function has

// invocation is what a process is told that stands for one invocation of a function.
type invocation struct {
	Function, Endpoint, Table, Folder string
	Deadline                          time.Time
	Event                             events.SQSEvent
}

// outcome is what it answers.
type outcome struct {
	Response events.SQSEventResponse
	Sent     []string
	Units    map[string]float64 // written, by operation
	Peak     int                // memory, in KiB
}

// Each invocation is a process of its own, as cold as can be: it is ended by force when its time is over.
func TestMain(m *testing.M) {
	if os.Getenv("GUILDHALL_TEST_INVOCATION") == "" {
		os.Exit(m.Run())
	}
	if err := invoked(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type outbox struct{ sent []string }

func (o *outbox) Send(_ context.Context, body []byte, _ time.Duration) error {
	o.sent = append(o.sent, string(body))
	return nil
}

// graveyard takes no dead letter: a large workbook that is in order has none.
type graveyard struct{}

func (graveyard) Bury(_ context.Context, body []byte, reason string) error {
	return fmt.Errorf("%s is a dead letter: %s", body, reason)
}

func invoked() error {
	var in invocation
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		return err
	}
	host.BoundMemory(os.LookupEnv)
	blobs, err := files.Open(in.Folder)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	out, sent, clock := outcome{Units: map[string]float64{}}, &outbox{}, identity.System()
	client := dynamo.Client(aws.Config{
		BaseEndpoint: &in.Endpoint, Region: "eu-west-1", Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	})
	over := dynamo.New(client, in.Table, table.Config{Clock: clock}, dynamo.Options{Consumed: func(c dynamo.Consumed) {
		mu.Lock()
		defer mu.Unlock()
		out.Units[c.Operation] += c.Write + c.IndexWrite
	}})
	parts := assembly.Parts{
		Table: over, Blobs: blobs, Clock: clock, IDs: identity.NewIDs(clock, nil), Hurry: host.Hurry(clock),
		Log: slog.New(slog.NewJSONHandler(os.Stderr, nil)), Measure: metric.Discard,
	}
	make := parts.Check
	if in.Function == "commit" {
		make = parts.Commit
	}
	runner, err := make(sent, graveyard{})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithDeadline(context.Background(), in.Deadline)
	defer cancel()
	if out.Response, err = host.Batch(runner.Run, clock)(ctx, in.Event); err != nil {
		return err
	}
	out.Sent, out.Peak = sent.sent, peak()
	return json.NewEncoder(os.Stdout).Encode(out)
}

// peak is the most memory that was resident, in KiB.
func peak() int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			size, _ := strconv.Atoi(strings.Fields(value)[0])
			return size
		}
	}
	return 0
}

// account sums up what a function took.
type account struct {
	invocations, killed, peak int
	took, longest             time.Duration
	units                     map[string]float64
}

// deliver invokes a function with a message, with those that it sends itself, and again with one that fails.
func (in invocation) deliver(t *testing.T, body string) account {
	t.Helper()
	total := account{units: map[string]float64{}}
	for waiting := []string{body}; len(waiting) > 0; {
		body := waiting[0]
		waiting = waiting[1:]
		total.invocations++
		if total.invocations > 100 {
			t.Fatal("there is no end to it")
		}
		began := time.Now()
		out, err := in.invoke(t, body)
		took := time.Since(began)
		total.took, total.longest = total.took+took, max(total.longest, took)
		if errors.Is(err, context.DeadlineExceeded) {
			total.killed++
			waiting = append(waiting, body)
			continue
		}
		if err != nil || len(out.Response.BatchItemFailures) > 0 {
			t.Fatalf("%s: %v %+v", body, err, out.Response)
		}
		waiting = append(waiting, out.Sent...)
		total.peak = max(total.peak, out.Peak)
		for operation, units := range out.Units {
			total.units[operation] += units
		}
	}
	return total
}

func (in invocation) invoke(t *testing.T, body string) (outcome, error) {
	ctx, cancel := context.WithTimeout(t.Context(), *loadLimit)
	defer cancel()
	in.Deadline, _ = ctx.Deadline()
	in.Event = events.SQSEvent{Records: []events.SQSMessage{{MessageId: "m", Body: body}}}
	text, err := json.Marshal(in)
	if err != nil {
		return outcome{}, err
	}
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(),
		"GUILDHALL_TEST_INVOCATION=1", "GOMAXPROCS=2", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE="+strconv.Itoa(mebibytes))
	cmd.Stdin = bytes.NewReader(text)
	var log bytes.Buffer
	cmd.Stderr = &log
	printed, err := cmd.Output()
	if ctx.Err() != nil {
		return outcome{}, ctx.Err()
	}
	if err != nil {
		return outcome{}, fmt.Errorf("%w: %s", err, log.String())
	}
	var out outcome
	return out, json.Unmarshal(printed, &out)
}

// workbook writes contributions by companies, each with its own bank reference.
func workbook(t *testing.T, rows int) []byte {
	t.Helper()
	var content bytes.Buffer
	w := sheet.NewWriter(&content, sheet.WriterOptions{Title: "Contributions"})
	s, err := w.Sheet(sheet.SheetSpec{Name: "Contributions"})
	if err != nil {
		t.Fatal(err)
	}
	var titles []sheet.OutCell
	for _, title := range []string{"Donor", "Type of donor", "Amount", "Currency", "Received on", "Bank reference", "Remarks"} {
		titles = append(titles, sheet.OutCell{Value: title})
	}
	err = s.Row(titles...)
	for i := 0; i < rows && err == nil; i++ {
		day := time.Date(2019, 10, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%700).Format(time.DateOnly)
		err = s.Row(
			sheet.OutCell{Value: "Company " + strconv.Itoa(i%4000)}, sheet.OutCell{Value: "company"},
			sheet.OutCell{Value: sheet.Number(strconv.Itoa(100+i%90000) + ".50")}, sheet.OutCell{Value: "USD"}, sheet.OutCell{Value: day},
			sheet.OutCell{Value: "BANK-" + strconv.Itoa(1000000+i)}, sheet.OutCell{Value: "transfer " + strconv.Itoa(i)})
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return content.Bytes()
}

func TestALargeWorkbookIsCheckedAndCommittedByFunctionsOf512MiBAndAMinute(t *testing.T) {
	client, name := dynamodblocal.NewTable(t)
	folder := filepath.Join(t.TempDir(), "blobs")
	blobs, err := files.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	over := dynamo.New(client, name, table.Config{}, dynamo.Options{})
	clock := identity.System()
	store := intake.New(intake.Config{Table: over, Blobs: blobs, Clock: clock, IDs: identity.NewIDs(clock, nil)})
	content := workbook(t, *loadRows)
	imp, err := store.Create(t.Context(), intake.Request{Name: "gifts.xlsx", Bytes: int64(len(content)), Kind: "contributions"})
	if err != nil {
		t.Fatal(err)
	}
	w, err := blobs.Create(t.Context(), intake.Incoming(imp.ID))
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(w, bytes.NewReader(content))
	if _, committed := w.Commit(); err != nil || committed != nil {
		t.Fatal(errors.Join(err, committed))
	}
	in := invocation{Endpoint: *dynamodblocal.Config(t).BaseEndpoint, Table: name, Folder: folder}

	in.Function = "check"
	told(t, "check", in.deliver(t, string(task.Check(imp.ID))))
	if imp, err = store.Find(t.Context(), imp.ID); err != nil || imp.State != intake.Checked || imp.Rows.Create != *loadRows {
		t.Fatalf("%+v, %v", imp, err)
	}
	in.Function = "commit"
	told(t, "commit", in.deliver(t, string(task.Commit(imp.ID, imp.Plan, intake.All, ""))))
	if imp, err = store.Find(t.Context(), imp.ID); err != nil || imp.State != intake.Committed {
		t.Fatalf("%+v, %v", imp, err)
	}
	stored := 0
	for _, year := range []string{"2019", "2020", "2021"} {
		query := table.Query{Partition: "contribution#" + year}
		for more := true; more; more = query.After != "" {
			page, err := over.Query(t.Context(), query)
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range page.Items {
				stored++
				if item.Attributes["version"] != int64(1) {
					t.Fatalf("%v was written more than once: %v", item.Key, item.Attributes["version"])
				}
			}
			query.After = page.Cursor
		}
	}
	if stored != *loadRows {
		t.Errorf("%d rows are stored of %d", stored, *loadRows)
	}
}

func told(t *testing.T, function string, a account) {
	t.Helper()
	written := 0.0
	for _, units := range a.units {
		written += units
	}
	t.Logf("%s: %d rows in %d invocations (%d ended by force) of %v at most, %v in all, %d MiB at most, %.2f write units a row",
		function, *loadRows, a.invocations, a.killed, a.longest.Round(100*time.Millisecond), a.took.Round(100*time.Millisecond),
		a.peak>>10, written/float64(*loadRows))
	const most = 3.1 // a booked row is three records: its own, its entry, and what stands for it (decision 15); the rest is of the batch
	if a.killed > 0 || a.peak > mebibytes<<10 || written/float64(*loadRows) > most {
		t.Errorf("%s took more than it may: %+v", function, a)
	}
}
