package gallery

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/infra/furnished"
	"github.com/learning-cities/guildhall/infra/serving"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/trust"
)

var (
	grownTo     = flag.String("grown", "1000,10000,100000,1000000", "how many records BenchmarkGrown has brought into a furnished product")
	grownLooks  = flag.Int("looks", 15, "how often BenchmarkGrown opens each page")
	grownDrawn  = flag.String("drawn", "", "the file that BenchmarkGrown draws its figures into")
	grownFolder = flag.String("kept", "", "where BenchmarkGrown keeps the stores that it makes; those that are there are measured as they are")
)

// What a store grows by: sheets of contributions by companies, one company for each 250, and of expenditures, a fifth as many; after each sheet
// one in 20 is sent again with another remark. Each leaves four records (itself, its entry, which entry stands for it, and where it is listed or
// what it was before). For each 200 records there is an import whose file never came.
const (
	grownSheet  = 40_000 // contributions
	giftsEach   = 250    // by one company
	oneSpentOf  = 5
	oneAgainOf  = 20
	oneAskedOf  = 200
	checkedRows = 10_000 // of the sheet that is checked
	starts      = 5
	wholeLooks  = 3 // at pages that read everything
	patience    = 10
)

// grownYears are those in which it grows, behind the period that is closed in the furnished product.
var grownFrom = civil.Date{Year: 2021, Month: 1, Day: 1}

const grownDays = 1700

// grownFigures is what is measured of one size.
type grownFigures struct {
	records int
	file    int64 // bytes of the table's
	built   time.Duration
	restart []time.Duration // to the first answer
	check   []time.Duration
	pages   map[string][]time.Duration // by name, the first look apart
	first   map[string]time.Duration
}

