package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/table"
)

func summaryRoutes() []Route {
	return []Route{
		{Method: "GET", Pattern: "/api/summaries", serve: (*api).listSummaries},
		{Method: "GET", Pattern: "/api/summaries/due", serve: (*api).previewSummaries},
		{Method: "GET", Pattern: "/api/summaries/{summary}", serve: (*api).findSummary},
		{Method: "POST", Pattern: "/api/summaries/{summary}/correction", serve: (*api).correctSummary},
		{Method: "POST", Pattern: "/api/summaries/{summary}/files/{file}", serve: (*api).createSummaryFile},
	}
}

// summaryStatuses are those of the codes of summaries, mails and letters.
var summaryStatuses = united(
	conflicts("SUMMARY_UNCHANGED", "SUMMARY_NO_REPORT", "MAIL_SETTLED"),
	map[problem.Code]int{
		"SUMMARY_UNKNOWN": http.StatusNotFound, "SUMMARY_FILE_UNKNOWN": http.StatusNotFound, "MAIL_UNKNOWN": http.StatusNotFound,
	},
)

// occasionState is what is written about, and when. All keys are always present.
type occasionState struct {
	ID       string           `json:"id"`
	Schedule label            `json:"schedule"`
	About    programme.About  `json:"about"`
	Subject  subjectState     `json:"subject"`
	Period   *schedule.Period `json:"period"` // of a report
	Day      *civil.Date      `json:"day"`    // of which a reminder reminds
	Ahead    *int             `json:"ahead"`  // how many days before that day; below zero after it
	Due      time.Time        `json:"due"`
}

type subjectState struct {
	Cluster   *string `json:"cluster"`
	Term      *string `json:"term"`
	Call      *string `json:"call"`
	Country   *string `json:"country"`
	City      *string `json:"city"`
	Donor     *string `json:"donor"`
	Agreement *string `json:"agreement"`
	Number    *int    `json:"number"` // of an instalment
}

func (a *api) occasionOf(q *asking, o schedule.Occasion) occasionState {
	of := o.Subject
	s := occasionState{
		ID: o.ID(), Schedule: labelOf(q, o.Schedule, a.scheduleText(o.Schedule)), About: o.About,
		Subject: subjectState{
			Cluster: orNull(of.Cluster), Term: orNull(of.Term), Call: orNull(of.Call), Country: orNull(of.Country), City: orNull(of.City),
			Donor: orNull(of.Donor), Agreement: orNull(of.Agreement), Number: orNull(of.Number),
		},
		Period: orNull(o.Period), Day: orNull(o.Day), Due: o.Due,
	}
	if o.About.Reminds() {
		s.Ahead = &o.Ahead
	}
	return s
}

// summaryState is a summary as it is listed. All keys are always present.
type summaryState struct {
	occasionState
	Title    string         `json:"title"`
	Outcome  outbox.Outcome `json:"outcome"`
	Revision *int           `json:"revision"` // the latest; null of what has no report
	MadeAt   time.Time      `json:"madeAt"`   // of the revision
	By       *string        `json:"by"`       // who had it corrected, where the reader may know; null for nobody
	SHA256   *string        `json:"sha256"`   // of the report as it is kept
	People   int            `json:"people"`   // to whom letters go
}

func (a *api) summaryStateOf(q *asking, s *office.Summary) summaryState {
	return summaryState{
		occasionState: a.occasionOf(q, s.Occasion), Title: s.Title.In(q.lang), Outcome: s.Outcome, Revision: orNull(s.Revision), MadeAt: s.MadeAt,
		By: orNull(s.By), SHA256: orNull(s.SHA256), People: s.People,
	}
}

// The choices of the list's filters.
var (
	abouts = []string{
		string(programme.ClusterDigest), string(programme.NetworkDigest), string(programme.FundSummary), string(programme.DonorStatement),
		string(programme.MembershipSummary), string(programme.CallCity), string(programme.CallCommission), string(programme.TermEnd),
		string(programme.ParticipationEnd), string(programme.NewsDue), string(programme.ReportDue), string(programme.InstalmentOverdue),
	}
	outcomes = []string{
		string(outbox.Written), string(outbox.Nothing), string(outbox.Nobody), string(outbox.Lapsed), string(outbox.PassedOver),
	}
)

