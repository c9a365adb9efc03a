package exports

import (
	"context"

	"github.com/learning-cities/guildhall/shared/kinds/area"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
)

// sheets are kinds of sheets of one area.
type sheets struct {
	title locale.Text
	kinds []string
}

func templates(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	all, err := o.Templates(ctx)
	if err != nil {
		return nil, err
	}
	parts := []sheets{{title: ofNetwork}, {title: ofFund}}
	for _, kind := range all {
		at := 0
		if of, _ := area.Of(kind); of == area.Fund {
			at = 1
		}
		parts[at].kinds = append(parts[at].kinds, kind)
	}
	return v.Written(ctx, templatesView(page.Framed(ctx, v, menuTemplates, nil), parts))
}

// template leads to the template of a kind in a language, or says that it is being made.
func template(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	lang, err := locale.ParseLang(v.Query.Get("in"))
	if err != nil {
		lang = v.Lang
	}
	_, link, err := o.Template(ctx, v.Values["kind"], lang)
	if err != nil {
		return nil, err
	}
	if link != nil {
		return v.Away(link.URL), nil
	}
	f := page.Framed(ctx, v, making, nil)
	f.Area, f.Within, f.Refresh = "templates", []page.Step{{Path: "templates", Name: f.In(menuTemplates)}}, soon
	return v.Written(ctx, makingView(f, f.In(area.Title(v.Values["kind"])), languages[lang]))
}
