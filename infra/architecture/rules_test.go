package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/problem"
)

// families is how many rules of each family the network's life has; docs/rules.md has a row of cases for every one of them.
var families = map[string]int{"APP": 10, "MEM": 3, "TOP": 1, "SUR": 5, "CLU": 10, "REG": 1, "QUE": 2, "LAN": 1}

var (
	identifier = regexp.MustCompile(`\bR-[A-Z]{3}-[0-9]+\b`)
	named      = regexp.MustCompile("`(shared/[a-z/]+)`|([A-Za-z][A-Za-z0-9_.]*)")
	testName   = regexp.MustCompile(`^TestR_([A-Z]{3})_([0-9]+)_`)
)

// root is the repository's folder.
var root = filepath.Join("..", "..")

func TestTheTableOfRulesNamesCodesAndTestsThatExist(t *testing.T) {
	rows := rulesRows(t, 6)
	for rule, cells := range rows {
		for code := range strings.SplitSeq(cells[3], ",") {
			code = strings.TrimSpace(code)
			if _, ok := problem.Lookup(problem.Code(code)); !ok && code != "" {
				t.Errorf("%s: there is no code %s", rule, code)
			}
		}
		for _, link := range links(cells[4]) {
			if _, exists := load(t, link.pkg).tests[link.name]; !exists {
				t.Errorf("%s: %s has no %s", rule, link.pkg, link.name)
			}
		}
	}
	for _, rule := range rules() {
		if _, ok := rows[rule]; !ok {
			t.Errorf("%s has no row", rule)
		}
	}
}

// Every rule is linked to the code that holds it, whose comment or text names the rule in turn, and to a test named after it that
// has a case which passes and one which fails.
func TestEveryRuleIsLinkedToItsCodeAndToACaseThatPassesAndOneThatFails(t *testing.T) {
	rows := rulesRows(t, 5)
	for _, rule := range rules() {
		cells, ok := rows[rule]
		if !ok {
			t.Errorf("%s is linked to no code", rule)
			continue
		}
		mentioned := false
		for _, link := range links(cells[2]) {
			text, exists := load(t, link.pkg).symbols[link.name]
			if !exists {
				t.Errorf("%s: %s has no %s", rule, link.pkg, link.name)
			}
			mentioned = mentioned || slices.Contains(identifier.FindAllString(text, -1), rule)
		}
		if !mentioned {
			t.Errorf("%s: none of the code that it is linked to names it", rule)
		}
		tests := links(cells[3])
		if len(tests) != 1 {
			t.Errorf("%s names %d tests with its cases, want one", rule, len(tests))
			continue
		}
		cases, exists := load(t, tests[0].pkg).tests[tests[0].name]
		if !exists || ruleOf(tests[0].name) != rule {
			t.Errorf("%s: %s has no test %s named after it", rule, tests[0].pkg, tests[0].name)
		}
		for _, kind := range []string{"passes: ", "fails: "} {
			if !slices.ContainsFunc(cases, func(name string) bool { return strings.HasPrefix(name, kind) }) {
				t.Errorf("%s: %s has no case %q", rule, tests[0].name, kind+"…")
			}
		}
	}
	for rule := range rows {
		if !slices.Contains(rules(), rule) {
			t.Errorf("%s is linked to code and is none of the rules", rule)
		}
	}
}

