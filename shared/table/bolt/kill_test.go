package bolt_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
)

// victim, when set, is the file to which this test binary writes until it is killed.
const victim = "GUILDHALL_BOLT_VICTIM"

func TestMain(m *testing.M) {
	if path := os.Getenv(victim); path != "" {
		if err := writeForEver(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

const batch = 40

// writeForEver continues where the file ends: a batch of single writes, then a transaction that moves a pair of counters. It says
// what was answered, so that the test can hold the file to it.
func writeForEver(path string) error {
	t, err := bolt.Open(path, bolt.Options{Config: table.Config{Indexes: []string{"i"}}})
	if err != nil {
		return err
	}
	ctx := context.Background()
	for n := next(t); ; n++ {
		var ws []table.Write
		for i := range batch {
			ws = append(ws, table.Write{Put: row(n, i), Condition: table.Absent()})
		}
		if errs := t.WriteEach(ctx, ws); errs != nil {
			return fmt.Errorf("batch %d: %v", n, errs)
		}
		fmt.Println("rows", n)
		if err := t.Transact(ctx, []table.Write{counter("left", n), counter("right", n)}); err != nil {
			return err
		}
		fmt.Println("pair", n)
	}
}

// next is the number of the first batch not yet there.
func next(t table.Table) int {
	n := 0
	for {
		if _, err := t.Get(context.Background(), row(n, 0).Key); err != nil {
			return n
		}
		n++
	}
}

func row(n, i int) *table.Item {
	sort := fmt.Sprintf("%06d-%02d", n, (i*17)%batch)
	return &table.Item{
		Key:        table.Key{Partition: "rows", Sort: sort},
		Attributes: table.Attributes{"n": int64(n), "text": strings.Repeat(sort, 20)},
		Index:      map[string]table.Key{"i": {Partition: "i", Sort: sort}},
	}
}

func counter(sort string, n int) table.Write {
	return table.Write{Put: &table.Item{
		Key: table.Key{Partition: "pair", Sort: sort}, Attributes: table.Attributes{"n": int64(n)}}}
}

func TestAKillAtAnyMomentLosesNothingAnswered(t *testing.T) {
	const seed, kills = 20250615, 10
	random := rand.New(rand.NewPCG(seed, seed))
	path := filepath.Join(t.TempDir(), "table.db")
	for kill := range kills {
		rows, pair := runAndKill(t, path, random.IntN(25), time.Duration(random.IntN(8000))*time.Microsecond)
		tbl := openAt(t, path, bolt.Options{Config: table.Config{Indexes: []string{"i"}}})
		verify(t, tbl, rows, pair)
		closeNow(t, tbl)
		if t.Failed() {
			t.Fatalf("after kill %d of seed %d", kill, seed)
		}
	}
}

// runAndKill lets a process answer some writes, waits a little into the next, kills it, and returns the last answered numbers.
func runAndKill(t *testing.T, path string, answers int, delay time.Duration) (rows, pair int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victim+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	rows, pair = -1, -1
	lines := bufio.NewScanner(out)
	for seen := 0; lines.Scan(); seen++ {
		if seen == answers {
			time.AfterFunc(delay, func() { cmd.Process.Kill() })
		}
		var what string
		var n int
		if _, err := fmt.Sscan(lines.Text(), &what, &n); err != nil {
			break // a line cut off by the kill
		}
		if what == "rows" {
			rows = n
		} else {
			pair = n
		}
	}
	cmd.Wait()
	if cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("the process ended by itself: %s", cmd.ProcessState)
	}
	return rows, pair
}

// verify checks that all that was answered is there, that every batch and pair is whole, and that index and items agree.
func verify(t *testing.T, tbl table.Table, rows, pair int) {
	t.Helper()
	seen := map[int64]int{}
	for _, q := range []table.Query{{Partition: "rows"}, {Partition: "i", Index: "i"}} {
		for {
			page, err := tbl.Query(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range page.Items {
				seen[item.Attributes["n"].(int64)]++
			}
			if page.Cursor == "" {
				break
			}
			q.After = page.Cursor
		}
	}
	for n, count := range seen {
		if count != 2*batch {
			t.Errorf("batch %d has %d rows and index entries, want %d", n, count, 2*batch)
		}
	}
	if len(seen) < rows+1 || len(seen) > rows+2 {
		t.Errorf("%d batches, answered up to number %d", len(seen), rows)
	}
	items, err := tbl.GetEach(context.Background(), []table.Key{{Partition: "pair", Sort: "left"}, {Partition: "pair", Sort: "right"}})
	if err != nil {
		t.Fatal(err)
	}
	if pair >= 0 && (len(items) != 2 || items[0].Attributes["n"] != items[1].Attributes["n"] ||
		items[0].Attributes["n"].(int64) < int64(pair)) {
		t.Errorf("the pair is %v, answered %d", items, pair)
	}
}
