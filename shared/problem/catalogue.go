package problem

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

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

func parseCatalogue(source []byte) (*catalogue, error) {
	var groups []struct {
		Group string        `yaml:"group"`
		Codes yaml.MapSlice `yaml:"codes"`
	}
	if err := yaml.Unmarshal(source, &groups); err != nil {
		return nil, err
	}
	c := &catalogue{byCode: map[Code]int{}}
	for _, g := range groups {
		for _, item := range g.Codes {
			entry, err := parseEntry(g.Group, item)
			if err != nil {
				return nil, err
			}
			if _, twice := c.byCode[entry.Code]; twice {
				return nil, fmt.Errorf("%s stands twice", entry.Code)
			}
			c.byCode[entry.Code] = len(c.entries)
			c.entries = append(c.entries, entry)
		}
	}
	return c, nil
}

func parseEntry(group string, item yaml.MapItem) (Entry, error) {
	var fields struct {
		Severity Severity `yaml:"severity"`
		Params   []string `yaml:"params"`
		EN       string   `yaml:"en"`
		FR       string   `yaml:"fr"`
		ES       string   `yaml:"es"`
	}
	code := fmt.Sprint(item.Key)
	raw, err := yaml.Marshal(item.Value)
	if err != nil {
		return Entry{}, fmt.Errorf("%s: %w", code, err)
	}
	if err := yaml.UnmarshalWithOptions(raw, &fields, yaml.Strict()); err != nil {
		return Entry{}, fmt.Errorf("%s: %w", code, err)
	}
	if !fields.Severity.valid() {
		return Entry{}, fmt.Errorf("%s: no such severity: %q", code, fields.Severity)
	}
	return Entry{
		Code: Code(code), Group: group, Severity: fields.Severity, Params: fields.Params,
		Message: locale.Text{EN: fields.EN, FR: fields.FR, ES: fields.ES},
	}, nil
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
		out.WriteString(p.param(message[open+1:end], lang))
		message = message[end+1:]
	}
}
