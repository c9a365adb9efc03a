package sheet

import (
	"bytes"
	"context"
	"io"
	"slices"
)

// merges lists the merged cells of a sheet. They are known before its rows are read although they stand behind them: a sheet
// whose bytes don't have the element's name has none, and to find that out costs no more than to inflate it. Others are read
// whole.
func (b *Book) merges(ctx context.Context, sheet string) ([]Range, error) {
	if layout, known := b.knownLayout(sheet); known {
		return layout.Merges, nil
	}
	if b.csv != nil || b.assumed || b.lacksMerges(ctx, sheet) {
		return nil, nil
	}
	layout, err := b.Layout(ctx, sheet)
	return layout.Merges, err
}

// MergesMissed reports whether a table was located under AssumeUnmerged and its sheet, read to the end by now, has merged cells that
// reach into the titles or the rows. What was read is then void: the table has to be located and read once more, which minds them.
func (b *Book) MergesMissed(loc *Located) bool {
	layout, _ := b.knownLayout(loc.Sheet)
	return loc.assumed && slices.ContainsFunc(layout.Merges, func(r Range) bool { return r.LastRow >= loc.top })
}

// lacksMerges remembers the sheets without any.
func (b *Book) lacksMerges(ctx context.Context, sheet string) bool {
	b.mu.Lock()
	known := b.unmerged[sheet]
	b.mu.Unlock()
	if known || !b.has(sheet) || !b.workbook.lacks(ctx, sheet, "mergeCell") {
		return known
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.unmerged[sheet] = true
	return true
}

// lacks reports whether the part of a sheet certainly has no element of a name. Of a part that can't be read to its end, or
// isn't in an encoding that has ASCII's bytes, that isn't certain.
func (w *workbook) lacks(ctx context.Context, sheet, element string) bool {
	in := w.find(sheet).part.Open()
	defer in.Close()
	word := []byte(element)
	buf, kept := make([]byte, 64<<10), 0
	for first := true; ; first = false {
		n, err := io.ReadFull(in, buf[kept:])
		seen := buf[:kept+n]
		if first && (len(seen) < 2 || seen[0] != '<' && !bytes.HasPrefix(seen, []byte("\xef\xbb\xbf<")) || seen[1] == 0) {
			return false // UTF-16, or no XML at all
		}
		switch {
		case bytes.Contains(seen, word), ctx.Err() != nil:
			return false
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			return true
		case err != nil:
			return false
		}
		kept = copy(buf, seen[len(seen)-len(word):])
	}
}
