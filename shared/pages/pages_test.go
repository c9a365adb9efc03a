package pages

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestEachTextIsThereInThreeLanguages(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	areas, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	texts := 0
	look := func(n ast.Node) bool {
		text, ok := n.(*ast.CompositeLit)
		if !ok || len(text.Elts) == 0 {
			return true
		}
		var langs []string
		for _, one := range text.Elts {
			pair, ok := one.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			name, ok := pair.Key.(*ast.Ident)
			value, isText := pair.Value.(*ast.BasicLit)
			if !ok || !isText {
				return true
			}
			if value.Value != `""` {
				langs = append(langs, name.Name)
			}
		}
		if !slices.Contains(langs, "EN") && !slices.Contains(langs, "FR") {
			return true // it is something else
		}
		if texts++; strings.Join(langs, " ") != "EN FR ES" {
			t.Errorf("a text is in %q only", langs)
		}
		return true
	}
	for _, file := range append(files, areas...) {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, look)
	}
	if texts < 40 {
		t.Errorf("%d texts were looked at", texts)
	}
}
