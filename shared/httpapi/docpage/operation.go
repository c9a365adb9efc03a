package docpage

import (
	"maps"
	"slices"
	"strings"
)

// operation says what an operation takes and answers.
func (p *page) operation(o operation) {
	p.raw(`<article id="`).text(o.id()).raw(`"><h3><code>`).text(o.method + " " + o.path).raw(`</code> `).text(text(o.about, "summary")).raw(`</h3>`)
	p.prose(text(o.about, "description"))
	if security, ok := o.about["security"].([]any); ok && len(security) == 0 {
		p.raw(`<p>`).word(wordPublic).raw(`</p>`)
	}
	p.parameters(list(o.about, "parameters"))
	if body := object(o.about, "requestBody"); len(body) > 0 {
		p.raw(`<h4>`).word(wordBody).raw(`</h4>`)
		p.content(body)
	}
	p.answers(object(o.about, "responses"))
	p.raw(`</article>`)
}

func (p *page) parameters(all []any) {
	if len(all) == 0 {
		return
	}
	p.raw(`<h4>`).word(wordParameters).raw(`</h4><table>`)
	for _, one := range all {
		about := p.followed(one)
		p.raw(`<tr><td><code>`).text(text(about, "name")).raw(`</code></td><td>`).text(text(about, "in"))
		if about["required"] == true {
			p.raw(`, `).word(wordRequired)
		}
		p.raw(`</td><td>`)
		p.inline(text(about, "description"))
		p.raw(` `)
		p.schema(about["schema"])
		p.raw(`</td></tr>`)
	}
	p.raw(`</table>`)
}

func (p *page) answers(all node) {
	p.raw(`<h4>`).word(wordAnswers).raw(`</h4><table>`)
	for _, status := range slices.Sorted(maps.Keys(all)) {
		about := p.followed(all[status])
		p.raw(`<tr><td><code>`).text(status).raw(`</code></td><td>`)
		p.inline(text(about, "description"))
		p.raw(` `)
		if codes := codesOf(about); len(codes) > 0 {
			p.raw(`<br/>`).word(wordCodes).raw(`: <code>`).text(strings.Join(codes, ", ")).raw(`</code>`)
		} else {
			p.content(about)
		}
		p.raw(`</td></tr>`)
	}
	p.raw(`</table>`)
}

// codesOf are the codes of problems that an answer may have, where it names them.
func codesOf(answer node) (codes []string) {
	code := object(answer, "content", "application/problem+json", "schema", "properties", "code")
	for _, one := range list(code, "enum") {
		if text, ok := one.(string); ok {
			codes = append(codes, text)
		}
	}
	return codes
}

// content is what a body or an answer holds, by its media types.
func (p *page) content(of node) {
	content := object(of, "content")
	for _, media := range slices.Sorted(maps.Keys(content)) {
		p.raw(`<code>`).text(media).raw(`</code> `)
		p.schema(object(content, media)["schema"])
	}
}
