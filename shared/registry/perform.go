package registry

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// tries is how often an act is judged anew because others wrote at the same moment. Whoever is overtaken so often is told ErrUnavailable.
const tries = 40

// requestType is the type of the records of requests that took effect, each in a partition of its own.
const requestType = "request"

// entry is the record of a request: what was asked for and what came of it.
type entry struct {
	Asked  string `json:"asked"`  // SHA-256 of the request
	Answer string `json:"answer"` // identifier of what was recorded
}

// work judges an act by what is stored and gives the writes that it takes, with the identifier of what it records. Every record that it
// judges by has a condition among the writes. It is called again when others wrote meanwhile, each time with the same origin and moment.
type work func(from records.Reader, o Origin, now time.Time) (writes []table.Write, answer string, err error)

// perform does an act once for each request, and gives the identifier of what it recorded, the first time and in every repetition; what is
// refused leaves no trace and is judged anew when it is asked for again. The act sees the records of the types, which are those that it
// reads or writes, with every import of them entire or not at all; while one goes on it waits a little, then says RECORD_BUSY and names
// the import. A request's identifier stands for one request only (IDEMPOTENCY_KEY_REUSED). asked is everything that the request says.
func (r *Registry) perform(ctx context.Context, o Origin, asked any, types []string, do work) (string, error) {
	if o.Request == "" {
		o.Request = r.IDs()
	}
	digest, err := digestOf(asked, o.Person)
	if err != nil {
		return "", err
	}
	now := r.Clock().UTC()
	for try := 1; ; try++ {
		answer, err := r.try(ctx, o, now, digest, types, do)
		var overtaken *table.TransactionError
		switch {
		case errors.As(err, &overtaken):
			err = fmt.Errorf("%w: %v", table.ErrUnavailable, err)
		case !errors.Is(err, table.ErrUnavailable):
			return answer, busy(err)
		}
		if try == tries {
			return "", err
		}
		if err := r.Pause(ctx, try); err != nil {
			return "", err
		}
	}
}

// try does an act unless its request took effect before, as it may have when an answer got lost. Where the act is refused it looks
// again: what refuses it can be its own effect, which another delivery of the request had meanwhile.
func (r *Registry) try(
	ctx context.Context, o Origin, now time.Time, digest string, types []string, do work,
) (string, error) {
	ref := records.Ref{Type: requestType, Partition: o.Request, ID: "effect"}
	if answer, done, err := r.done(ctx, ref, digest); done || err != nil {
		return answer, err
	}
	var writes []table.Write
	var answer string
	err := r.records.Snapshot(ctx, types, func(from records.Reader) (err error) {
		writes, answer, err = do.judged(from, o, now)
		return err
	})
	var no *Refused
	if errors.As(err, &no) {
		if answer, done, err := r.done(ctx, ref, digest); done || err != nil {
			return answer, err
		}
	}
	if err != nil {
		return "", err
	}
	effect, err := written(records.Put{Record: records.Record{Ref: ref, Provenance: o.provenance(now)}}, entry{digest, answer})
	if err != nil {
		return "", err
	}
	all, err := r.records.Keeping(ctx, o.provenance(now), slices.Concat(records.Guard(types...), effect, writes))
	if err != nil {
		return "", err
	}
	return answer, r.Table.Transact(ctx, all)
}

// done gives the answer of a request that took effect.
func (r *Registry) done(ctx context.Context, ref records.Ref, digest string) (answer string, done bool, err error) {
	stored, err := r.records.Get(ctx, ref)
	if errors.Is(err, records.ErrNotFound) {
		return "", false, nil
	}
	var e entry
	if err == nil {
		err = records.Decode(stored.Body, &e)
	}
	if err == nil && e.Asked != digest {
		err = problem.New("IDEMPOTENCY_KEY_REUSED")
	}
	return e.Answer, err == nil, err
}

func digestOf(asked any, person string) (string, error) {
	text, err := json.Marshal([]any{asked, person})
	if err != nil {
		return "", fmt.Errorf("registry: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// busy says that an import holds what an act would change: RECORD_BUSY.
func busy(err error) error {
	var held *records.BusyError
	if errors.As(err, &held) {
		return problem.New("RECORD_BUSY").With("import", held.Import)
	}
	return err
}

// written are the writes of a put with a body.
func written(p records.Put, body any) ([]table.Write, error) {
	encoded, err := records.Encode(body)
	if err != nil {
		return nil, fmt.Errorf("registry: %s: %w", p.Ref, err)
	}
	p.Body = encoded
	return p.Writes("")
}

// number is how the place of an event in its stream is written, so that identifiers sort by it.
func number(n int) string { return fmt.Sprintf("%06d", n) }

// scan decodes the records of a type and partition whose identifiers begin with prefix.
func scan[T any](
	ctx context.Context, r records.Reader, typ, partition, prefix string, fn func(record records.Record, body T) error,
) error {
	return r.Scan(ctx, typ, partition, prefix, func(record records.Record) error {
		var body T
		if err := records.Decode(record.Body, &body); err != nil {
			return fmt.Errorf("registry: %s: %w", record.Ref, err)
		}
		return fn(record, body)
	})
}
