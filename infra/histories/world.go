package histories

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/kinds"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
)

// world is one store and the processes that work on it.
type world struct {
	plan  Play
	table table.Table
	blobs blob.Store
	turns *turns
	clock identity.Clock
}

func newWorld(play Play, over table.Table, folder string) (*world, error) {
	blobs, err := files.Open(folder)
	if err != nil {
		return nil, err
	}
	noon := time.Date(2025, 5, 20, 10, 0, 0, 0, time.UTC) // while the call of 2025 is open
	return &world{plan: play, table: over, blobs: blobs, turns: newTurns(play.Seed, play.Processes), clock: identity.Fixed(noon)}, nil
}

// process is a program that works on the store: its own services, which share nothing with those of the others but the store.
type process struct {
	number   int
	r        *rand.Rand
	registry *registry.Registry
	imports  *imports.Service
	records  *records.Store
}

// process starts one; its number tells its calls from those of others.
func (w *world) process(number int, faults bool) (*process, error) {
	seeded := func(stream uint64) *rand.Rand { return rand.New(rand.NewPCG(w.plan.Seed<<8|uint64(number), stream)) }
	v := &view{Table: w.table, turns: w.turns, process: number, r: seeded(3)}
	if faults {
		v.faults = w.plan.Faults
	}
	ids := identity.NewIDs(w.clock, source{seeded(4)})
	pause := func(ctx context.Context, _ int) error { return ctx.Err() } // the others have their turns anyway
	p := &process{number: number, r: seeded(5), records: records.New(v, records.WithPause(pause))}
	edition, countries := programme.Current(), reference.Load()
	p.registry = registry.New(registry.Config{
		Table: v, Programme: edition, Clock: w.clock, IDs: ids, Pause: pause,
		Country: func(iso2 string) locale.Text { found, _ := countries.Country(iso2); return found.Name },
		Region:  func(iso2 string) string { found, _ := countries.Country(iso2); return found.Region },
	})
	var err error
	p.imports, err = imports.New(imports.Config{
		Table: v, Records: p.records, Blobs: w.blobs, Programme: edition, Reference: countries, Kinds: kinds.All(), Books: p.registry,
		Clock: w.clock, IDs: ids, Pause: pause, Batch: 2,
	})
	return p, err
}

// source reads random bits, so that a seed gives the same identifiers.
type source struct{ r *rand.Rand }

// Read implements io.Reader.
func (s source) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(s.r.UintN(256))
	}
	return len(b), nil
}

// play has the processes ask for things at once, each one after the other.
func (w *world) play(ctx context.Context, s Subject, h *history) error {
	processes := make([]*process, w.plan.Processes)
	for n := range processes {
		var err error
		if processes[n], err = w.process(n, true); err != nil {
			return err
		}
	}
	var group sync.WaitGroup
	for n, p := range processes {
		group.Go(func() {
			defer w.turns.leave(n)
			var earlier []Asked
			for i := range w.plan.Each {
				asked := s.draw(p.r)
				if len(earlier) > 0 && p.r.IntN(8) == 0 { // the answer did not reach whoever asked, who asks again
					asked = earlier[p.r.IntN(len(earlier))]
				} else if asked.Request != 0 {
					asked.Request = n*w.plan.Each + i + 1
				}
				earlier = append(earlier, asked)
				h.do(ctx, s, p, asked)
			}
		})
	}
	group.Wait()
	return nil
}

// origin is the request of what is asked.
func origin(asked Asked) registry.Origin {
	o := registry.Origin{Person: "officer"}
	if asked.Request != 0 {
		o.Request = fmt.Sprintf("request-%d", asked.Request)
	}
	return o
}

// triesOfSheet is how often a process goes on with a sheet that it had no answer about.
const triesOfSheet = 12

// send has a sheet in CSV checked and committed whole, as somebody does who goes on until there is an answer. Where another import is in the
// way that was left in the middle, as often as not it is finished first.
func (p *process) send(ctx context.Context, kind, text string) error {
	report, err := p.check(ctx, kind, text)
	if err != nil {
		return err
	}
	order := imports.Order{Import: report.Import, Plan: report.Plan, Mode: intake.All}
	for try := 1; ; try++ {
		_, err = p.imports.Commit(ctx, order)
		var refusal *problem.Problem
		switch {
		case errors.As(err, &refusal) && refusal.Code == "RECORD_BUSY" && try < triesOfSheet && p.r.IntN(2) == 0:
			if _, err := p.imports.Recover(ctx); err != nil && !unknown(err) {
				return err
			}
		case err == nil || !unknown(err) || try == triesOfSheet:
			return err
		}
	}
}

// check has a sheet checked, until there is an answer: a check changes nothing.
func (p *process) check(ctx context.Context, kind, text string) (*intake.Report, error) {
	for try := 1; ; try++ {
		up := imports.Upload{Name: kind + ".csv", Source: strings.NewReader(text), Size: int64(len(text))}
		report, err := p.imports.Check(ctx, up, imports.Options{Kind: kind, Person: "officer"})
		switch {
		case err == nil:
			return report, nil
		case !unknown(err):
			return nil, fmt.Errorf("check: %v", err)
		case try == triesOfSheet:
			return nil, errNotChecked
		}
	}
}

// stored imports a sheet of which every row must be stored.
func (p *process) stored(ctx context.Context, kind, text string) error {
	if err := p.send(ctx, kind, text); err != nil {
		return fmt.Errorf("%s: %w", kind, err)
	}
	return nil
}

func cityOf(name, country string) city.City {
	return city.City{ID: city.ID(name, country), Name: name, Country: country}
}
