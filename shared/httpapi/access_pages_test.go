package httpapi_test

import (
	"regexp"

	"github.com/learning-cities/guildhall/shared/access"
)

// Everybody who is signed in has a home; what stands on it is the office's to say, of which each part has its own rows.
var pageRows = []row{
	{route: "GET /", own: asked{path: "/"}, reach: "all all all all all all"},
	{route: "GET /assets/{asset}", prepare: aStyle, own: asked{path: "/assets/{asset}"}, reach: "public"},
	{route: "GET /sample/members.csv", prepare: tried, own: asked{path: "/sample/members.csv"}, reach: "all all all all all all"},
}

var (
	styleName = regexp.MustCompile(`assets/(style-[0-9a-f]+)`)
	assetName = regexp.MustCompile(`assets/(style|script|icon)-[0-9a-f]+`)
	menuPart  = regexp.MustCompile(`(?s)<nav class="menu".*?</nav>`) // of all areas, which change with each of them
	requestID = regexp.MustCompile(`name="(request|version)" value="[^"]+"`)
	// identifier is one that the product made in this century.
	identifier = regexp.MustCompile(`\b0[1-9a-v][0-9a-hjkmnp-tv-z]{24}\b`)
)

// asForm are the headers of a form that a browser sends.
var asForm = []string{"Content-Type", "application/x-www-form-urlencoded"}

// aStyle gives the name of the stylesheet, as home says it.
func aStyle(w *world, _ access.Actor) map[string]string {
	w.t.Helper()
	found := styleName.FindStringSubmatch(w.ask("GET", "/", "").text)
	if found == nil {
		w.t.Fatal("home has no stylesheet")
	}
	return map[string]string{"asset": found[1]}
}
