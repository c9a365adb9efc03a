package imports

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/learning-cities/guildhall/shared/booking"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// weigh decides, under the lock, which rows of an import can be taken back, and stores that as the undo's plan with the report; the
// import's record then says that the undo goes forward only. UNDO_REFUSED, with the report that says why.
//
// It is not interrupted (Config.Hurry): it reads, and there is nothing half done to keep.
func (s *Service) weigh(ctx context.Context, imp *intake.Import, progress Progress) (*intake.UndoReport, error) {
	w := &weighing{service: s, imp: imp, progress: progress, check: s.ids(), keep: map[int]int{}}
	if err := w.load(ctx); err != nil {
		return nil, err
	}
	for again := true; again; { // a row that turns out to be kept may rest on an earlier one of the sheet
		before := len(w.keep)
		if err := w.pass(ctx); err != nil {
			return nil, errors.Join(err, w.discard(ctx))
		}
		again = len(w.keep) > before
	}
	next := *imp
	next.Confirmed, next.Done = true, 0
	next.Undo.Check, next.Undo.Plan, next.Undo.Rows = w.check, w.hash, w.rows
	if w.needed > 0 && imp.Undo.Mode == intake.All {
		return next.UndoReport(w.kept), errors.Join(problem.New("UNDO_REFUSED").WithInt("count", w.needed), w.discard(ctx))
	}
	return nil, w.settle(ctx, &next)
}

// settle stores the report, and the step to writing.
func (w *weighing) settle(ctx context.Context, next *intake.Import) error {
	s, imp := w.service, w.imp
	kept := &intake.Report{
		Import: imp.ID, Check: w.check, File: imp.File, Kind: imp.Kind, Sheet: imp.Sheet, Plan: w.hash, Person: imp.Undo.Person,
		Problems: w.kept,
	}
	if err := s.intake.KeepReport(ctx, kept); err != nil {
		return errors.Join(err, w.discard(ctx))
	}
	write, err := next.Write(imp)
	if err != nil {
		return err
	}
	also := []table.Write{write}
	if w.books != nil {
		booked, err := w.books.Keep()
		if err != nil {
			return err
		}
		also = append(also, booked...)
	}
	err = s.retry(ctx, func() error { return s.records.Advance(ctx, imp.Locks(), imp.ID, phaseWriting, also...) })
	if err != nil && !isMoved(err) {
		return err
	}
	if err != nil { // another has weighed first, or it was our own step, whose answer was lost
		current, findErr := s.intake.Find(ctx, imp.ID)
		if findErr != nil {
			return errors.Join(findErr, err)
		}
		if current.Undo.Check != w.check {
			return errors.Join(errMoved, w.discard(ctx))
		}
		next = current
	}
	*imp = *next
	return nil
}

// weighing goes through an import's plan and finds what can be taken back.
type weighing struct {
	service  *Service
	imp      *intake.Import
	progress Progress
	check    string // names the blobs
	fields   map[string][]string
	rests    func(ref records.Ref) []Dependent

	books   booking.Judge // of a pass; nil where nothing is booked
	waiting []PlanRow     // rows that the books refuse as long as others aren't taken back
	last    bool          // nothing that is waiting will be freed any more

	keep   map[int]int // rows that later rows of the sheet rest on, which are kept
	plan   *planWriter
	hash   string
	rows   intake.UndoCounts
	needed int // rows on which others rest
	kept   []problem.Problem
}

// dependents says what rests on what an import wrote; nothing when its kind is no more, or says so.
func (s *Service) dependents(imp *intake.Import) Dependents {
	for _, kind := range s.kinds {
		if supporting, ok := kind.(Supporting); ok && kind.Name() == imp.Kind {
			return supporting.Dependents()
		}
	}
	return Dependents{}
}

func (w *weighing) load(ctx context.Context) error {
	w.rests = func(records.Ref) []Dependent { return nil }
	dependents := w.service.dependents(w.imp)
	if w.fields = dependents.Fields; dependents.Load == nil {
		return nil
	}
	env, err := w.service.env(Options{})
	if err != nil {
		return err
	}
	return w.service.retry(ctx, func() error {
		w.rests, err = dependents.Load(ctx, env)
		return err
	})
}

// discard deletes the blobs.
func (w *weighing) discard(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	return errors.Join(
		w.service.blobs.Delete(ctx, intake.PlanBlob(w.imp.ID, w.check)), w.service.blobs.Delete(ctx, intake.ReportBlob(w.imp.ID, w.check)))
}

