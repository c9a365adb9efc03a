package xmlscan

import (
	"context"
	"io"
	"sync"
)

// Ahead reads a source on another goroutine, a few blocks ahead of its reader, so that inflating and scanning share two
// cores. Close ends the goroutine and waits for it.
type Ahead struct {
	in     io.Reader
	blocks chan block
	free   chan []byte
	stop   context.CancelFunc
	done   sync.WaitGroup
	block  block
	rest   []byte
}

type block struct {
	data []byte
	err  error
}

const (
	aheadBlocks    = 4
	aheadBlockSize = 64 << 10
)

// NewAhead starts reading. It ends early when ctx does.
func NewAhead(ctx context.Context, in io.Reader) *Ahead {
	ctx, stop := context.WithCancel(ctx)
	a := &Ahead{in: in, blocks: make(chan block, aheadBlocks), free: make(chan []byte, aheadBlocks), stop: stop}
	for range aheadBlocks {
		a.free <- make([]byte, aheadBlockSize)
	}
	a.done.Go(func() { a.run(ctx, in) })
	return a
}

func (a *Ahead) run(ctx context.Context, in io.Reader) {
	defer close(a.blocks)
	for {
		var b block
		select {
		case b.data = <-a.free:
		case <-ctx.Done():
			b.err = ctx.Err()
		}
		if b.err == nil {
			b.data = b.data[:cap(b.data)]
			n := 0
			n, b.err = fillBlock(in, b.data)
			b.data = b.data[:n]
		}
		select {
		case a.blocks <- b:
		case <-ctx.Done():
			return
		}
		if b.err != nil {
			return
		}
	}
}

// fillBlock reads until the block is nearly full: a handover costs more than a read.
func fillBlock(in io.Reader, p []byte) (int, error) {
	n := 0
	for len(p)-n >= 1<<10 {
		got, err := in.Read(p[n:])
		n += got
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// Read gives what was read ahead.
func (a *Ahead) Read(p []byte) (int, error) {
	for len(a.rest) == 0 {
		if a.block.err != nil {
			return 0, a.block.err
		}
		if a.block.data != nil {
			a.free <- a.block.data
		}
		next, ok := <-a.blocks
		if !ok {
			next = block{err: context.Canceled}
		}
		a.block, a.rest = next, next.data
	}
	n := copy(p, a.rest)
	a.rest = a.rest[n:]
	return n, nil
}

// UTF16 reports, once something was read, whether the source was UTF-16.
func (a *Ahead) UTF16() bool {
	source, ok := a.in.(interface{ UTF16() bool })
	return ok && source.UTF16()
}

// Close ends the goroutine and waits for it, so that nothing touches the source afterwards.
func (a *Ahead) Close() error {
	a.stop()
	a.done.Wait()
	return nil
}
