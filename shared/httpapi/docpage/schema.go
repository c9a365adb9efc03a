package docpage

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// between stands between the parts of a schema that is made of several.
var between = map[string]string{"allOf": " + ", "anyOf": " | ", "oneOf": " | "}

// schema says what a value is to be.
func (p *page) schema(value any) {
	s, _ := value.(node)
	if target, ok := s["$ref"].(string); ok {
		name := target[strings.LastIndex(target, "/")+1:]
		p.raw(`<a href="#object-`).text(name).raw(`">`).text(name).raw(`</a>`)
	}
	p.kind(s)
	if about := text(s, "description"); about != "" {
		p.raw(` <span>`)
		p.inline(about)
		p.raw(`</span>`)
	}
	for _, key := range []string{"allOf", "anyOf", "oneOf"} {
		parts := slices.DeleteFunc(slices.Clone(list(s, key)), conditional)
		for i, one := range parts {
			if i > 0 {
				p.raw(between[key])
			}
			p.schema(one)
		}
	}
	if items, ok := s["items"]; ok {
		p.raw(` [`)
		p.schema(items)
		p.raw(`]`)
	}
	if more, ok := s["additionalProperties"].(node); ok {
		p.raw(` {… `)
		p.schema(more)
		p.raw(`}`)
	}
	p.properties(s)
}

// conditional reports whether a schema says what is to be where something else is: the descriptions say it in words.
func conditional(schema any) bool {
	s, _ := schema.(node)
	return s["if"] != nil
}

// kind is the type with its bounds, and the values where there are few.
func (p *page) kind(s node) {
	var words []string
	switch kind := s["type"].(type) {
	case string:
		words = append(words, kind)
	case []any:
		var kinds []string
		for _, one := range kind {
			if name, ok := one.(string); ok {
				kinds = append(kinds, name)
			}
		}
		words = append(words, strings.Join(kinds, " | "))
	}
	for _, key := range []string{"format", "pattern", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "const", "example"} {
		if value, ok := s[key]; ok {
			words = append(words, key+" "+printed(value))
		}
	}
	for i, one := range list(s, "enum") {
		if i == 0 {
			words = append(words, printed(one))
		} else {
			words[len(words)-1] += " | " + printed(one)
		}
	}
	if len(words) > 0 {
		p.raw(` <code>`).text(strings.Join(words, ", ")).raw(`</code>`)
	}
}

func (p *page) properties(s node) {
	properties := object(s, "properties")
	if len(properties) == 0 {
		return
	}
	p.raw(`<table>`)
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		p.raw(`<tr><td><code>`).text(name).raw(`</code>`)
		if slices.Contains(list(s, "required"), any(name)) {
			p.raw(` `).word(wordRequired)
		}
		p.raw(`</td><td>`)
		p.schema(properties[name])
		p.raw(`</td></tr>`)
	}
	p.raw(`</table>`)
}

// printed is a value as JSON has it, texts without quotes.
func printed(value any) string {
	if text, ok := value.(string); ok && text != "" {
		return text
	}
	text, err := json.Marshal(value)
	if err != nil { // it came from JSON
		return ""
	}
	return string(text)
}
