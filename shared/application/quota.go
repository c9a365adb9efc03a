package application

import (
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Slots is the partition of the claims on a country's slots in a call (R-APP-3).
func Slots(call, country string) string { return "quota#" + call + "#" + country }

// Slot names the n-th slot of a country, from 1.
func Slot(n int) string { return "slot-" + strconv.Itoa(n) }

// Quota follows one country's slots in one call while applications and endorsements come in (R-APP-3). The zero Quota has no
// slots. What two doors at the same moment would break is held by the store, which gives each slot once; Quota tells beforehand
// who would be refused, and names everybody who contends.
type Quota struct {
	limit      int
	bySlot     map[string]string // slot → city's identifier
	byCity     map[string]string // city's identifier → slot
	contenders []string          // names, in the order of their coming
	named      map[string]bool
}

// NewQuota makes a quota of limit slots, all free.
func NewQuota(limit int) *Quota {
	return &Quota{limit: limit, bySlot: map[string]string{}, byCity: map[string]string{}, named: map[string]bool{}}
}

// Held notes that a city, by its identifier and name, holds a slot on record.
func (q *Quota) Held(slot, id, name string) {
	q.bySlot[slot], q.byCity[id] = id, slot
	q.Contend(id, name)
}

// Contend names a city among the contenders, whether or not it takes a slot.
func (q *Quota) Contend(id, name string) {
	if !q.named[id] {
		q.named[id] = true
		q.contenders = append(q.contenders, name)
	}
}

// Take gives a city its slot: the one that it holds already, or the first free one. False: all are taken.
func (q *Quota) Take(id, name string) (slot string, ok bool) {
	q.Contend(id, name)
	if slot, holds := q.byCity[id]; holds {
		return slot, true
	}
	for n := 1; n <= q.limit; n++ {
		slot := Slot(n)
		if _, taken := q.bySlot[slot]; !taken {
			q.bySlot[slot], q.byCity[id] = id, slot
			return slot, true
		}
	}
	return "", false
}

// Holds reports whether a city has a slot.
func (q *Quota) Holds(id string) bool { return q.byCity[id] != "" }

// Taken counts the slots that are held.
func (q *Quota) Taken() int { return len(q.bySlot) }

// Exceeded says that a city is beyond its country's quota (R-APP-3): NATCOM_QUOTA_EXCEEDED, naming everybody who contends so far.
// others are further contenders, such as those that still wait for an endorsement.
func (q *Quota) Exceeded(country locale.Text, others ...string) *problem.Problem {
	names := append(append([]string{}, q.contenders...), others...)
	return problem.New("NATCOM_QUOTA_EXCEEDED").In("country").Under("R-APP-3").
		WithText("country", country).WithInt("quota", q.limit).With("contenders", strings.Join(names, ", "))
}
