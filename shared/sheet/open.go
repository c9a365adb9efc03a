package sheet

import (
	"context"
	"io"
	"strings"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
)

// Answers settle questions that a file leaves open, by the name of the question. Open knows csv.delimiter ("," ";" "|" or
// "tab") and csv.encoding (utf-8, utf-16le, utf-16be, windows-1252, …); others are for the table layer.
type Answers map[string]string

// Option changes how a file is opened.
type Option func(*openOptions)

type openOptions struct {
	limits      Limits
	answers     Answers
	unmerged    bool
	scannerOnly bool // tests: read every cell through the scanner, not in the faster way
}

// WithLimits replaces DefaultLimits.
func WithLimits(l Limits) Option { return func(o *openOptions) { o.limits = l } }

// WithAnswers gives the sender's answers to earlier questions.
func WithAnswers(a Answers) Option { return func(o *openOptions) { o.answers = a } }

// AssumeUnmerged has tables located and read as if no cells of a workbook were merged. Merged cells stand at the end of a sheet,
// and to look for them beforehand means to inflate all of it twice; few tables have any. Whoever assumes so asks
// Book.MergesMissed at the end.
func AssumeUnmerged() Option { return func(o *openOptions) { o.unmerged = true } }

// Open tells the format of a file by its content and opens it if it is a workbook (.xlsx) or CSV. The name is used for the
// name of a CSV's only sheet and to notice a CSV in disguise. Every refusal is a *problem.Problem whose code begins with
// FILE_; errors of src and of ctx come back as they are. The source must stay open until the Book is closed.
func Open(ctx context.Context, src io.ReaderAt, size int64, name string, opts ...Option) (*Book, error) {
	options := openOptions{limits: DefaultLimits()}
	for _, opt := range opts {
		opt(&options)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	switch {
	case size <= 0:
		return nil, problem.New("FILE_EMPTY")
	case size > options.limits.Bytes:
		return nil, fault.TooLarge(fault.FileBytes, options.limits.Bytes)
	}
	found, err := detect(src, size)
	if err != nil {
		return nil, err
	}
	if found.format == Unknown && strings.HasPrefix(strings.ToLower(options.answers["csv.encoding"]), "utf-16") {
		found.format = CSV // UTF-16 without a mark may look like binary data; the sender says that it is text
	}
	switch {
	case found.format == CSV && disguised(name):
		return nil, fault.Unsupported(namedText)
	case found.format == CSV:
		return openCSV(ctx, src, size, name, options)
	case found.format == ZIP:
		book, err := openWorkbook(ctx, src, size, options)
		if err == nil {
			book.assumed = options.unmerged
		}
		return book, err
	case found.encrypted:
		return nil, fault.Encrypted()
	default:
		return nil, fault.Unsupported(found.name)
	}
}

// DetectFormat tells the format of a file by its content, also of one that Open refuses. A workbook is XLSX as soon as it
// lists a workbook's main part, whether or not the rest can be read. Errors are those of the source.
func DetectFormat(ctx context.Context, src io.ReaderAt, size int64) (Format, error) {
	if err := ctx.Err(); err != nil || size <= 0 {
		return Unknown, err
	}
	found, err := detect(src, size)
	if err != nil {
		return Unknown, err
	}
	if found.format == ZIP {
		return detectPackage(ctx, src, size), nil
	}
	return found.format, nil
}
