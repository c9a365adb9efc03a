package exports

import (
	"cmp"
	"context"
	"io"
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/survey"
)

// Survey writes the workbook of a survey, of those that had opened by then the last: what was asked, who was asked and who answered,
// the result by topic, cluster, region and country, who would coordinate which cluster, and every answer on record with the row that
// it came from, those that count and those that don't. TERM_UNKNOWN, CALL_UNKNOWN; a
// store that stays busy is a *records.BusyError.
func Survey(ctx context.Context, dst io.Writer, in Input) error {
	r, err := in.resolve()
	if err != nil {
		return err
	}
	found, err := r.readSurvey(ctx)
	if err != nil {
		return err
	}
	b := newSurveyBook(dst, r, found)
	defer b.Discard()
	for _, sheet := range []func() error{
		b.overview, b.definition, b.result, b.regionSheet, b.countrySheet, b.willingSheet, b.askedSheet,
		b.answerSheet, b.uncountedSheet, b.notes,
	} {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := sheet(); err != nil {
			return err
		}
	}
	return b.Close()
}

// surveyRecords is what the workbook shows of the records.
type surveyRecords struct {
	members []storedMember
	answers []stored[survey.Answer]
}

func (r *request) readSurvey(ctx context.Context) (surveyRecords, error) {
	var s surveyRecords
	err := r.Records.Snapshot(ctx, []string{member.RecordType, survey.RecordType}, func(from records.Reader) (err error) {
		s = surveyRecords{} // the snapshot may be taken again
		if s.members, err = scan[member.Member](ctx, from, member.RecordType, ""); err != nil {
			return err
		}
		s.answers, err = scan[survey.Answer](ctx, from, survey.RecordType, r.poll.ID)
		return err
	})
	return s, err
}

// surveyBook is the workbook of a survey with all that its sheets show.
type surveyBook struct {
	book
	answers  []stored[survey.Answer] // by country and city, the latest first
	members  map[string]member.Member
	asked    []askedMember
	tally    survey.Tally
	counted  []survey.Answer
	counts   map[string]bool // by the identifiers of answers
	response survey.Response
	willing  []survey.Willing
	regions  []reference.Region // with one for no region where that is needed
	places   []string           // ISO 3166-1 alpha-2 of the countries asked or answering, by region and name
}

// askedMember is a city that was a member on the closing date, with its answer where one counts.
type askedMember struct {
	member.Member
	id     string
	answer *survey.Answer
}

func newSurveyBook(dst io.Writer, r *request, found surveyRecords) *surveyBook {
	w := sheet.NewWriter(dst, r.workbook(r.in(surveyBookTitle)))
	asked := r.poll
	b := &surveyBook{book: book{Writer: w, look: newLook(w), r: r}, answers: found.answers, members: byID(found.members)}
	slices.SortStableFunc(b.answers, func(x, y stored[survey.Answer]) int {
		return cmp.Or(r.byName(x.body.Country, x.body.City, y.body.Country, y.body.City),
			cmp.Compare(x.body.Member, y.body.Member), y.body.AnsweredOn.Compare(x.body.AnsweredOn))
	})
	all := slices.Collect(bodies(b.answers))
	b.tally = survey.Count(r.Programme, asked, all, r.region)
	b.counted, _, _ = survey.Counting(asked, all)
	b.counts = map[string]bool{}
	for _, a := range b.counted {
		b.counts[a.ID()] = true
	}
	b.response = survey.Respond(asked, all, b.members, r.region)
	b.willing = survey.WouldCoordinate(r.Programme, asked, all)
	for _, w := range b.willing {
		slices.SortStableFunc(w.Answers, func(x, y survey.Answer) int { return r.byName(x.Country, x.City, y.Country, y.City) })
	}
	b.placeAsked(found.members)
	b.placeCountries()
	return b
}

// placeAsked lists the cities that were members on the closing date, whose answers make up the response (R-SUR-2).
func (b *surveyBook) placeAsked(members []storedMember) {
	answers := map[string]*survey.Answer{}
	for i := range b.counted {
		answers[b.counted[i].Member] = &b.counted[i]
	}
	for _, m := range members {
		if m.body.On(b.tally.Survey.Closes) {
			b.asked = append(b.asked, askedMember{m.body, m.id, answers[m.id]})
		}
	}
	slices.SortStableFunc(b.asked, func(x, y askedMember) int {
		return cmp.Or(b.r.byName(x.Country, x.City, y.Country, y.City), cmp.Compare(x.id, y.id))
	})
}

// placeCountries collects the countries and regions that have anything to show; UNESCO's five regions always do.
func (b *surveyBook) placeCountries() {
	for _, a := range b.asked {
		b.places = append(b.places, a.Country)
	}
	for _, a := range b.answers {
		b.places = append(b.places, a.body.Country)
	}
	slices.SortFunc(b.places, func(x, y string) int {
		return cmp.Or(cmp.Compare(b.r.region(x), b.r.region(y)),
			cmp.Compare(locale.Fold(b.r.country(x)), locale.Fold(b.r.country(y))), cmp.Compare(x, y))
	})
	b.places = slices.Compact(b.places)
	b.regions = b.r.Reference.Regions()
	if slices.ContainsFunc(b.places, func(country string) bool { return b.r.region(country) == "" }) {
		b.regions = append(b.regions, reference.Region{Name: noRegion})
	}
}

// regionOf is the region of an answer's country, for grouping.
func (b *surveyBook) regionOf(a survey.Answer) string { return b.r.region(a.Country) }

// shareOf finds the share of a region or country; nobody was asked where there is none.
func shareOf(all []survey.Share, id string) survey.Share {
	for _, s := range all {
		if s.ID == id {
			return s
		}
	}
	return survey.Share{ID: id}
}

// result is the tally, each topic's votes counted out of the list of answers.
func (b *surveyBook) result() error {
	return b.resultSheet(b.r.in(resultTab), b.tally, func(topic string) string { return "COUNTIFS(" + b.namedBy(topic) + ")" })
}

// notes ends the workbook.
func (b *surveyBook) notes() error {
	return b.notesPage(surveyRules, b.r.surveyDifferences(b.tally), "R-SUR", "R-TOP")
}
