package office

import (
	"context"
	"errors"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
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

// Summaries are a page of at most limit summaries that the actor may read, the latest day first; as for Imports. SIGNIN_NEEDED;
// table.ErrCursor.
func (o *Office) Summaries(ctx context.Context, f SummaryFilter, after table.Cursor, limit int) ([]Summary, table.Cursor, error) {
	if _, err := o.reach(ctx, access.SummaryRead); err != nil {
		return nil, "", err
	}
	return nil, "", errors.ErrUnsupported
}

// SummaryStory is a summary with all that it ever said.
type SummaryStory struct {
	Summary
	Kept  []outbox.Kept // its revisions, from the first to the latest; none of what has no report
	Files []SummaryFile // of the latest revision, which the actor may ask for
	Edits bool          // the actor may have it corrected
}

// SummaryFile is a file that shows more. Number is its place among the report's files, from 0.
type SummaryFile struct {
	Number int
	summary.File
}

// Summary is one by its identifier. SIGNIN_NEEDED, ACCESS_DENIED, SUMMARY_UNKNOWN.
func (o *Office) Summary(ctx context.Context, id string) (SummaryStory, error) {
	if _, err := o.reach(ctx, access.SummaryRead); err != nil {
		return SummaryStory{}, err
	}
	return SummaryStory{}, errors.ErrUnsupported
}

// CreateSummaryFile asks for a file of a summary's latest revision by its number, in a language, as of the report's moment; as for
// CreateExport. SIGNIN_NEEDED, ACCESS_DENIED, SUMMARY_UNKNOWN, SUMMARY_FILE_UNKNOWN.
func (o *Office) CreateSummaryFile(
	ctx context.Context, identify Identify, id string, number int, lang locale.Lang,
) (*request.Export, error) {
	if _, err := o.reach(ctx, access.SummaryRead); err != nil {
		return nil, err
	}
	return nil, errors.ErrUnsupported
}

// CorrectSummary puts a report together again by what is on record now, and where it says otherwise than the revision that the actor has
// seen, keeps it as a further one and writes to those who got the first as well as those who would get it today. ACCESS_DENIED,
// SUMMARY_UNKNOWN, SUMMARY_UNCORRECTED of a reminder or what has no report, RECORD_CHANGED, SUMMARY_UNCHANGED, RECORD_BUSY.
func (o *Office) CorrectSummary(ctx context.Context, id string, base int) (SummaryStory, error) {
	if _, err := o.reach(ctx, access.SummaryRead); err != nil {
		return SummaryStory{}, err
	}
	return SummaryStory{}, errors.ErrUnsupported
}

// Planned is an occasion to come, as far as today's records tell.
type Planned struct {
	Occasion schedule.Occasion
	Label    locale.Text // its schedule's
	People   int         // to whom letters would go today
}

// PreviewSummaries are the occasions that become due after one moment, until another, in their order. Nothing is made. ACCESS_DENIED,
// RECORD_BUSY.
func (o *Office) PreviewSummaries(ctx context.Context, after, until time.Time) ([]Planned, error) {
	if err := o.leave(ctx, access.MailRead, access.Object{}); err != nil {
		return nil, err
	}
	return nil, errors.ErrUnsupported
}
