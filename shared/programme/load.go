package programme

import (
	"bytes"
	"embed"
	"errors"
	"io"
	"io/fs"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/learning-cities/guildhall/shared/problem"
)

//go:embed editions/*.yaml
var editions embed.FS

// Faults are all that is wrong with an edition, in the order of its file. Each is
// PROGRAMME_INVALID, or BUDGET_SUM_MISMATCH where a total is not the sum of its
// lines (R-BUD-3); Field is the place's path (calls[0].quota), Row its line.
type Faults []problem.Problem

// Error gives every fault on a line of its own, in English.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i := range f {
		lines[i] = f[i].Error()
	}
	return strings.Join(lines, "\n")
}

// Load reads and checks an edition. The error is Faults with everything that is
// wrong, or a reader's error. A file that is not YAML, or whose lists and
// mappings are not where they should be, has the one fault of its first place.
func Load(r io.Reader) (*Edition, error) {
	source, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	file, err := parser.ParseBytes(source, 0)
	if err != nil {
		return nil, unreadable(err)
	}
	l := &loader{file: file}
	d, err := l.document(source)
	if err != nil {
		return nil, unreadable(err)
	}
	edition := l.edition(d)
	if len(l.faults) > 0 {
		return nil, l.sorted()
	}
	return edition, nil
}

// Current is the latest embedded edition: the last by its file's name. Treat it as
// read-only, it is shared.
func Current() *Edition { return current() }

// An embedded edition that does not load is a mistake of the build, which this
// package's tests rule out.
var current = sync.OnceValue(func() *Edition {
	names, err := fs.Glob(editions, "editions/*.yaml")
	if err != nil || len(names) == 0 {
		panic("programme: no embedded edition")
	}
	file, err := editions.ReadFile(names[len(names)-1])
	if err != nil {
		panic(err)
	}
	edition, err := Load(bytes.NewReader(file))
	if err != nil {
		panic("programme: " + names[len(names)-1] + ":\n" + err.Error())
	}
	return edition
})

// loader gathers the faults while it turns a document into an edition.
type loader struct {
	file    *ast.File
	faults  Faults
	sources map[string]bool
}

func unreadable(err error) Faults {
	line, reason := whereAndWhy(err)
	return Faults{*invalid("$", line, reasonUnreadable(reason))}
}

// whereAndWhy splits an error of the YAML library into its line and first words.
func whereAndWhy(err error) (line int, reason string) {
	var located yaml.Error
	if errors.As(err, &located) {
		if token := located.GetToken(); token != nil && token.Position != nil {
			line = token.Position.Line
		}
		return line, located.GetMessage()
	}
	reason, _, _ = strings.Cut(err.Error(), "\n")
	return 0, reason
}

// document reads the file, which is parsed already: that takes most of the time. Where it doesn't have exactly the keys that
// there are, it is read once more to say what is wrong. Misspelt keys would silently fall away.
func (l *loader) document(source []byte) (document, error) {
	var d document
	if len(l.file.Docs) == 1 && l.file.Docs[0].Body != nil && yaml.NodeToValue(l.file.Docs[0].Body, &d, yaml.Strict()) == nil {
		return d, nil
	}
	d = document{}
	if err := yaml.Unmarshal(source, &d); err != nil {
		return d, err
	}
	var strict document
	if err := yaml.UnmarshalWithOptions(source, &strict, yaml.Strict()); err != nil {
		line, reason := whereAndWhy(err)
		l.faults = append(l.faults, *invalid("$", line, reasonUnreadable(reason)))
	}
	return d, nil
}
