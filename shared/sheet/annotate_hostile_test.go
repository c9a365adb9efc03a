package sheet_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// mutated gives a workbook with a byte of the archive or one part changed at random: bytes overwritten, pieces dropped, doubled or exchanged.
func mutated(t *testing.T, src []byte, rnd *rand.Rand) []byte {
	t.Helper()
	if rnd.IntN(5) == 0 {
		flipped := bytes.Clone(src)
		flipped[rnd.IntN(len(flipped))] ^= byte(1 + rnd.IntN(255))
		return flipped
	}
	all := parts(t, src)
	names := []string{"xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
		"xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels", "[Content_Types].xml", "_rels/.rels"}
	name := names[rnd.IntN(len(names))]
	was := all[name]
	is := []byte(was)
	for range 1 + rnd.IntN(3) {
		if len(is) < 20 {
			break
		}
		i, j := rnd.IntN(len(is)), rnd.IntN(len(is))
		i, j = min(i, j), min(max(i, j), min(i, j)+60)
		switch rnd.IntN(5) {
		case 0:
			is[i] = byte(rnd.IntN(256))
		case 1:
			is = append(is[:i:i], is[j:]...)
		case 2:
			is = append(is[:j:j], is[i:]...)
		case 3:
			is = append(append(is[:i:i], `"<>/&-99999999999 '`[rnd.IntN(18)]), is[i:]...)
		case 4:
			is = bytes.Replace(is, []byte(fmt.Sprint(rnd.IntN(9))), []byte(fmt.Sprint(rnd.Int64()-rnd.Int64())), 1)
		}
	}
	return changed(t, src, map[string][]string{name: {was, string(is)}})
}

// TestMutatedWorkbooksNeverPanic: each is refused with a code, marked in a new workbook, or copied to one that can be read
// with every mark in place.
func TestMutatedWorkbooksNeverPanic(t *testing.T) {
	src, _ := annotate(t, sender(t), "dons.xlsx", locale.EN, findings()) // one that was annotated before has the most to go wrong
	outcomes := map[string]int{}
	for seed := range uint64(400) {
		content := mutated(t, src, rand.New(rand.NewPCG(seed, 1)))
		var out bytes.Buffer
		result, err := sheet.Annotate(context.Background(), &out, bytes.NewReader(content), int64(len(content)), "dons.xlsx", findings(),
			sheet.AnnotateOptions{Lang: locale.EN, HeaderRow: 3})
		var refusal *problem.Problem
		switch {
		case errors.As(err, &refusal):
			outcomes["refused"]++
			if out.Len() > 0 {
				t.Fatalf("seed %d: refused, but %d bytes were written", seed, out.Len())
			}
			continue
		case err != nil:
			t.Fatalf("seed %d: %v", seed, err)
		case result.Fresh:
			outcomes["fresh"]++
		default:
			outcomes["copied"]++
		}
		if err := readAll(out.Bytes()); err != nil {
			t.Fatalf("seed %d (fresh: %v): what was written can't be read: %v", seed, result.Fresh, err)
		}
	}
	if outcomes["refused"] == 0 || outcomes["fresh"] == 0 || outcomes["copied"] == 0 {
		t.Errorf("one-sided: %v", outcomes)
	}
	t.Logf("%v", outcomes)
}

