package iati

import (
	"fmt"
	"slices"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/statement"
)

// Who reports: UNESCO, under the identifier that its channel code of the OECD's list makes (41304); UIL is an institute of it and the fund's
// administrative agent (R-FUN-3).
const (
	reporter = "XM-DAC-41304"
	// FundID identifies the fund among the reporter's activities.
	FundID = reporter + "-GNLC-FUND"
)

// ActivityID identifies an activity of the fund.
func ActivityID(a programme.Activity) string { return FundID + "-" + a.Number }

// Codes of the standard's lists.
const (
	multilateral = "40" // OrganisationType

	roleFunding, roleAccountable, roleExtending, roleImplementing = "1", "2", "3", "4" // OrganisationRole

	statusPipeline, statusImplementation  = "1", "2"      // ActivityStatus
	plannedStart, actualStart, plannedEnd = "1", "2", "3" // ActivityDateType
	scopeGlobal                           = "1"           // ActivityScope
	sectorPolicy                          = "11110"       // Sector: education policy and administrative management
	vocabularyDAC                         = "1"           // SectorVocabulary, RegionVocabulary
	regionUnspecified                     = "998"         // Region: developing countries, unspecified
	relatedParent, relatedChild           = "1", "2"      // RelatedActivityType
	budgetOriginal, budgetIndicative      = "1", "1"      // BudgetType, BudgetStatus
	resultOutput                          = "1"           // ResultType
	measureUnit, measureWords             = "1", "5"      // IndicatorMeasure
)

// organisationTypes are the codes of OrganisationType for the types of donor (R-FUN-4).
var organisationTypes = map[string]string{fund.MemberCity: "11", fund.DonorCountry: "10", fund.Company: "70", fund.Foundation: "60"}

type narrative struct {
	Lang string `xml:"xml:lang,attr,omitempty"` // none: English, as the activity says
	Text string `xml:",chardata"`
}

type told struct {
	Narratives []narrative `xml:"narrative"`
}

type organisation struct {
	Ref        string      `xml:"ref,attr,omitempty"`
	Type       string      `xml:"type,attr,omitempty"`
	Role       string      `xml:"role,attr,omitempty"`
	Activity   string      `xml:"activity-id,attr,omitempty"`
	Narratives []narrative `xml:"narrative"`
}

type coded struct {
	Code       string `xml:"code,attr"`
	Vocabulary string `xml:"vocabulary,attr,omitempty"`
}

type dated struct {
	Type string `xml:"type,attr,omitempty"`
	Date string `xml:"iso-date,attr"`
}

type related struct {
	Ref  string `xml:"ref,attr"`
	Type string `xml:"type,attr"`
}

type value struct {
	Currency string `xml:"currency,attr"`
	Date     string `xml:"value-date,attr"`
	Amount   string `xml:",chardata"`
}

type budget struct {
	Type   string `xml:"type,attr"`
	Status string `xml:"status,attr"`
	Start  dated  `xml:"period-start"`
	End    dated  `xml:"period-end"`
	Value  value  `xml:"value"`
}

type result struct {
	Type        string      `xml:"type,attr"`
	Title       told        `xml:"title"`
	Description *told       `xml:"description"`
	Indicators  []indicator `xml:"indicator"`
}

type indicator struct {
	Measure string `xml:"measure,attr"`
	Title   told   `xml:"title"`
	Period  period `xml:"period"`
}

type period struct {
	Start  dated  `xml:"period-start"`
	End    dated  `xml:"period-end"`
	Actual actual `xml:"actual"`
}

type actual struct {
	Value   string `xml:"value,attr,omitempty"`
	Comment *told  `xml:"comment"`
}

// narratives are a text in the languages in which there is one; English is the file's own.
func narratives(text locale.Text) []narrative {
	var all []narrative
	for _, lang := range locale.Langs {
		if text.In(lang) == "" || slices.Contains(text.Missing(), lang) {
			continue
		}
		n := narrative{Lang: string(lang), Text: locale.OneLine(text.In(lang))}
		if lang == locale.EN {
			n.Lang = ""
		}
		all = append(all, n)
	}
	return all
}

