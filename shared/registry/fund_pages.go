package registry

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// FundPage is a part of the entries: at most Limit, in the order of their days, or the last ones first, from where an earlier page ended.
type FundPage struct {
	After  string // the place that the page before it gave; "" for the beginning
	Limit  int    // 1 or more
	Newest bool   // the last ones first
}

// FundEntryPage gives a page of the entries up to the head, and where the next one begins, "" at the end. Entries that are appended between
// two pages, to days that were passed, are not in the pages that follow. table.ErrCursor for a place that is none.
func (r *Registry) FundEntryPage(ctx context.Context, p FundPage) (entries []ledger.Entry, next string, err error) {
	b, err := r.atHead(ctx)
	if err != nil {
		return nil, "", err
	}
	return b.page(ctx, p)
}

func (b *books) page(ctx context.Context, p FundPage) ([]ledger.Entry, string, error) {
	years, place, err := b.head.yearsFrom(p)
	if err != nil {
		return nil, "", err
	}
	var entries []ledger.Entry
	for i, year := range years {
		for {
			found, next, err := b.registry.records.Page(ctx, fundEntryType, year, place, p.Limit-len(entries), p.Newest)
			if err != nil {
				return nil, "", err
			}
			for _, record := range found {
				var entry ledger.Entry
				if err := records.Decode(record.Body, &entry); err != nil {
					return nil, "", fmt.Errorf("registry: %s: %w", record.Ref, err)
				}
				if b.has(record.Ref.ID) {
					entries = append(entries, entry)
				}
			}
			if place = next; place == "" {
				break
			}
			if len(entries) == p.Limit {
				return entries, year + placeMark + string(place), nil
			}
		}
		if len(entries) == p.Limit && i+1 < len(years) {
			return entries, years[i+1] + placeMark, nil
		}
	}
	return entries, "", nil
}

// placeMark stands between the year of a place and the place within it.
const placeMark = ":"

// yearsFrom are the years of the entries from a page's beginning on, in its order, and the place in the first of them.
func (h fundHead) yearsFrom(p FundPage) ([]string, table.Cursor, error) {
	var years []string
	for year := h.First; year != 0 && year <= h.Last; year++ {
		years = append(years, strconv.Itoa(year))
	}
	if p.Newest {
		slices.Reverse(years)
	}
	if p.After == "" {
		return years, "", nil
	}
	year, place, _ := strings.Cut(p.After, placeMark)
	i := slices.Index(years, year)
	if i < 0 {
		return nil, "", table.ErrCursor
	}
	return years[i:], table.Cursor(place), nil
}
