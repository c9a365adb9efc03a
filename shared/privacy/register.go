package privacy

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// The register is kept in one partition, by identifiers that ascend with time.
const registerPartition = "privacy_erasure"

// registerFormat is the number of the layout of the register, stored and written out.
const registerFormat = 1

// State is how far an erasure has come.
type State string

// The states.
const (
	Open    State = "open"    // begun: whatever of it is left to do is done by Resume
	Settled State = "settled" // nothing is left; a second look is due
	Done    State = "done"
)

// Label is what a state is called.
func (s State) Label() locale.Text { return stateLabels[s] }

var stateLabels = map[State]locale.Text{
	Open:    {EN: "under way", FR: "en cours", ES: "en curso"},
	Settled: {EN: "erased; a second look is due", FR: "effacé ; un second examen est prévu", ES: "suprimido; falta una segunda revisión"},
	Done:    {EN: "erased", FR: "effacé", ES: "suprimido"},
}

// Erasure is an entry of the register. It says by salted hashes who was erased, and nothing else of the person.
type Erasure struct {
	ID      string    `json:"id"`
	State   State     `json:"state"`
	At      time.Time `json:"at"`                // when it was begun, UTC
	By      string    `json:"by,omitempty"`      // identifier of the account of who asked for it
	Account string    `json:"account,omitempty"` // identifier of the person's own account
	Further []string  `json:"further,omitempty"` // identifiers of further accounts of the person's
	Salt    string    `json:"salt"`              // hexadecimal
	Namings []Hashed  `json:"namings"`
	// Papers says that a result of the fund named the person: donors' papers show these, and are erased with them.
	Papers bool         `json:"papers,omitempty"`
	Taken  map[Kind]int `json:"taken,omitempty"` // how many places it took the person out of
	// SettledAt is when nothing was found any more for the first time, and DoneAt for good.
	SettledAt time.Time `json:"settledAt,omitzero"`
	DoneAt    time.Time `json:"doneAt,omitzero"`
}

// Hashed is a name or an address as a salted hash.
type Hashed struct {
	Kind  string `json:"kind"` // "n" of a name, "e" of an e-mail address
	Words int    `json:"words"`
	Hash  string `json:"hash"` // SHA-256 in hexadecimal digits
}

// Settle is how long after an erasure work that was under way is surely over: longer than any function runs, and any link is good for.
const Settle = time.Hour

const saltBytes = 16

// enter makes the entry of a person, which is not stored.
func (s *Service) enter(ctx context.Context, who Who) (*Erasure, error) {
	if err := s.alsoKnown(ctx, &who); err != nil {
		return nil, err
	}
	namings, err := who.namings()
	if err != nil {
		return nil, err
	}
	salt := make([]byte, saltBytes)
	if _, err := io.ReadFull(s.Random, salt); err != nil {
		return nil, fmt.Errorf("privacy: %w", err)
	}
	e := &Erasure{ID: s.IDs(), State: Open, At: s.Clock().UTC(), Account: who.Account, Further: who.further, Salt: hex.EncodeToString(salt), Taken: map[Kind]int{}}
	for _, n := range namings {
		e.Namings = append(e.Namings, Hashed{string(n.kind), len(n.words), n.hash(salt)})
	}
	return e, nil
}

// alsoKnown adds to what a person is called what its account says: the account of an address, and the address of an account.
func (s *Service) alsoKnown(ctx context.Context, who *Who) error {
	return s.People.Each(ctx, func(p people.Person) error {
		called := func(email string) bool { return strings.EqualFold(strings.TrimSpace(email), p.Email) }
		switch {
		case p.ID == who.Account && !slices.ContainsFunc(who.Emails, called):
			who.Emails = append(slices.Clip(who.Emails), p.Email)
		case who.Account == "" && slices.ContainsFunc(who.Emails, called):
			who.Account = p.ID
		case p.ID != who.Account && slices.ContainsFunc(who.Emails, called): // somebody who acts for a city and for a National Commission has two
			who.further = append(who.further, p.ID)
		}
		return nil
	})
}

