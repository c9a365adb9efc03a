package pages

import (
	"context"
	"embed"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
)

// step is one of the first things that a secretariat does with the product: from a sheet to a workbook.
type step struct {
	Title, Text locale.Text
	To          act
	Done        bool
}

// firstSteps leads the secretariat from a sheet to its first workbook. Once a workbook was asked for it is in nobody's way.
func (d desk) firstSteps() ([]step, error) {
	if d.who.Role != access.Secretariat {
		return nil, nil
	}
	exports, _, err := d.Exports(d.ctx, "", 1)
	if err != nil || len(exports) > 0 {
		return nil, err
	}
	imports, _, err := d.Imports(d.ctx, "", importPage)
	if err != nil {
		return nil, err
	}
	take := step{Title: takeTitle, Text: takeText, To: act{"templates", takeAct}}
	if d.Trial {
		take.Text, take.To = sampleText, act{"sample/members.csv", sampleAct}
	}
	bring := step{Title: bringTitle, Text: bringText, To: act{"imports", importAct}, Done: len(imports) > 0}
	store := step{Title: storeTitle, Text: storeText, To: act{"imports", storeAct}}
	for i := range imports {
		switch imports[i].State {
		case intake.Committed:
			store.Done = true
		case intake.Checked:
			store.To.Path = "imports/" + imports[i].ID
		}
	}
	return []step{take, bring, store, {Title: fetchTitle, Text: fetchText, To: act{"exports", fetchAct}}}, nil
}

// The sample sheet in each language: member cities, of which one has a mistake that the check finds.
//
//go:embed sample/*.csv
var samples embed.FS

// sampleSheet hands out a sample sheet to whoever tries the product. ROUTE_UNKNOWN elsewhere.
func sampleSheet(_ context.Context, _ *office.Office, v page.Visit) (*page.Answer, error) {
	if !v.Trial {
		return nil, problem.New("ROUTE_UNKNOWN").Valued("/" + v.Path)
	}
	text, err := samples.ReadFile("sample/members." + string(v.Lang) + ".csv")
	if err != nil {
		return nil, err
	}
	return &page.Answer{Text: text, Type: "text/csv; charset=utf-8"}, nil
}
