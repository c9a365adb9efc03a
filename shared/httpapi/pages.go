package httpapi

import (
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/pages"
	web "github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
)

// pageRoutes are what people's browsers ask for.
func pageRoutes() []Route {
	var routes []Route
	for _, one := range pages.Routes() {
		routes = append(routes, Route{
			Method: one.Method, Pattern: one.Pattern, Public: one.Public, Page: true,
			serve: func(a *api, q *asking) (*answer, error) {
				visit, err := a.sent(q)
				if err != nil {
					return nil, err
				}
				got, err := one.Serve(q.Context(), a.Office, visit)
				if err != nil && got == nil {
					return nil, err
				}
				status := http.StatusOK
				if err != nil {
					status = statusOf(problemOf(q, err).Code)
				}
				return a.pageAnswer(status, got), nil
			},
		})
	}
	return routes
}

// visit is a request as the pages know it, but for what was sent.
func (a *api) visit(q *asking) web.Visit {
	return web.Visit{
		Base: cmp.Or(a.Base, "/"), Path: strings.TrimLeft(q.URL.EscapedPath(), "/"), Lang: q.lang, Chosen: q.URL.Query().Get("lang") != "",
		Token: a.Token(q.Context()), Now: a.Clock(), Values: q.values, Query: q.URL.Query(), NewID: a.IDs, Uploads: a.Uploads, Trial: a.Trial,
	}
}

// sent is a visit with what was sent. BODY_TYPE_UNKNOWN, BODY_TOO_LARGE, BODY_INVALID, FILE_TOO_LARGE, FIELD_INVALID.
func (a *api) sent(q *asking) (web.Visit, error) {
	visit := a.visit(q)
	if q.Method != http.MethodPost {
		return visit, nil
	}
	var err error
	kind, params, _ := mime.ParseMediaType(q.Header.Get("Content-Type"))
	switch kind {
	case "application/x-www-form-urlencoded":
		if q.PostForm == nil { // the door has read it, where there is one
			q.Body = http.MaxBytesReader(nil, q.Body, MaxBody)
		}
		if err = q.ParseForm(); err == nil {
			visit.Form, err = normalised(q.PostForm)
		}
	case "multipart/form-data":
		visit.Form, visit.File, err = parts(multipart.NewReader(http.MaxBytesReader(nil, q.Body, web.MaxFile+MaxBody), params["boundary"]))
	default:
		err = problem.New("BODY_TYPE_UNKNOWN")
	}
	var large *http.MaxBytesError
	var p *problem.Problem
	switch {
	case errors.As(err, &large):
		err = problem.New("BODY_TOO_LARGE").WithText("limit", number(large.Limit))
	case err != nil && !errors.As(err, &p):
		err = problem.New("BODY_INVALID")
	}
	visit.Identify = func(context.Context) (string, error) {
		said := maps.Clone(visit.Form)
		said.Del("csrf_token") // which is masked anew on each page
		return a.identifyUnder(q, visit.Request(), []byte(said.Encode()))
	}
	return visit, err
}

// normalised are the fields of a form as texts of sheets are normalised. FIELD_INVALID of one that is no text.
func normalised(form url.Values) (url.Values, error) {
	clean := url.Values{}
	for name, values := range form {
		for _, value := range values {
			if !utf8.ValidString(value) {
				return nil, invalidText(cut(name), aText)
			}
			value, _ = locale.Normalise(value)
			clean.Add(name, value)
		}
	}
	return clean, nil
}

// parts reads the fields of a form that is sent with a file. FILE_TOO_LARGE, FIELD_INVALID.
func parts(reader *multipart.Reader) (url.Values, *web.File, error) {
	form := url.Values{}
	var file *web.File
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			form, err = normalised(form)
			return form, file, err
		}
		if err != nil {
			return nil, nil, err
		}
		content, err := io.ReadAll(io.LimitReader(part, web.MaxFile+1))
		switch {
		case err != nil:
			return nil, nil, err
		case len(content) > web.MaxFile:
			return nil, nil, problem.New("FILE_TOO_LARGE").WithText("what", number(int64(len(content)))).WithText("limit", number(web.MaxFile))
		case part.FileName() == "":
			form.Add(part.FormName(), string(content))
		case file == nil:
			file = &web.File{Name: part.FileName(), Content: content}
		}
	}
}

func (a *api) pageAnswer(status int, got *web.Answer) *answer {
	if got == nil {
		return nil
	}
	if got.To != "" {
		return &answer{status: http.StatusSeeOther, text: []byte{}, kind: "text/html; charset=utf-8", location: got.To}
	}
	return &answer{status: status, text: got.Text, kind: got.Type, cache: got.Cache, policy: got.Policy}
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
	return !strings.HasPrefix(q.URL.Path, "/api/") && web.Wanted(strings.Join(q.Header.Values("Accept"), ","))
}
