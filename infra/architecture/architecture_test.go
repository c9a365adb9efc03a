// Package architecture holds no code: its tests compare what the packages import with the table in ARCHITECTURE.md, and the rules that
// they hold with the tables in docs/rules.md.
package architecture

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/learning-cities/guildhall/"

// row is what the table allows one package.
type row struct{ ours, libraries []string }

func TestPackagesImportExactlyWhatTheTableSays(t *testing.T) {
	table := readTable(t, "../../ARCHITECTURE.md")
	actual := listPackages(t)
	for _, name := range slices.Sorted(maps.Keys(actual)) {
		allowed, ok := table[name]
		if !ok {
			t.Errorf("%s is not in ARCHITECTURE.md's table", name)
			continue
		}
		compare(t, name, "package", allowed.ours, actual[name].ours)
		compare(t, name, "library", allowed.libraries, actual[name].libraries)
	}
	for _, name := range slices.Sorted(maps.Keys(table)) {
		if _, ok := actual[name]; !ok {
			t.Errorf("ARCHITECTURE.md's table has %s, which does not exist", name)
		}
	}
}

func TestOnlyDriversKnowAnEngineAndOnlyTheToolkitKnowsWorkbooks(t *testing.T) {
	owners := map[string]*regexp.Regexp{
		"go.etcd.io/bbolt":              regexp.MustCompile(`^shared/table/bolt$`),
		"github.com/xuri/excelize/v2":   regexp.MustCompile(`^(shared/sheet(/.*)?|fixtures/generate)$`),
		"codeberg.org/go-pdf/fpdf":      regexp.MustCompile(`^shared/paper$`),
		"github.com/klauspost/compress": regexp.MustCompile(`^shared/(sheet(/.*)?|archive)$`),
		"github.com/aws/aws-sdk-go-v2":  regexp.MustCompile(`^(shared/(table|blob|queue|mail)/[a-z0-9]+|shared/app/onaws(/storage)?|infra/dynamodb-local)$`),
	}
	for name, imports := range listPackages(t) {
		for _, library := range imports.libraries {
			if owner, ok := owners[library]; ok && !owner.MatchString(name) {
				t.Errorf("%s must not import %s", name, library)
			}
		}
	}
}

// A function that only takes requests in starts the faster the less it carries.
func TestWhatTakesRequestsInLinksNoSheetReader(t *testing.T) {
	heavy := regexp.MustCompile(`/shared/(sheet|imports|exports|paper)$|/shared/sheet/internal/|^github.com/(go-playground|klauspost)/`)
	for _, name := range []string{"shared/intake", "shared/registry", "shared/office", "shared/httpapi", "shared/app/services", "functions/api"} {
		out, err := exec.Command("go", "list", "-deps", module+name).Output()
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		for line := range strings.Lines(string(out)) {
			if linked := strings.TrimSpace(line); heavy.MatchString(linked) {
				t.Errorf("%s links %s", name, linked)
			}
		}
	}
}

func compare(t *testing.T, name, what string, allowed, actual []string) {
	t.Helper()
	for _, imported := range actual {
		if !slices.Contains(allowed, imported) {
			t.Errorf("%s imports the %s %s, which the table does not allow", name, what, imported)
		}
	}
	for _, listed := range allowed {
		if !slices.Contains(actual, listed) {
			t.Errorf("%s does not import the %s %s, which the table lists", name, what, listed)
		}
	}
}

// readTable reads lines such as: | `shared/sheet` | problem, locale | validator/v10 | what it is |
func readTable(t *testing.T, file string) map[string]row {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	table := map[string]row{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) < 5 || !strings.HasPrefix(strings.TrimSpace(cells[1]), "`") {
			continue
		}
		name := strings.Trim(cells[1], " `")
		table[name] = row{ours: names(cells[2]), libraries: names(cells[3])}
	}
	return table
}

func names(cell string) []string {
	var list []string
	for name := range strings.SplitSeq(cell, ",") {
		if name = strings.TrimSpace(name); name != "" && name != "–" {
			list = append(list, name)
		}
	}
	return list
}

// listPackages asks the go command what each package of the module imports, tests aside. Our own are named without
// "shared/", libraries by their module.
func listPackages(t *testing.T) map[string]row {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,GoFiles", module+"...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	list := map[string]row{}
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p struct {
			ImportPath       string
			Imports, GoFiles []string
		}
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		if len(p.GoFiles) > 0 {
			list[strings.TrimPrefix(p.ImportPath, module)] = imports(p.Imports)
		}
	}
}

func imports(paths []string) row {
	var r row
	for _, path := range paths {
		if ours, ok := strings.CutPrefix(path, module); ok {
			r.ours = append(r.ours, strings.TrimPrefix(ours, "shared/"))
		} else if strings.Contains(path, ".") {
			r.libraries = append(r.libraries, library(path))
		}
	}
	slices.Sort(r.libraries)
	r.libraries = slices.Compact(r.libraries)
	return r
}

// moduleRoot is how many path elements name a module at each host; the rest is a package in it.
var moduleRoot = map[string]int{"github.com": 3, "go.etcd.io": 2, "golang.org": 3}

func library(path string) string {
	parts := strings.Split(path, "/")
	n := moduleRoot[parts[0]]
	if n == 0 || n > len(parts) {
		return path
	}
	if n < len(parts) && regexp.MustCompile(`^v[0-9]+$`).MatchString(parts[n]) {
		n++
	}
	return strings.Join(parts[:n], "/")
}
