package httpapi_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/learning-cities/guildhall/shared/locale"
)

// void are the elements that have no end.
var void = []string{"meta", "link", "input", "br", "hr", "col", "wbr"}

// tags reads the tags of a page in their order, and checks that each one is ended where it may be.
func tags(t testing.TB, text string) []html.Token {
	t.Helper()
	var all []html.Token
	var open []string
	reader := html.NewTokenizer(strings.NewReader(text))
	for {
		kind := reader.Next()
		token := reader.Token()
		switch {
		case kind == html.ErrorToken && errors.Is(reader.Err(), io.EOF):
			if len(open) > 0 {
				t.Errorf("not ended: %q", open)
			}
			return all
		case kind == html.ErrorToken:
			t.Fatal(reader.Err())
		case kind == html.StartTagToken:
			all = append(all, token)
			if !slices.Contains(void, token.Data) {
				open = append(open, token.Data)
			}
		case kind == html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Fatalf("%s is ended within %q", token.Data, open)
			}
			open = open[:len(open)-1]
		}
	}
}

func attribute(token html.Token, name string) string {
	for _, one := range token.Attr {
		if one.Key == name {
			return one.Val
		}
	}
	return ""
}

// wellFormed checks what every page has: its language and title, headings in order, one skip link that leads to the content, forms with the
// session's token, fields with a label, identifiers that are there once, and nothing that the policy would refuse.
func wellFormed(t testing.TB, text string, lang locale.Lang) {
	t.Helper()
	level, titles, mains, forms, tokens := 0, 0, 0, 0, 0
	var fields, labelled []string
	ids := map[string]bool{}
	for _, token := range tags(t, text) {
		if id := attribute(token, "id"); id != "" && ids[id] {
			t.Errorf("several elements are %s", id)
		} else if id != "" {
			ids[id] = true
		}
		switch token.Data {
		case "html":
			if got := attribute(token, "lang"); got != string(lang) {
				t.Errorf("the page is said to be in %q, want %q", got, lang)
			}
		case "title":
			titles++
		case "main":
			mains++
			if attribute(token, "id") != "content" {
				t.Error("the skip link leads nowhere")
			}
		case "form":
			if attribute(token, "method") == "post" {
				forms++
			}
		case "label":
			labelled = append(labelled, attribute(token, "for"))
		case "select", "textarea":
			fields = append(fields, attribute(token, "id"))
		case "input":
			if kind := attribute(token, "type"); kind != "hidden" && kind != "submit" && attribute(token, "aria-label") == "" {
				fields = append(fields, attribute(token, "id"))
			}
			if attribute(token, "name") == "csrf_token" && attribute(token, "value") == "token" {
				tokens++
			}
		case "script":
			if attribute(token, "src") == "" {
				t.Error("a script stands in the page")
			}
		case "style", "iframe", "img", "base":
			t.Errorf("the page has a %s", token.Data)
		case "h1", "h2", "h3", "h4":
			next := int(token.Data[1] - '0')
			if next > level+1 || next == 1 && level != 0 {
				t.Errorf("%s stands after h%d", token.Data, level)
			}
			level = next
		}
		for _, one := range token.Attr {
			if one.Key == "style" || strings.HasPrefix(one.Key, "on") {
				t.Errorf("%s has %s", token.Data, one.Key)
			}
		}
	}
	for _, one := range fields {
		if !slices.Contains(labelled, one) {
			t.Errorf("the field %s has no label", one)
		}
	}
	if titles != 1 || mains != 1 || forms != tokens || level == 0 || !strings.HasPrefix(text, "<!doctype html>") {
		t.Errorf("%d titles, %d mains, %d forms with %d tokens:\n%s", titles, mains, forms, tokens, text)
	}
}

// link is where a page leads.
type link struct{ method, to string }

// linksOf are the links, forms and stylesheets of a page, but for those within it.
func linksOf(t testing.TB, text string) (all []link) {
	t.Helper()
	for _, token := range tags(t, text) {
		if to := attribute(token, "href"); to != "" && !strings.HasPrefix(to, "#") {
			all = append(all, link{"GET", to})
		}
		if to := attribute(token, "action"); to != "" {
			all = append(all, link{strings.ToUpper(attribute(token, "method")), to})
		}
	}
	return all
}
