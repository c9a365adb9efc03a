package sheet_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/sheet/peers/sample"
)

// toolkitBench measures the toolkit's main operations on the sample's workbooks. Times are of this process; the most resident
// memory is that of one run of the operation in a process of its own.
type toolkitBench struct {
	folder string
	peers  string // the program that runs single operations
}

var toolkitForms = map[string]func(io.Writer, int) error{"inline": sample.Write, "shared": sample.WriteShared}

// BenchmarkToolkit prints rows per second and resident memory of reading, decoding with validation, writing and annotating
// 14 typed columns, with texts in their cells ("inline") and in the table of shared strings ("shared").
func BenchmarkToolkit(b *testing.B) {
	t := toolkitBench{folder: b.TempDir()}
	t.peers = t.folder + "/peers"
	if out, err := exec.Command("go", "build", "-o", t.peers, "./peers").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for _, rows := range []int{356, 10_000, 100_000, 500_000} {
		for _, form := range []string{"inline", "shared"} {
			path := t.file(b, form, rows)
			name := fmt.Sprintf("/%s/rows=%d", form, rows)
			b.Run("read"+name, func(b *testing.B) { t.measure(b, rows, path, drain, "read", path) })
			b.Run("decode"+name, func(b *testing.B) { t.measure(b, rows, path, decodeAll, "decode", path) })
			b.Run("annotate"+name, func(b *testing.B) {
				t.measure(b, rows, path, annotateAll(rows), "annotate", path, t.folder+"/annotated.xlsx", strconv.Itoa(rows))
			})
		}
		write := func(context.Context, io.ReaderAt, int64) error { return sample.Write(io.Discard, rows) }
		b.Run(fmt.Sprintf("write/rows=%d", rows), func(b *testing.B) {
			t.measure(b, rows, t.file(b, "inline", 1), write, "write", strconv.Itoa(rows), t.folder+"/written.xlsx")
		})
	}
}

// file makes a workbook once.
func (t *toolkitBench) file(b *testing.B, form string, rows int) string {
	path := fmt.Sprintf("%s/%s-%d.xlsx", t.folder, form, rows)
	if _, err := os.Stat(path); err == nil {
		return path
	}
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	if err := toolkitForms[form](file, rows); err != nil {
		b.Fatal(err)
	}
	return path
}

// measure times an operation on a file, and asks for the memory of the same operation in its own process.
func (t *toolkitBench) measure(
	b *testing.B, rows int, path string, operation func(context.Context, io.ReaderAt, int64) error, child ...string,
) {
	b.ReportAllocs()
	for b.Loop() {
		file, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		info, err := file.Stat()
		if err != nil {
			b.Fatal(err)
		}
		if err := operation(b.Context(), file, info.Size()); err != nil {
			b.Fatal(err)
		}
		if err := file.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	var told struct{ Peak int64 }
	out, err := exec.Command(t.peers, append([]string{"run"}, child...)...).Output()
	if err == nil {
		err = json.Unmarshal(out, &told)
	}
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(told.Peak)/(1<<20), "MiB/resident")
}

func drain(ctx context.Context, file io.ReaderAt, size int64) error {
	book, err := sheet.Open(ctx, file, size, "sample.xlsx")
	if err != nil {
		return err
	}
	defer book.Close()
	rows, err := book.Rows(ctx, sample.Sheet)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
}

func decodeAll(ctx context.Context, file io.ReaderAt, size int64) error {
	book, err := sheet.Open(ctx, file, size, "sample.xlsx")
	if err != nil {
		return err
	}
	defer book.Close()
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
		if problems, _ := decoder.Decode(table, table.Line(), &row); len(problems) > 0 {
			return &problems[0]
		}
	}
	return table.Err()
}

// annotateAll marks up to 1,000 amounts.
func annotateAll(rows int) func(context.Context, io.ReaderAt, int64) error {
	n := min(rows, 1000)
	marks := make([]sheet.Mark, n)
	for i := range marks {
		marks[i] = *problem.New("NUMBER_INVALID").At(sample.Sheet, 2+i*(rows/n), 5).In("amount").
			WithText("column", locale.Same("Amount")).With("value", "1,5")
	}
	return func(ctx context.Context, file io.ReaderAt, size int64) error {
		opts := sheet.AnnotateOptions{Lang: locale.EN, HeaderRow: 1}
		_, err := sheet.Annotate(ctx, io.Discard, file, size, "sample.xlsx", marks, opts)
		return err
	}
}

func TestTheSampleIsTheSameInBothFormsAndDecodesWithoutAProblem(t *testing.T) {
	lines := map[string][]byte{}
	for form, write := range toolkitForms {
		var file bytes.Buffer
		if err := write(&file, 300); err != nil {
			t.Fatal(err)
		}
		src := bytes.NewReader(file.Bytes())
		if err := decodeAll(t.Context(), src, src.Size()); err != nil {
			t.Errorf("%s: %v", form, err)
		}
		book, err := sheet.Open(t.Context(), src, src.Size(), "sample.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		rows, err := book.Rows(t.Context(), sample.Sheet)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			lines[form] = append(rows.Row().AppendJSON(lines[form]), '\n')
		}
		if rows.Err() != nil {
			t.Fatal(rows.Err())
		}
	}
	if len(lines["inline"]) == 0 || !bytes.Equal(lines["inline"], lines["shared"]) {
		t.Errorf("inline:\n%.400s\nshared:\n%.400s", lines["inline"], lines["shared"])
	}
}
