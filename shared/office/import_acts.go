package office

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/kinds/area"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Identify gives the identifier for what is created. It is asked once all else is right, and gives the same one where the same request was
// made before.
type Identify func(context.Context) (string, error)

// CreateImport makes an import in the actor's name, and the link through which its file is sent, whose arrival has it checked. One that has
// the identifier already is given as it stands, without a link where its file has come. ACCESS_DENIED, FIELD_INVALID,
// FILE_TYPE_UNSUPPORTED, FILE_EMPTY, FILE_TOO_LARGE, ANSWERS_TOO_MANY.
func (o *Office) CreateImport(ctx context.Context, identify Identify, r intake.Request) (*intake.Import, *blob.Link, error) {
	r.Person = access.ActorOf(ctx).Person
	if err := o.leave(ctx, access.ImportCreate, access.Object{Person: r.Person}); err != nil {
		return nil, nil, err
	}
	contentType, err := checkUpload(&r)
	if err != nil {
		return nil, nil, err
	}
	id, err := identify(ctx)
	if err != nil {
		return nil, nil, err
	}
	imp, err := o.Intake.CreateAs(ctx, id, r)
	if err != nil {
		return nil, nil, err
	}
	if !imp.AwaitsFile() { // its file has come: the request was sent again
		return shownImport(ctx, imp), nil, nil
	}
	terms := blob.UploadTerms{Type: contentType, Size: r.Bytes, For: UploadFor}
	link, err := o.Links.UploadLink(ctx, intake.Incoming(imp.ID), terms)
	return shownImport(ctx, imp), &link, err
}

// SendFile makes an import in the actor's name of a file at hand, and has it checked. One of the actor's that has the identifier already is
// given as it stands, and its file sent once more where it is still awaited. ACCESS_DENIED, FIELD_INVALID, FILE_TYPE_UNSUPPORTED,
// FILE_EMPTY, FILE_TOO_LARGE, ANSWERS_TOO_MANY; IDEMPOTENCY_KEY_REUSED where what has the identifier is another import.
func (o *Office) SendFile(ctx context.Context, id string, r intake.Request, content []byte) (*intake.Import, error) {
	r.Person, r.Bytes, r.Name = access.ActorOf(ctx).Person, int64(len(content)), strings.ToValidUTF8(r.Name, "\uFFFD")
	if err := o.leave(ctx, access.ImportCreate, access.Object{Person: r.Person}); err != nil {
		return nil, err
	}
	if _, err := checkUpload(&r); err != nil {
		return nil, err
	}
	imp, err := o.Intake.CreateAs(ctx, id, r)
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(content)
	sum := imp.File.SHA256
	if !sameUpload(imp.Request, r) || sum != "" && sum != hex.EncodeToString(digest[:]) {
		return nil, problem.New("IDEMPOTENCY_KEY_REUSED")
	}
	if imp.AwaitsFile() {
		err = o.keepIncoming(ctx, imp.ID, content)
	}
	return shownImport(ctx, imp), err
}

// sameUpload tells whether a file was asked for as before: by the same person, under the same name, and to be read in the same way.
func sameUpload(a, b intake.Request) bool {
	return a.Person == b.Person && a.Name == b.Name && a.Bytes == b.Bytes && a.Kind == b.Kind && a.Sheet == b.Sheet && a.Lang == b.Lang &&
		a.Call == b.Call && a.Term == b.Term
}

// keepIncoming stores the file of an import as its sender's program would through a link.
func (o *Office) keepIncoming(ctx context.Context, id string, content []byte) (err error) {
	w, err := o.Blobs.Create(ctx, intake.Incoming(id))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Abort()) }()
	if _, err := w.Write(content); err != nil {
		return err
	}
	if _, err := w.Commit(); err != nil || o.Arrivals == nil {
		return err
	}
	return o.Arrivals.Send(ctx, task.Check(id), 0)
}

// CheckImport has an import checked once more, with further answers and edits of cells: an answer to the same question replaces an earlier
// one, an empty one takes it back; for edits see intake.EditChange. It may be asked again while that check isn't done. ACCESS_DENIED,
// FIELD_INVALID, TEXT_TOO_LONG, ANSWERS_TOO_MANY, EDITS_TOO_MANY, IMPORT_UNKNOWN, IMPORT_NOT_CHECKED, IMPORT_DONE, IMPORT_UNDONE,
// RECORD_BUSY, FILE_SIZE_DIFFERS.
func (o *Office) CheckImport(
	ctx context.Context, id string, answers map[string]string, edits []intake.EditChange,
) (*intake.Import, error) {
	imp, err := o.findImport(ctx, access.ImportAnswer, id)
	if err != nil {
		return nil, err
	}
	if err := checkAnswers(answers); err != nil {
		return nil, err
	}
	imp, err = o.Intake.Again(ctx, imp.ID, access.ActorOf(ctx).Person, answers, edits)
	if isCode(err, "IMPORT_NOT_CHECKED") {
		imp, err = o.begun(ctx, id, answers, edits, err)
	}
	if err != nil {
		return nil, err
	}
	return shownImport(ctx, imp), o.CheckQueue.Send(ctx, task.Check(imp.ID), 0)
}

