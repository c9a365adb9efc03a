package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/fixtures"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/trust"
)

// demoTerm is the term that the sample answers and contributions belong to.
const demoTerm = "2019-2021"

// demoSheet is a sample workbook, with what the staff member answers to the questions that it leaves open.
type demoSheet struct {
	name    string
	kind    string // empty: found out
	answers sheet.Answers
	spends  bool // the first with money spent: it was allocated before
}

// demoSheets are the sample workbooks in the order in which they build on each other. Their valid rows are stored.
var demoSheets = []demoSheet{
	{name: "members.en.xlsx"},
	{name: "applications.fr.xlsx"}, {name: "applications.es.xlsx"}, {name: "endorsements.es.csv"}, {name: "decisions.en.xlsx"},
	{name: "survey.en.xlsx"}, {name: "survey.fr.xlsx"}, {name: "survey.es.xlsx"},
	{name: "questionnaire.en.xlsx"}, {name: "questionnaire.fr.xlsx"}, {name: "questionnaire.es.xlsx"},
	{name: "coordinators.fr.xlsx"}, {name: "coordinators.es.xlsx"}, {name: "coordinators.en.xlsx"},
	{name: "news.en.xlsx"}, {name: "news.fr.xlsx"}, {name: "news.es.xlsx"},
	{name: "rates.en.xlsx"}, {name: "rates.fr.csv"}, {name: "rates.es.xlsx"},
	{name: "pledges.en.xlsx"}, {name: "pledges.fr.xlsx"}, {name: "pledges.es.xlsx"},
	{name: "contributions.en.xlsx"}, {name: "contributions.es.xlsx"},
	{name: "contributions.fr.csv", answers: sheet.Answers{"csv.encoding": "windows-1252", "rate_date": "dmy"}},
	{name: "expenditures.en.xlsx", spends: true}, {name: "expenditures.fr.xlsx"}, {name: "expenditures.es.csv"},
	{name: "results.en.xlsx"}, {name: "results.fr.xlsx"}, {name: "results.es.xlsx"},
}

// demo is one run of the main job.
type demo struct {
	app  *app.App
	out  string
	s    *streams
	page *tabwriter.Writer

	files, rows, refused, answered int
	stored                         map[string]int // by kind
	marked, written                []string
	allocated                      money.Amount
}

// runDemo does the main job on the sample workbooks: reads, checks, stores, writes, and gives an account.
func runDemo(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("demo", pflag.ContinueOnError)
	var opts common
	out := flags.String("out", "out", "where to write")
	opts.declare(flags)
	if _, err := parse(s, flags, args); err != nil {
		return NotDone, err
	}
	opts.data = filepath.Join(*out, "data")
	// What an earlier demo left is its own: it is made anew.
	for _, folder := range []string{"data", "received", "marked", "workbooks"} {
		if err := os.RemoveAll(filepath.Join(*out, folder)); err != nil {
			return NotDone, problem.New("OUTPUT_FAILED").With("file", filepath.Join(*out, folder))
		}
		if err := os.MkdirAll(filepath.Join(*out, folder), 0o755); err != nil {
			return NotDone, problem.New("OUTPUT_FAILED").With("file", filepath.Join(*out, folder))
		}
	}
	a, err := opts.open(ctx, s, locale.EN)
	if err != nil {
		return NotDone, err
	}
	defer a.Close()
	d := &demo{app: a, out: *out, s: s, page: tabwriter.NewWriter(s.out, 0, 4, 2, ' ', 0), stored: map[string]int{}}
	return Done, d.run(ctx, opts.person)
}

func (d *demo) run(ctx context.Context, person string) error {
	fmt.Fprint(d.s.out, "The sample workbooks, as they were sent:\n\n")
	fmt.Fprintln(d.page, "  workbook\tread as\tlanguage\trows\tstored\tas before\tskipped\tto correct\t")
	for _, sent := range demoSheets {
		if sent.spends {
			if err := d.allocate(ctx); err != nil {
				return err
			}
		}
		if err := d.receive(ctx, sent, intake.Valid, person); err != nil {
			return err
		}
	}
	bad, err := fs.Glob(fixtures.Sheets, "sheets/bad/*")
	if err != nil {
		return err
	}
	for _, name := range bad {
		kind, _, _ := strings.Cut(path.Base(name), ".") // too little is right in some of them to tell
		sent := demoSheet{name: strings.TrimPrefix(name, "sheets/"), kind: kind}
		if err := d.receive(ctx, sent, intake.All, person); err != nil {
			return err
		}
	}
	if err := d.page.Flush(); err != nil {
		return outputFailed(err)
	}
	if err := d.export(ctx); err != nil {
		return err
	}
	return outputFailed(d.account())
}

// allocate sets money aside for activities: one person proposes it, another approves.
func (d *demo) allocate(ctx context.Context) error {
	on, err := civil.Parse(fixtures.AllocatedOn)
	if err != nil {
		return err
	}
	d.allocated = money.Zero(money.ISO(d.app.Programme.Fund.Currency))
	for _, a := range fixtures.Allocations {
		amount := money.Amount{Minor: a.Cents, Currency: d.allocated.Currency}
		event := trust.Event{Kind: trust.Allocation, Amount: amount, Date: on, Activity: a.Activity}
		id, err := d.app.Registry.ProposeEvent(ctx, registry.Origin{Person: "treasurer"}, event, "")
		if err == nil {
			_, err = d.app.Registry.Approve(ctx, registry.Origin{Person: "director"}, id)
		}
		if err != nil {
			return err
		}
		if d.allocated, err = d.allocated.Add(amount); err != nil {
			return err
		}
	}
	return nil
}

