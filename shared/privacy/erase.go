package privacy

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/personal"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// passes is how often one call goes over everything before it leaves the rest to Resume.
const passes = 4

// Erase takes a person out of everything that is held: fields that are its own become empty, texts keep all but its name, files that name it
// are erased in all their versions, with what was made of them. Amounts, cities, days, versions and counts stay, and what an import stored
// can still be undone. The register keeps salted hashes of the names and addresses and nothing else of the person. by is the identifier of
// the account of who asks, "" for the product itself.
//
// Before anything is changed the erasure is on record; what a call leaves undone, as it is stopped or an import is under way, Resume goes on
// with. The erasure as it stands comes back also with an error. FIELD_INVALID as Find; LAST_SECRETARIAT where the person's account is the
// last of the secretariat, and ERASURE_NOTHING where nothing is held that could be erased: nothing is changed then.
func (s *Service) Erase(ctx context.Context, who Who, by string) (*Erasure, error) {
	e, err := s.enter(ctx, who)
	if err != nil {
		return nil, err
	}
	m, err := e.marks()
	if err != nil {
		return nil, err
	}
	found, err := s.look(ctx, m, e.accounts())
	if err != nil {
		return nil, err
	}
	if !found.left() {
		return nil, problem.New("ERASURE_NOTHING")
	}
	for _, account := range e.accounts() {
		if err := s.People.Removable(ctx, account); err != nil {
			return nil, err
		}
	}
	e.By, e.Taken = by, found.taken()
	if err := s.keep(ctx, e); err != nil {
		return nil, err
	}
	return e, s.erase(ctx, e)
}

// taken counts what an erasure takes away.
func (f *Found) taken() map[Kind]int {
	counts := map[Kind]int{}
	for kind, n := range f.Counts {
		counts[kind] = n
	}
	for _, one := range f.Findings {
		if !one.Kept.IsZero() {
			counts[one.Kind]--
		}
	}
	return counts
}

// Resume goes on with every erasure of the register that is not done, and takes the second look that is due. It counts those that it
// brought to their end and those that are left. It also erases copies that were kept long enough. It is called every hour, and may be called at any time.
func (s *Service) Resume(ctx context.Context) (done, left int, err error) {
	var open []Erasure
	err = s.Register(ctx, func(e Erasure) error {
		if e.State != Done {
			open = append(open, e)
		}
		return nil
	})
	if err != nil {
		return 0, 0, err
	}
	err = s.tidy(ctx)
	for i := range open {
		e := &open[i]
		if s.early(e) {
			left++
			continue
		}
		if failed := s.erase(ctx, e); failed != nil {
			err = errors.Join(err, fmt.Errorf("privacy: erasure %s: %w", e.ID, failed))
		}
		if e.State == Done {
			done++
		} else {
			left++
		}
	}
	return done, left, err
}

// early reports whether it is too early for the second look.
func (s *Service) early(e *Erasure) bool {
	return e.State == Settled && s.Clock().Before(e.SettledAt.Add(Settle))
}

// Replay erases again whoever a register names from what was restored from a backup that is older than the register, and takes its
// entries into the register. It gives how many entries there were. REGISTER_INVALID; nothing is changed then.
func (s *Service) Replay(ctx context.Context, register io.Reader) (int, error) {
	all, err := readRegister(register)
	if err != nil {
		return 0, err
	}
	for i := range all { // first all, so that Resume finds those that are left
		e := &all[i]
		e.State = Open
		if err := s.keep(ctx, e); err != nil {
			return 0, err
		}
	}
	for i := range all {
		if err := s.erase(ctx, &all[i]); err != nil {
			return i, fmt.Errorf("privacy: erasure %s: %w", all[i].ID, err)
		}
	}
	return len(all), nil
}

// erase goes over everything until nothing is left, and notes how far it came. One that another call brought further meanwhile goes on from there.
func (s *Service) erase(ctx context.Context, e *Erasure) error {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	m, err := e.marks()
	if err != nil {
		return err
	}
	if err := s.renew(ctx, e); err != nil || e.State == Done || s.early(e) {
		return err
	}
	settled := e.State == Settled
	for pass := 1; ; pass++ {
		took, waits, err := s.pass(ctx, e, m)
		switch {
		case err != nil:
			return err
		case took == 0 && waits == 0:
			now := s.Clock().UTC()
			e.State = Settled
			if e.SettledAt.IsZero() || !settled {
				e.SettledAt = now
			}
			if s.Alone || settled {
				e.State, e.DoneAt = Done, now
			}
			return s.keep(ctx, e)
		case took == 0 || pass == passes:
			e.State = Open
			return s.keep(ctx, e)
		}
		settled = false
	}
}

