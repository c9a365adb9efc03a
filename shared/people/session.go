package people

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// Session is the time in which a person is signed in at one place.
type Session struct {
	ID      string
	Person  string    // identifier
	Started time.Time // UTC
	Seen    time.Time // when it was used last, to a tenth of Config.Idle
	Until   time.Time // when it ends at the latest
}

// sessionBody is how a session is stored, below its person: its secret as a hash only.
type sessionBody struct {
	Secret  string    `json:"secret"` // SHA-256, in hexadecimal digits
	Epoch   int64     `json:"epoch"`  // of its person when it was started
	Started time.Time `json:"started"`
	Seen    time.Time `json:"seen"`
	Until   time.Time `json:"until"`
}

// The layout of a stored session, and the attributes that conditions look at.
const (
	sessionFormat = 1
	attrFormat    = "format"
	attrSeen      = "seen"
	secretBytes   = 32
)

func sessionKey(person, id string) table.Key {
	return table.Key{Partition: sessionsOf + person, Sort: id}
}

const sessionsOf = "session#"

// IsSession tells whether an item is a session. Backups leave them out: who was signed in then isn't when one is restored.
func IsSession(key table.Key) bool { return strings.HasPrefix(key.Partition, sessionsOf) }

// ends is when the session ends if it is not used again.
func (b sessionBody) ends(idle time.Duration) time.Time {
	if at := b.Seen.Add(idle); at.Before(b.Until) {
		return at
	}
	return b.Until
}

func (s *Service) sessionItem(person, id string, b sessionBody) (*table.Item, error) {
	attributes, err := records.Encode(b)
	if err != nil {
		return nil, fmt.Errorf("people: session %s: %w", id, err)
	}
	attributes[attrFormat] = int64(sessionFormat)
	// Tables keep whole seconds; the moment itself is judged by live.
	return &table.Item{Key: sessionKey(person, id), Attributes: attributes, Expires: b.ends(s.Idle).Add(time.Second)}, nil
}

func sessionOf(item table.Item) (b sessionBody, err error) {
	if err := records.Known(item, sessionFormat); err != nil {
		return b, err
	}
	if got, _ := item.Attributes[attrFormat].(int64); got != sessionFormat {
		return b, fmt.Errorf("people: session %s has format %v, this is %d", item.Key.Sort, item.Attributes[attrFormat], sessionFormat)
	}
	if err := records.Decode(item.Attributes, &b); err != nil {
		return b, fmt.Errorf("people: session %s: %w", item.Key.Sort, err)
	}
	return b, nil
}

func (b sessionBody) live(p Person, idle time.Duration, now time.Time) bool {
	return b.Epoch == p.epoch && now.Before(b.ends(idle))
}

func (b sessionBody) session(person, id string) Session {
	return Session{ID: id, Person: person, Started: b.Started, Seen: b.Seen, Until: b.Until}
}

// StartSession signs a person in who has proved who it is, and gives the token by which the session is used: a secret of its holder, of
// letters, digits, "-" and "_", which is not stored. PERSON_UNKNOWN.
func (s *Service) StartSession(ctx context.Context, person string) (token string, _ Session, _ error) {
	var started Session
	err := s.trying(ctx, func() error {
		p, err := s.find(ctx, person)
		if err != nil {
			return err
		}
		secret := make([]byte, secretBytes)
		if _, err := io.ReadFull(s.Random, secret); err != nil {
			return fmt.Errorf("people: %w", err)
		}
		a := s.begin(SessionStart, p.ID, p.ID, "")
		id := s.IDs()
		a.event.Session = id
		b := sessionBody{Secret: hashOf(secret), Epoch: p.epoch, Started: a.by.At, Seen: a.by.At, Until: a.by.At.Add(s.Absolute)}
		item, err := s.sessionItem(p.ID, id, b)
		if err != nil {
			return err
		}
		token, started = strings.Join([]string{p.ID, id, base64.RawURLEncoding.EncodeToString(secret)}, "-"), b.session(p.ID, id)
		return a.write(ctx, []table.Write{
			{Put: item, Condition: table.Absent(), Label: "session " + id}, records.Unchanged(personRef(p.ID), p.Version),
		}, nil)
	})
	if err != nil {
		return "", Session{}, err
	}
	return token, started, nil
}

// Session is the person whose session's token it is, as it stands now, and notes that the session is used. SIGNIN_NEEDED for whatever is no
// token of a session that goes on.
func (s *Service) Session(ctx context.Context, token string) (Person, Session, error) {
	p, id, b, err := s.signedIn(ctx, token)
	if err != nil {
		return Person{}, Session{}, err
	}
	if now := s.Clock().UTC(); now.Sub(b.Seen) >= s.Idle/10 {
		if b, err = s.see(ctx, p.ID, id, b, now); err != nil {
			return Person{}, Session{}, err
		}
	}
	return p, b.session(p.ID, id), nil
}