// receive imports one workbook, and writes it marked when something in it is wrong.
func (d *demo) receive(ctx context.Context, sent demoSheet, mode intake.Mode, person string) error {
	name := sent.name
	content, err := fixtures.Sheets.ReadFile(path.Join("sheets", name))
	if err != nil {
		return err
	}
	received := filepath.Join(d.out, "received", flat(name))
	if err := writeFile(received, func(f *os.File) error { _, err := f.Write(content); return err }); err != nil {
		return err
	}
	up := imports.Upload{Name: flat(name), Source: strings.NewReader(string(content)), Size: int64(len(content))}
	report, result, err := d.app.Imports.Import(ctx, up, imports.Options{Kind: sent.kind, Term: demoTerm, Answers: sent.answers, Person: person}, mode, "")
	var p *problem.Problem
	if err != nil && (!errors.As(err, &p) || p.Code != "ROWS_REFUSED") {
		return err
	}
	d.count(report, result, len(sent.answers))
	if report.Clean() {
		return nil
	}
	return d.mark(ctx, report)
}

func (d *demo) count(report *intake.Report, result *intake.Result, answered int) {
	stored := 0
	if result != nil {
		stored = result.Rows.Create + result.Rows.Update
		d.stored[report.Kind] += stored
	}
	n := report.Rows
	d.answered += answered
	fmt.Fprintf(d.page, "  %s\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t\n",
		report.File.Name, report.Kind, report.Lang, n.Read, stored, n.Unchanged, n.Skip, n.Fail)
	d.files++
	d.rows += n.Read
	d.refused += n.Fail
}

// mark writes the sender's own workbook with what is wrong in it, in the sender's language.
func (d *demo) mark(ctx context.Context, report *intake.Report) error {
	name := strings.TrimSuffix(strings.TrimSuffix(report.File.Name, ".xlsx"), ".csv") + ".marked.xlsx"
	file := filepath.Join(d.out, "marked", name)
	d.marked = append(d.marked, file)
	return writeFile(file, func(f *os.File) error {
		_, err := d.app.Imports.Annotated(ctx, report, f, report.Lang)
		return err
	})
}

// demoDonor is whose statement the demo writes.
const demoDonor = "Government of Norway"

// export writes all workbooks in the three languages, with one donor's statement.
func (d *demo) export(ctx context.Context) error {
	for _, kind := range request.All() {
		name, donor := string(kind), ""
		if kind == request.Donor {
			donor = demoDonor
		}
		for _, lang := range locale.Langs {
			file := filepath.Join(d.out, "workbooks", name+"."+string(lang)+".xlsx")
			if err := (exported{name: name, term: demoTerm, donor: donor, lang: lang}).write(ctx, d.s, d.app, file); err != nil {
				return err
			}
			d.written = append(d.written, file)
		}
	}
	return nil
}

// account says in words what was done.
func (d *demo) account() error {
	w := tabwriter.NewWriter(d.s.out, 0, 4, 2, ' ', 0)
	fmt.Fprintf(w, "\nWhat was done:\n\n")
	fmt.Fprintf(w, "  read\t%d workbooks with %d rows, in English, French and Spanish\n", d.files, d.rows)
	fmt.Fprintf(w, "  asked\t%d questions about whole columns or files, which were answered\n", d.answered)
	fmt.Fprintf(w, "  refused\t%d rows, each with its reason at its cell; see the marked copies below\n", d.refused)
	fmt.Fprintf(w, "  stored\t%s\n", strings.Join(d.storedWords(), ", "))
	fmt.Fprintf(w, "  \tin %s\n", filepath.Join(d.out, "data"))
	fmt.Fprintf(w, "  allocated\t%s to %d activities of the fund, before the expenditures: proposed by one person, approved by another\n",
		d.allocated.Format(locale.EN), len(fixtures.Allocations))
	list(w, "written", d.written)
	list(w, "marked", d.marked)
	return w.Flush()
}

func list(w *tabwriter.Writer, what string, files []string) {
	for _, file := range files {
		fmt.Fprintf(w, "  %s\t%s\n", what, file)
		what = ""
	}
}

func (d *demo) storedWords() []string {
	var list []string
	for _, kind := range d.app.Imports.Kinds() {
		if n := d.stored[kind]; n > 0 {
			list = append(list, fmt.Sprintf("%d %s", n, kindWords[kind]))
		}
	}
	return list
}

// kindWords are what a row of each kind is called.
var kindWords = map[string]string{
	"members": "member cities", "applications": "applications", "endorsements": "endorsements", "decisions": "decisions",
	"survey": "survey answers", "questionnaire": "questionnaires", "coordinators": "answers and ratings of candidates", "news": "news",
	"rates": "monthly rates", "pledges": "instalments of pledges", "contributions": "contributions",
	"expenditures": "expenditures", "results": "results of activities",
}

// flat is the name of a sample in one folder: bad/members.fr.xlsx is bad.members.fr.xlsx.
func flat(name string) string { return strings.ReplaceAll(name, "/", ".") }