// run is one pass over everything.
type run struct {
	*Service
	entry    *Erasure
	marks    *Marks
	accounts []string
	took     int
	waits    int             // imports and exports at which somebody is at work
	imports  map[string]bool // that hold something of the persons
	exports  map[string]bool
	files    map[string][]string // the imports of each file, by its SHA-256
	// unfinished are imports from which the persons could not be taken out in this pass.
	unfinished map[string]bool
}

// pass takes the persons out of everything once. It counts the places at which it found something, and those that have to wait.
func (s *Service) pass(ctx context.Context, e *Erasure, m *Marks) (took, waits int, err error) {
	r := &run{
		Service: s, entry: e, marks: m, accounts: e.accounts(), imports: map[string]bool{}, exports: map[string]bool{}, files: map[string][]string{},
		unfinished: map[string]bool{},
	}
	if err := r.removeAccounts(ctx); err != nil {
		return 0, 0, err
	}
	if err := s.each(ctx, func(item table.Item) error { return r.item(ctx, item) }); err != nil {
		return 0, 0, err
	}
	uploads, err := r.sort(ctx)
	if err != nil {
		return 0, 0, err
	}
	// What fails at one thing keeps no other from being erased.
	for _, do := range []func(context.Context) error{r.eraseImports, r.eraseExports, r.eraseLetters} {
		err = errors.Join(err, do(ctx))
	}
	for _, name := range uploads {
		_, sum, _ := strings.Cut(name, "/")
		if slices.ContainsFunc(r.files[sum], func(id string) bool { return r.unfinished[id] }) {
			continue // it leads to that import
		}
		r.took++
		err = errors.Join(err, s.Blobs.Erase(ctx, name))
	}
	return r.took, r.waits, err
}

