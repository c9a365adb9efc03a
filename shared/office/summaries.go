package office

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/table"
)

// Summary is a report or reminder that was dealt with. By is "" where the actor may not see who had it corrected.
type Summary struct {
	outbox.Entry
	Title locale.Text // of its latest revision; of what has no report, its schedule's label
}

// SummaryFilter chooses summaries: those about one matter and of one outcome; "" is any.
type SummaryFilter struct {
	About   programme.About
	Outcome outbox.Outcome
}

// Summaries are a page of at most limit summaries that the actor may read, the latest day first; as for Imports. SIGNIN_NEEDED,
// ACCESS_DENIED; table.ErrCursor.
func (o *Office) Summaries(ctx context.Context, f SummaryFilter, after table.Cursor, limit int) ([]Summary, table.Cursor, error) {
	if _, err := o.reach(ctx, access.SummaryRead); err != nil {
		return nil, "", err
	}
	readable := func(e outbox.Entry) bool { return MayRead(access.ActorOf(ctx), e.Occasion) }
	entries, next, err := o.Outbox.Entries(ctx, outbox.Filter{About: f.About, Outcome: f.Outcome, Keep: readable}, after, limit)
	if err != nil {
		return nil, "", err
	}
	page := make([]Summary, len(entries))
	for i, e := range entries {
		if page[i], err = o.summaryOf(ctx, e); err != nil {
			return nil, "", err
		}
	}
	return page, next, nil
}

func (o *Office) summaryOf(ctx context.Context, e outbox.Entry) (Summary, error) {
	title, err := o.titleOf(ctx, e, e.Revision)
	e.By = shown(ctx, e.By)
	return Summary{e, title}, err
}

// titleOf is the title of a summary's revision.
func (o *Office) titleOf(ctx context.Context, e outbox.Entry, revision int) (locale.Text, error) {
	if revision == 0 {
		return o.scheduleLabel(e.Occasion.Schedule), nil
	}
	kept, err := o.Outbox.Kept(ctx, e.ID, revision)
	return kept.Report.Title, err
}

// scheduleLabel is the label of a schedule; of one that the programme has no more, its identifier.
func (o *Office) scheduleLabel(id string) locale.Text {
	if s, known := o.Programme.Schedule(id); known {
		return s.Label
	}
	return locale.Same(id)
}

// SummaryStory is a summary with all that it ever said.
type SummaryStory struct {
	Summary
	Kept        []outbox.Kept // its revisions, from the first to the latest; none of what has no report
	Files       []SummaryFile // of the latest revision: those that the actor may ask for
	Correctable bool          // the actor may have it corrected
}

// SummaryFile is a file that shows more. Number is its place among the report's files, from 0.
type SummaryFile struct {
	Number int
	summary.File
}

// Summary is one by its identifier. SIGNIN_NEEDED, ACCESS_DENIED, SUMMARY_UNKNOWN.
func (o *Office) Summary(ctx context.Context, id string) (SummaryStory, error) {
	entry, err := o.findSummary(ctx, id)
	if err != nil {
		return SummaryStory{}, err
	}
	return o.storyOf(ctx, entry)
}

func (o *Office) storyOf(ctx context.Context, entry outbox.Entry) (SummaryStory, error) {
	kept, err := o.Outbox.Revisions(ctx, entry.ID)
	if err != nil {
		return SummaryStory{}, err
	}
	// Of a correction that is being written at this moment the entry tells what is done.
	kept = slices.DeleteFunc(kept, func(k outbox.Kept) bool { return k.Revision > entry.Revision })
	entry.By = shown(ctx, entry.By)
	story := SummaryStory{Summary: Summary{entry, o.scheduleLabel(entry.Occasion.Schedule)}, Kept: kept}
	if len(kept) == 0 {
		return story, nil
	}
	for i := range kept {
		kept[i].By = shown(ctx, kept[i].By)
	}
	who, latest := access.ActorOf(ctx), kept[len(kept)-1].Report
	story.Title = latest.Title
	story.Correctable = correctable(entry) && access.Decide(who, toCorrect(entry.Occasion.About), access.Object{}) == nil
	for i, file := range latest.Files {
		do, to := toShow(wishOf(file))
		if access.Decide(who, do, to) == nil {
			story.Files = append(story.Files, SummaryFile{i, file})
		}
	}
	return story, nil
}

// wishOf is a file of a report as what is asked for.
func wishOf(f summary.File) request.Wish {
	return request.Wish{
		Kind: request.Kind(f.Kind), Format: request.Format(f.Format), Term: f.Term, Call: f.Call, Donor: f.Donor, From: f.From, To: f.To,
	}
}

// CreateSummaryFile asks for a file of a summary's latest revision by its number, in a language, as of the report's moment; as for
// CreateExport. SIGNIN_NEEDED, ACCESS_DENIED, SUMMARY_UNKNOWN, SUMMARY_FILE_UNKNOWN.
func (o *Office) CreateSummaryFile(
	ctx context.Context, identify Identify, id string, number int, lang locale.Lang,
) (*request.Export, error) {
	entry, err := o.findSummary(ctx, id)
	if err != nil {
		return nil, err
	}
	var report summary.Report
	if entry.Revision > 0 {
		kept, err := o.Outbox.Kept(ctx, id, entry.Revision)
		if err != nil {
			return nil, err
		}
		report = kept.Report
	}
	if number < 0 || number >= len(report.Files) {
		return nil, problem.New("SUMMARY_FILE_UNKNOWN").Valued(id)
	}
	wish := wishOf(report.Files[number])
	wish.Lang, wish.At = lang, report.AsOf
	return o.CreateExport(ctx, identify, wish)
}