// begun gives an import whose further check was begun with the same answers and edits: it is asked for again because the first time failed,
// perhaps before its message was sent.
func (o *Office) begun(
	ctx context.Context, id string, answers map[string]string, edits []intake.EditChange, cause error,
) (*intake.Import, error) {
	imp, err := o.Intake.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	same, err := o.Intake.Begun(ctx, imp, answers, edits)
	if err != nil {
		return nil, err
	}
	if !same {
		return nil, cause
	}
	return imp, nil
}

// toStore finds an import of which something is to be stored or taken back, with leave for that. ACCESS_DENIED, FIELD_INVALID of a mode that
// is none, IMPORT_UNKNOWN.
func (o *Office) toStore(ctx context.Context, do access.Action, id string, mode intake.Mode) (*intake.Import, error) {
	imp, err := o.findImport(ctx, do, id)
	if err == nil {
		err = o.leaveToStore(ctx, imp)
	}
	if err == nil && mode != intake.All && mode != intake.Valid {
		err = invalid("mode", locale.Same("all, valid")).Valued(string(mode))
	}
	if err != nil {
		return nil, err
	}
	return imp, nil
}

// CommitImport has a plan committed in the actor's name, unless it is already. What is known to be refused is refused at once.
// ACCESS_DENIED, FIELD_INVALID, IMPORT_UNKNOWN, IMPORT_NOT_CHECKED, PLAN_STALE, ROWS_REFUSED, IMPORT_UNDONE, RECORD_BUSY.
func (o *Office) CommitImport(ctx context.Context, id, plan string, mode intake.Mode) (*intake.Import, error) {
	imp, err := o.toStore(ctx, access.ImportCommit, id, mode)
	if err != nil {
		return nil, err
	}
	if imp.State == intake.Committed && imp.Plan == plan {
		return shownImport(ctx, imp), nil
	}
	if err := imp.Committable(plan, mode); err != nil {
		return nil, err
	}
	// The plan is of the kind that leave was given for: a check that finds another kind makes another plan.
	if imp, err = o.Intake.TakeUp(ctx, imp.ID, plan); err != nil {
		return nil, err
	}
	return shownImport(ctx, imp), o.CommitQueue.Send(ctx, task.Commit(imp.ID, plan, mode, access.ActorOf(ctx).Person), 0)
}

// UndoImport has what an import stored taken back in the actor's name, unless that was done already; while other records rest on some of
// its rows, nothing, or in mode Valid the other rows. ACCESS_DENIED, FIELD_INVALID, IMPORT_UNKNOWN, RECORD_BUSY, UNDO_NOTHING_STORED.
func (o *Office) UndoImport(ctx context.Context, id string, mode intake.Mode) (*intake.Import, error) {
	imp, err := o.toStore(ctx, access.ImportUndo, id, mode)
	if err != nil {
		return nil, err
	}
	person := access.ActorOf(ctx).Person
	if imp, err = o.Intake.AskUndo(ctx, imp.ID, person, mode); err != nil {
		return nil, err
	}
	if imp.State != intake.Undone {
		err = o.CommitQueue.Send(ctx, task.Undo(imp.ID, mode, person), 0)
	}
	return shownImport(ctx, imp), err
}

// leaveToStore asks for the leave that a commit or undo takes besides its own: by whose records the sheet's kind is about.
func (o *Office) leaveToStore(ctx context.Context, imp *intake.Import) error {
	object := ofImport(imp)
	switch of, known := area.Of(imp.Kind); {
	case imp.Kind == "": // it was not checked, so there is nothing of it to be stored
		return nil
	case of == area.Network:
		return o.leave(ctx, access.ImportNetwork, object, imp.ID)
	case known:
		return o.leave(ctx, access.ImportFund, object, imp.ID)
	}
	if err := o.leave(ctx, access.ImportNetwork, object, imp.ID); err != nil { // a kind of earlier days: for whoever may do both
		return err
	}
	return o.leave(ctx, access.ImportFund, object, imp.ID)
}