// BenchmarkGrown measures a product that has grown: how long `guildhall serve` takes to answer after it was started, a check of 10,000 rows,
// and each page of the gallery. It prints tables.
func BenchmarkGrown(b *testing.B) {
	for b.Loop() {
		program := filepath.Join(b.TempDir(), "guildhall")
		if out, err := exec.Command("go", "build", "-trimpath", "-o", program, "../local").CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		var all []grownFigures
		for text := range strings.SplitSeq(*grownTo, ",") {
			size, err := strconv.Atoi(text)
			if err != nil {
				b.Fatal(err)
			}
			all = append(all, measureGrown(b, program, size))
			b.Logf("%d records: built in %v, started in %v, checked in %v", all[len(all)-1].records, all[len(all)-1].built,
				all[len(all)-1].restart, all[len(all)-1].check)
		}
		tell(b, all)
		if *grownDrawn != "" {
			if err := os.WriteFile(*grownDrawn, drawn(all), 0o600); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func measureGrown(b *testing.B, program string, size int) grownFigures {
	b.Helper()
	folder := filepath.Join(cmp.Or(*grownFolder, b.TempDir()), fmt.Sprint("grown-", size))
	f := grownFigures{pages: map[string][]time.Duration{}, first: map[string]time.Duration{}}
	named := filepath.Join(folder, "named.txt")
	if _, err := os.Stat(named); err != nil {
		start := time.Now()
		build(b, folder, size)
		f.built = time.Since(start)
	}
	in := &furnished.Product{Served: &serving.Served{}, Named: map[string]string{}}
	text, err := os.ReadFile(named)
	must(b, err)
	for line := range strings.Lines(string(text)) {
		name, id, _ := strings.Cut(strings.TrimSpace(line), "\t")
		in.Named[name] = id
	}
	a, err := app.OpenEmbedded(b.Context(), folder, app.Options{})
	must(b, err)
	f.records = count(b, a)
	for range 3 {
		start := time.Now()
		report, err := a.Imports.Check(b.Context(), upload(companies(900_000_000, checkedRows, "")), imports.Options{Kind: "contributions"})
		must(b, err)
		f.check = append(f.check, time.Since(start))
		if report.Rows.Create != checkedRows {
			b.Fatalf("checked: %+v %v", report.Rows, report.Problems[:min(3, len(report.Problems))])
		}
	}
	must(b, a.Close())
	info, err := os.Stat(filepath.Join(folder, "table.db"))
	must(b, err)
	f.file = info.Size()
	for range starts {
		took, end, _ := started(b, program, folder)
		end()
		f.restart = append(f.restart, took)
	}
	_, end, address := started(b, program, folder)
	defer end()
	in.Address = address
	look(b, in, &f)
	return f
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// build makes a store of a furnished product and has it grow until it has so many records more.
func build(b *testing.B, folder string, size int) {
	b.Helper()
	b.Run("build", func(b *testing.B) {
		in := furnished.Start(b, serving.Options{Folder: folder})
		a := in.App
		began := count(b, a)
		for range size / oneAskedOf {
			_, err := a.Intake.Create(b.Context(), intake.Request{Kind: "contributions", Name: "gifts.csv", Bytes: 1})
			must(b, err)
		}
		// Of five contributions and one expenditure there come 5*4 + 4 records, and one more of what is sent again.
		gifts := (size - size/oneAskedOf) * oneSpentOf / (4*oneSpentOf + 4)
		for first := 0; first < gifts; first += grownSheet {
			rows := min(grownSheet, gifts-first)
			brought(b, a, "contributions", companies(first, rows, ""))
			brought(b, a, "contributions", again(first, rows))
			must(b, setAside(b.Context(), a, int64(rows)))
			brought(b, a, "expenditures", spent(first, rows/oneSpentOf))
		}
		b.Logf("%d records, of which %d came with growth", count(b, a), count(b, a)-began)
		var lines []string
		for name, id := range in.Named {
			lines = append(lines, name+"\t"+id+"\n")
		}
		slices.Sort(lines)
		must(b, os.WriteFile(filepath.Join(folder, "named.txt"), []byte(strings.Join(lines, "")), 0o600))
	})
}

func brought(b *testing.B, a *app.App, kind, sheet string) {
	b.Helper()
	up := upload(sheet)
	up.Name = kind + ".csv"
	report, _, err := a.Imports.Import(b.Context(), up, imports.Options{Kind: kind}, intake.All, "")
	if err != nil {
		b.Fatalf("%v: %v", err, report.Problems[:min(3, len(report.Problems))])
	}
}

const giftTitles = "Donor,Type of donor,Amount,Currency,Received on,Bank reference,Remarks\n"

// companies are a sheet of so many contributions from the n-th on.
func companies(first, rows int, remark string) string {
	var sheet strings.Builder
	sheet.WriteString(giftTitles)
	for n := first; n < first+rows; n++ {
		gift(&sheet, n, remark)
	}
	return sheet.String()
}

// again are those of a sheet that are sent again, with a remark.
func again(first, rows int) string {
	var sheet strings.Builder
	sheet.WriteString(giftTitles)
	for n := first; n < first+rows; n += oneAgainOf {
		gift(&sheet, n, "as the bank corrected it")
	}
	return sheet.String()
}

func gift(sheet io.Writer, n int, remark string) {
	fmt.Fprintf(sheet, "Company %d,Company,%d.%02d,USD,%s,GROWN-%09d,%s\n", n/giftsEach, 100+n%900, n%100, grownFrom.AddDays(n*7919%grownDays), n, remark)
}

// spent are a sheet of so many expenditures from the n-th on.
func spent(first, rows int) string {
	var sheet strings.Builder
	sheet.WriteString("Date,Activity,Amount,Currency,Category,Payee,Payment reference\n")
	for n := first; n < first+rows; n++ {
		fmt.Fprintf(&sheet, "%s,fund/1.1,%d.50,USD,Travel,Travel agency %d,PAID-%09d\n", grownFrom.AddDays(grownDays+n%30), 10+n%50, n%40, n)
	}
	return sheet.String()
}

// setAside has money allocated for the expenditures of a sheet.
func setAside(ctx context.Context, a *app.App, rows int64) error {
	id, err := a.Registry.ProposeEvent(ctx, registry.Origin{Person: "anna"}, trust.Event{
		Kind: trust.Allocation, Amount: money.Amount{Minor: rows * 1_300, Currency: "USD"}, Activity: "fund/1.1",
		Date: grownFrom.AddDays(grownDays - 1),
	}, "as the committee decided")
	if err == nil {
		_, err = a.Registry.Approve(ctx, registry.Origin{Person: "bruno"}, id)
	}
	return err
}

// count is how many items a product's table has.
func count(t testing.TB, a *app.App) (n int) {
	t.Helper()
	for scan := (table.Scan{}); ; {
		page, err := a.Table.Scan(t.Context(), scan)
		must(t, err)
		n += len(page.Items)
		if scan.After = page.Cursor; scan.After == "" {
			return n
		}
	}
}

// started starts the program over a store, and gives how long it took until it answered, what ends it, and where it is.
func started(b *testing.B, program, folder string) (took time.Duration, end func(), address string) {
	b.Helper()
	serve := exec.Command(program, "serve", "--data", folder, "--listen", "127.0.0.1:0", "--forwarded-for")
	out, err := serve.StdoutPipe()
	must(b, err)
	start := time.Now()
	must(b, serve.Start())
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if at := strings.Index(lines.Text(), "http://127.0.0.1:"); at >= 0 {
			address = strings.TrimRight(strings.Fields(lines.Text()[at:])[0], "/.,") + "/"
			break
		}
	}
	answer, err := http.Get(address + "ready")
	if err != nil || answer.StatusCode != http.StatusOK {
		b.Fatalf("%s: %v %v", address, answer, err)
	}
	took = time.Since(start)
	_ = answer.Body.Close()
	return took, func() {
		must(b, serve.Process.Signal(os.Interrupt))
		_, _ = io.Copy(io.Discard, out)
		must(b, serve.Wait())
	}, address
}

// look opens each page so many times.
func look(b *testing.B, in *furnished.Product, f *grownFigures) {
	b.Helper()
	from := 0 // each request comes from an address of its own, as a proxy says it: one address is only let in so often
	for who, email := range emails() {
		if who == "applicant" { // is not among the sample people
			continue
		}
		jar, err := cookiejar.New(nil)
		must(b, err)
		client := &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 4}}
		ask := func(address string) int {
			from++
			r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, address, http.NoBody)
			must(b, err)
			r.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", from>>16&255, from>>8&255, from&255))
			r.Header.Set("Accept", "text/html")
			answer, err := client.Do(r)
			must(b, err)
			_, err = io.Copy(io.Discard, answer.Body)
			must(b, errors.Join(err, answer.Body.Close()))
			return answer.StatusCode
		}
		// patiently waits where one person has asked too often, and gives the time that the answer itself took.
		patiently := func(address string) (int, time.Duration) {
			for {
				start := time.Now()
				status := ask(address)
				if took := time.Since(start); status != http.StatusTooManyRequests {
					return status, took
				}
				time.Sleep(time.Second)
			}
		}
		client.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
			if query := r.URL.Query(); query.Has("client_id") && !query.Has("person") {
				query.Set("person", email)
				r.URL.RawQuery = query.Encode()
			}
			return nil
		}
		if status := ask(in.Address + "signin?next=" + url.QueryEscape("/")); status != http.StatusOK {
			b.Fatalf("%s signs in and is answered %d", who, status)
		}
		for _, one := range pages {
			if one.who != who {
				continue
			}
			looks := *grownLooks
			if slices.Contains(wholly, one.name) {
				looks = min(looks, wholeLooks)
			}
			for n := range looks + 1 {
				status, took := patiently(in.Address + one.path(in))
				for tries := 0; n == 0 && status == http.StatusServiceUnavailable && tries < patience; tries++ { // it goes on computing
					var more time.Duration
					status, more = patiently(in.Address + one.path(in))
					took += more
				}
				if status == http.StatusGone { // what is served is the present, by whose retention a sheet of the furnished product was erased
					break
				}
				if status != http.StatusOK {
					b.Errorf("%s answers %d", one.name, status)
					break
				}
				if n == 0 {
					f.first[one.name] = took
				} else {
					f.pages[one.name] = append(f.pages[one.name], took)
				}
			}
		}
	}
}
