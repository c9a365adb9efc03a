package people_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// directory is that of the world's table, which has no key.
func (w *world) directory() *people.Directory {
	clock := func() time.Time { return *w.now }
	return people.NewDirectory(w.Table, clock, identity.NewIDs(clock, nil))
}

func (w *world) mailbox(id string) people.Mailbox {
	w.t.Helper()
	p, err := w.directory().Person(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return p.Mailbox
}

func TestWhatAPersonDeclinesIsKeptWhateverElseChangesUntilItTakesItAgain(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		id := w.invite(chloe)
		self := w.as(id)
		equal(t, fmt.Sprint(w.mailbox(id).Declined), "[]")
		for range 2 {
			if err := w.Decline(self, "one", id, 1, []string{"network-digest", "cluster-digest", "network-digest"}); err != nil {
				t.Fatal(err)
			}
		}
		equal(t, codeOf(w.Decline(self, "", id, 1, nil)), "RECORD_CHANGED")
		moved := chloe
		moved.Email, moved.Role, moved.Scope = "c@example.org", access.Commission, "FR"
		if err := w.Change(w.ctx, "", id, 2, moved); err != nil {
			t.Fatal(err)
		}
		box := w.mailbox(id)
		equal(t, fmt.Sprint(box.Declined), "[cluster-digest network-digest]")
		equal(t, box.Declines("cluster-digest"), true)
		equal(t, box.Declines("fund-month"), false)
		if err := w.Decline(self, "", id, 0, []string{"cluster-digest", "network-digest"}); err != nil { // which is no change
			t.Fatal(err)
		}
		if err := w.Decline(self, "", id, 3, nil); err != nil {
			t.Fatal(err)
		}
		equal(t, fmt.Sprint(w.mailbox(id).Declined), "[]")
		equal(t, w.actions(), "people.invite people.invite letter.decline people.change letter.decline")
	})
}

func TestAnAddressThatTakesNoLettersFailsUntilItIsAnotherOrSaidToWork(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		id := w.invite(chloe)
		sent := *w.now
		w.later(time.Hour)
		fail := func(sent time.Time) {
			t.Helper()
			if err := w.directory().Failing(t.Context(), id, "bounce", sent); err != nil {
				t.Fatal(err)
			}
		}
		since := *w.now
		fail(sent)
		w.later(time.Hour)
		fail(sent)
		equal(t, w.mailbox(id).FailingSince, since)
		equal(t, w.mailbox(id).Why, "bounce")

		otherwise := chloe
		otherwise.Lang = locale.ES
		if err := w.Change(w.ctx, "", id, 0, otherwise); err != nil {
			t.Fatal(err)
		}
		equal(t, w.mailbox(id).Failing(), true)
		otherwise.Email = "c@example.org"
		if err := w.Change(w.ctx, "", id, 0, otherwise); err != nil {
			t.Fatal(err)
		}
		equal(t, w.mailbox(id).Failing(), false)
		fail(sent) // of a letter to the address before
		equal(t, w.mailbox(id).Failing(), false)

		w.later(time.Hour)
		fail(*w.now)
		for _, by := range []context.Context{w.as(id), w.ctx} {
			w.later(time.Hour)
			if err := w.Renew(by, "", id); err != nil {
				t.Fatal(err)
			}
			equal(t, w.mailbox(id).Failing(), false)
			w.later(time.Hour)
			fail(*w.now)
		}
		equal(t, w.actions(), "people.invite people.invite mailbox.fail people.change people.change mailbox.fail mailbox.renew mailbox.fail "+
			"mailbox.renew mailbox.fail")
		if failed := w.events()[2]; failed.By != "" || failed.Person != id {
			t.Errorf("%+v", failed)
		}
		equal(t, codeOf(w.directory().Failing(t.Context(), "nobody", "bounce", sent)), "PERSON_UNKNOWN")
	})
}

