// Package codes is the pages on what messages mean: each code with what to do, and the network's rules that they come from, with their sources.
// Everybody may read them; they know nothing of who reads.
package codes

import (
	"context"
	"regexp"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/rule"
)

// Routes lists the pages.
func Routes() []page.Route {
	return []page.Route{
		{Method: "GET", Pattern: "/codes", Public: true, Serve: list},
		{Method: "GET", Pattern: "/codes/{code}", Public: true, Serve: show},
		{Method: "GET", Pattern: "/rules", Public: true, Serve: rules},
		{Method: "GET", Pattern: "/rules/{rule}", Public: true, Serve: showRule},
	}
}

// part are the codes of one group.
type part struct {
	title   string
	entries []problem.Entry
}

func list(ctx context.Context, _ *office.Office, v page.Visit) (*page.Answer, error) {
	f := page.Framed(ctx, v, codesTitle, nil)
	sought := locale.Fold(v.Query.Get("words"))
	var parts []part
	for _, entry := range problem.Catalogue() {
		if sought != "" && !strings.Contains(locale.Fold(string(entry.Code)+" "+f.In(entry.Message)), sought) {
			continue
		}
		if title := f.In(groups[entry.Group]); len(parts) == 0 || parts[len(parts)-1].title != title {
			parts = append(parts, part{title: title})
		}
		last := &parts[len(parts)-1]
		last.entries = append(last.entries, entry)
	}
	return v.Written(ctx, listView(f, page.Input{Name: "words", Label: fieldSearch, Type: "search", Value: v.Query.Get("words")}, parts))
}

func show(ctx context.Context, _ *office.Office, v page.Visit) (*page.Answer, error) {
	entry, found := problem.Lookup(problem.Code(v.Values["code"]))
	if !found {
		return nil, problem.New("ROUTE_UNKNOWN").Valued("/" + v.Path)
	}
	f := page.Framed(ctx, v, codesTitle, nil)
	f.Name, f.Within = string(entry.Code), []page.Step{{Path: "codes", Name: f.In(codesTitle)}}
	return v.Written(ctx, showView(f, entry, rule.Of(entry.Code)))
}

// placeholder is what a message names in one case.
var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// says is a message without what it names in one case.
func says(f page.Frame, entry problem.Entry) string {
	return strings.ReplaceAll(placeholder.ReplaceAllString(f.In(entry.Message), "…"), "….", "…")
}

func rules(ctx context.Context, _ *office.Office, v page.Visit) (*page.Answer, error) {
	return v.Written(ctx, rulesView(page.Framed(ctx, v, rulesTitle, nil), rule.All()))
}

func showRule(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	one, found := rule.Find(v.Values["rule"])
	if !found {
		return nil, problem.New("ROUTE_UNKNOWN").Valued("/" + v.Path)
	}
	f := page.Framed(ctx, v, rulesTitle, nil)
	f.Name, f.Within = one.ID, []page.Step{{Path: "rules", Name: f.In(rulesTitle)}}
	var entries []problem.Entry
	for _, code := range one.Codes {
		if entry, found := problem.Lookup(code); found {
			entries = append(entries, entry)
		}
	}
	return v.Written(ctx, ruleView(f, one, sources(f, o.Programme, one), entries))
}

// sources are those of a rule's figures in words. A source's title is in its own language.
func sources(f page.Frame, of *programme.Edition, r rule.Rule) []string {
	var all []string
	for _, id := range r.Sources {
		switch id {
		case programme.Derived:
			all = append(all, f.In(derived))
		case programme.Practice:
			all = append(all, f.In(practice))
		default:
			for _, source := range of.Sources {
				if source.ID == id {
					all = append(all, source.Title)
				}
			}
		}
	}
	return all
}
