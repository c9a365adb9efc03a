package problem

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"

	"github.com/learning-cities/guildhall/shared/locale"
)

//go:embed catalogue.yaml
var catalogueYAML []byte

// Entry is what the catalogue says of one code.
type Entry struct {
	Code     Code
	Group    string      // file, sheet, cell, row, network or job
	Severity Severity    // the usual one; whoever raises the code may choose another
	Params   []string    // names that whoever raises the code must give
	Message  locale.Text // with {name} where a param goes
}

// Catalogue returns every code in the order of the documentation.
func Catalogue() []Entry { return slices.Clone(load().entries) }

// Lookup returns the entry of a code.
func Lookup(code Code) (Entry, bool) {
	i, ok := load().byCode[code]
	if !ok {
		return Entry{}, false
	}
	return load().entries[i], true
}

type catalogue struct {
	entries []Entry
	byCode  map[Code]int
}

// load parses the embedded catalogue once. It can only fail when the program was built with a broken catalogue, which the
// package's tests rule out.
var load = sync.OnceValue(func() *catalogue {
	c, err := parseCatalogue(catalogueYAML)
	if err != nil {
		panic("problem: embedded catalogue: " + err.Error())
	}
	return c
})

// writtenEntry is an entry as the catalogue has it.
type writtenEntry struct {
	Severity Severity `yaml:"severity"`
	Params   []string `yaml:"params"`
	EN       string   `yaml:"en"`
	FR       string   `yaml:"fr"`
	ES       string   `yaml:"es"`
}

// parseCatalogue parses once, which takes most of the time, and reads the result twice: for the entries, and for their order.
func parseCatalogue(source []byte) (*catalogue, error) {
	file, err := parser.ParseBytes(source, 0)
	if err != nil {
		return nil, err
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, fmt.Errorf("%d documents", len(file.Docs))
	}
	var groups []struct {
		Group string                `yaml:"group"`
		Codes map[Code]writtenEntry `yaml:"codes"`
	}
	var order []struct {
		Codes yaml.MapSlice `yaml:"codes"`
	}
	root := file.Docs[0].Body
	if err := errors.Join(yaml.NodeToValue(root, &groups, yaml.Strict()), yaml.NodeToValue(root, &order)); err != nil {
		return nil, err
	}
	c := &catalogue{byCode: map[Code]int{}}
	for i, g := range groups {
		for _, item := range order[i].Codes {
			code := Code(fmt.Sprint(item.Key))
			written, known := g.Codes[code]
			switch _, twice := c.byCode[code]; {
			case twice:
				return nil, fmt.Errorf("%s stands twice", code)
			case !known || !written.Severity.valid():
				return nil, fmt.Errorf("%s: no such severity: %q", code, written.Severity)
			}
			c.byCode[code] = len(c.entries)
			c.entries = append(c.entries, Entry{
				Code: code, Group: g.Group, Severity: written.Severity, Params: written.Params,
				Message: locale.Text{EN: written.EN, FR: written.FR, ES: written.ES},
			})
		}
	}
	return c, nil
}

// render puts the params of p into a message of the catalogue.
func render(message string, lang locale.Lang, p *Problem) string {
	var out strings.Builder
	for {
		open := strings.IndexByte(message, '{')
		end := strings.IndexByte(message, '}')
		if open < 0 || end < open {
			out.WriteString(message)
			return out.String()
		}
		out.WriteString(message[:open])
		out.WriteString(locale.OneLine(p.param(message[open+1:end], lang)))
		message = message[end+1:]
	}
}
