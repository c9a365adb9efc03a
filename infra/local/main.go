// Command guildhall is Guildhall in one process: the same logic that runs as functions, on an embedded store.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/learning-cities/guildhall/infra/local/command"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(command.Main(ctx, os.Args[1:], os.Stdout, os.Stderr))
}
