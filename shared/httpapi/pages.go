package httpapi

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/learning-cities/guildhall/shared/pages"
	"github.com/learning-cities/guildhall/shared/problem"
)

// pageRoutes are what people's browsers ask for.
func pageRoutes() []Route {
	var routes []Route
	for _, page := range pages.Routes() {
		routes = append(routes, Route{
			Method: page.Method, Pattern: page.Pattern, Public: page.Public, Page: true,
			serve: func(a *api, q *asking) (*answer, error) {
				got, err := page.Serve(q.Context(), a.Office, a.visit(q))
				return a.pageAnswer(http.StatusOK, got), err
			},
		})
	}
	return routes
}

// visit is a request as the pages know it.
func (a *api) visit(q *asking) pages.Visit {
	return pages.Visit{
		Base: cmp.Or(a.Base, "/"), Path: strings.TrimLeft(q.URL.EscapedPath(), "/"), Lang: q.lang, Chosen: q.URL.Query().Get("lang") != "",
		Token: a.Token(q.Context()), Now: a.Clock(),
	}
}

func (a *api) pageAnswer(status int, got *pages.Answer) *answer {
	if got == nil {
		return nil
	}
	return &answer{status: status, text: got.Text, kind: got.Type, cache: got.Cache, policy: pages.Policy}
}

// problemPage is a problem as a page; nil where it can't be written, which the log says.
func (a *api) problemPage(q *asking, status int, p *problem.Problem) *answer {
	got, err := pages.Problem(q.Context(), a.visit(q), titles[status], p, q.id)
	if err != nil {
		q.log.ErrorContext(q.Context(), "no page", "error", err)
	}
	return a.pageAnswer(status, got)
}

// wantsPage reports whether a person's browser asks, and not for the API's data.
func (q *asking) wantsPage() bool {
	return !strings.HasPrefix(q.URL.Path, "/api/") && pages.Wanted(strings.Join(q.Header.Values("Accept"), ","))
}
