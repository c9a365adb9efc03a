package histories_test

import (
	"flag"
	"path/filepath"
	"testing"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/infra/histories"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
	"github.com/learning-cities/guildhall/shared/table/faulty"
)

var (
	seeds = flag.Int("seeds", 0, "how many histories of each subject are played on bbolt, and a twentieth on DynamoDB; 0 for the few of every test run")
	from  = flag.Uint64("from", 1, "the seed of the first")
)

var subjects = []histories.Subject{histories.Limits(), histories.Seats(), histories.Books(), histories.Sheets()}

func onBolt(t *testing.T) table.Table {
	over, err := bolt.Open(filepath.Join(t.TempDir(), "table.db"), bolt.Options{Unsynced: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = over.Close() })
	return over
}

func onDynamoDB(t *testing.T) table.Table {
	return dynamodblocal.Open(t, table.Config{}, dynamo.Options{})
}

func play(seed uint64) histories.Play {
	return histories.Play{Seed: seed, Processes: 5, Each: 7, Faults: 15}
}

func TestWhatProcessesAreAnsweredIsExplainedByAnOrder(t *testing.T) {
	for _, engine := range []struct {
		name  string
		open  func(t *testing.T) table.Table
		plays int // in every test run
		share int // of the seeds that are asked for
	}{{"bolt", onBolt, 8, 1}, {"DynamoDB", onDynamoDB, 1, 20}} {
		for _, subject := range subjects {
			t.Run(engine.name+"/"+subject.Name, func(t *testing.T) {
				plays := engine.plays
				if *seeds > 0 {
					plays = max(*seeds/engine.share, 1)
				}
				var sum histories.Finding
				for seed := *from; seed < *from+uint64(plays); seed++ {
					over := faulty.NewDelayed(engine.open(t), table.Config{}, 3)
					found, err := histories.Run(t.Context(), subject, play(seed), over, t.TempDir())
					if err != nil {
						t.Fatal(err)
					}
					if found.Broken != "" {
						t.Fatalf("%s\n%s", found, found.Broken)
					}
					sum.Operations, sum.Lost, sum.Calls = sum.Operations+found.Operations, sum.Lost+found.Lost, sum.Calls+found.Calls
				}
				t.Logf("seeds %d to %d: %d operations, %d without an answer, %d calls to the store", *from, *from+uint64(plays)-1, sum.Operations, sum.Lost, sum.Calls)
			})
		}
	}
}

// What a broken store gives is not an order: whoever changes the checker, the models or what is drawn sees here whether they still see.
func TestEachWayOfBreakingTheStoreIsFound(t *testing.T) {
	for _, how := range histories.Breakages {
		t.Run(string(how), func(t *testing.T) {
			for seed := uint64(1); seed <= 12; seed++ {
				for _, subject := range subjects {
					over, begun := histories.Break(how, seed)
					broken := play(seed)
					broken.Begun, broken.Faults = begun, 0
					found, err := histories.Run(t.Context(), subject, broken, over, t.TempDir())
					if err != nil {
						t.Fatal(err)
					}
					if !found.Ordered {
						t.Logf("found by %s", found)
						return
					}
				}
			}
			t.Error("no history of any subject shows it")
		})
	}
}
