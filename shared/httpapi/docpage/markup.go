package docpage

import (
	"html"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
)

// raw writes HTML. Everything that isn't ours goes through text. A template of the standard library would say the same, but keeps the linker
// from dropping what a program never calls, which a function pays for at each start.
func (p *page) raw(parts ...string) *page {
	for _, part := range parts {
		p.WriteString(part)
	}
	return p
}

func (p *page) text(text string) *page { return p.raw(html.EscapeString(text)) }

func (p *page) word(text locale.Text) *page { return p.text(text.In(p.lang)) }

// prose writes paragraphs.
func (p *page) prose(text string) {
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		if paragraph != "" {
			p.raw(`<p>`)
			p.inline(paragraph)
			p.raw(`</p>`)
		}
	}
}

// inline writes a text in which `code` stands between backticks.
func (p *page) inline(text string) {
	for i, part := range strings.Split(text, "`") {
		if i%2 == 1 {
			p.raw(`<code>`).text(part).raw(`</code>`)
		} else {
			p.text(part)
		}
	}
}

// object is what stands under keys, one in the other; empty where there is none.
func object(n node, keys ...string) node {
	for _, key := range keys {
		n, _ = n[key].(node)
	}
	return n
}

func list(n node, key string) []any {
	all, _ := n[key].([]any)
	return all
}

func text(n node, key string) string {
	found, _ := n[key].(string)
	return found
}

// followed is an object of the document, or the one to which it refers.
func (p *page) followed(value any) node {
	n, _ := value.(node)
	target, ok := strings.CutPrefix(text(n, "$ref"), "#/")
	if !ok {
		return n
	}
	return object(p.document, strings.Split(target, "/")...)
}
