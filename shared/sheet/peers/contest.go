package main

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strconv"

	"github.com/learning-cities/guildhall/shared/sheet/peers/sample"
)

// settings are the flags.
type settings struct {
	dir                            string
	rows, many, rounds, slowRounds int
	only                           string
}

// contest is a comparison. Ratios are to its first program.
type contest struct {
	title    string
	programs []program
	rounds   int // of the fast ones; 0: as set
	slow     int // rounds of the slow ones; 0: as set
	targets  []target
}

// compareAll installs the peers, makes the files and prints a table for each comparison.
func (s *settings) compareAll(ctx context.Context) error {
	only, err := regexp.Compile(s.only)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.path("files"), 0o755); err != nil {
		return err
	}
	if err := s.install(ctx); err != nil {
		return err
	}
	contests, err := s.contests(ctx)
	if err != nil {
		return err
	}
	if err := printMachine(ctx, os.Stdout); err != nil {
		return err
	}
	for _, c := range contests {
		if !only.MatchString(c.title) {
			continue
		}
		results, err := s.compare(ctx, &c)
		if err != nil {
			return fmt.Errorf("%s: %w", c.title, err)
		}
		agreed, err := s.agree(ctx, &c, results)
		if err != nil {
			return fmt.Errorf("%s: %w", c.title, err)
		}
		if err := printTable(os.Stdout, &c, results, agreed); err != nil {
			return err
		}
	}
	return nil
}

// compare runs the programs in turns, every second round in the reverse order.
func (s *settings) compare(ctx context.Context, c *contest) ([][]run, error) {
	rounds, slow := s.rounds, s.slowRounds
	if c.rounds > 0 {
		rounds = min(rounds, c.rounds)
	}
	if c.slow > 0 {
		slow = min(slow, c.slow)
	}
	results := make([][]run, len(c.programs))
	for round := range rounds {
		for turn := range c.programs {
			i := turn
			if round%2 == 1 {
				i = len(c.programs) - 1 - turn
			}
			p := &c.programs[i]
			if p.slow && round >= slow {
				continue
			}
			r, err := p.measure(ctx)
			if err != nil {
				return nil, err
			}
			results[i] = append(results[i], r)
		}
	}
	return results, nil
}

// agree compares what the programs read, or wrote, and returns it.
func (s *settings) agree(ctx context.Context, c *contest, results [][]run) (want string, err error) {
	first := ""
	for i := range c.programs {
		p := &c.programs[i]
		r := results[i][0]
		if p.output != "" {
			reader := program{name: "reading what " + p.name + " wrote", command: s.own("read", p.output)}
			if r, err = reader.measure(ctx); err != nil {
				return "", err
			}
		} else if r.Sum == nil && r.Rows == 0 {
			continue // inflates only
		}
		if got := r.values(); want == "" {
			want, first = got, p.name
		} else if got != want {
			return "", fmt.Errorf("%s gave %s, %s gave %s", first, want, p.name, got)
		}
	}
	return want, nil
}

// own is a command of this program.
func (s *settings) own(args ...string) []string {
	self, err := os.Executable()
	if err != nil {
		self = os.Args[0]
	}
	return append([]string{self, "run"}, args...)
}

func (s *settings) contests(ctx context.Context) ([]contest, error) {
	inline, err := s.files(ctx, "inline")
	if err != nil {
		return nil, err
	}
	shared, err := s.files(ctx, "shared")
	if err != nil {
		return nil, err
	}
	flawed, err := s.files(ctx, "flawed")
	if err != nil {
		return nil, err
	}
	few := s.rows / 10
	return []contest{
		s.reading("inline strings", inline(s.rows), s.rows, 0, 0),
		s.reading("shared strings", shared(s.rows), s.rows, 0, 0),
		s.reading("inline strings", inline(s.many), s.many, 3, 1),
		s.reading("shared strings", shared(s.many), s.many, 3, 1),
		s.writing(s.rows, 0, 0),
		s.writing(s.many, 3, 1),
		s.annotating(inline(s.rows), s.rows),
		s.checking(flawed(few), few, 0),
		s.checking(flawed(s.rows), s.rows, 1),
	}, nil
}

// files makes the workbooks of one form and returns how the one with so many rows is named. They are made in processes of their
// own: what this one has resident counts as its children's.
func (s *settings) files(ctx context.Context, form string) (func(rows int) string, error) {
	name := func(rows int) string { return s.path("files/" + strconv.Itoa(rows) + "-" + form + ".xlsx") }
	for _, rows := range []int{s.rows / 10, s.rows, s.many} {
		if form == "flawed" && rows == s.many {
			continue
		}
		maker := program{name: "making a workbook", command: s.own("make-"+form, strconv.Itoa(rows), name(rows))}
		if _, err := maker.measure(ctx); err != nil {
			return nil, err
		}
	}
	return name, nil
}

