package architecture

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// hostileTable gives the rows of a table of docs/hostile-files.md, by the heading above it.
func hostileTable(t *testing.T, heading string) [][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", "hostile-files.md"))
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	within := false
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			within = strings.TrimLeft(strings.TrimSpace(line), "# ") == heading
		}
		if within && strings.HasPrefix(line, "| `") {
			cells := strings.Split(strings.TrimSpace(line), "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			rows = append(rows, cells[1:len(cells)-1])
		}
	}
	if len(rows) < 10 {
		t.Fatalf("%s: %d rows", heading, len(rows))
	}
	return rows
}

// fuzzTargets are those of the module, as "package Target".
func fuzzTargets(t *testing.T) map[string]bool {
	t.Helper()
	targets := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)
	for _, top := range []string{"fixtures", "functions", "infra", "shared"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			pkg, err := filepath.Rel(root, filepath.Dir(path))
			for _, match := range declared.FindAllStringSubmatch(string(source), -1) {
				targets[filepath.ToSlash(pkg)+" "+match[1]] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return targets
}

func TestEachFuzzTargetStandsInTheTable(t *testing.T) {
	targets := fuzzTargets(t)
	for _, cells := range hostileTable(t, "Fuzz targets") {
		name := strings.Trim(cells[0], "`") + " " + cells[1]
		if !targets[name] {
			t.Errorf("there is no target %s, or it stands there twice", name)
		}
		delete(targets, name)
		if seconds, err := strconv.Atoi(cells[3]); err != nil || seconds < 120 {
			t.Errorf("%s ran for %q seconds", name, cells[3])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(targets)) {
		t.Errorf("nothing is said of %s", name)
	}
}

// figureOf is the value of a constant of a package, or of a field of its literals that is one, as the source has it; "" where there is none.
func figureOf(t *testing.T, pkg, name string) (figure string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, pkg, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	take := func(key ast.Expr, value ast.Expr) {
		if named, ok := key.(*ast.Ident); !ok || named.Name != name {
			return
		}
		// What refers to something else isn't the figure itself.
		got, err := types.Eval(token.NewFileSet(), nil, token.NoPos, types.ExprString(value))
		if err == nil && got.Value != nil && got.Value.Kind() == constant.Int {
			figure = got.Value.ExactString()
		}
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch node := n.(type) {
			case *ast.ValueSpec:
				for i := range node.Values {
					take(node.Names[i], node.Values[i])
				}
			case *ast.KeyValueExpr:
				take(node.Key, node.Value)
			}
			return true
		})
	}
	return figure
}

func TestEachLimitIsTheOneOfTheCodeAndHeldByTests(t *testing.T) {
	for _, cells := range hostileTable(t, "Limits") {
		pkg, name := strings.Trim(cells[0], "`"), strings.Trim(cells[1], "`")
		if figure := figureOf(t, pkg, name); figure == "" || figure != strings.ReplaceAll(cells[3], ",", "") {
			t.Errorf("%s %s is %q, the table says %q", pkg, name, figure, cells[3])
		}
		held := 0
		in := ""
		for _, match := range testInTable.FindAllStringSubmatch(cells[5], -1) {
			if match[1] != "" {
				in = match[1]
				continue
			}
			held++
			if _, exists := load(t, in).tests[match[2]]; !exists {
				t.Errorf("%s %s: %q has no %s", pkg, name, in, match[2])
			}
		}
		if held == 0 {
			t.Errorf("%s %s is held by no test", pkg, name)
		}
	}
}
