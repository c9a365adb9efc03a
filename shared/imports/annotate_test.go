package imports

import (
	"bytes"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// stonesWorkbook is an .xlsx upload of stones.
func stonesWorkbook(t *testing.T, rows ...[]string) Upload {
	t.Helper()
	var out bytes.Buffer
	w := sheet.NewWriter(&out, sheet.WriterOptions{Title: "Stones"})
	s, err := w.Sheet(sheet.SheetSpec{Name: "Stones"})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range append([][]string{{"Code", "Name", "Weight"}}, rows...) {
		cells := make([]sheet.OutCell, len(row))
		for i, text := range row {
			cells[i].Value = text
		}
		if err := s.Row(cells...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return Upload{Name: "stones.xlsx", Source: bytes.NewReader(out.Bytes()), Size: int64(out.Len())}
}

func TestTheAnnotatedCopyUploadedAgainShowsTheSameProblems(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	given := check(t, s, stonesWorkbook(t, []string{"a1", "Anna", "three"}, []string{"b2", "Ben", "4"}, []string{"b2", "Ben", "4"}))
	var out bytes.Buffer
	copied, err := s.Annotated(t.Context(), given, &out, locale.FR)
	if err != nil {
		t.Fatal(err)
	}
	if copied.Fresh || copied.Marked == 0 {
		t.Errorf("%+v", copied)
	}
	again := check(t, s, Upload{Name: "stones.xlsx", Source: bytes.NewReader(out.Bytes()), Size: int64(out.Len())})
	if again.Rows != given.Rows {
		t.Errorf("counts %+v, before %+v", again.Rows, given.Rows)
	}
	wantList(t, "problems", codes(again), codes(given)...)
}

func TestARefusedFileHasNoAnnotatedCopy(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	report, err := s.Check(t.Context(), Upload{Name: "a.xlsx", Source: strings.NewReader("%PDF-1.7"), Size: 8}, Options{})
	wantCode(t, err, "FILE_TYPE_UNSUPPORTED")
	var out bytes.Buffer
	_, err = s.Annotated(t.Context(), report, &out, locale.EN)
	wantCode(t, err, "FILE_TYPE_UNSUPPORTED")
	if out.Len() != 0 {
		t.Errorf("%d bytes were written", out.Len())
	}
}
