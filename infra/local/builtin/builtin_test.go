package builtin_test

import (
	"context"
	"crypto/rand"
	"slices"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/infra/local/builtin"
	"github.com/learning-cities/guildhall/infra/local/issuer"
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

const address = "http://127.0.0.1:8080/"

func service(t *testing.T) *people.Service {
	t.Helper()
	on, err := people.New(people.Config{
		Table: memory.New(table.Config{}), Clock: identity.System(), IDs: identity.NewIDs(identity.System(), nil), Random: rand.Reader,
		Key: []byte("a key that is only for these tests"), Idle: time.Hour, Absolute: time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	return on
}

func open(t *testing.T, on *people.Service) *issuer.Issuer {
	t.Helper()
	i, err := builtin.Open(t.Context(), address, on, identity.System())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := i.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return i
}

// secretariat is a context in which everything about people may be asked.
func secretariat(t *testing.T) context.Context {
	return access.WithActor(t.Context(), access.Actor{Person: "test", Role: access.Secretariat})
}

func onRecord(t *testing.T, on *people.Service) (all []people.Person) {
	t.Helper()
	if err := on.All(secretariat(t), func(p people.Person) error { all = append(all, p); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestSamplePeopleOfEveryRoleAreOnRecordWhereNobodyWas(t *testing.T) {
	on := service(t)
	i := open(t, on)
	if i.Client.Returns[0] != address+"signin/return" || i.Client.Ends[0] != address {
		t.Errorf("the client is %+v", i.Client)
	}
	var roles []access.Role
	for _, p := range onRecord(t, on) {
		roles = append(roles, p.Role)
	}
	if !slices.Equal(roles, access.Roles[:]) {
		t.Errorf("on record are %v", roles)
	}
}

func TestWhoWasRemovedDoesNotComeBackWithTheNextStart(t *testing.T) {
	on := service(t)
	open(t, on)
	all := onRecord(t, on)
	if err := on.Remove(secretariat(t), "", all[3].ID, 0); err != nil {
		t.Fatal(err)
	}
	open(t, on)
	if got := onRecord(t, on); len(got) != len(all)-1 {
		t.Errorf("%d people, of %d one was removed", len(got), len(all))
	}
}

func TestNobodyIsAddedToAStoreOfOthers(t *testing.T) {
	on := service(t)
	if _, err := on.First(t.Context(), "anna@example.org", locale.EN); err != nil {
		t.Fatal(err)
	}
	open(t, on)
	if got := onRecord(t, on); len(got) != 1 {
		t.Errorf("%d people", len(got))
	}
}
