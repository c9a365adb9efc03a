package httpapi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// keyPartition holds what was asked under an Idempotency-Key, by the hash of the key, its caller and the route.
const keyPartition = "idempotency#"

// request is the Idempotency-Key under which something is asked; "" for none. IDEMPOTENCY_KEY_INVALID.
func (q *asking) request() (string, error) {
	keys := q.Header.Values("Idempotency-Key")
	if len(keys) == 0 {
		return "", nil
	}
	if len(keys) > 1 || !validKey(keys[0]) {
		return "", problem.New("IDEMPOTENCY_KEY_INVALID")
	}
	return keys[0], nil
}

// identify gives the identifier for what a request creates. The same request under the same Idempotency-Key gets the same one, so that
// it creates nothing twice, however often it is sent. IDEMPOTENCY_KEY_INVALID; IDEMPOTENCY_KEY_REUSED for another request.
func (a *api) identify(q *asking, body []byte) (string, error) {
	key, err := q.request()
	if err != nil {
		return "", err
	}
	return a.identifyUnder(q, key, body)
}

// identifyUnder is identify under a key, "" for none.
func (a *api) identifyUnder(q *asking, key string, body []byte) (string, error) {
	id := a.IDs()
	if key == "" {
		return id, nil
	}
	record := &table.Item{
		Key: table.Key{
			Partition: keyPartition + digest(q.person(), q.Method, q.URL.Path, key), Sort: "request",
		},
		Attributes: table.Attributes{"body": digest(string(body)), "id": id},
		Expires:    a.Clock().Add(KeyKept).Truncate(time.Second),
	}
	return a.claim(q.Context(), record)
}

// claim keeps the record of a key, or gives the identifier that is kept under it.
func (a *api) claim(ctx context.Context, record *table.Item) (string, error) {
	const tries = 3 // an earlier record can expire between the two looks at it
	for range tries {
		err := a.Table.Write(ctx, table.Write{Put: record, Condition: table.Absent(), Label: "idempotency key"})
		if err == nil {
			return record.Attributes["id"].(string), nil
		}
		var there *table.ConditionError
		if !errors.As(err, &there) {
			return "", err
		}
		kept, err := a.Table.Get(ctx, record.Key)
		if errors.Is(err, table.ErrNotFound) {
			continue
		}
		if err != nil {
			return "", err
		}
		if kept.Attributes["body"] != record.Attributes["body"] {
			return "", problem.New("IDEMPOTENCY_KEY_REUSED")
		}
		id, _ := kept.Attributes["id"].(string)
		return id, nil
	}
	return "", table.ErrUnavailable
}

func validKey(key string) bool {
	if key == "" || len(key) > 128 {
		return false
	}
	for i := range len(key) {
		if key[i] <= ' ' || key[i] > '~' {
			return false
		}
	}
	return true
}

// digest is a hash of texts, each told from the next.
func digest(texts ...string) string {
	hash := sha256.New()
	for _, text := range texts {
		sum := sha256.Sum256([]byte(text))
		hash.Write(sum[:])
	}
	return hex.EncodeToString(hash.Sum(nil))
}