// head is what every activity begins with.
func (w *writer) head(id string, title, description locale.Text) []part {
	head := []part{
		element("iati-identifier", id),
		element("reporting-org", organisation{Ref: reporter, Type: multilateral, Narratives: narratives(reporterName)}),
		element("title", told{narratives(title)}),
		element("description", told{narratives(description)}),
	}
	for _, role := range []string{roleAccountable, roleExtending, roleImplementing} {
		head = append(head, element("participating-org", organisation{Ref: reporter, Type: multilateral, Role: role, Narratives: narratives(reporterName)}))
	}
	return head
}

// state is what an activity says of its time, place and sector.
func (w *writer) state() []part {
	terms, status := w.Programme.Terms, statusPipeline
	dates := []part{element("activity-date", dated{plannedStart, terms[0].Start.String()})}
	if !w.since.IsZero() {
		status = statusImplementation
		dates = append(dates, element("activity-date", dated{actualStart, w.since.String()}))
	}
	dates = append(dates, element("activity-date", dated{plannedEnd, terms[len(terms)-1].End.String()}))
	state := append([]part{element("activity-status", coded{Code: status})}, dates...)
	return append(state, element("activity-scope", coded{Code: scopeGlobal}), element("sector", coded{sectorPolicy, vocabularyDAC}))
}

// budget is the plan of the term at hand (R-FUN-6), by years, since the standard asks for budgets of a year at most. The plan is printed for the
// whole term: each year of it has an equal part, and is called indicative.
func (w *writer) budget(a programme.Activity) []part {
	term, ok := w.Programme.TermAt(w.Today)
	if !ok {
		term = w.Programme.LatestTerm()
	}
	var years []budget
	for start := term.Start; !start.After(term.End); start = start.AddMonths(12) {
		end := start.AddMonths(12).AddDays(-1)
		if end.After(term.End) {
			end = term.End
		}
		years = append(years, budget{Type: budgetOriginal, Status: budgetIndicative, Start: dated{Date: start.String()}, End: dated{Date: end.String()}})
	}
	parts := make([]part, len(years))
	for i, year := range years {
		minor := portion(a.Planned.Minor, i+1, len(years)) - portion(a.Planned.Minor, i, len(years))
		year.Value = value{w.currency.Code, year.Start.Date, money.Amount{Minor: minor, Currency: w.currency.Code}.Decimal(w.currency)}
		parts[i] = element("budget", year)
	}
	return parts
}

// portion is so many of the equal parts of an amount, cut to whole minor units; all parts are the amount.
func portion(minor int64, parts, of int) int64 {
	return minor/int64(of)*int64(parts) + minor%int64(of)*int64(parts)/int64(of)
}

// donor is the type and the name of a donor; without a name on record it is told by its identifier.
func (w *writer) donor(id string) (kind string, name []narrative) {
	donor := w.Donors[id]
	if donor.Name == "" {
		donor.Name = id
	}
	return organisationTypes[donor.Type], []narrative{{Text: locale.OneLine(donor.Name)}}
}

// result is what an activity achieved in a term; false for a term that the programme doesn't have, since a result needs its days.
func (w *writer) result(r statement.Result) (result, bool) {
	term, ok := w.Programme.Term(r.Term)
	if !ok || term.Start.After(w.Today) {
		return result{}, false
	}
	days := period{Start: dated{Date: term.Start.String()}, End: dated{Date: term.End.String()}}
	out := result{Type: resultOutput, Title: told{narratives(fill(resultsOf, term.ID))}}
	if text := narratives(r.Narrative); len(text) > 0 {
		out.Description = &told{text}
	}
	for _, f := range r.Figures {
		of := days
		of.Actual.Value = f.Value
		out.Indicators = append(out.Indicators, indicator{Measure: measureUnit, Title: told{narratives(f.Label)}, Period: of})
	}
	if len(out.Indicators) == 0 {
		days.Actual.Comment = out.Description
		out.Indicators = []indicator{{Measure: measureWords, Title: told{narratives(inWords)}, Period: days}}
	}
	return out, true
}

func fill(text locale.Text, args ...any) locale.Text {
	return locale.Text{EN: fmt.Sprintf(text.EN, args...), FR: fmt.Sprintf(text.FR, args...), ES: fmt.Sprintf(text.ES, args...)}
}