// removeAccounts takes the person off the record, with its sessions.
func (r *run) removeAccounts(ctx context.Context) error {
	for _, account := range r.accounts {
		removed, err := r.People.Forget(ctx, account)
		switch {
		case removed:
			r.took++
		case isCode(err, "LAST_SECRETARIAT"): // somebody took the others off the record meanwhile, or what was restored has no other yet
			r.waits++
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// item takes the persons out of an item, unless that is for later.
func (r *run) item(ctx context.Context, item table.Item) error {
	t, known := thingOf(item)
	if !known {
		return nil
	}
	if ownedBy(item.Key, r.accounts) {
		r.took++
		return r.Table.Write(ctx, table.Write{Delete: item.Key, Label: "what a person asked for"})
	}
	switch {
	case item.Key.Partition == "import":
		if sum, ok := t.file(); ok {
			r.files[sum] = append(r.files[sum], item.Key.Sort)
		}
		erasing, _ := t.body["erasing"].(bool) // that was stopped, whoever it was of
		if r.marks.in(t, func(personal.Field, string, string) string { return "" }) || erasing {
			r.imports[item.Key.Sort] = true
		}
		return nil
	case item.Key.Partition == "export":
		if item.Attributes["state"] == string(request.Building) && !r.Alone { // it may have been read before
			r.waits++
		}
		return nil
	case !t.holding.Kept.IsZero() || t.holding.Type == "person":
		return nil
	}
	return r.rewrite(ctx, item)
}

// file is the SHA-256 of an import's file.
func (t *thing) file() (string, bool) {
	file, _ := t.body["file"].(map[string]any)
	sum, _ := file["sha256"].(string)
	return sum, sum != ""
}

// rewrite puts an item without the persons in the place of what it is, under the same version, as long as that is what it is.
func (r *run) rewrite(ctx context.Context, item table.Item) error {
	for {
		clean := item.Clone()
		t, _ := thingOf(clean)
		if !r.marks.in(t, r.marks.erase) {
			return nil
		}
		if t.holding.Type == "result" && !r.entry.Papers { // noted first: it is no longer to be seen in the records afterwards
			r.entry.Papers = true
			if err := r.keep(ctx, r.entry); err != nil {
				return err
			}
		}
		write := table.Write{Put: &clean, Condition: same(item), Label: "erasure"}
		err := r.Table.Write(ctx, write)
		var overtaken *table.ConditionError
		if !errors.As(err, &overtaken) {
			if err == nil {
				r.took++
			}
			return err
		}
		if item, err = r.Table.Get(ctx, item.Key); errors.Is(err, table.ErrNotFound) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// same holds of an item that nobody changed: by its version, or by what it is about.
func same(item table.Item) table.Condition {
	for _, name := range []string{"version", "import"} {
		switch value := item.Attributes[name].(type) {
		case int64, string:
			return table.Equal(name, value)
		}
	}
	return table.Present()
}

// sort finds which files name one of the persons, and gives those that were sent; imports and exports note what is theirs.
func (r *run) sort(ctx context.Context) (uploads []string, err error) {
	err = r.eachFile(ctx, func(name string) error {
		named, err := r.named(ctx, r.marks, name)
		if r.entry.Papers && strings.HasPrefix(name, "exports/") && strings.HasSuffix(name, ".pdf") { // what it says can't be read from it
			named = true
		}
		if err != nil || !named {
			return err
		}
		switch kind, of := fileOf(name); kind {
		case InImport:
			r.imports[of] = true
		case InExport:
			r.exports[of] = true
		default:
			uploads = append(uploads, name)
			for _, id := range r.files[of] {
				r.imports[id] = true
			}
		}
		return nil
	})
	return uploads, err
}

func (r *run) eraseImports(ctx context.Context) error {
	var failed error
	for id := range r.imports {
		changed, err := r.Intake.Erase(ctx, id, intake.Erasing{Text: r.marks.Redact, Plan: r.plan})
		switch {
		case isCode(err, "RECORD_BUSY"):
			r.waits++
			r.unfinished[id] = true
			continue
		case isCode(err, "IMPORT_UNKNOWN"):
			changed, err = true, r.eraseBelow(ctx, intake.CheckBlobs(id), intake.Incoming(id))
		}
		r.unfinished[id] = err != nil
		if changed { // what names the person in an identifier stays as it is
			r.took++
		}
		if failed = errors.Join(failed, err); ctx.Err() != nil {
			break
		}
	}
	return failed
}

// eraseBelow erases all that there ever was under a prefix, and some more.
func (r *run) eraseBelow(ctx context.Context, prefix string, more ...string) error {
	names := more
	err := r.Blobs.Ever(ctx, prefix, func(name string) error {
		names = append(names, name)
		return nil
	})
	for _, name := range names {
		err = errors.Join(err, r.Blobs.Erase(ctx, name))
	}
	return err
}

// plan writes a plan without the persons, and gives the rows that were about one of them.
func (r *run) plan(ctx context.Context, from, to string) (sum string, rows map[int]bool, err error) {
	src, err := r.Blobs.Open(ctx, from)
	if err != nil {
		return "", nil, err
	}
	defer src.Close()
	w, err := r.Blobs.Create(ctx, to)
	if err != nil {
		return "", nil, err
	}
	rows = map[int]bool{}
	defer func() { err = errors.Join(err, w.Abort()) }()
	out := bufio.NewWriterSize(w, 1<<16)
	lines := bufio.NewReaderSize(io.NewSectionReader(src, 0, src.Size()), 1<<16)
	for ended := false; !ended; {
		line, err := lines.ReadBytes('\n')
		if ended = errors.Is(err, io.EOF); err != nil && !ended {
			return "", nil, err
		}
		if len(strings.TrimSpace(string(line))) > 0 {
			var row int
			if line, row, err = r.marks.planned(line); err != nil {
				return "", nil, fmt.Errorf("privacy: %s: %w", from, err)
			}
			rows[row] = true
		}
		if _, err := out.Write(line); err != nil {
			return "", nil, err
		}
	}
	delete(rows, 0)
	if err := out.Flush(); err != nil {
		return "", nil, err
	}
	info, err := w.Commit()
	return info.SHA256, rows, err
}

func (r *run) eraseExports(ctx context.Context) error {
	for id := range r.exports {
		r.took++
		if _, err := r.Exports.Erase(ctx, id); err != nil && !isCode(err, "EXPORT_UNKNOWN") {
			return err
		}
		if err := r.eraseBelow(ctx, "exports/"+id+"/"); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) eraseLetters(ctx context.Context) error {
	if r.Letters == nil {
		return nil
	}
	var gone []string
	err := r.Letters.Each(ctx, func(name, text string) error {
		if r.marks.Named(text) {
			gone = append(gone, name)
		}
		return nil
	})
	for _, name := range gone {
		r.took++
		err = errors.Join(err, r.Letters.Remove(ctx, name))
	}
	return err
}
