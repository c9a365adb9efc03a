package server

import (
	"context"
	"net/http"
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/pages/outgoing"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/signin"
)

// mailPath is where the folder of e-mails is shown, which only this host has.
const mailPath = "/" + outgoing.Path

// showsMail reports whether a path is one of the folder's.
func showsMail(path string) bool { return path == mailPath || strings.HasPrefix(path, mailPath+"/") }

// showMail shows the folder to who is signed in and may read to whom letters go.
func (s *Server) showMail(w http.ResponseWriter, r *http.Request) (err error) {
	s.signin.Require(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var got *page.Answer
		if got, err = s.mailPage(r.Context(), r); err != nil {
			return
		}
		header := w.Header()
		header.Set("Content-Security-Policy", got.Policy)
		header.Set("X-Frame-Options", "SAMEORIGIN") // the page of a message has its HTML in a frame
		header.Set("Content-Type", got.Type)
		header.Set("Cache-Control", "no-store")
		_, _ = w.Write(got.Text)
	})).ServeHTTP(w, r)
	return err
}

func (s *Server) mailPage(ctx context.Context, r *http.Request) (*page.Answer, error) {
	if r.Method != http.MethodGet {
		return nil, problem.New("ROUTE_UNKNOWN").Valued(r.URL.Path)
	}
	v := page.Visit{
		Base: s.base + "/", Path: strings.TrimPrefix(r.URL.EscapedPath(), "/"), Lang: access.ActorOf(ctx).Lang, Query: r.URL.Query(),
		Token: signin.Token(ctx), Now: s.App.Clock(), NewID: s.IDs,
	}
	id := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, mailPath), "/")
	document, isHTML := strings.CutSuffix(id, outgoing.HTML)
	switch {
	case id == "":
		return outgoing.List(ctx, s.mail, v)
	case isHTML:
		return outgoing.Document(ctx, s.mail, v, document)
	}
	return outgoing.Message(ctx, s.mail, v, id)
}
