package page

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// PartLength is how many things a part of a list has.
const PartLength = 50

// aDay is what a day has to be: browsers send one so, and people without their calendar write it so.
var aDay = locale.Text{EN: "a day such as 2026-11-21", FR: "un jour comme 2026-11-21", ES: "un día como 2026-11-21"}

// Day is a day of the form, the zero one where it is left open. label is what the form calls it. FIELD_INVALID.
func (v Visit) Day(name string, label locale.Text) (civil.Date, error) {
	text := v.Form.Get(name)
	if text == "" {
		return civil.Date{}, nil
	}
	day, err := civil.Parse(text)
	if err != nil {
		return day, problem.New("FIELD_INVALID").In(name).WithText("field", label).WithText("expected", aDay).Valued(text)
	}
	return day, nil
}

// Version is the version that the form was written from (its hidden field "version"); nil where it names none.
func (v Visit) Version() *int64 {
	version, err := strconv.ParseInt(v.Form.Get("version"), 10, 64)
	if err != nil {
		return nil
	}
	return &version
}

// Part is the part of a list that is asked for, in the list's order, and the cursor of the part after it, "" at the end. id gives the
// identifier of a thing; a list goes on after the one that the cursor names, and begins anew where it has none of that name.
func Part[T any](v Visit, all []T, id func(T) string) (part []T, next string) {
	if after := v.Query.Get(AfterParameter); after != "" {
		at := slices.IndexFunc(all, func(one T) bool { return id(one) == after })
		all = all[at+1:]
	}
	if len(all) <= PartLength {
		return all, ""
	}
	return all[:PartLength], id(all[PartLength-1])
}

// Stored is Part for a list that a store gives in parts: read takes the store's own cursor. A part may be empty although more follows.
func Stored[T any](
	ctx context.Context, v Visit, read func(context.Context, table.Cursor, int) ([]T, table.Cursor, error),
) (part []T, next string, err error) {
	part, cursor, err := read(ctx, table.Cursor(v.Query.Get(AfterParameter)), PartLength)
	if errors.Is(err, table.ErrCursor) {
		part, cursor, err = read(ctx, "", PartLength)
	}
	return part, string(cursor), err
}