// An identifier anywhere in the code or its data is one that docs/rules.md knows.
func TestNoIdentifierOfARuleIsWithoutARow(t *testing.T) {
	known := rulesRows(t, 6)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") && len(entry.Name()) > 2 || entry.Name() == "testdata"):
			return filepath.SkipDir
		case entry.IsDir() || !slices.Contains([]string{".go", ".yaml", ".md"}, filepath.Ext(path)):
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, rule := range identifier.FindAllString(string(content), -1) {
			if _, ok := known[rule]; !ok {
				t.Errorf("%s speaks of %s, which docs/rules.md does not have", path, rule)
			}
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		for _, match := range testDeclaration.FindAllStringSubmatch(string(content), -1) {
			if _, ok := known[ruleOf(match[1])]; !ok {
				t.Errorf("%s has %s, named after a rule that docs/rules.md does not have", path, match[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var testDeclaration = regexp.MustCompile(`(?m)^func (TestR_[A-Z]{3}_[0-9]+_\w+)\(`)

// rules lists the identifiers of all families.
func rules() []string {
	var all []string
	for _, family := range slices.Sorted(maps.Keys(families)) {
		for n := range families[family] {
			all = append(all, "R-"+family+"-"+strconv.Itoa(n+1))
		}
	}
	return all
}

// ruleOf is the rule that a test is named after; "" for none.
func ruleOf(test string) string {
	match := testName.FindStringSubmatch(test)
	if match == nil {
		return ""
	}
	return "R-" + match[1] + "-" + match[2]
}

// rulesRows gives the rows of the tables of docs/rules.md that divide a line into so many pieces, by their rule.
func rulesRows(t *testing.T, pieces int) map[string][]string {
	t.Helper()
	rows := map[string][]string{}
	for line := range strings.Lines(rulesDoc(t)) {
		cells := strings.Split(line, "|")
		if len(cells) != pieces || !strings.HasPrefix(cells[1], " R-") {
			continue
		}
		rule := strings.TrimSuffix(strings.TrimSpace(cells[1]), " (shown)")
		if _, twice := rows[rule]; twice {
			t.Errorf("%s has two rows", rule)
		}
		rows[rule] = cells
	}
	return rows
}

func rulesDoc(t *testing.T) string {
	t.Helper()
	doc, err := os.ReadFile(filepath.Join(root, "docs", "rules.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(doc)
}

// link names something in a package.
type link struct{ pkg, name string }

// links reads a cell such as: `shared/survey` Count, Tally.Differences, `shared/kinds` topicChoices
func links(cell string) []link {
	var all []link
	pkg := ""
	for _, match := range named.FindAllStringSubmatch(cell, -1) {
		if match[1] != "" {
			pkg = match[1]
		} else {
			all = append(all, link{pkg, match[2]})
		}
	}
	return all
}

// pack is what a package declares.
type pack struct {
	symbols map[string]string   // by name, methods as Type.Name: the comment and the text
	tests   map[string][]string // the cases that each test has in its own text
}

var loaded = map[string]pack{}

// load reads the declarations of a package.
func load(t *testing.T, pkg string) pack {
	t.Helper()
	if p, ok := loaded[pkg]; ok {
		return p
	}
	p := pack{symbols: map[string]string{}, tests: map[string][]string{}}
	files, err := filepath.Glob(filepath.Join(root, pkg, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, source, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		text := func(from, to token.Pos) string {
			return string(source[set.Position(from).Offset:set.Position(to).Offset])
		}
		for _, declaration := range file.Decls {
			p.take(declaration, strings.HasSuffix(name, "_test.go"), text)
		}
	}
	loaded[pkg] = p
	return p
}

func (p pack) take(declaration ast.Decl, test bool, text func(from, to token.Pos) string) {
	switch d := declaration.(type) {
	case *ast.FuncDecl:
		if test {
			p.tests[d.Name.Name] = cases(d)
			return
		}
		p.symbols[receiver(d)+d.Name.Name] = d.Doc.Text() + text(d.Pos(), d.End())
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				p.symbols[s.Name.Name] = d.Doc.Text() + s.Doc.Text() + text(s.Pos(), s.End())
			case *ast.ValueSpec:
				for _, name := range s.Names {
					p.symbols[name.Name] = d.Doc.Text() + s.Doc.Text() + s.Comment.Text() + text(s.Pos(), s.End())
				}
			}
		}
	}
}

// receiver is "Type." of a method, and "" of a function.
func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return ""
	}
	of := d.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	if generic, ok := of.(*ast.IndexExpr); ok {
		of = generic.X
	}
	if name, ok := of.(*ast.Ident); ok {
		return name.Name + "."
	}
	return ""
}

// cases lists the names of the subtests that a test begins with t.Run("…").
func cases(d *ast.FuncDecl) []string {
	var names []string
	ast.Inspect(d, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 2 {
			return true
		}
		run, ok := call.Fun.(*ast.SelectorExpr)
		name, literal := call.Args[0].(*ast.BasicLit)
		if ok && literal && run.Sel.Name == "Run" && name.Kind == token.STRING {
			if text, err := strconv.Unquote(name.Value); err == nil {
				names = append(names, text)
			}
		}
		return true
	})
	return names
}
