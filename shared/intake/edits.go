package intake

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// The bounds of the edits of one import.
const (
	MaxEdits     = 5000    // how many
	MaxEdit      = 2000    // characters of one
	maxEditsSize = 4 << 20 // bytes of all together
)

// The bounds of a workbook's rows and columns.
const (
	maxRow = 1 << 20
	maxCol = 1 << 14
)

// Edit is a text that a cell is to hold instead of what the sender's sheet has there, which itself is never changed. Row and Col are the
// sheet's own numbers from 1, Value empties the cell where it is "".
type Edit struct {
	Row   int    `json:"row"`
	Col   int    `json:"col"`
	Value string `json:"value"`
}

// EditChange is what becomes of the edit of one cell: it takes the place of an earlier one, or with Undo takes it back, so that the cell
// holds what was sent.
type EditChange struct {
	Edit
	Undo bool
}

// byCell orders edits by their cells.
func byCell(a, b Edit) int { return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col)) }

// cleanEdits are changes with texts as they are kept (locale.Normalise). FIELD_INVALID of a cell that no sheet has, TEXT_TOO_LONG.
func cleanEdits(changes []EditChange) ([]EditChange, error) {
	clean := slices.Clone(changes)
	for i := range clean {
		c := &clean[i]
		if c.Row < 1 || c.Row > maxRow || c.Col < 1 || c.Col > maxCol {
			return nil, problem.New("FIELD_INVALID").In("edits").With("field", "edits").WithText("expected", aCell)
		}
		c.Value, _ = locale.Normalise(strings.ToValidUTF8(c.Value, "\uFFFD"))
		if n := utf8.RuneCountInString(c.Value); n > MaxEdit {
			return nil, problem.New("TEXT_TOO_LONG").At("", c.Row, c.Col).In("edits").
				WithInt("count", n).WithInt("limit", MaxEdit).WithText("unit", characters)
		}
	}
	return clean, nil
}

var (
	aCell = locale.Text{
		EN: "cells of the sheet, with row and column from 1", FR: "des cellules de la feuille, ligne et colonne à partir de 1",
		ES: "celdas de la hoja, con fila y columna desde 1",
	}
	characters = locale.Text{EN: "characters", FR: "caractères", ES: "caracteres"}
)

// applied are edits after changes, ordered by their cells. EDITS_TOO_MANY.
func applied(edits []Edit, changes []EditChange) ([]Edit, error) {
	type cell struct{ row, col int }
	cells := make(map[cell]Edit, len(edits)+len(changes))
	for _, e := range edits {
		cells[cell{e.Row, e.Col}] = e
	}
	for _, c := range changes {
		if c.Undo {
			delete(cells, cell{c.Row, c.Col})
			continue
		}
		cells[cell{c.Row, c.Col}] = c.Edit
	}
	size := 0
	after := make([]Edit, 0, len(cells))
	for _, e := range cells {
		size += len(e.Value)
		after = append(after, e)
	}
	if len(after) > MaxEdits || size > maxEditsSize {
		return nil, problem.New("EDITS_TOO_MANY").WithInt("count", MaxEdits).With("size", strconv.Itoa(maxEditsSize>>20))
	}
	slices.SortFunc(after, byCell)
	return after, nil
}

// spelled are edits as their blob has them, a line of JSON each, with the hash of that.
func spelled(edits []Edit) (text []byte, sum string, err error) {
	var buffer bytes.Buffer
	lines := json.NewEncoder(&buffer)
	lines.SetEscapeHTML(false)
	for i := range edits {
		if err := lines.Encode(&edits[i]); err != nil {
			return nil, "", err
		}
	}
	hash := sha256.Sum256(buffer.Bytes())
	return buffer.Bytes(), hex.EncodeToString(hash[:]), nil
}

// Edits are those over the sheet of an import at hand, ordered by their cells.
func (s *Store) Edits(ctx context.Context, imp *Import) ([]Edit, error) {
	asked := &imp.Request
	if asked.Edits == "" {
		return nil, nil
	}
	if err := imp.Available(); err != nil {
		return nil, err
	}
	src, err := s.blobs.Open(ctx, EditsBlob(imp.ID, asked.EditedIn, asked.Edits))
	if err != nil {
		return nil, err
	}
	defer src.Close()
	lines := json.NewDecoder(bufio.NewReader(io.NewSectionReader(src, 0, src.Size())))
	edits := make([]Edit, asked.Edited)
	for i := range edits {
		if err := lines.Decode(&edits[i]); err != nil {
			return nil, fmt.Errorf("intake: %s: damaged edits: %w", imp.ID, err)
		}
	}
	return edits, nil
}

// edit keeps the layer that changes make of an import's, and notes it in the import, whose attempt is the one that begins with it.
func (s *Store) edit(ctx context.Context, imp *Import, changes []EditChange) error {
	if len(changes) == 0 {
		return nil
	}
	before, err := s.Edits(ctx, imp)
	if err != nil {
		return err
	}
	edits, err := applied(before, changes)
	if err != nil || slices.Equal(before, edits) {
		return err
	}
	asked := &imp.Request
	if len(edits) == 0 {
		asked.Edits, asked.Edited, asked.EditedIn = "", 0, 0
		return nil
	}
	text, sum, err := spelled(edits)
	if err != nil {
		return err
	}
	asked.Edits, asked.Edited, asked.EditedIn = sum, len(edits), imp.Attempt
	return s.keepBlob(ctx, EditsBlob(imp.ID, imp.Attempt, sum), text)
}

func (s *Store) keepBlob(ctx context.Context, name string, text []byte) (err error) {
	w, err := s.blobs.Create(ctx, name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Abort()) }()
	if _, err := w.Write(text); err != nil {
		return err
	}
	_, err = w.Commit()
	return err
}

// Begun reports whether the check that an import at hand waits for was asked for with these answers and changes of its edits, so that
// who asks for it again asks for nothing new.
func (s *Store) Begun(ctx context.Context, imp *Import, answers map[string]string, changes []EditChange) (bool, error) {
	if imp.State != Checking {
		return false, nil
	}
	for question, given := range answers {
		if imp.Request.Answers[question] != given {
			return false, nil
		}
	}
	changes, err := cleanEdits(changes)
	if err != nil || len(changes) == 0 {
		return err == nil, err
	}
	edits, err := s.Edits(ctx, imp)
	if err != nil {
		return false, err
	}
	after, err := applied(edits, changes)
	return err == nil && slices.Equal(edits, after), err
}
