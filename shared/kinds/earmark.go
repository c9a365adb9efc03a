package kinds

import (
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// earmarks recognises the fund's activities in the cells of a sheet.
type earmarks struct {
	codes    []string
	byFolded map[string]string // folded code or label → code
	byNumber map[string]string // "1.1", which the clusters' budget has too → code
}

func newEarmarks(p *programme.Edition) *earmarks {
	e := &earmarks{byFolded: map[string]string{}, byNumber: map[string]string{}}
	for _, none := range unearmarked {
		e.byFolded[locale.Fold(none)] = ""
	}
	for _, activity := range p.Fund.Activities {
		e.codes = append(e.codes, activity.Code)
		e.byNumber[activity.Number] = activity.Code
		e.byFolded[locale.Fold(activity.Code)] = activity.Code
		for _, lang := range locale.Langs {
			label := activity.Label.In(lang)
			e.byFolded[locale.Fold(label)] = activity.Code
			e.byFolded[locale.Fold(activity.Code+" "+label)] = activity.Code
		}
	}
	return e
}

// withAreas recognises the fund's areas too, by the code that trust.AreaOf gives them ("fund/1") and by their names, where no activity
// is named so.
func (e *earmarks) withAreas(p *programme.Edition) *earmarks {
	for _, area := range p.Fund.Areas {
		number, code := strconv.Itoa(area.Number), fund.AreaCode(area)
		e.codes = append(e.codes, code)
		e.byFolded[locale.Fold(code)] = code
		e.byNumber[number] = code
		for _, lang := range locale.Langs {
			label := area.Label.In(lang)
			for _, name := range []string{label, code + " " + label} {
				if _, taken := e.byFolded[locale.Fold(name)]; !taken {
					e.byFolded[locale.Fold(name)] = code
				}
			}
		}
	}
	return e
}

// unearmarked are the words for money that may be used for any activity.
var unearmarked = []string{
	"unearmarked", "not earmarked", "none", "non affecté", "non affectée", "sans affectation", "aucune", "sin asignar", "no asignado",
	"no asignada", "ninguna",
}

// find gives the code of the activity that a cell names, "" for none at all. A bare "1.1" is refused although it could be meant
// only one way here, because the clusters' budget has a line of that number: ACTIVITY_CODE_UNKNOWN with the full code suggested.
func (e *earmarks) find(text string) (string, *problem.Problem) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	if code, ok := e.byFolded[locale.Fold(text)]; ok {
		return code, nil
	}
	p := problem.New("ACTIVITY_CODE_UNKNOWN").In("earmark").Under("R-FUN-6").With("codes", strings.Join(e.codes, ", "))
	if code, ok := e.byNumber[strings.TrimSpace(text)]; ok {
		return "", p.Suggest(code)
	}
	if !strings.HasPrefix(locale.Fold(text), strings.TrimSuffix(programme.ClusterNamespace, "/")) {
		if code, ok := locale.Nearest(text, e.codes); ok {
			p.Suggest(code)
		}
	}
	return "", p
}
