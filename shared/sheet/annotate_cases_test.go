package sheet

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// annotateToo annotates a file that a test of reading has just read, with what it read or nil lines for a refusal: the copy opens
// again and says the same, and what isn't read gets none.
func annotateToo(t *testing.T, data []byte, name, sheet, lines string, read error, opts []Option) {
	t.Helper()
	ctx := context.Background()
	marks := []Mark{
		*problem.New("CELL_REQUIRED").At(sheet, 1, 1).With("column", "A"), *problem.New("NUMBER_INVALID").At(sheet, 2, 3).Valued("x"),
		*problem.New("ROW_BLANK_SKIPPED").At(sheet, 1, 0), *problem.New("DATE_INVALID").At(sheet, 0, 2), *problem.New("CELL_REQUIRED").At(sheet, 300, 2),
	}
	var out bytes.Buffer
	result, err := Annotate(ctx, &out, bytes.NewReader(data), int64(len(data)), name, marks,
		AnnotateOptions{Lang: locale.FR, Sheet: sheet, HeaderRow: 1, Open: opts})
	var refusal *problem.Problem
	if read != nil {
		if errors.As(read, &refusal) && refusal.Code == "SHEET_MISSING" {
			return // there are only charts, which nothing can be wrong with
		}
		if err == nil || out.Len() > 0 || errors.As(read, &refusal) != errors.As(err, &refusal) {
			t.Errorf("reading gave %v, annotating %v and %d bytes", read, err, out.Len())
		}
		return
	}
	if err != nil {
		t.Errorf("annotating gave %v", err)
		return
	}
	tab := sheet
	if tab == "" || result.Fresh {
		if tab, err = firstTab(out.Bytes(), sheet); err != nil {
			t.Errorf("the copy (fresh: %v) can't be opened: %v", result.Fresh, err)
			return
		}
	}
	got, err := tryRead(out.Bytes(), "copy.xlsx", tab)
	if result.Fresh {
		if strings.Contains(lines, `{"error"`) || len(lines) > MaxCellText || sheet != tab && sheet != "" || strings.Contains(got, "x.xlsx") {
			return // what is no value becomes a text that shows it; a hidden sheet isn't the first any more
		}
		got, lines = strings.TrimRight(got, "[]\n"), strings.TrimRight(lines, "[]\n")
	}
	if err != nil || got != lines {
		t.Errorf("the copy (fresh: %v) reads %.300s (%v), the file %.300s", result.Fresh, got, err, lines)
	}
}

// firstTab is the sheet of a copy that has a name, or its default one.
func firstTab(content []byte, name string) (string, error) {
	book, err := Open(context.Background(), bytes.NewReader(content), int64(len(content)), "copy.xlsx")
	if err != nil {
		return "", err
	}
	defer book.Close()
	if book.has(name) {
		return name, nil
	}
	info, err := book.DefaultSheet()
	return info.Name, err
}
