// Package faults holds no code: its tests play what people do with the product, and again with a fault at every single operation that the
// product asks of its table, files, queues and mail. What is left in the end must be what is left without a fault: nothing lost, nothing twice.
//
// docs/faults.md says what is played and has the figures of a whole run.
package faults

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/fault"
)

var (
	every = flag.Bool("every", false, "a fault at every operation on every engine, not a sample of them")
	large = flag.Int("large", 2, "how many faults an import of 1,000 rows meets on each engine")
	seed  = flag.Uint64("seed", 0, "chooses the sample; 0: another one each time")
)

// How many faults a play meets where they are not all tried.
const (
	sampled      = 5
	sampledQuick = 15
)

// figures are what came of a play with all its faults.
type figures struct {
	points, plays, survived, lost, doubled, differing int
}

func (f *figures) add(o outcome) {
	f.plays++
	f.lost += len(o.lost)
	f.doubled += len(o.doubled)
	f.differing += len(o.differing)
	if o.same() {
		f.survived++
	}
}

// header and line print figures as docs/faults.md has them.
const header = "engine          play                    points   plays survived   lost doubled  seconds"

func (f *figures) line(engine, play string, took time.Duration) string {
	return fmt.Sprintf("%-15s %-22s %7d %7d %8d %6d %7d %8.1f", engine, play, f.points, f.plays, f.survived, f.lost, f.doubled, took.Seconds())
}

// plansOf are all faults that a play's operations can meet.
func plansOf(points []fault.Operation) []fault.Plan {
	var plans []fault.Plan
	for n, operation := range points {
		for _, kind := range operation.Kinds {
			plans = append(plans, fault.Plan{At: n + 1, Kind: kind})
		}
	}
	return plans
}

// sample chooses some plans, in their order.
func sample(random *rand.Rand, plans []fault.Plan, size int) []fault.Plan {
	if size >= len(plans) {
		return plans
	}
	chosen := random.Perm(len(plans))[:size]
	slices.Sort(chosen)
	out := make([]fault.Plan, size)
	for i, n := range chosen {
		out[i] = plans[n]
	}
	return out
}

// source is the randomness of a test, whose seed it prints.
func source(t *testing.T) *rand.Rand {
	chosen := *seed
	if chosen == 0 {
		chosen = rand.Uint64()
	}
	t.Logf("-seed %d", chosen)
	return rand.New(rand.NewPCG(chosen, 11))
}

// TestWhateverFailsTheEndIsTheSame plays everything with a fault at each of its operations: short plays over memory with all of them, the others
// with a sample; with -every all of them everywhere.
func TestWhateverFailsTheEndIsTheSame(t *testing.T) {
	random := source(t)
	t.Log(header)
	for _, engine := range engines() {
		for _, p := range plays() {
			t.Run(engine.name+"/"+p.name, func(t *testing.T) {
				survives(t, engine, p, func(plans []fault.Plan) []fault.Plan {
					switch {
					case *every, engine.quick && !p.long:
						return plans
					case engine.quick:
						return sample(random, plans, sampledQuick)
					}
					return sample(random, plans, sampled)
				})
			})
		}
	}
}

// survives plays with the chosen faults, and prints what came of it.
func survives(t *testing.T, engine engine, p play, choose func([]fault.Plan) []fault.Plan) {
	t.Helper()
	began := time.Now()
	from := engine.base(t, p)
	calm := from.played(t, p, fault.Plan{})
	if calm.failed != nil {
		t.Fatalf("without a fault: %v", calm.failed)
	}
	if again := from.played(t, p, fault.Plan{}); !compare(calm, again).same() || len(again.points) != len(calm.points) {
		t.Fatalf("the play is not the same each time: %d and %d operations; %s", len(calm.points), len(again.points), compare(calm, again))
	}
	sum := figures{points: len(calm.points)}
	for _, plan := range choose(plansOf(calm.points)) {
		faulted := from.played(t, p, plan)
		o := compare(calm, faulted)
		sum.add(o)
		if !faulted.happened {
			t.Errorf("%s at %d: it was not asked for", plan.Kind, plan.At)
		}
		if !o.same() {
			at := calm.points[plan.At-1]
			t.Errorf("%s at operation %d, %s of %.120s:\n%s", plan.Kind, plan.At, at.Name, at.About, o)
		}
	}
	t.Log(sum.line(engine.name, p.name, time.Since(began)))
}

// TestAnImportOfAThousandRowsEndsTheSame plays a large import with faults at random operations, of which there are too many to try each.
func TestAnImportOfAThousandRowsEndsTheSame(t *testing.T) {
	random := source(t)
	p := importing("import of 1,000 rows", string(contributions(1000))+"Spain;Donor country;;Spain;nothing;USD;2026-01-21;B-3;\n")
	t.Log(header)
	for _, engine := range engines() {
		t.Run(engine.name, func(t *testing.T) {
			survives(t, engine, p, func(plans []fault.Plan) []fault.Plan { return sample(random, plans, *large) })
		})
	}
}
