package main

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/sheet/peers/sample"
)

// decodeRows reads into structs and checks their fields.
func decodeRows(ctx context.Context, args []string) (told, error) {
	var t told
	err := eachContribution(ctx, args[0], func(_ *sheet.Line, _ *sample.Contribution, _ []problem.Problem, bad bool) {
		t.count(bad)
	})
	return t, err
}

// judgeRows reads into structs, checks their fields and what must hold between rows, and writes a report of all problems with their
// cells and messages: what a check does, without a store and without a plan.
func judgeRows(ctx context.Context, args []string) (told, error) {
	if len(args) < 2 {
		return told{}, fmt.Errorf("usage: peers run judge FILE REPORT")
	}
	var t told
	j := judge{rows: map[[16]byte]earlier{}, countries: map[string]string{}}
	err := eachContribution(ctx, args[0], func(line *sheet.Line, row *sample.Contribution, problems []problem.Problem, bad bool) {
		j.problems = append(j.problems, problems...)
		t.count(bad || !j.holds(line.Number, row))
	})
	if err != nil {
		return t, err
	}
	return t, create(args[1], j.report)
}

func (t *told) count(failed bool) {
	if t.Rows++; failed {
		t.Failed++
	} else {
		t.Valid++
	}
}

// eachContribution decodes the rows of data of a workbook.
func eachContribution(ctx context.Context, path string, use func(*sheet.Line, *sample.Contribution, []problem.Problem, bool)) error {
	return withBook(ctx, path, func(book *sheet.Book) error {
		schema := sample.Schema()
		decoder, err := sheet.NewDecoder[sample.Contribution](&schema)
		if err != nil {
			return err
		}
		located, _, err := book.Locate(ctx, []sheet.Schema{schema}, sheet.TableOptions{})
		if err != nil {
			return err
		}
		table, err := book.Table(ctx, located, sheet.TableOptions{})
		if err != nil {
			return err
		}
		defer table.Close()
		var row sample.Contribution
		for table.Next() {
			problems, bad := decoder.Decode(table, table.Line(), &row)
			use(table.Line(), &row, problems, len(bad) > 0)
		}
		return table.Err()
	})
}

// judge holds what rows must have in common: a bank reference stands for one contribution, a city lies in one country.
type judge struct {
	rows      map[[16]byte]earlier // by a hash of the reference
	countries map[string]string    // by city
	problems  []problem.Problem
	content   []byte
}

// earlier is a row that was judged, by a hash of all its fields.
type earlier struct {
	content [16]byte
	row     int32
}

func (j *judge) holds(number int, row *sample.Contribution) bool {
	key := hashOf([]byte(row.Reference))
	j.content = fmt.Appendf(j.content[:0], "%d %d %t", row.ReceivedOn, row.RateDate, row.ReceiptSent)
	for _, text := range []string{
		row.Donor, row.DonorType, row.City, row.Country, row.Amount, row.Currency, row.Earmark, row.Rate, row.RateSource, row.Remarks,
	} {
		j.content = append(append(j.content, 0), text...)
	}
	this := earlier{hashOf(j.content), int32(number)}
	if first, known := j.rows[key]; !known {
		j.rows[key] = this
	} else if first.content != this.content {
		j.problems = append(j.problems, *problem.New("ROW_DUPLICATE_IN_FILE").At(sample.Sheet, number, 0).WithInt("other", int(first.row)))
		return false
	}
	country, known := j.countries[row.City]
	switch {
	case !known:
		j.countries[strings.Clone(row.City)] = strings.Clone(row.Country)
	case country != row.Country:
		j.problems = append(j.problems, *problem.New("REF_AMBIGUOUS").At(sample.Sheet, number, 0).In("city").
			With("candidates", country+", "+row.Country))
		return false
	}
	return true
}

func hashOf(b []byte) [16]byte {
	sum := sha256.Sum256(b)
	return [16]byte(sum[:])
}

// report writes the problems by row, one a line.
func (j *judge) report(dst io.Writer) error {
	slices.SortStableFunc(j.problems, func(a, b problem.Problem) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col), cmp.Compare(a.Code, b.Code))
	})
	out := bufio.NewWriter(dst)
	lines := json.NewEncoder(out)
	for i := range j.problems {
		p := &j.problems[i]
		cell := ""
		if p.Col > 0 {
			cell = sheet.CellName(p.Col, p.Row)
		}
		if err := lines.Encode(map[string]any{
			"code": p.Code, "row": p.Row, "cell": cell, "value": p.Value, "message": p.Message(locale.EN),
		}); err != nil {
			return err
		}
	}
	return out.Flush()
}