// listSummaries answers what was dealt with, the latest day first, as far as who asks may read it.
func (a *api) listSummaries(q *asking) (*answer, error) {
	about, err := q.choice("about", abouts)
	if err != nil {
		return nil, err
	}
	outcome, err := q.choice("outcome", outcomes)
	if err != nil {
		return nil, err
	}
	of := office.SummaryFilter{About: programme.About(about), Outcome: outbox.Outcome(outcome)}
	got, err := storedPage(q, func(ctx context.Context, after table.Cursor, limit int) ([]office.Summary, table.Cursor, error) {
		return a.Office.Summaries(ctx, of, after, limit)
	}, func(s *office.Summary) summaryState { return a.summaryStateOf(q, s) })
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

// dueState is what will be due. All keys are always present.
type dueState struct {
	occasionState
	People int `json:"people"` // to whom letters would go today
}

// previewSummaries answers what becomes due between two moments: from now on, for a week, where none are named.
func (a *api) previewSummaries(q *asking) (*answer, error) {
	after, err := q.moment("after", a.Clock().UTC())
	if err != nil {
		return nil, err
	}
	until, err := q.moment("until", after.AddDate(0, 0, 7))
	if err != nil {
		return nil, err
	}
	planned, err := a.Office.PreviewSummaries(q.Context(), after, until)
	if err != nil {
		return nil, err
	}
	got := struct {
		Items []dueState `json:"items"`
	}{make([]dueState, len(planned))}
	for i, one := range planned {
		got.Items[i] = dueState{a.occasionOf(q, one.Occasion), one.People}
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

// storyAnswer is a summary with what a revision of it said. All keys are always present.
type storyAnswer struct {
	Summary     summaryState    `json:"summary"`
	Report      *reportState    `json:"report"`    // null of what has none
	Revisions   []revisionState `json:"revisions"` // from the first to the latest
	Files       []summaryFile   `json:"files"`     // of the latest revision: those that who reads may ask for
	Correctable bool            `json:"correctable"`
}

type revisionState struct {
	Revision int           `json:"revision"`
	MadeAt   time.Time     `json:"madeAt"`
	By       *string       `json:"by"`
	Changes  []changeState `json:"changes"` // what the revision before it said otherwise
}

type summaryFile struct {
	Number int            `json:"number"`
	Label  string         `json:"label"`
	Kind   request.Kind   `json:"kind"`
	Format request.Format `json:"format"`
}

// findSummary answers a summary with what it says, or what the revision of the query said.
func (a *api) findSummary(q *asking) (*answer, error) {
	story, err := a.Office.Summary(q.Context(), q.path("summary"))
	if err != nil {
		return nil, err
	}
	revision := story.Revision
	if given := q.URL.Query().Get("revision"); given != "" {
		if revision, err = strconv.Atoi(given); err != nil || revision < 1 || revision > story.Revision {
			return nil, invalid("revision", "1–"+strconv.Itoa(story.Revision)).Valued(cut(given))
		}
	}
	return a.storyOf(q, story, revision), nil
}

func (a *api) storyOf(q *asking, story office.SummaryStory, revision int) *answer {
	got := storyAnswer{
		Summary: a.summaryStateOf(q, &story.Summary), Revisions: []revisionState{}, Files: []summaryFile{}, Correctable: story.Correctable,
	}
	for _, kept := range story.Kept {
		got.Revisions = append(got.Revisions, revisionState{kept.Revision, kept.MadeAt, orNull(kept.By), changesOf(q, kept.Changes)})
		if kept.Revision == revision {
			report := reportOf(q, kept.Report)
			got.Report = &report
		}
	}
	for _, file := range story.Files {
		format := request.Format(file.Format).OrFirst()
		got.Files = append(got.Files, summaryFile{file.Number, file.Label.In(q.lang), request.Kind(file.Kind), format})
	}
	return &answer{status: http.StatusOK, body: got, version: int64(story.Revision)}
}

// correctSummary has a report put together anew by what is on record now.
func (a *api) correctSummary(q *asking) (*answer, error) {
	seen, err := q.version()
	if err != nil {
		return nil, err
	}
	story, err := a.Office.CorrectSummary(q.Context(), q.path("summary"), int(seen))
	if err != nil {
		return nil, err
	}
	return a.storyOf(q, story, story.Revision), nil
}

// createSummaryFile asks for a file of a summary, as of its moment, in the language of the request unless it names another.
func (a *api) createSummaryFile(q *asking) (*answer, error) {
	var lang string
	body, err := q.read(field{"lang", &lang, aText, false})
	if err != nil {
		return nil, err
	}
	in, err := optionalLang(lang)
	if err != nil {
		return nil, err
	}
	if in == "" {
		in = q.lang
	}
	number, err := strconv.Atoi(q.path("file"))
	if err != nil {
		return nil, problem.New("SUMMARY_FILE_UNKNOWN").Valued(q.path("summary"))
	}
	export, err := a.Office.CreateSummaryFile(q.Context(), a.identifying(q, body), q.path("summary"), number, in)
	if err != nil {
		return nil, err
	}
	q.log = q.log.With("export", export.ID)
	got := exportAnswer{Export: exportStateOf(export, q.lang)}
	return &answer{status: http.StatusAccepted, body: got, location: "../../../exports/" + export.ID}, nil
}

// moment is a time of the query, whole seconds of which count; without it the one given. FIELD_INVALID.
func (q *asking) moment(name string, without time.Time) (time.Time, error) {
	given := q.URL.Query().Get(name)
	if given == "" {
		return without, nil
	}
	at, err := time.Parse(time.RFC3339, given)
	if err != nil || at.UTC().Year() < 2000 || at.UTC().Year() > 9999 {
		return at, invalidText(name, aTime).Valued(cut(given))
	}
	return at.UTC(), nil
}

// scheduleText is the label of a schedule; of one that the programme has no more, its identifier.
func (a *api) scheduleText(id string) locale.Text {
	for _, s := range a.Office.Programme.Schedules {
		if s.ID == id {
			return s.Label
		}
	}
	return locale.Same(id)
}
