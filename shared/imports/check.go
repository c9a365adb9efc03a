package imports

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/table"
)

// Check reads a file, judges its rows and stores the plan of what a commit would do, with the report and the file itself. It
// changes no record. A file that can't be checked is refused: the report then holds the refusal, which is also returned as
// the error (a *problem.Problem with a FILE_, SHEET_ or HEADER_ code, KIND_UNKNOWN, CALL_UNKNOWN, TERM_UNKNOWN or
// ANSWER_INVALID), and nothing is stored. With any other error, such as ANSWERS_TOO_MANY, there is no report.
func (s *Service) Check(ctx context.Context, up Upload, opts Options) (*intake.Report, error) {
	up.Name = strings.ToValidUTF8(up.Name, "\uFFFD") // it is stored, and names the sheet of a CSV
	if err := intake.CheckAnswers(opts.Answers); err != nil {
		return nil, err
	}
	sum, err := hashOf(ctx, up)
	if err != nil {
		return nil, err
	}
	report := &intake.Report{File: intake.File{Name: up.Name, SHA256: sum, Bytes: up.Size, Format: string(sheet.Unknown)}, Person: opts.Person}
	kind, err := s.check(ctx, up, opts, report)
	var refusal *problem.Problem
	switch {
	case errors.As(err, &refusal):
		report.Import = ""
		report.Refuse(refusal)
		return report, refusal
	case err != nil:
		return nil, err
	}
	return report, s.keep(ctx, up, opts, report, kind)
}

// check makes the plan of a file, which a refused one has not, and the report.
func (s *Service) check(ctx context.Context, up Upload, opts Options, report *intake.Report) (Kind, error) {
	format, err := sheet.DetectFormat(ctx, up.Source, up.Size)
	if err != nil {
		return nil, err
	}
	report.File.Format = string(format)
	kinds, err := s.kindsFor(opts.Kind)
	if err != nil {
		return nil, err
	}
	env, err := s.env(opts)
	if err != nil {
		return nil, err
	}
	found, err := s.find(ctx, up, kinds, env, opts)
	if err != nil {
		return nil, err
	}
	defer found.book.Close()
	if opts.Lang == "" && found.located.Lang != "" {
		env.Lang = found.located.Lang
	}
	describe(report, found, env)
	if report.Import == "" {
		report.Import = s.ids()
	}
	if err := s.judge(ctx, found, env, opts, report); err != nil {
		return nil, errors.Join(err, s.blobs.Delete(context.WithoutCancel(ctx), report.PlanBlob()))
	}
	if err := s.noteEarlier(ctx, report); err != nil {
		return nil, err
	}
	report.Sort(tabsOf(found.book))
	if opts.review {
		err = s.review(ctx, found, opts, env, report)
	}
	return found.kind, err
}

// describe takes in what was found before the rows are read.
func describe(report *intake.Report, found *finding, env *Env) {
	report.Kind, report.Sheet, report.HeaderRow = found.kind.Name(), found.located.Sheet, found.located.HeaderRow
	report.Lang, report.Call, report.Term = found.located.Lang, env.Call, env.Term
}

// tabsOf names the sheets of a book from left to right.
func tabsOf(book *sheet.Book) []string {
	var tabs []string
	for _, tab := range book.Sheets() {
		tabs = append(tabs, tab.Name)
	}
	return tabs
}

// passes is how often the rows of a sheet are taken to the plan at most because acts change what they are judged by. The plan of the last
// pass is stale where they did so again.
const passes = 4

// judge takes the rows to the plan; once more where the table turns out to have merged cells, where a record was changed between the rules'
// look at it and the comparison, or where its rows leave open what the sender answered in an earlier import, then with that answer.
func (s *Service) judge(ctx context.Context, found *finding, env *Env, opts Options, report *intake.Report) error {
	opts.part.recalled(found.recalled)
	for pass := 1; ; pass++ {
		maps.Copy(env.Answers, found.recalled.used)
		report.Problems = slices.Clone(found.problems)
		c := newChecker(s, found, env, opts, report)
		rows, err := c.run(ctx, found.book)
		if err != nil {
			return err
		}
		if again, err := found.mind(ctx); err != nil {
			return err
		} else if again || c.overtaken && pass < passes {
			continue
		}
		if !found.recalled.settle(report.Problems, rows) {
			break
		}
	}
	report.Answers = env.Answers
	if p := found.recalled.problem(); p != nil {
		report.Problems = append(report.Problems, *p)
	}
	return nil
}