// pass goes through the plan once.
func (w *weighing) pass(ctx context.Context) (err error) {
	w.rows, w.needed, w.kept = intake.UndoCounts{}, 0, nil
	w.plan, err = writePlan(ctx, w.service.blobs, intake.PlanBlob(w.imp.ID, w.check), PlanHeader{
		Format: planFormat, File: w.imp.File.SHA256, Kind: w.imp.Kind, Sheet: w.imp.Sheet,
	})
	if err != nil {
		return err
	}
	defer w.plan.abort()
	if err := w.openBooks(ctx); err != nil {
		return err
	}
	var batch []PlanRow
	done := 0
	flush := func() error {
		err := w.batch(ctx, batch)
		batch = batch[:0]
		w.progress.tell(Confirming, done)
		return err
	}
	err = w.service.eachRow(ctx, planOf(w.imp), func(row PlanRow) error {
		batch = append(batch, row)
		if done++; done%w.service.batch != 0 {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	if err := flush(); err != nil {
		return err
	}
	if err := w.await(ctx); err != nil {
		return err
	}
	w.hash, err = w.plan.commit()
	return err
}

// mostWaiting bounds the rows that are held in memory; the books' refusal of further ones stands.
const mostWaiting = 1000

// await decides about the rows that are waiting: what they need can have been freed by rows behind them, as a sheet that lowers one payment
// can spend the difference in its next row.
func (w *weighing) await(ctx context.Context) error {
	defer func() { w.last = false }()
	for len(w.waiting) > 0 {
		rows := w.waiting
		w.waiting = nil
		for some := range slices.Chunk(rows, w.service.batch) {
			if err := w.batch(ctx, some); err != nil {
				return err
			}
		}
		w.last = len(w.waiting) == len(rows)
	}
	slices.SortStableFunc(w.kept, func(a, b problem.Problem) int { return cmp.Compare(a.Row, b.Row) })
	return nil
}

func (w *weighing) batch(ctx context.Context, rows []PlanRow) error {
	var refs []records.Ref
	for i := range rows {
		for k := range rows[i].Writes {
			if write := &rows[i].Writes[k]; write.effective() {
				refs = append(refs, write.ref())
			}
		}
	}
	var stored []records.Record
	err := w.service.retry(ctx, func() (err error) {
		stored, err = w.service.records.Latest(ctx, refs)
		return err
	})
	if err != nil {
		return err
	}
	found := make(map[records.Ref]records.Record, len(stored))
	for _, one := range stored {
		found[one.Ref] = one
	}
	if w.books != nil {
		if err := w.service.retry(ctx, func() error { return w.books.Load(ctx, refs) }); err != nil {
			return err
		}
	}
	holders := claimHolders{reader: w.service.records}
	for i := range rows {
		if err := w.row(ctx, &rows[i], found, &holders); err != nil {
			return err
		}
	}
	return nil
}

// row decides about a row as a whole: its records are taken back together, or kept.
func (w *weighing) row(ctx context.Context, row *PlanRow, stored map[records.Ref]records.Record, holders *claimHolders) error {
	back := PlanRow{Row: row.Row, Outcome: intake.Restore, Label: row.Label}
	var edited, needed *locale.Text
	for i := range row.Writes {
		write := &row.Writes[i]
		if !write.effective() {
			continue
		}
		record, ok := stored[write.ref()]
		if !ok || record.Gone || record.Provenance.Import != w.imp.ID {
			by := editor(record)
			edited = &by
			continue
		}
		needed = firstOf(needed, w.dependentsOf(write, row))
		reversed, err := w.reversed(ctx, write, record.Version, holders)
		if err != nil {
			return err
		}
		back.Writes = append(back.Writes, reversed)
	}
	if other, ok := w.keep[row.Row]; ok {
		by := numbered(other)
		needed = firstOf(needed, &by)
	}
	if w.books != nil && edited == nil && needed == nil && len(back.Writes) > 0 {
		refusal, err := w.books.Judge(back.bookings(nil))
		if err != nil {
			return err
		}
		if refusal != nil && !w.last && len(w.waiting) < mostWaiting {
			w.waiting = append(w.waiting, *row)
			return nil
		}
		if refusal != nil {
			needed = &heldByBooks
		}
	}
	switch {
	case edited != nil:
		w.keepRow(row, problem.New("UNDO_KEPT_EDITED").WithText("by", *edited))
	case len(back.Writes) == 0: // it stored nothing
		return nil
	case needed != nil:
		w.needed++
		p := problem.New("UNDO_KEPT_NEEDED").WithText("by", *needed)
		if w.imp.Undo.Mode == intake.Valid {
			p = p.Rated(problem.Warning)
		}
		w.keepRow(row, p)
	default:
		w.rows.Stored++
		w.rows.Reverted++
		return w.plan.row(&back)
	}
	return nil
}

// keepRow keeps a row, and with it the earlier rows of the sheet that wrote records for it.
func (w *weighing) keepRow(row *PlanRow, p *problem.Problem) {
	w.rows.Stored++
	w.rows.Kept++
	w.kept = append(w.kept, *p.With("record", row.Label).At(w.imp.Sheet, row.Row, 0))
	for i := range row.Writes {
		if first := row.Writes[i].First; first != 0 {
			w.keep[first] = row.Row
		}
	}
}

// dependentsOf names what rests on what a row wrote, other than its own records; nil for nothing. On a record that was created rests
// whatever there is, on a change what came after it.
func (w *weighing) dependentsOf(write *PlanWrite, row *PlanRow) *locale.Text {
	created := write.Op == intake.Create
	if !created && !slices.ContainsFunc(write.Fields, func(field string) bool { return slices.Contains(w.fields[write.Type], field) }) {
		return nil
	}
	var en, fr, es []string
	for _, one := range w.rests(write.ref()) {
		own := slices.ContainsFunc(row.Writes, func(own PlanWrite) bool { return own.ref() == one.Ref })
		if !own && (created || !one.At.Before(w.imp.StartedAt)) {
			en, fr, es = append(en, one.Name.EN), append(fr, one.Name.FR), append(es, one.Name.ES)
		}
	}
	if len(en) == 0 {
		return nil
	}
	return &locale.Text{EN: listSome(locale.EN, en), FR: listSome(locale.FR, fr), ES: listSome(locale.ES, es)}
}

// someNamed is how many of those that rest on a record are named.
const someNamed = 3

func listSome(lang locale.Lang, names []string) string {
	slices.Sort(names)
	names = slices.Compact(names)
	if left := len(names) - someNamed; left > 0 {
		names = append(names[:someNamed:someNamed], "+"+locale.FormatInt(lang, int64(left)))
	}
	return locale.List(lang, names)
}

// firstOf is the first of two texts that there is.
func firstOf(a, b *locale.Text) *locale.Text {
	if a != nil {
		return a
	}
	return b
}

// openBooks begins to judge the reversals of a pass.
func (w *weighing) openBooks(ctx context.Context) error {
	if !w.service.keepsBooks(w.imp) {
		return nil
	}
	return w.service.retry(ctx, func() (err error) {
		w.books, err = w.service.books.Judge(ctx, bookBatch(w.imp))
		return err
	})
}

// reversed is what takes a write back, from the version that is stored.
func (w *weighing) reversed(ctx context.Context, write *PlanWrite, version int64, holders *claimHolders) (PlanWrite, error) {
	back := PlanWrite{
		Op: intake.Remove, Type: write.Type, Partition: write.Partition, ID: write.ID, Base: version,
	}
	if write.Op == intake.Update {
		back.Op, back.After, back.From = intake.Restore, write.Before, write.From
	}
	for _, claim := range write.Claims {
		if claim.Held {
			continue
		}
		var holder string
		err := w.service.retry(ctx, func() (err error) {
			holder, err = holders.of(ctx, claim.claim())
			return err
		})
		if err != nil {
			return back, err
		}
		if holder == claim.Holder {
			back.Claims = append(back.Claims, claim)
		}
	}
	return back, nil
}

// editor names who changed a record since.
func editor(r records.Record) locale.Text {
	p := r.Provenance
	switch {
	case r.Gone && p.Undo != "":
		return locale.Text{EN: "the undoing of import " + p.Undo, FR: "l'annulation de l'import " + p.Undo, ES: "la anulación de la importación " + p.Undo}
	case p.Import != "":
		by := p.Import
		if p.File != "" {
			by += " (" + p.File + ")"
		}
		return locale.Text{EN: "import " + by, FR: "l'import " + by, ES: "la importación " + by}
	case p.Request != "" || p.Person != "":
		by := p.Request
		if p.Person != "" {
			by += " (" + p.Person + ")"
		}
		return locale.Text{EN: "request " + by, FR: "la demande " + by, ES: "la solicitud " + by}
	default:
		return locale.Text{EN: "someone unknown", FR: "quelqu'un d'inconnu", ES: "alguien desconocido"}
	}
}

// numbered names a row of the same sheet.
func numbered(row int) locale.Text {
	n := locale.FormatInt(locale.EN, int64(row))
	return locale.Text{EN: "row " + n, FR: "la ligne " + n, ES: "la fila " + n}
}
