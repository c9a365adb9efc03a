package histories

import (
	"math/rand/v2"
	"sync"
)

// turns lets the processes call the store one at a time, and chooses by chance whose turn it is once every process that is still at work
// waits for one. So what comes between two calls of a process is as often as not what others do, however quick the store is, and the
// same seed gives the same order as far as a process works in one goroutine.
type turns struct {
	mu      sync.Mutex
	r       *rand.Rand
	waiting [][]chan struct{} // by process: its calls, of which a process with several goroutines may have several
	working []bool
	busy    bool
	calls   int
}

func newTurns(seed uint64, processes int) *turns {
	t := &turns{r: rand.New(rand.NewPCG(seed, 2)), waiting: make([][]chan struct{}, processes), working: make([]bool, processes)}
	for i := range t.working {
		t.working[i] = true
	}
	return t
}

// take waits for a turn of a process; the caller gives it back. A process that is not among those that are chosen from has its turn at once.
func (t *turns) take(process int) (giveBack func()) {
	t.mu.Lock()
	t.calls++
	if process >= len(t.working) || !t.working[process] {
		t.mu.Unlock()
		return func() {}
	}
	turn := make(chan struct{})
	t.waiting[process] = append(t.waiting[process], turn)
	t.choose()
	t.mu.Unlock()
	<-turn
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.busy = false
		t.choose()
	}
}

// leave ends the work of a process.
func (t *turns) leave(process int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.working[process] = false
	t.choose()
}

// choose gives the next turn when everybody waits for it. The caller holds the lock.
func (t *turns) choose() {
	if t.busy {
		return
	}
	var ready []int
	for process, calls := range t.waiting {
		switch {
		case len(calls) > 0:
			ready = append(ready, process)
		case t.working[process]:
			return
		}
	}
	if len(ready) == 0 {
		return
	}
	process := ready[t.r.IntN(len(ready))]
	turn := t.waiting[process][0]
	t.waiting[process] = t.waiting[process][1:]
	t.busy = true
	close(turn)
}
