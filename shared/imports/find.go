package imports

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// finding is a table that was found in a file. Its book is to be closed.
type finding struct {
	book     *sheet.Book
	kind     Kind
	located  *sheet.Located
	problems []problem.Problem // of the file, its sheets and the header
	recalled *recalled
	finder   *finder
}

// finder looks for a table of one of its kinds in a file.
type finder struct {
	service *Service
	upload  Upload
	opts    Options
	env     *Env
	kinds   []Kind
	schemas []sheet.Schema
}

// find opens the file and finds its table.
func (s *Service) find(ctx context.Context, up Upload, kinds []Kind, env *Env, opts Options) (*finding, error) {
	f := &finder{service: s, upload: up, opts: opts, env: env, kinds: kinds}
	for _, kind := range kinds {
		f.schemas = append(f.schemas, kind.Schema(env))
	}
	book, err := f.open(ctx, opts.Answers)
	if err != nil {
		return nil, err
	}
	if asked := askedOfFile(book); len(asked) > 0 {
		found, err := f.findAsBefore(ctx, asked)
		if err != nil || found != nil {
			return found, errors.Join(err, book.Close())
		}
	}
	return f.locate(ctx, book)
}

func (f *finder) open(ctx context.Context, answers sheet.Answers) (*sheet.Book, error) {
	up := f.upload
	options := []sheet.Option{sheet.WithLimits(f.service.limits), sheet.WithAnswers(answers)}
	if f.opts.part == nil { // a check that may be interrupted does not begin anew for merged cells
		options = append(options, sheet.AssumeUnmerged())
	}
	return sheet.Open(ctx, up.Source, up.Size, up.Name, options...)
}

// mind locates the table once more when it has merged cells after all; it reports whether it did.
func (f *finding) mind(ctx context.Context) (again bool, err error) {
	if !f.book.MergesMissed(f.located) {
		return false, nil
	}
	found, err := f.finder.located(ctx, f.book)
	if err != nil {
		return false, err
	}
	f.located, f.problems = found.located, found.problems
	return true, nil
}

// askedOfFile names the questions that the text of a CSV leaves open.
func askedOfFile(book *sheet.Book) []string {
	var asked []string
	for _, note := range book.Notes() {
		if question := intake.Question(&note); question != "" {
			asked = append(asked, question)
		}
	}
	return asked
}

// findAsBefore settles what the text of a CSV leaves open as the sender did in earlier imports: of the kind that the table then
// turns out to be, of which the text itself says nothing yet. It finds nothing where there is no such kind.
func (f *finder) findAsBefore(ctx context.Context, asked []string) (*finding, error) {
	for _, kind := range f.kinds {
		remembered, err := f.service.recall(ctx, f.opts.Person, kind.Name())
		if err != nil {
			return nil, err
		}
		maps.DeleteFunc(remembered, func(question, _ string) bool { return !slices.Contains(asked, question) })
		if len(remembered) == 0 {
			continue
		}
		found, err := f.findWith(ctx, remembered)
		var refusal *problem.Problem
		switch {
		case errors.As(err, &refusal):
			continue
		case err != nil:
			return nil, err
		case found.kind.Name() == kind.Name():
			maps.Copy(found.recalled.used, remembered)
			return found, nil
		}
		if err := found.book.Close(); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// findWith finds the table with further answers about the file.
func (f *finder) findWith(ctx context.Context, further sheet.Answers) (*finding, error) {
	answers := maps.Clone(further)
	maps.Copy(answers, f.opts.Answers)
	book, err := f.open(ctx, answers)
	if err != nil {
		return nil, err
	}
	return f.locate(ctx, book)
}

// locate finds the sheet, its kind and its header, and what the sender answered about this kind before. It closes the book when
// it fails.
func (f *finder) locate(ctx context.Context, book *sheet.Book) (*finding, error) {
	found, err := f.located(ctx, book)
	if err != nil {
		return nil, errors.Join(err, book.Close())
	}
	return found, nil
}

func (f *finder) located(ctx context.Context, book *sheet.Book) (*finding, error) {
	located, problems, err := book.Locate(ctx, f.schemas, sheet.TableOptions{Sheet: f.opts.Sheet, Lang: f.opts.Lang})
	if err != nil {
		return nil, err
	}
	if err := checkAnswers(f.opts.Answers, located.Schema); err != nil {
		return nil, err
	}
	kind := f.kinds[slices.IndexFunc(f.kinds, func(k Kind) bool { return k.Name() == located.Schema.Kind })]
	remembered, err := f.service.recall(ctx, f.opts.Person, kind.Name())
	if err != nil {
		return nil, err
	}
	return &finding{
		book: book, kind: kind, located: located, recalled: newRecalled(remembered, f.opts.Answers, located.Schema),
		finder:   f,
		problems: append(slices.Clone(book.Notes()), judgeHeaders(kind, problems)...),
	}, nil
}
