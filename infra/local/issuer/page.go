package issuer

import (
	_ "embed"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
)

// texts are what the pages say.
var texts = map[string]struct{ title, text locale.Text }{
	"choose": {
		locale.Text{EN: "Who do you want to be?", FR: "Qui voulez-vous être ?", ES: "¿Quién quiere ser?"},
		locale.Text{
			EN: "These people are invented. This sign-in asks for no password and works on this computer only.",
			FR: "Ces personnes sont inventées. Cette connexion ne demande pas de mot de passe et ne fonctionne que sur cet ordinateur.",
			ES: "Estas personas son inventadas. Este inicio de sesión no pide contraseña y solo funciona en este equipo.",
		},
	},
	"client": {
		locale.Text{EN: "This sign-in can't go on", FR: "Cette connexion ne peut pas continuer", ES: "Este inicio de sesión no puede continuar"},
		locale.Text{
			EN: "The program that sent you here is not known, or wants an answer at an address that is not its own. Open Guildhall at the address that it prints when it starts, and sign in there.",
			FR: "Le programme qui vous a envoyé ici n'est pas connu, ou attend une réponse à une adresse qui n'est pas la sienne. Ouvrez Guildhall à l'adresse qu'il affiche au démarrage et connectez-vous là.",
			ES: "El programa que le ha enviado aquí no es conocido o espera la respuesta en una dirección que no es la suya. Abra Guildhall en la dirección que muestra al iniciarse e inicie sesión allí.",
		},
	},
	"ended": {
		locale.Text{EN: "You are signed out", FR: "Vous êtes déconnecté", ES: "Ha cerrado la sesión"},
		locale.Text{EN: "You can close this page.", FR: "Vous pouvez fermer cette page.", ES: "Puede cerrar esta página."},
	},
}

var layout = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="{{.Lang}}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}</title><link rel="stylesheet" href="/style.css">
<header><svg viewBox="0 0 32 32" aria-hidden="true"><path d="M16 3 2 11v3h28v-3zM4 16v10h24V16zM2 27.5h28v2H2z"/></svg> Guildhall</header>
<main><h1>{{.Title}}</h1><p>{{.Text}}</p>
{{with .Choices}}<ul>{{range .}}<li><a href="{{.Link}}"><strong>{{.Name}}</strong><span>{{.Title}}</span></a></li>{{end}}</ul>{{end}}</main>
</html>
`))

type choice struct{ Link, Name, Title string }

// page prints one of the texts, with a link for each person where asked is the request that the choice answers.
func (i *Issuer) page(w http.ResponseWriter, r *http.Request, status int, name string, asked url.Values) {
	lang := languageOf(r)
	shown := struct {
		Lang        locale.Lang
		Title, Text string
		Choices     []choice
	}{Lang: lang, Title: texts[name].title.In(lang), Text: texts[name].text.In(lang)}
	if asked != nil {
		for _, p := range i.People {
			asked.Set("person", p.Email)
			shown.Choices = append(shown.Choices, choice{"/authorize?" + asked.Encode(), p.Name, p.Title.In(lang)})
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", string(lang))
	w.WriteHeader(status)
	_ = layout.Execute(w, shown)
}

// languageOf is the first of our languages among those that the client, then the browser, names.
func languageOf(r *http.Request) locale.Lang {
	named := strings.Fields(r.URL.Query().Get("ui_locales"))
	for one := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(one, ";")
		named = append(named, tag)
	}
	for _, one := range named {
		if lang, err := locale.ParseLang(one); err == nil {
			return lang
		}
	}
	return locale.EN
}

//go:embed style.css
var styles []byte

func style(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	_, _ = w.Write(styles)
}
