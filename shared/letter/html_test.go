package letter_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/learning-cities/guildhall/shared/locale"
)

// elements are those of letters, with the attributes that each may have besides style.
var elements = map[string][]string{
	"html": {"lang", "dir"}, "head": nil, "meta": {"charset", "name", "content"}, "title": nil, "body": {"bgcolor"},
	"table": {"role", "width", "cellpadding", "cellspacing", "border", "bgcolor"}, "tbody": nil, "tr": nil, "td": {"align", "bgcolor"}, "th": {"scope", "align"},
	"h1": nil, "h2": nil, "p": nil, "div": nil, "ul": nil, "li": nil, "span": nil, "strong": nil, "br": nil, "a": {"href"},
}

// TestNoLetterFetchesRunsOrLeadsElsewhere: what a letter is made of is a short list of plain elements, and each address in it is the product's.
func TestNoLetterFetchesRunsOrLeadsElsewhere(t *testing.T) {
	for _, s := range append(samples(), hostile()...) {
		for _, lang := range locale.Langs {
			l := s.in(lang)
			for _, found := range amiss(t, l.HTML) {
				t.Errorf("%s in %s: %s", s.name, lang, found)
			}
			if size := len(l.HTML); size > 100_000 {
				t.Errorf("%s in %s has %d bytes of HTML", s.name, lang, size)
			}
		}
	}
}

// amiss is what must not stand in a letter's HTML.
func amiss(t *testing.T, page string) (found []string) {
	t.Helper()
	document, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range document.Descendants() {
		switch n.Type {
		case html.CommentNode:
			if !slices.Contains([]string{"[if mso]>", "[if mso]><"}, n.Data[:min(len(n.Data), 9)]) {
				found = append(found, "a comment: "+n.Data)
			}
		case html.ElementNode:
			allowed, known := elements[n.Data]
			if !known {
				found = append(found, "an element "+n.Data)
			}
			for _, a := range n.Attr {
				switch value := strings.ToLower(a.Val); {
				case a.Key == "style":
					if strings.ContainsAny(value, `\@(){}"'`) {
						found = append(found, "a style "+value)
					}
				case !slices.Contains(allowed, a.Key):
					found = append(found, fmt.Sprintf("an attribute %s of %s", a.Key, n.Data))
				case a.Key == "href" && !strings.HasPrefix(a.Val, address), a.Key != "href" && strings.Contains(value, "//"):
					found = append(found, "an address "+a.Val)
				case a.Key == "name" && n.Data == "meta" && strings.Contains(value, "refresh"):
					found = append(found, "a meta "+value)
				}
			}
		}
	}
	return found
}

func TestTheSearchForWhatMustNotBeInALetterFindsIt(t *testing.T) {
	for _, page := range []string{
		`<img src="https://elsewhere.example/a.png">`, `<img src="cid:a">`, `<script>1</script>`, `<form action="/"></form>`, `<a href="https://elsewhere.example/">a</a>`,
		`<p style="background:url(https://elsewhere.example/)">a</p>`, `<style>p{}</style>`, `<link rel="stylesheet" href="https://elsewhere.example/">`,
		`<p onclick="a()">a</p>`, `<iframe></iframe>`, `<a href="javascript:a()">a</a>`, `<meta http-equiv="refresh" content="0">`, `<p id="a">a</p>`,
		`<table background="https://elsewhere.example/"></table>`, `<!-- a -->`, `<svg></svg>`, `<a href="//elsewhere.example/">a</a>`, `<base href="/">`,
	} {
		if len(amiss(t, page)) == 0 {
			t.Errorf("nothing is amiss in %s", page)
		}
	}
}

func TestEachGroundHasTheColourOfItsTextBesideIt(t *testing.T) {
	for _, s := range samples() {
		document, err := html.Parse(strings.NewReader(s.in(locale.EN).HTML))
		if err != nil {
			t.Fatal(err)
		}
		for n := range document.Descendants() {
			attributes := map[string]string{}
			for _, a := range n.Attr {
				attributes[a.Key] = a.Val
			}
			ground, style := attributes["bgcolor"], attributes["style"]
			if ground == "" && strings.Contains(style, "background") {
				t.Errorf("%s has a ground in its style only: %s", n.Data, style)
			}
			if ground != "" && !strings.Contains(style, "background-color:"+ground+";") {
				t.Errorf("%s has the ground %s and the style %s", n.Data, ground, style)
			}
			if ground != "" && n.Data == "td" && !strings.Contains(strings.ReplaceAll(style, "background-color", ""), "color:#") {
				t.Errorf("%s says of its ground, and not of its text: %s", n.Data, style)
			}
		}
	}
}

// TestBothFormsSayTheSame: what stands in one stands in the other, word by word.
func TestBothFormsSayTheSame(t *testing.T) {
	for _, s := range append(samples(), hostile()...) {
		for _, lang := range locale.Langs {
			l := s.in(lang)
			plain, shown := wordsOf(l.Text), wordsOf(visible(t, l.HTML))
			for word := range maps.Keys(plain) {
				if !shown[word] && !strings.HasPrefix(word, "http") && strings.Trim(word, "-=") != "" {
					t.Errorf("%s in %s: %q stands in the plain text only", s.name, lang, word)
				}
			}
			for word := range maps.Keys(shown) {
				if !plain[word] {
					t.Errorf("%s in %s: %q stands in the HTML only", s.name, lang, word)
				}
			}
		}
	}
}

// visible is what can be read of a page.
func visible(t *testing.T, page string) string {
	t.Helper()
	document, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for n := range document.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "title" {
			text.WriteString(n.Data + " ")
		}
	}
	return text.String()
}

// wordsOf are the words of a text without the signs around them.
func wordsOf(text string) map[string]bool {
	words := map[string]bool{}
	for _, word := range strings.Fields(text) {
		if word = strings.Trim(word, ":;,.()–-·«»“” "); word != "" {
			words[word] = true
		}
	}
	return words
}