func (s *settings) python(args ...string) []string {
	return append([]string{s.path("python/bin/python"), sources + "/python/peer.py"}, args...)
}

func (s *settings) rust(args ...string) []string {
	return append([]string{s.path("rust/release/peer")}, args...)
}

// readMemory bounds what reading may take, in MiB, by where texts stand.
var readMemory = map[string]float64{"inline strings": 48, "shared strings": 96}

func (s *settings) reading(form, file string, rows, rounds, slow int) contest {
	return contest{
		title: fmt.Sprintf("Read %s rows of 14 columns to typed cells, %s", grouped(rows), form), rounds: rounds, slow: slow,
		programs: []program{
			{name: "guildhall", command: s.own("read", file)},
			{name: "guildhall, one core", command: s.own("read", file), core: true},
			{name: "inflating alone (klauspost), one core", command: s.own("inflate", file), core: true},
			{name: "calamine", command: s.rust("read", file)},
			{name: "excelize, streaming, raw values", command: s.own("excelize-read", file), slow: true},
			{name: "openpyxl, read-only", command: s.python("read", file), slow: true},
		},
		targets: []target{
			{what: "calamine takes as many times as long", figure: times(3, 0), least: 1.8},
			{what: "excelize takes as many times as long", figure: times(4, 0), least: 10},
			{what: "openpyxl takes as many times as long", figure: times(5, 0), least: 18},
			{what: "on one core, times of inflating alone", figure: times(1, 2), most: 3.5},
			{what: "on two cores, times of inflating alone on one (an aim)", figure: times(0, 2), most: 2},
			{what: "memory", figure: mebibytes(0), unit: " MiB", most: readMemory[form]},
		},
	}
}

func (s *settings) writing(rows, rounds, slow int) contest {
	count := strconv.Itoa(rows)
	out := func(name string) string { return s.path("files/written-" + name + ".xlsx") }
	return contest{
		title: fmt.Sprintf("Write %s rows of 14 styled columns", grouped(rows)), rounds: rounds, slow: slow,
		programs: []program{
			{name: "guildhall", command: s.own("write", count, out("guildhall")), output: out("guildhall")},
			{name: "guildhall, one core", command: s.own("write", count, out("one")), output: out("one"), core: true},
			{name: "rust_xlsxwriter", command: s.rust("write", count, out("rust")), output: out("rust")},
			{name: "rust_xlsxwriter, constant memory", command: s.rust("write-constant", count, out("constant")), output: out("constant")},
			{name: "excelize, stream writer", command: s.own("excelize-write", count, out("excelize")), output: out("excelize"), slow: true},
			{name: "XlsxWriter, constant memory", command: s.python("write", count, out("python")), output: out("python"), slow: true},
		},
		targets: []target{
			{what: "rust_xlsxwriter takes as many times as long", figure: times(2, 0), least: 2},
			{what: "rust_xlsxwriter with constant memory takes as many times as long", figure: times(3, 0), least: 2},
			{what: "XlsxWriter with constant memory takes as many times as long", figure: times(5, 0), least: 10},
			{what: "memory", figure: mebibytes(0), unit: " MiB", most: 24},
		},
	}
}

func (s *settings) annotating(file string, rows int) contest {
	out := s.path("files/annotated.xlsx")
	return contest{
		title: fmt.Sprintf("Annotate %s rows with 1,000 problems", grouped(rows)),
		programs: []program{
			{name: "read and rewrite", command: s.own("rewrite", file, s.path("files/rewritten.xlsx"))},
			{name: "annotate", command: s.own("annotate", file, out, strconv.Itoa(rows))},
		},
		targets: []target{{what: "times of reading and rewriting the sheet", figure: times(1, 0), most: 2}},
	}
}

func (s *settings) checking(file string, rows, slow int) contest {
	data := s.path("data")
	return contest{
		title: fmt.Sprintf("Check %s rows, one in %d with a fault", grouped(rows), sample.FlawEvery), slow: slow,
		programs: []program{
			{name: "guildhall check", fresh: data, report: true, command: []string{
				s.path("guildhall"), "check", file, "--kind", "contributions", "--format", "json", "--quiet", "--data", data,
				"--at", "2025-06-01T09:30:00Z",
			}},
			{name: "toolkit: decode, validate, rules across rows, report", command: s.own("judge", file, s.path("files/report.jsonl"))},
			{name: "toolkit: decode and validate", command: s.own("decode", file)},
			{name: "django-import-export, dry run", command: s.python("check", file), slow: true},
			{name: "django-import-export, tuned", command: s.python("check", file, "tuned"), slow: true},
		},
		targets: []target{
			{what: "the dry run takes as many times as long as `guildhall check`", figure: times(3, 0), least: 60},
			{what: "the dry run takes as many times as long as decoding, validating, rules across rows and a report", figure: times(3, 1), least: 60},
			{what: "the dry run takes as many times as long as decoding and validating", figure: times(3, 2), least: 60},
		},
	}
}
