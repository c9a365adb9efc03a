// Command peers compares the toolkit with other spreadsheet libraries: the same files, in alternation in one run, each
// program in a process of its own, measured by wall time and most resident memory, with checksums of what was read. It prints
// markdown. Nothing of the product depends on it.
//
//	go run ./shared/sheet/peers                       from the project's folder: install the peers, make the files, compare
//	go run ./shared/sheet/peers run OPERATION …       one operation of the toolkit or of excelize
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := command(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		stop()
		os.Exit(1)
	}
}

func command(ctx context.Context, args []string) error {
	if len(args) > 0 && args[0] == "run" {
		return runOperation(ctx, args[1:])
	}
	var s settings
	flags := flag.NewFlagSet("peers", flag.ContinueOnError)
	flags.StringVar(&s.dir, "dir", ".tools/peers", "where peers, files and results are kept")
	flags.IntVar(&s.rows, "rows", 100_000, "rows of the comparisons")
	flags.IntVar(&s.many, "many", 500_000, "rows of the comparisons of memory")
	flags.IntVar(&s.rounds, "rounds", 5, "how often each fast program runs")
	flags.IntVar(&s.slowRounds, "slow-rounds", 2, "how often each slow program runs")
	flags.StringVar(&s.only, "only", "", "a regular expression that titles of comparisons must match")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return s.compareAll(ctx)
}
