package httpapi

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// asking is one request.
type asking struct {
	*http.Request
	id      string // the request's, for the log
	lang    locale.Lang
	route   Route
	allowed []string          // methods, where the path has routes but the request is of none
	values  map[string]string // of the path's variables
	log     *slog.Logger
	wait    time.Duration // what whoever asks too often is told to wait
	// page is a problem as a page; nil where only data is answered.
	page func(*asking, int, *problem.Problem) *answer
	late error // that its address asks too often, until it turns out to be a person's who is signed in
}

type askingKey struct{}

// askingOf is what is known of a request that New's handler handed on; nil of any other.
func askingOf(r *http.Request) *asking {
	q, _ := r.Context().Value(askingKey{}).(*asking)
	return q
}

// asked makes the request one of which askingOf and the audit trail know.
func (q *asking) asked(r *http.Request) {
	door := audit.API
	if q.route.Page {
		door = audit.Page
	}
	q.Request = r.WithContext(audit.WithCall(context.WithValue(r.Context(), askingKey{}, q), q.id, door))
}

// path is the value of a variable in the path.
func (q *asking) path(name string) string { return q.values[name] }

// person is who asks.
func (q *asking) person() string { return access.ActorOf(q.Context()).Person }

// languages finds the best of ours for a list of a reader's.
var languages = language.NewMatcher([]language.Tag{language.English, language.French, language.Spanish})

// languageOf is the language of the answer: ?lang=, else what Accept-Language likes best, else the person's own, else English.
func languageOf(r *http.Request) locale.Lang {
	if lang, err := locale.ParseLang(r.URL.Query().Get("lang")); err == nil {
		return lang
	}
	accepted := strings.Join(r.Header.Values("Accept-Language"), ",")
	if own := access.ActorOf(r.Context()).Lang; accepted == "" && own != "" {
		return own
	}
	wanted, _, err := language.ParseAcceptLanguage(accepted)
	if err != nil {
		return locale.EN
	}
	_, at, _ := languages.Match(wanted...)
	return locale.Langs[at]
}

// aValue is what a parameter is to be.
var aValue = locale.Text{EN: "one value", FR: "une seule valeur", ES: "un solo valor"}

// once refuses parameters that come several times: of two values programs on the way could each take another one. Sign-in has its own word
// for them.
func (q *asking) once() error {
	if strings.HasPrefix(q.route.Pattern, "/signin") {
		return nil
	}
	query := q.URL.Query()
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if len(query[name]) > 1 {
			return invalidText(cut(name), aValue)
		}
	}
	return nil
}