// readAll reads every row of every sheet.
func readAll(content []byte) error {
	book, err := sheet.Open(context.Background(), bytes.NewReader(content), int64(len(content)), "x.xlsx")
	if err != nil {
		return err
	}
	defer func() { _ = book.Close() }()
	for _, info := range book.Sheets() {
		if info.Chart {
			continue
		}
		rows, err := book.Rows(context.Background(), info.Name)
		if err != nil {
			return err
		}
		for rows.Next() {
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
	}
	return nil
}

func TestMarksOutsideOfTheSheetAreOnlyListed(t *testing.T) {
	marks := []sheet.Mark{
		*problem.New("CELL_REQUIRED").At("Dons", sheet.MaxRows+1, 1), *problem.New("CELL_REQUIRED").At("Dons", -5, 1), *problem.New("CELL_REQUIRED").At("Dons", 1, sheet.MaxColumns+1),
		*problem.New("CELL_REQUIRED").At("No such sheet", 1, 1), *problem.New("NO_SUCH_CODE").Rated("odd").At("Dons", 4, -1),
		*problem.New("NUMBER_INVALID").At("Dons", sheet.MaxRows, sheet.MaxColumns).Valued(map[string]any{"error": "NUMBER_INVALID", "raw": "NaN"}),
	}
	content, result := annotate(t, sender(t), "dons.xlsx", locale.EN, marks)
	if result.Fresh || result.Marked != 1 {
		t.Errorf("got %+v", result)
	}
	if rows, _ := oracle(t, content).GetRows("Problems"); len(rows) != 4+6 || rows[9][1] != "NaN" {
		t.Errorf("got %q", rows)
	}
	if _, noted := notesOf(t, oracle(t, content), "Dons")["XFD1048576"]; !noted {
		t.Error("the last cell of the sheet has no note")
	}
}

func TestAMarkerThatLiesReplacesNoSheetOfTheSender(t *testing.T) {
	for _, claimed := range []string{"Data", "Dons", "Other & more", "No such sheet", "_guildhall"} {
		src := written(t, func(w *sheet.Writer, s *sheet.SheetWriter) {
			_ = s.Row(sheet.OutCell{Value: "mine"})
			marker, _ := w.Sheet(sheet.SheetSpec{Name: "_guildhall", VeryHidden: true})
			for _, row := range [][]string{{"schema", "x"}, {"version", "-3"}, {"lang", "xx"}, {"problems", claimed}, {"a"}, {"fills", "<fill><evil/></fill>", "</fills>", "<fill/>"}} {
				var cells []sheet.OutCell
				for _, text := range row {
					cells = append(cells, sheet.OutCell{Value: text})
				}
				_ = marker.Row(cells...)
			}
		})
		content, result := annotate(t, src, "data.xlsx", locale.EN, []sheet.Mark{*problem.New("CELL_REQUIRED").At("Data", 1, 1)})
		if result.Fresh {
			t.Errorf("%s: %s", claimed, result.Reason.EN)
		}
		f := oracle(t, content)
		if got, _ := f.GetCellValue("Data", "A1"); got != "mine" {
			t.Errorf("%s: the sheet says %q", claimed, got)
		}
		if got := f.GetSheetList(); !slices.Equal(got, []string{"Data", "_guildhall", "Problems"}) {
			t.Errorf("%s: sheets %q", claimed, got)
		}
		if rows, _ := f.GetRows("Problems"); len(rows) != 5 {
			t.Errorf("%s: %q", claimed, rows)
		}
		for name, text := range parts(t, content) {
			if name == "xl/styles.xml" && bytes.Contains([]byte(text), []byte("evil")) {
				t.Errorf("%s: what the marker says got into the styles", claimed)
			}
		}
	}
}

// TestASheetOfProblemsIsKnownByItsTitles: neither its name nor what the marker sheet says decides, since people change both.
func TestASheetOfProblemsIsKnownByItsTitles(t *testing.T) {
	ctx := context.Background()
	src := written(t, func(_ *sheet.Writer, s *sheet.SheetWriter) {
		_ = s.Row(sheet.OutCell{Value: "City"}, sheet.OutCell{Value: "Amount"}, sheet.OutCell{Value: "Given on"})
		_ = s.Row(sheet.OutCell{Value: "Brest"}, sheet.OutCell{Value: "abc"})
	})
	marks := []sheet.Mark{*problem.New("NUMBER_INVALID").At("Data", 2, 2).Valued("abc")}
	for name, change := range map[string]func(f *excelize.File) error{
		"as it was sent":            func(*excelize.File) error { return nil },
		"renamed":                   func(f *excelize.File) error { return f.SetSheetName("Problems", "To do") },
		"the marker names the data": func(f *excelize.File) error { return f.SetCellValue("_guildhall", "B4", "Data") },
		"the marker names nothing":  func(f *excelize.File) error { return f.SetCellValue("_guildhall", "B4", "") },
		"the marker is gone":        func(f *excelize.File) error { return f.DeleteSheet("_guildhall") },
		"the data have the usual name": func(f *excelize.File) error {
			return errors.Join(f.SetSheetName("Problems", "x"), f.SetSheetName("Data", "Problems"))
		},
		"the problems stand first":         func(f *excelize.File) error { return f.MoveSheet("Problems", "Data") },
		"somebody wrote beside the titles": func(f *excelize.File) error { return f.SetCellValue("Problems", "I7", "done") },
	} {
		t.Run(name, func(t *testing.T) {
			annotated, _ := annotate(t, src, "gifts.xlsx", locale.EN, marks)
			f := oracle(t, annotated)
			if err := change(f); err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := f.Write(&out); err != nil {
				t.Fatal(err)
			}
			book, err := sheet.Open(ctx, bytes.NewReader(out.Bytes()), int64(out.Len()), "gifts.xlsx")
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = book.Close() }()
			loc, problems, err := book.Locate(ctx, []sheet.Schema{gifts()}, sheet.TableOptions{})
			if err != nil || loc.HeaderRow != 1 || len(problems) > 0 {
				t.Fatalf("%+v, %v, %v", loc, problems, err)
			}
			marks[0].Sheet = loc.Sheet
			again, result := annotate(t, out.Bytes(), "gifts.xlsx", locale.EN, marks)
			if result.Fresh {
				t.Error(result.Reason.EN)
			}
			listed := 0
			for _, tab := range oracle(t, again).GetSheetList() {
				if rows, _ := oracle(t, again).GetRows(tab); len(rows) > 4 && slices.Contains(rows[3], "What is wrong and what to do") {
					listed++
				}
			}
			if listed != 1 {
				t.Errorf("%d sheets list problems", listed)
			}
			marks[0].Sheet = "Data"
		})
	}
}

func TestACancelledAnnotationWritesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	src := sender(t)
	var out bytes.Buffer
	if _, err := sheet.Annotate(ctx, &out, bytes.NewReader(src), int64(len(src)), "dons.xlsx", findings(), sheet.AnnotateOptions{}); !errors.Is(err, context.Canceled) || out.Len() > 0 {
		t.Errorf("got %v and %d bytes", err, out.Len())
	}
}

func TestAFailingDestinationIsReported(t *testing.T) {
	src := sender(t)
	_, err := sheet.Annotate(context.Background(), failing{}, bytes.NewReader(src), int64(len(src)), "dons.xlsx", findings(), sheet.AnnotateOptions{})
	if !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("got %v", err)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
