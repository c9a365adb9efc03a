// Package docpage prints an OpenAPI document as one page of HTML for people to read, without a script. It doesn't know what the document
// describes, and not who serves it.
package docpage

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
)

//go:embed style.css
var style string

// Policy is the Content-Security-Policy under which the page looks as it should: its one style, and nothing else.
func Policy() string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

// The page's own words; the document speaks English.
var (
	wordContents   = locale.Text{EN: "Contents", FR: "Sommaire", ES: "Contenido"}
	wordObjects    = locale.Text{EN: "Objects", FR: "Objets", ES: "Objetos"}
	wordParameters = locale.Text{EN: "Parameters", FR: "Paramètres", ES: "Parámetros"}
	wordBody       = locale.Text{EN: "Body", FR: "Corps", ES: "Cuerpo"}
	wordAnswers    = locale.Text{EN: "Answers", FR: "Réponses", ES: "Respuestas"}
	wordRequired   = locale.Text{EN: "required", FR: "obligatoire", ES: "obligatorio"}
	wordPublic     = locale.Text{EN: "Nobody has to be signed in.", FR: "Aucune connexion n'est nécessaire.", ES: "No hace falta iniciar sesión."}
	wordCodes      = locale.Text{EN: "Codes", FR: "Codes", ES: "Códigos"}
	wordProgram    = locale.Text{EN: "for programs", FR: "pour les programmes", ES: "para programas"}
	wordEnglish    = locale.Text{
		EN: "Names are the same in all languages.", FR: "Le document lui-même est en anglais, comme les noms qu'il décrit.", ES: "El documento mismo está en inglés, como los nombres que describe.",
	}
)

// node is an object of the document.
type node = map[string]any

// page is one being written.
type page struct {
	strings.Builder
	document node
	lang     locale.Lang
}

// HTML is the page of a document, which is JSON; at is where programs find the document, relative to the page.
func HTML(document []byte, at string, lang locale.Lang) ([]byte, error) {
	p := &page{lang: lang}
	if err := json.Unmarshal(document, &p.document); err != nil {
		return nil, fmt.Errorf("docpage: %w", err)
	}
	info := object(p.document, "info")
	title := text(info, "title")
	p.raw(`<!doctype html><html lang="`, string(lang), `"><head><meta charset="utf-8"/><title>`).text(title).raw(
		` – API</title><meta name="viewport" content="width=device-width"/><style>`, style, `</style></head><body><header><h1>`).text(title).raw(
		` – API</h1><p>`)
	for _, other := range locale.Langs {
		if other == lang {
			p.raw(`<b>`, string(other), `</b> `)
		} else {
			p.raw(`<a href="?lang=`, string(other), `" hreflang="`, string(other), `">`, string(other), `</a> `)
		}
	}
	p.raw(`· OpenAPI `).text(text(p.document, "openapi")).raw(` <a href="`).text(at).raw(`">`).word(wordProgram).raw(`</a></p></header><main>`)
	p.prose(text(info, "summary"))
	p.prose(wordEnglish.In(lang))
	p.prose(text(info, "description"))
	groups := p.groups()
	p.contents(groups)
	for _, g := range groups {
		p.raw(`<section><h2 id="tag-`).text(g.name).raw(`">`).text(g.name).raw(`</h2>`)
		p.prose(g.about)
		for _, o := range g.operations {
			p.operation(o)
		}
		p.raw(`</section>`)
	}
	p.objects()
	p.raw(`</main></body></html>`)
	return []byte(p.String()), nil
}

// group is what the document puts under one tag.
type group struct {
	name, about string
	operations  []operation
}

// operation is one thing that can be asked.
type operation struct {
	method, path string
	about        node
}

func (o operation) id() string { return text(o.about, "operationId") }

// methods are those that the page knows, in its order.
var methods = []string{"get", "post", "put", "patch", "delete"}

// groups are the document's tags with their operations, by path.
func (p *page) groups() []group {
	by := map[string][]operation{}
	paths := object(p.document, "paths")
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		for _, method := range methods {
			about := object(object(paths, path), method)
			if len(about) == 0 {
				continue
			}
			tag := ""
			if tags := list(about, "tags"); len(tags) > 0 {
				tag, _ = tags[0].(string)
			}
			by[tag] = append(by[tag], operation{strings.ToUpper(method), path, about})
		}
	}
	var all []group
	for _, one := range list(p.document, "tags") {
		tag, _ := one.(node)
		name := text(tag, "name")
		all = append(all, group{name, text(tag, "description"), by[name]})
		delete(by, name)
	}
	for _, name := range slices.Sorted(maps.Keys(by)) { // tags that the document doesn't describe
		all = append(all, group{name, "", by[name]})
	}
	return all
}

func (p *page) contents(groups []group) {
	p.raw(`<nav><h2>`).word(wordContents).raw(`</h2><ul>`)
	for _, g := range groups {
		p.raw(`<li><a href="#tag-`).text(g.name).raw(`">`).text(g.name).raw(`</a><ul>`)
		for _, o := range g.operations {
			p.raw(`<li><a href="#`).text(o.id()).raw(`"><code>`).text(o.method + " " + o.path).raw(`</code></a> `).text(text(o.about, "summary")).raw(`</li>`)
		}
		p.raw(`</ul></li>`)
	}
	p.raw(`<li><a href="#objects">`).word(wordObjects).raw(`</a></li></ul></nav>`)
}

// objects are the schemas that have a name.
func (p *page) objects() {
	schemas := object(p.document, "components", "schemas")
	p.raw(`<section><h2 id="objects">`).word(wordObjects).raw(`</h2>`)
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		p.raw(`<article id="object-`).text(name).raw(`"><h3>`).text(name).raw(`</h3>`)
		p.schema(schemas[name])
		p.raw(`</article>`)
	}
	p.raw(`</section>`)
}
