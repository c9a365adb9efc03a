// Package people keeps who may use the product: people with their role and scope, and the sessions in which they are signed in, each act
// on them once for each request and audited. It knows no HTTP, and not how a person proves who it is.
package people

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// Config is what a Service works with; all but Pause is needed.
type Config struct {
	Table  table.Table
	Clock  identity.Clock
	IDs    identity.IDs
	Random io.Reader // of the secrets of sessions; such as crypto/rand.Reader
	// Key, of at least MinKey bytes, keys the hashes under which people are found by their e-mail address. With another key nobody is
	// found, so it is kept as long as the table.
	Key []byte
	// Idle is after how long without use a session ends, and Absolute after how long in any case.
	Idle, Absolute time.Duration
	// Pause waits between tries for what others write at the same moment; try counts from 1. An error ends the trying. nil waits
	// 10 ms, twice as long each time, and at most half a second.
	Pause func(ctx context.Context, try int) error
}

// MinKey is how many bytes Config.Key has at least.
const MinKey = 32

// Service is safe for concurrent use, also by several processes over one table. Whoever asks is the context's access.Actor.
type Service struct {
	Config
	records *records.Store
}

// New makes a service. An error is a mistake of the configuration.
func New(c Config) (*Service, error) {
	switch {
	case len(c.Key) < MinKey:
		return nil, fmt.Errorf("people: a key of %d bytes, at least %d are needed", len(c.Key), MinKey)
	case c.Idle <= 0 || c.Absolute < c.Idle:
		return nil, fmt.Errorf("people: sessions that end after %s without use, and after %s in any case", c.Idle, c.Absolute)
	}
	if c.Pause == nil {
		c.Pause = records.BackOff(10*time.Millisecond, 500*time.Millisecond)
	}
	return &Service{Config: c, records: records.New(c.Table)}, nil
}

// Standing is what is on record of a person and can be changed.
type Standing struct {
	Email string       `json:"email"` // in small letters; it stands in this record only
	Role  access.Role  `json:"role"`
	Scope access.Scope `json:"scope,omitempty"`
	Lang  locale.Lang  `json:"lang"`
}

// Person is somebody who may use the product.
type Person struct {
	ID        string
	Version   int64 // from 1; each change counts it up
	InvitedAt time.Time
	Standing
	Mailbox Mailbox
	epoch   int64
	subject string
}

// Actor is the person as the one who asks.
func (p Person) Actor() access.Actor {
	return access.Actor{Person: p.ID, Role: p.Role, Scope: p.Scope, Lang: p.Lang}
}

// Bound reports whether the person has signed in, and is since then one subject of the issuer.
func (p Person) Bound() bool { return p.subject != "" }

// personType is the type of the records of people, by identifier. Their earlier versions are not kept: nothing of a person stays who is removed.
const personType = "person"

// body is the record of a person. Sessions of another epoch have ended.
type body struct {
	Standing
	InvitedAt time.Time `json:"invitedAt"`
	Epoch     int64     `json:"epoch"`
	Subject   string    `json:"subject,omitempty"` // keyed hash of who the person is to the issuer that recognises people; "" until it is bound
	Mailbox   Mailbox   `json:"mailbox,omitzero"`
}

// stored is the person as it is stored.
func (p Person) stored() body {
	return body{Standing: p.Standing, InvitedAt: p.InvitedAt, Epoch: p.epoch, Subject: p.subject, Mailbox: p.Mailbox}
}

func personRef(id string) records.Ref { return records.Ref{Type: personType, ID: id} }

func personOf(r records.Record) (Person, error) {
	var b body
	if err := records.Decode(r.Body, &b); err != nil {
		return Person{}, fmt.Errorf("people: %s: %w", r.Ref, err)
	}
	return Person{
		ID: r.Ref.ID, Version: r.Version, InvitedAt: b.InvitedAt, Standing: b.Standing, Mailbox: b.Mailbox,
		epoch: b.Epoch, subject: b.Subject,
	}, nil
}

// Person is the one of an identifier. ACCESS_DENIED, PERSON_UNKNOWN.
func (s *Service) Person(ctx context.Context, id string) (Person, error) {
	if err := allowed(ctx, access.PeopleRead, id); err != nil {
		return Person{}, err
	}
	return s.find(ctx, id)
}

// All calls fn for each person, in the order in which they were invited. ACCESS_DENIED.
func (s *Service) All(ctx context.Context, fn func(Person) error) error {
	if err := allowed(ctx, access.PeopleRead, ""); err != nil {
		return err
	}
	return s.each(ctx, fn)
}

// ByEmail is the person of an e-mail address, however its letters are written. It is for whoever signs people in, and asks for nobody's
// leave. PERSON_UNKNOWN.
func (s *Service) ByEmail(ctx context.Context, email string) (Person, error) {
	address, ok := addressOf(email)
	if !ok {
		return Person{}, unknown()
	}
	id, err := s.holder(ctx, s.addressClaim(address, ""))
	if err != nil {
		return Person{}, err
	}
	if id == "" {
		return Person{}, unknown()
	}
	p, err := s.find(ctx, id)
	if err == nil && p.Email != address { // changed between the two readings
		return Person{}, unknown()
	}
	return p, err
}

func (s *Service) find(ctx context.Context, id string) (Person, error) {
	if !identity.WellFormed(id) {
		return Person{}, unknown()
	}
	record, err := s.records.Get(ctx, personRef(id))
	if errors.Is(err, records.ErrNotFound) {
		return Person{}, unknown()
	}
	if err != nil {
		return Person{}, err
	}
	return personOf(record)
}

func (s *Service) each(ctx context.Context, fn func(Person) error) error {
	return s.records.Scan(ctx, personType, "", "", func(r records.Record) error {
		p, err := personOf(r)
		if err != nil {
			return err
		}
		return fn(p)
	})
}

// unknown does not repeat who was looked for, which can be an address.
func unknown() error { return problem.New("PERSON_UNKNOWN") }

// allowed asks whether the context's actor may do something about a person, or about all ("").
func allowed(ctx context.Context, do access.Action, person string) error {
	if p := access.Decide(access.ActorOf(ctx), do, access.Object{Person: person}); p != nil {
		return p
	}
	return nil
}