func TestNobodyDeclinesForAnotherAndOnlyTheSecretariatRenewsAForeignAddress(t *testing.T) {
	w := newWorld(t)
	id, other := w.invite(chloe), w.invite(bruno)
	equal(t, codeOf(w.Decline(w.ctx, "", id, 0, []string{"fund-month"})), "ACCESS_DENIED")
	equal(t, codeOf(w.Decline(w.as(other), "", id, 0, nil)), "ACCESS_DENIED")
	equal(t, codeOf(w.Renew(w.as(other), "", id)), "ACCESS_DENIED")
	equal(t, codeOf(w.Renew(t.Context(), "", id)), "ACCESS_DENIED")
	equal(t, codeOf(w.Renew(t.Context(), "", "")), "ACCESS_DENIED")
	equal(t, w.actions(), "people.invite people.invite people.invite")
}

func TestWhatIsNoListOfSchedulesIsRefused(t *testing.T) {
	w := newWorld(t)
	many := make([]string, 101)
	for n := range many {
		many[n] = fmt.Sprint("schedule-", n)
	}
	for _, wrong := range [][]string{{""}, {"fund month"}, {strings.Repeat("a", 1000)}, many} {
		equal(t, codeOf(w.Decline(w.ctx, "", w.anna, 0, wrong)), "FIELD_INVALID")
	}
	if err := w.Decline(w.ctx, "", w.anna, 0, many[:100]); err != nil {
		t.Error(err)
	}
}

func TestTheDirectoryKnowsEverybodyInTheOrderOfInvitation(t *testing.T) {
	w := newWorld(t)
	want := []string{w.anna, w.invite(bruno), w.invite(chloe)}
	var got []string
	err := w.directory().Each(t.Context(), func(p people.Person) error {
		got = append(got, p.ID)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, fmt.Sprint(got), fmt.Sprint(want))
}

func TestARecordFromBeforeThereWereMailboxesReadsAsOneThatTakesEverything(t *testing.T) {
	w := newWorld(t)
	id := w.invite(chloe)
	key := table.Key{Partition: "person", Sort: id}
	item, err := w.Table.Get(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := item.Attributes["body"].(map[string]any)
	if _, has := body["mailbox"]; body == nil || has {
		t.Fatalf("a person of whom nothing was said has %v", item.Attributes)
	}
	p, err := w.Person(w.ctx, id)
	if err != nil || p.Mailbox.Failing() || len(p.Mailbox.Declined) > 0 || p.Mailbox.Declines("") {
		t.Errorf("%+v, %v", p, err)
	}
}

// Every write fails once before it takes effect, and once behind it.
func TestAFailingAddressIsNotedOnceThoughAnAnswerIsLost(t *testing.T) {
	for _, effect := range []bool{false, true} {
		now, clock := clockAt()
		over := faulty.New(memory.New(table.Config{Clock: clock}), faulty.Plan{Fail: 3, Effect: effect})
		w := worldOver(t, over, now)
		id := w.invite(chloe)
		w.later(time.Hour)
		if err := w.directory().Failing(t.Context(), id, "complaint", *now); err != nil {
			t.Fatal(err)
		}
		equal(t, w.mailbox(id).Why, "complaint")
		equal(t, w.actions(), "people.invite people.invite mailbox.fail")
	}
}

// A person says what it declines while its address fails, is changed and renewed: nothing of that is lost.
func TestWhatHappensToAMailboxAtOnceAllTakesEffect(t *testing.T) {
	w := newWorld(t)
	id := w.invite(chloe)
	self, directory := w.as(id), w.directory()
	moved := chloe
	moved.Scope = "FR#evry"
	equal(t, atOnce(9, func(n int) error {
		switch n % 3 {
		case 0:
			return w.Decline(self, "declined", id, 0, []string{"fund-month"})
		case 1:
			return w.Change(w.ctx, "moved", id, 0, moved)
		}
		return directory.Failing(t.Context(), id, "bounce", *w.now)
	})[""], 9)
	p, err := w.Person(w.ctx, id)
	if err != nil || p.Standing != moved || !p.Mailbox.Failing() || !p.Mailbox.Declines("fund-month") {
		t.Errorf("%+v, %v", p, err)
	}
}