// blocksAll reports whether a problem keeps every row from being imported: an error of the file, the sheet or its header, or
// an open question on the whole file. A question on a column fails the rows that it leaves open, by their cells.
func blocksAll(p *problem.Problem, headerRow int) bool {
	if p.Row > headerRow {
		return false
	}
	return p.Severity == problem.Error || p.Severity == problem.Question && p.Sheet == "" && p.Field == ""
}

// noteEarlier adds FILE_DUPLICATE when the very same bytes were imported before.
func (s *Service) noteEarlier(ctx context.Context, report *intake.Report) error {
	earlier, err := s.intake.CommittedOfFile(ctx, report.File.SHA256)
	if err != nil || earlier == nil {
		return err
	}
	year, month, day := earlier.CommittedAt.Date()
	date := locale.Text{
		EN: locale.FormatDate(locale.EN, year, int(month), day),
		FR: locale.FormatDate(locale.FR, year, int(month), day),
		ES: locale.FormatDate(locale.ES, year, int(month), day),
	}
	report.Problems = append(report.Problems,
		*problem.New("FILE_DUPLICATE").With("import", earlier.ID).WithText("date", date))
	return nil
}

// keep stores the file and the report, and last the import's record, by which all of it is found.
func (s *Service) keep(ctx context.Context, up Upload, opts Options, report *intake.Report, kind Kind) error {
	if err := s.keepUpload(ctx, up, report.File.SHA256); err != nil {
		return err
	}
	if err := s.intake.KeepReport(ctx, report); err != nil {
		return err
	}
	imp := &intake.Import{
		ID: report.Import, Person: report.Person, Request: intake.Request{
			Name: up.Name, Bytes: up.Size, Kind: opts.Kind, Sheet: opts.Sheet, Lang: opts.Lang, Call: opts.Call, Term: opts.Term,
			Answers: opts.Answers, Person: opts.Person,
		},
	}
	s.describeCheck(imp, report, kind)
	write, err := imp.Write(nil)
	if err != nil {
		return err
	}
	return s.retry(ctx, func() error {
		err := s.table.Write(ctx, write)
		var taken *table.ConditionError
		if errors.As(err, &taken) { // only by an earlier try of this write: identifiers are not given twice
			return nil
		}
		return err
	})
}

// describeCheck makes imp the import of a finished check. The kind is nil when the file was refused.
func (s *Service) describeCheck(imp *intake.Import, report *intake.Report, kind Kind) {
	asker := ""
	if len(imp.History) == 0 { // a file at hand: the check is what was asked for
		asker = imp.Person
	}
	imp.Problem, imp.Done, imp.CheckedAt = "", 0, s.clock().UTC()
	imp.Check, imp.File, imp.Kind, imp.Sheet = report.Check, report.File, report.Kind, report.Sheet
	imp.Plan, imp.Rows, imp.Touches, imp.Answers = report.Plan, report.Rows, nil, nil
	if report.Refused() {
		imp.Problem = report.Problems[0].Code
		imp.Become(intake.Step{State: intake.Refused, At: imp.CheckedAt, Person: asker, Problem: imp.Problem})
		return
	}
	imp.Become(intake.Step{State: intake.Checked, At: imp.CheckedAt, Person: asker, Plan: imp.Plan})
	imp.Touches, imp.Answers = s.touched(kind), toRemember(imp.Request.Person, imp.Request.Answers)
}

// keepUpload stores the sender's file under its hash, once.
func (s *Service) keepUpload(ctx context.Context, up Upload, sum string) (err error) {
	name := intake.UploadBlob(sum)
	if _, err := s.blobs.Stat(ctx, name); !errors.Is(err, blob.ErrNotFound) {
		return err
	}
	w, err := s.blobs.Create(ctx, name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Abort()) }()
	if _, err := io.Copy(w, io.NewSectionReader(up.Source, 0, up.Size)); err != nil {
		return err
	}
	_, err = w.Commit()
	return err
}

// touched lists the record types of a kind, with that of the books where it is booked, sorted, each once: the order in which its locks
// are taken.
func (s *Service) touched(kind Kind) []string {
	types := slices.Clone(kind.Touches())
	if _, ok := s.booked(kind); ok {
		types = append(types, s.books.Type())
	}
	slices.Sort(types)
	return slices.Compact(types)
}

// hashOf is the SHA-256 of an upload in hexadecimal digits.
func hashOf(ctx context.Context, up Upload) (string, error) {
	hash := sha256.New()
	if _, err := io.Copy(hash, &contextReader{ctx, io.NewSectionReader(up.Source, 0, up.Size)}); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// contextReader stops reading when the context ends.
type contextReader struct {
	ctx context.Context
	src io.Reader
}

func (r *contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.src.Read(p)
}
