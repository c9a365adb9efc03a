package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// program is one of those compared.
type program struct {
	name    string
	slow    bool // runs in fewer rounds
	core    bool // on one core
	command []string
	output  string // file that it writes, whose values are compared too
	fresh   string // folder that must not exist when it starts
	report  bool   // its output is a report of `guildhall check`
}

// run is one run of a program.
type run struct {
	told
	wall time.Duration
}

// measure runs a program once.
func (p *program) measure(ctx context.Context) (run, error) {
	if p.fresh != "" {
		if err := os.RemoveAll(p.fresh); err != nil {
			return run{}, err
		}
	}
	cmd := exec.CommandContext(ctx, p.command[0], p.command[1:]...)
	var out, faults bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.Env = &out, &faults, os.Environ()
	if p.core {
		cmd.Env = append(cmd.Env, "GOMAXPROCS=1")
	}
	start := time.Now()
	err := cmd.Run()
	r := run{wall: time.Since(start)}
	var exit *exec.ExitError
	if errors.As(err, &exit) && p.report && exit.ExitCode() == 1 {
		err = nil // there are errors in the data, as there should be
	}
	if err != nil {
		return r, fmt.Errorf("%s: %w\n%s", p.name, err, faults.Bytes())
	}
	if p.report {
		return r, r.checked(out.Bytes(), cmd.ProcessState)
	}
	if err := json.Unmarshal(out.Bytes(), &r.told); err != nil {
		return r, fmt.Errorf("%s: %w\n%s", p.name, err, out.Bytes())
	}
	return r, nil
}

// checked takes the counts from a report of the guildhall command, and its memory from the system.
func (r *run) checked(report []byte, process *os.ProcessState) error {
	var counts struct {
		Rows struct{ Read, Create, Fail int }
	}
	if err := json.Unmarshal(report, &counts); err != nil {
		return err
	}
	r.Rows, r.Valid, r.Failed = counts.Rows.Read, counts.Rows.Create, counts.Rows.Fail
	if usage, ok := process.SysUsage().(*syscall.Rusage); ok {
		r.Peak = usage.Maxrss << 10
	}
	return nil
}

// values is what two programs must agree in.
func (r *run) values() string {
	if r.Sum != nil {
		return fmt.Sprintf("%+v", *r.Sum)
	}
	return fmt.Sprintf("%d rows, %d valid, %d failed", r.Rows, r.Valid, r.Failed)
}
