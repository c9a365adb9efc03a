package architecture

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// moneysWay are the packages that an amount goes through, from the cell's decimal text to the books and statements. What reads a cell
// (shared/sheet) is the border: a workbook's numbers are doubles by their format, and leave it as decimal text.
var moneysWay = []string{
	"shared/money", "shared/ledger", "shared/trust", "shared/attribution", "shared/fund", "shared/budget", "shared/statement", "shared/records",
	"shared/registry", "shared/programme", "shared/kinds", "shared/imports", "shared/intake", "shared/table", "shared/summary", "shared/digest",
}

// moneyBeside are packages that have amounts beside fractions: widths and places on a page, shares that no sum is made of, waiting times
// and units of capacity. No float is made there of an amount's minor units or of its decimal text.
var moneyBeside = []string{
	"shared/exports", "shared/exports/donorpaper", "shared/exports/iati", "infra/local/command", "shared/table/bolt", "shared/table/dynamo",
}

// notAnAmount are the functions that have floats all the same, and why.
var notAnAmount = map[string]string{
	"shared/imports.appendContent": "hashes what a row says, whatever its type: amounts are text there",
	"shared/table/dynamo.pause":    "draws how long is waited before another try",
	"shared/exports.ratio":         "the share that one amount is of another, shown in per cent",
	"shared/exports.proportion":    "the share that one amount is of another, shown in per cent",
}

func TestNoFloatIsOnTheWayOfAnAmount(t *testing.T) {
	code := typecheck(t, slices.Concat(moneysWay, moneyBeside))
	exempt := map[string]bool{}
	for _, name := range slices.Concat(moneysWay, moneyBeside) {
		for _, found := range code.floats(t, name, slices.Contains(moneysWay, name)) {
			function, _, _ := strings.Cut(found, " ")
			if notAnAmount[function] == "" {
				t.Errorf("a float: %s", found)
			}
			exempt[function] = true
		}
	}
	for function := range notAnAmount {
		if !exempt[function] {
			t.Errorf("%s has no float any more", function)
		}
	}
}

// What the test looks for is found in code that has it, in each of its guises.
func TestAFloatOnTheWayOfAnAmountIsFound(t *testing.T) {
	code := &typed{fset: token.NewFileSet(), importer: importer.Default()}
	for body, want := range map[string]struct{ anywhere, made bool }{
		"func f(minor int64) int64 { return minor / 100 }":                                       {},
		"func f(minor int64) any { return float64(minor) }":                                      {true, true},
		"func f(minor int64) int64 { return int64(1.5 * float32(minor)) }":                       {true, true},
		"type amount int64; func f(a amount) any { return float64(a) }":                          {true, true},
		`import "strconv"; func f(s string) any { n, _ := strconv.ParseFloat(s, 64); return n }`: {true, true},
		`import "math/big"; func f(r *big.Rat) any { n, _ := r.Float64(); return n }`:            {true, true},
		"func f(width int) float64 { return float64(width) * 1.5 }":                              {true, false},
		"const half = 0.5": {true, false},
		"type rate float64; func f(r rate) rate { return r }":                 {true, false},
		"func f(c complex128) bool { return c == 0 }":                         {true, false},
		"func f(v any) any { n, _ := v.(float64); return n }":                 {true, false},
		"func f[T float32 | float64](v T) T { return v }; var g = f[float32]": {true, false},
	} {
		file, err := parser.ParseFile(code.fset, "x.go", "package x\n"+body, 0)
		if err != nil {
			t.Fatal(err)
		}
		if found := code.inFiles(t, "x", []*ast.File{file}, true); (len(found) > 0) != want.anywhere {
			t.Errorf("%s: %v", body, found)
		}
		if found := code.inFiles(t, "x", []*ast.File{file}, false); (len(found) > 0) != want.made {
			t.Errorf("%s: made of an amount: %v", body, found)
		}
	}
}

// typed are packages with what the compiler knows of those that they import.
type typed struct {
	fset     *token.FileSet
	importer types.Importer
	packages map[string]listed
}

type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
}

func typecheck(t *testing.T, names []string) *typed {
	t.Helper()
	args := []string{"list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles"}
	for _, name := range names {
		args = append(args, module+name)
	}
	out, err := exec.Command("go", args...).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	code := &typed{fset: token.NewFileSet(), packages: map[string]listed{}}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		code.packages[p.ImportPath] = p
	}
	code.importer = importer.ForCompiler(code.fset, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(code.packages[path].Export)
	})
	return code
}

// floats are the places of a package at which anything is a float or a complex number; or else only those where one is made of a whole
// number of 64 bits, or of text.
func (c *typed) floats(t *testing.T, name string, anywhere bool) []string {
	t.Helper()
	p, ok := c.packages[module+name]
	if !ok {
		t.Fatalf("there is no package %s", name)
	}
	var files []*ast.File
	for _, file := range p.GoFiles {
		parsed, err := parser.ParseFile(c.fset, filepath.Join(p.Dir, file), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, parsed)
	}
	return c.inFiles(t, p.ImportPath, files, anywhere)
}

func (c *typed) inFiles(t *testing.T, path string, files []*ast.File, anywhere bool) []string {
	t.Helper()
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	config := types.Config{Importer: c.importer}
	if _, err := config.Check(path, c.fset, files, info); err != nil {
		t.Fatal(err)
	}
	var found []string
	seen := map[string]bool{}
	for expr, of := range info.Types {
		if !isFloat(of.Type) || !anywhere && !made(expr, of, info) {
			continue
		}
		at := c.fset.Position(expr.Pos())
		place := fmt.Sprintf("%s.%s in line %d of %s", strings.TrimPrefix(path, module), around(expr, files), at.Line, filepath.Base(at.Filename))
		if !seen[place] {
			seen[place], found = true, append(found, place)
		}
	}
	slices.Sort(found)
	return found
}

// around names the function, or method, that an expression stands in.
func around(expr ast.Expr, files []*ast.File) string {
	for _, file := range files {
		for _, declared := range file.Decls {
			if f, ok := declared.(*ast.FuncDecl); ok && f.Pos() <= expr.Pos() && expr.Pos() < f.End() {
				return f.Name.Name
			}
		}
	}
	return "declarations"
}

// made reports whether an expression makes a float of an amount: a conversion from 64 bits, or a call that reads text or an exact number.
func made(expr ast.Expr, of types.TypeAndValue, info *types.Info) bool {
	call, ok := expr.(*ast.CallExpr)
	if !ok || of.Value != nil {
		return false
	}
	if info.Types[call.Fun].IsType() {
		from, ok := info.TypeOf(call.Args[0]).Underlying().(*types.Basic)
		return ok && (from.Kind() == types.Int64 || from.Kind() == types.Uint64)
	}
	selector, ok := call.Fun.(*ast.SelectorExpr)
	return ok && slices.Contains([]string{"ParseFloat", "Float64", "Float32"}, selector.Sel.Name)
}

func isFloat(t types.Type) bool {
	if several, ok := t.(*types.Tuple); ok && several.Len() > 0 { // what a call gives together with an error
		t = several.At(0).Type()
	}
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&(types.IsFloat|types.IsComplex) != 0
}
