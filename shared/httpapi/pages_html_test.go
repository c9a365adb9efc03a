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
var void = []string{"meta", "link", "input", "br"}

// tags reads the tags of a page in their order, and checks that each one is ended where it may be.
func tags(t *testing.T, text string) []html.Token {
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
// session's token, and nothing that the policy would refuse.
func wellFormed(t *testing.T, text string, lang locale.Lang) {
	t.Helper()
	level, titles, mains, forms, tokens := 0, 0, 0, 0, 0
	for _, token := range tags(t, text) {
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
			forms++
		case "input":
			if attribute(token, "name") == "csrf_token" && attribute(token, "value") == "token" {
				tokens++
			}
		case "script", "style", "iframe", "img", "base":
			t.Errorf("the page has a %s", token.Data)
		case "h1", "h2", "h3":
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
	if titles != 1 || mains != 1 || forms != tokens || level == 0 || !strings.HasPrefix(text, "<!doctype html>") {
		t.Errorf("%d titles, %d mains, %d forms with %d tokens:\n%s", titles, mains, forms, tokens, text)
	}
}

// link is where a page leads.
type link struct{ method, to string }

// linksOf are the links, forms and stylesheets of a page, but for those within it.
func linksOf(t *testing.T, text string) (all []link) {
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
