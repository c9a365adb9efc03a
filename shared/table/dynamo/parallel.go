package dynamo

import (
	"sync"
	"sync/atomic"
)

// parallel calls do for 0 to n-1, at most so many at once.
func parallel(n, atOnce int, do func(int)) {
	var group sync.WaitGroup
	var next atomic.Int64
	for range min(n, atOnce) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	group.Wait()
}