// see notes that a session is used, unless somebody else does or has ended it.
func (s *Service) see(ctx context.Context, person, id string, b sessionBody, now time.Time) (sessionBody, error) {
	was, err := records.Encode(b)
	if err != nil {
		return b, err
	}
	b.Seen = now
	item, err := s.sessionItem(person, id, b)
	if err != nil {
		return b, err
	}
	err = s.Table.Write(ctx, table.Write{Put: item, Condition: table.Equal(attrSeen, was[attrSeen]), Label: "session " + id})
	var other *table.ConditionError
	if errors.As(err, &other) {
		if other.Current == nil {
			return b, ended()
		}
		err = nil
	}
	return b, err
}

func (s *Service) signedIn(ctx context.Context, token string) (p Person, id string, b sessionBody, err error) {
	person, id, secret, ok := parts(token)
	if !ok {
		return p, "", b, ended()
	}
	item, err := s.Table.Get(ctx, sessionKey(person, id))
	if errors.Is(err, table.ErrNotFound) {
		return p, "", b, ended()
	}
	if err == nil {
		b, err = sessionOf(item)
	}
	if err != nil {
		return p, "", b, err
	}
	if subtle.ConstantTimeCompare([]byte(hashOf(secret)), []byte(b.Secret)) != 1 {
		return p, "", b, ended()
	}
	p, err = s.find(ctx, person)
	var none *problem.Problem
	if errors.As(err, &none) || err == nil && !b.live(p, s.Idle, s.Clock().UTC()) {
		return p, "", b, ended()
	}
	return p, id, b, err
}

func parts(token string) (person, id string, secret []byte, ok bool) {
	fields := strings.SplitN(token, "-", 3) // identifiers that are made here have no hyphen
	if len(fields) != 3 || !identity.WellFormed(fields[0]) || !identity.WellFormed(fields[1]) {
		return "", "", nil, false
	}
	secret, err := base64.RawURLEncoding.DecodeString(fields[2])
	ok = err == nil && len(secret) == secretBytes && base64.RawURLEncoding.EncodeToString(secret) == fields[2] // a session has one token
	return fields[0], fields[1], secret, ok
}

func hashOf(secret []byte) string {
	sum := sha256.Sum256(secret)
	return hex.EncodeToString(sum[:])
}

func ended() error { return problem.New("SIGNIN_NEEDED") }

// Sessions are those of a person that go on, in the order in which they were started. ACCESS_DENIED, PERSON_UNKNOWN.
func (s *Service) Sessions(ctx context.Context, person string) ([]Session, error) {
	if err := allowed(ctx, access.SessionRead, person); err != nil {
		return nil, err
	}
	p, err := s.find(ctx, person)
	if err != nil {
		return nil, err
	}
	var found []Session
	now := s.Clock().UTC()
	for q := (table.Query{Partition: sessionKey(p.ID, "").Partition}); ; {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, item := range page.Items {
			b, err := sessionOf(item)
			if err != nil {
				return nil, err
			}
			if b.live(p, s.Idle, now) {
				found = append(found, b.session(p.ID, item.Key.Sort))
			}
		}
		if page.Cursor == "" {
			return found, nil
		}
		q.After = page.Cursor
	}
}

// SignOut ends the session of a token; where it is none of a session that goes on, nothing is left to do.
func (s *Service) SignOut(ctx context.Context, token string) error {
	err := s.trying(ctx, func() error {
		p, id, _, err := s.signedIn(ctx, token)
		if err != nil {
			return err
		}
		a := s.begin(access.SessionEnd, p.ID, p.ID, "")
		a.event.Session = id
		return a.write(ctx, []table.Write{endOf(p.ID, id)}, nil)
	})
	var over *problem.Problem
	if errors.As(err, &over) && over.Code == "SIGNIN_NEEDED" {
		return nil
	}
	return err
}

func endOf(person, id string) table.Write {
	return table.Write{Delete: sessionKey(person, id), Condition: table.Present(), Label: "session " + id}
}

// EndSession ends a session of a person; one that has ended stays so. ACCESS_DENIED, IDEMPOTENCY_KEY_REUSED.
func (s *Service) EndSession(ctx context.Context, request, person, id string) error {
	_, err := s.perform(ctx, request, access.SessionEnd, person, id, id, func(ctx context.Context, a *act) ([]table.Write, error) {
		if !identity.WellFormed(person) || !identity.WellFormed(id) {
			return nil, nil
		}
		_, err := s.Table.Get(ctx, sessionKey(person, id))
		if errors.Is(err, table.ErrNotFound) {
			return nil, nil
		}
		a.event.Session = id
		return []table.Write{endOf(person, id)}, err
	})
	return err
}

// EndSessions ends all sessions of a person. ACCESS_DENIED, PERSON_UNKNOWN, IDEMPOTENCY_KEY_REUSED.
func (s *Service) EndSessions(ctx context.Context, request, person string) error {
	_, err := s.perform(ctx, request, access.SessionEnd, person, person, "all", func(ctx context.Context, a *act) ([]table.Write, error) {
		p, err := s.find(ctx, person)
		if err != nil {
			return nil, err
		}
		p.epoch++
		return a.again(p)
	})
	return err
}