// accounts are the identifiers of all accounts of the person.
func (e *Erasure) accounts() []string {
	if e.Account == "" {
		return nil
	}
	return append([]string{e.Account}, e.Further...)
}

func isCode(err error, code problem.Code) bool {
	var p *problem.Problem
	return errors.As(err, &p) && p.Code == code
}

// marks are what the entry's person is recognised by. REGISTER_INVALID.
func (e *Erasure) marks() (*Marks, error) {
	salt, err := hex.DecodeString(e.Salt)
	if err != nil {
		return nil, problem.New("REGISTER_INVALID")
	}
	m := newMarks(salt)
	for _, n := range e.Namings {
		if n.Kind != string(rune(ofName)) && n.Kind != string(rune(ofEmail)) || n.Words < leastWords || n.Words > MaxNaming {
			return nil, problem.New("REGISTER_INVALID")
		}
		m.add(n.Kind[0], n.Words, n.Hash)
	}
	return m, nil
}

// keep stores an entry, as it is now.
func (s *Service) keep(ctx context.Context, e *Erasure) error {
	attributes, err := records.Encode(e)
	if err != nil {
		return fmt.Errorf("privacy: erasure %s: %w", e.ID, err)
	}
	attributes["format"] = int64(registerFormat)
	return s.Table.Write(ctx, table.Write{
		Put:   &table.Item{Key: table.Key{Partition: registerPartition, Sort: e.ID}, Attributes: attributes},
		Label: "erasure " + e.ID,
	})
}

// renew reads an entry as it is stored now.
func (s *Service) renew(ctx context.Context, e *Erasure) error {
	item, err := s.Table.Get(ctx, table.Key{Partition: registerPartition, Sort: e.ID})
	if err != nil {
		return err
	}
	*e, err = entryOf(item)
	return err
}

// Register calls fn for each erasure, the earliest first.
func (s *Service) Register(ctx context.Context, fn func(Erasure) error) error {
	for q := (table.Query{Partition: registerPartition}); ; {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return err
		}
		for _, item := range page.Items {
			e, err := entryOf(item)
			if err != nil {
				return err
			}
			if err := fn(e); err != nil {
				return err
			}
		}
		if q.After = page.Cursor; q.After == "" {
			return nil
		}
	}
}

func entryOf(item table.Item) (e Erasure, err error) {
	if got, _ := item.Attributes["format"].(int64); got != registerFormat {
		return e, fmt.Errorf("privacy: erasure %s has format %v, this is %d", item.Key.Sort, item.Attributes["format"], registerFormat)
	}
	if err := records.Decode(item.Attributes, &e); err != nil {
		return e, fmt.Errorf("privacy: erasure %s: %w", item.Key.Sort, err)
	}
	return e, nil
}

// registerHead is the first line of a register that was written out; each further one is an Erasure.
type registerHead struct {
	Format int `json:"erasures"`
}

// WriteRegister writes the register as lines of JSON, to be kept beside backups: whoever restores one replays it.
func (s *Service) WriteRegister(ctx context.Context, dst io.Writer) error {
	lines := json.NewEncoder(dst)
	if err := lines.Encode(registerHead{registerFormat}); err != nil {
		return err
	}
	return s.Register(ctx, func(e Erasure) error { return lines.Encode(e) })
}

// CheckRegister reads a register that was written out, and changes nothing. REGISTER_INVALID.
func CheckRegister(src io.Reader) error {
	_, err := readRegister(src)
	return err
}

// readRegister reads what WriteRegister wrote. REGISTER_INVALID.
func readRegister(src io.Reader) ([]Erasure, error) {
	lines := json.NewDecoder(bufio.NewReader(src))
	var head registerHead
	if err := lines.Decode(&head); err != nil || head.Format != registerFormat {
		return nil, problem.New("REGISTER_INVALID")
	}
	var all []Erasure
	for {
		var e Erasure
		err := lines.Decode(&e)
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil || e.ID == "" || len(e.ID) > 200 {
			return nil, problem.New("REGISTER_INVALID")
		}
		if _, err := e.marks(); err != nil {
			return nil, err
		}
		all = append(all, e)
	}
}
