package records_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// transacted makes a put's writes one transaction with others.
func transacted(t *testing.T, over table.Table, p records.Put, also ...table.Write) error {
	t.Helper()
	ws, err := p.Writes(p.Provenance.Import)
	must(t, err)
	return over.Transact(t.Context(), append(ws, also...))
}

func TestATransactionIsHeldToTheRecordsThatItWasJudgedBy(t *testing.T) {
	s, over := newStore()
	putAll(t, s, "imp1", put("imp1", application("FR#brest"), 0, ""))
	for _, c := range []struct {
		city    string
		version int64
		holds   bool
	}{
		{"FR#brest", 1, true}, {"FR#brest", 0, false}, {"FR#brest", 2, false}, {"FR#nanterre", 0, true}, {"FR#nanterre", 1, false},
	} {
		err := over.Transact(t.Context(), []table.Write{records.Unchanged(application(c.city), c.version)})
		if (err == nil) != c.holds {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestARecordThatIsCreatedAgainHasANewVersion(t *testing.T) {
	s, over := newStore()
	brest := application("FR#brest")
	putAll(t, s, "imp1", put("imp1", brest, 0, "first"))
	errorAs[*table.TransactionError](t, over.Transact(t.Context(), []table.Write{records.Remove(brest, 2)}))
	must(t, over.Transact(t.Context(), []table.Write{records.Remove(brest, 1)}))
	_, err := s.Get(t.Context(), brest)
	isErr(t, err, records.ErrNotFound)
	must(t, over.Transact(t.Context(), []table.Write{records.Unchanged(brest, 0)}))
	latest, err := s.Latest(t.Context(), []records.Ref{brest})
	must(t, err)
	must(t, transacted(t, over, put("", brest, latest[0].Version, "second")))
	stored, err := s.Get(t.Context(), brest)
	must(t, err)
	equal(t, stored.Version, int64(3))
}

// Whoever knows nothing of the record that there was writes one that is new, as far as it can tell.
func TestKeepingHasARecordCreatedAgainFromItsLastVersion(t *testing.T) {
	s, over := newStore()
	brest := application("FR#brest")
	putAll(t, s, "imp1", put("imp1", brest, 0, "first"))
	by := records.Provenance{Person: "anna", Request: "r1", At: noon.AddDate(0, 1, 0)}
	removed, err := s.Keeping(t.Context(), by, []table.Write{records.Remove(brest, 1)})
	must(t, err)
	must(t, over.Transact(t.Context(), removed))
	anew, nantes := put("", brest, 0, "second"), put("", application("FR#nantes"), 0, "new")
	var ws []table.Write
	for _, p := range []records.Put{anew, nantes} {
		one, err := p.Writes("")
		must(t, err)
		ws = append(ws, one...)
	}
	errorAs[*table.TransactionError](t, over.Transact(t.Context(), ws))
	ws, err = s.Keeping(t.Context(), by, ws)
	must(t, err)
	must(t, over.Transact(t.Context(), ws))
	equal(t, stateOf(t, s, brest), state{3, "", "second"})
	equal(t, stateOf(t, s, nantes.Ref), state{1, "", "new"})
	earlier, err := records.EarlierOf(t.Context(), s, brest)
	must(t, err)
	equal(t, len(earlier), 1)
	equal(t, *earlier[0].Removed, by)
}

func TestASlotIsGivenBackByItsHolderOnly(t *testing.T) {
	s, over := newStore()
	must(t, transacted(t, over, put("", application("FR#brest"), 0, "", slot("slot-1", "FR#brest"))))
	errorAs[*table.TransactionError](t, over.Transact(t.Context(), []table.Write{records.Release(slot("slot-1", "FR#nanterre"))}))
	must(t, over.Transact(t.Context(), []table.Write{records.Release(slot("slot-1", "FR#brest"))}))
	held, err := records.Holders(t.Context(), s, "quota#2025#FR")
	must(t, err)
	equal(t, len(held), 0)
}
