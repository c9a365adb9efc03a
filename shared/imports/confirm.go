package imports

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
)

// Plan calls fn for each row of an import's plan, in order, and verifies on the way that the plan is the one that was hashed.
// IMPORT_UNKNOWN.
func (s *Service) Plan(ctx context.Context, id string, fn func(PlanRow) error) error {
	imp, err := s.intake.Find(ctx, id)
	if err != nil {
		return err
	}
	return s.eachRow(ctx, planOf(imp), fn)
}

// keptPlan names the blob of a plan and the hash that it must have.
type keptPlan struct{ blob, hash string }

func planOf(imp *intake.Import) keptPlan { return keptPlan{imp.PlanBlob(), imp.PlanHash()} }

// eachRow is Plan for a plan at hand. When it returns nil the plan was whole and unchanged.
func (s *Service) eachRow(ctx context.Context, plan keptPlan, fn func(PlanRow) error) error {
	src, err := s.blobs.Open(ctx, plan.blob)
	if err != nil {
		return err
	}
	defer src.Close()
	hash := sha256.New()
	bytes := io.TeeReader(io.NewSectionReader(src, 0, src.Size()), hash)
	rows, err := ReadPlan(bytes)
	if err != nil {
		return err
	}
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := fn(rows.Row()); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, bytes); err != nil { // what the reader of rows had no need for
		return err
	}
	if sum := hex.EncodeToString(hash.Sum(nil)); sum != plan.hash {
		return fmt.Errorf("%w: its hash is %s, not %s", errPlan, sum, plan.hash)
	}
	return nil
}

// confirm compares the plan with what is stored, under the lock, and notes in the lock and in the import's record that it fits.
// PLAN_STALE.
func (s *Service) confirm(ctx context.Context, imp *intake.Import, progress Progress) error {
	var batch []PlanWrite
	flush := func() error {
		err := s.retry(ctx, func() error { return s.confirmBatch(ctx, batch) })
		batch = batch[:0]
		return err
	}
	err := s.stage(ctx, imp, planOf(imp), Confirming, progress, flush, func(row PlanRow) {
		for _, write := range row.Writes {
			if write.First == 0 {
				batch = append(batch, write)
			}
		}
	})
	if err != nil {
		return err
	}
	booked, err := s.judgeBooks(ctx, imp)
	if err != nil {
		return err
	}
	next := *imp
	next.Confirmed, next.Done = true, 0
	write, err := next.Write(imp)
	if err != nil {
		return err
	}
	err = s.retry(ctx, func() error {
		return s.records.Advance(ctx, imp.Touches, imp.ID, phaseWriting, append(booked, write)...)
	})
	if err != nil {
		return moved(err)
	}
	*imp = next
	return nil
}

func (s *Service) confirmBatch(ctx context.Context, batch []PlanWrite) error {
	if len(batch) == 0 {
		return nil
	}
	refs := make([]records.Ref, len(batch))
	for i := range batch {
		refs[i] = batch[i].ref()
	}
	stored, err := s.records.Latest(ctx, refs)
	if err != nil {
		return err
	}
	versions := make(map[records.Ref]int64, len(stored))
	for _, record := range stored {
		versions[record.Ref] = record.Version
	}
	holders := claimHolders{reader: s.records}
	for i := range batch {
		write := &batch[i]
		if versions[write.ref()] != write.Base {
			return problem.New("PLAN_STALE")
		}
		for _, claim := range write.Claims {
			holder, err := holders.of(ctx, claim.claim())
			if err != nil {
				return err
			}
			taken := holder != "" && holder != claim.Holder
			if taken || write.Op == intake.Update && claim.Held != (holder != "") {
				return problem.New("PLAN_STALE")
			}
		}
	}
	return nil
}

// claimHolders remembers who holds the claims of the partitions that it was asked for.
type claimHolders struct {
	reader     records.Reader
	partitions map[string]map[string]string // holder by partition and id
}

// of returns who holds a claim, or "".
func (h *claimHolders) of(ctx context.Context, claim records.Claim) (string, error) {
	if held, ok := h.partitions[claim.Partition]; ok {
		return held[claim.ID], nil
	}
	claims, err := records.Holders(ctx, h.reader, claim.Partition)
	if err != nil {
		return "", err
	}
	held := map[string]string{}
	for _, one := range claims {
		held[one.ID] = one.Holder
	}
	if h.partitions == nil {
		h.partitions = map[string]map[string]string{}
	}
	h.partitions[claim.Partition] = held
	return held[claim.ID], nil
}
