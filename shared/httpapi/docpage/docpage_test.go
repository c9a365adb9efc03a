package docpage_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/httpapi/docpage"
	"github.com/learning-cities/guildhall/shared/locale"
)

const document = `{
 "openapi": "3.1.1",
 "info": {"title": "Town <b>", "summary": "A town.", "description": "One.\n\nTwo with ` + "`code`" + ` and <script>alert(1)</script>."},
 "tags": [{"name": "streets", "description": "All streets."}],
 "paths": {
  "/streets/{id}": {
   "get": {"tags": ["streets"], "operationId": "readStreet", "summary": "A street", "security": [],
    "parameters": [{"$ref": "#/components/parameters/id"}],
    "responses": {
     "200": {"description": "The street", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Street"}}}},
     "404": {"description": "Not found", "content": {"application/problem+json": {"schema": {"properties": {"code": {"enum": ["STREET_UNKNOWN"]}}}}}}
    }},
   "put": {"operationId": "changeStreet", "summary": "Change it",
    "requestBody": {"content": {"application/json": {"schema": {"type": "object", "required": ["name"],
      "properties": {"name": {"type": "string", "maxLength": 9}, "kind": {"enum": ["road", "lane", null]}}}}}},
    "responses": {"204": {"description": "Changed"}}}}},
 "components": {
  "parameters": {"id": {"name": "id", "in": "path", "required": true, "description": "Which", "schema": {"type": "string"}}},
  "schemas": {"Street": {"type": "object", "properties": {"houses": {"type": "array", "items": {"$ref": "#/components/schemas/House"}}}},
   "House": {"oneOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]}}
 }}`

func page(t *testing.T, lang locale.Lang) string {
	t.Helper()
	text, err := docpage.HTML([]byte(document), "openapi.json", lang)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestThePageSaysAllThatTheDocumentDoes(t *testing.T) {
	text := page(t, locale.EN)
	for _, wanted := range []string{
		"Town &lt;b&gt;", "All streets.", "<code>GET /streets/{id}</code>", "A street", "Nobody has to be signed in.", "Which", "path, required",
		"STREET_UNKNOWN", `<a href="#object-Street">Street</a>`, `<a href="#object-House">House</a>`, "<code>PUT /streets/{id}</code>",
		"string, maxLength 9", "road | lane | null", "<code>name</code> required", "integer, minimum 1", " | ", "Two with <code>code</code>",
		`<a href="openapi.json">`,
	} {
		if !strings.Contains(text, wanted) {
			t.Errorf("the page lacks %q", wanted)
		}
	}
}

func TestTheFrameSpeaksThreeLanguages(t *testing.T) {
	for lang, words := range map[locale.Lang][]string{
		locale.EN: {`lang="en"`, "Contents", "Answers", "required"},
		locale.FR: {`lang="fr"`, "Sommaire", "Réponses", "obligatoire"},
		locale.ES: {`lang="es"`, "Contenido", "Respuestas", "obligatorio"},
	} {
		text := page(t, lang)
		for _, word := range words {
			if !strings.Contains(text, word) {
				t.Errorf("%s: no %q", lang, word)
			}
		}
		for _, other := range locale.Langs {
			if link := `<a href="?lang=` + string(other) + `"`; strings.Contains(text, link) == (other == lang) {
				t.Errorf("%s: the link to %s", lang, other)
			}
		}
	}
}

func TestThePageHoldsToItsPolicy(t *testing.T) {
	text := page(t, locale.EN)
	for _, forbidden := range []string{"<script", " style=", " onclick=", "http://", "https://", "<img", "<link"} {
		if strings.Contains(text, forbidden) {
			t.Errorf("the page has %q", forbidden)
		}
	}
	_, after, _ := strings.Cut(text, "<style>")
	style, _, _ := strings.Cut(after, "</style>")
	sum := sha256.Sum256([]byte(style))
	if !strings.Contains(docpage.Policy(), "style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
		t.Errorf("the policy %q is not for the page's style", docpage.Policy())
	}
	for _, wanted := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"} {
		if !strings.Contains(docpage.Policy(), wanted) {
			t.Errorf("the policy lacks %s", wanted)
		}
	}
}

func TestThePageIsWellFormedAndEachOfItsLinksLeadsSomewhere(t *testing.T) {
	text := page(t, locale.FR)
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.Entity = xml.HTMLEntity
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	var ids []string
	for _, match := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(text, -1) {
		if slices.Contains(ids, match[1]) {
			t.Errorf("%s is there twice", match[1])
		}
		ids = append(ids, match[1])
	}
	for _, match := range regexp.MustCompile(` href="#([^"]+)"`).FindAllStringSubmatch(text, -1) {
		if !slices.Contains(ids, match[1]) {
			t.Errorf("nothing is called %s", match[1])
		}
	}
}

func TestWhatIsNoDocumentIsAnError(t *testing.T) {
	if _, err := docpage.HTML([]byte("{"), "x", locale.EN); err == nil {
		t.Error("no error")
	}
}
