package load

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Served is a product that is served by a process of its own.
type Served struct {
	Address string // of its root, with a slash at its end
	command *exec.Cmd
	log     *bytes.Buffer // read only after the process has ended
	ended   sync.Once
	err     error

	watched chan struct{} // closed when the process's memory is no longer looked at
	own     atomic.Int64
}

// Serve starts a program that serves the product, as `guildhall serve` does, and waits until it listens. What it prints goes to its log.
func Serve(command *exec.Cmd) (*Served, error) {
	s := &Served{command: command, log: &bytes.Buffer{}}
	command.Stderr = s.log
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	_, at, found := strings.Cut(line, " http://")
	if err != nil || !found {
		return nil, errors.Join(fmt.Errorf("load: it printed %q instead of its address", line), s.Kill())
	}
	s.Address = "http://" + strings.TrimSuffix(strings.Fields(at)[0], ".")
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	s.watched = make(chan struct{})
	go s.watch()
	return s, nil
}

// watch looks at the process's memory from time to time.
func (s *Served) watch() {
	for tick := time.NewTicker(looks); ; {
		select {
		case <-s.watched:
			tick.Stop()
			return
		case <-tick.C:
			if now, err := s.memory("RssAnon"); err == nil {
				s.own.Store(max(s.own.Load(), now))
			}
		}
	}
}

// PeakMemory is the most memory that the process had so far, in bytes: its own, as it is looked at ten times a second, and all that was resident,
// with the parts of the table's file that the kernel keeps for it and can drop. It is known on Linux.
func (s *Served) PeakMemory() (own, resident int64, err error) {
	resident, err = s.memory("VmHWM")
	return s.own.Load(), resident, err
}

func (s *Served) memory(of string) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.command.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), of+":")
	var kilobytes int64
	_, err = fmt.Sscan(rest, &kilobytes)
	return kilobytes << 10, err
}

// Kill ends the process as a failing machine does.
func (s *Served) Kill() error { return s.end(func() error { return s.command.Process.Kill() }) }

// Stop tells the process to end, and waits until it has.
func (s *Served) Stop() error {
	return s.end(func() error { return s.command.Process.Signal(os.Interrupt) })
}

func (s *Served) end(tell func() error) error {
	s.ended.Do(func() {
		if s.watched != nil {
			close(s.watched)
		}
		if s.err = tell(); s.err == nil {
			s.err = s.command.Wait()
			var exit *exec.ExitError
			if errors.As(s.err, &exit) { // it was killed, or says that it was stopped
				s.err = nil
			}
		}
	})
	return s.err
}

// Log is what the process wrote to its log; it is known once the process has ended.
func (s *Served) Log() string { return s.log.String() }
