// Package privacy answers for the data of one person: it finds everything that is held about it, gives that out, and erases it from records
// with their earlier versions, from files in all their versions, and from what was made of both, so that the accounts and the story stay
// whole. What is personal it asks of package personal; it knows no sheet and no HTTP, and asks for nobody's leave.
package privacy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/personal"
	"github.com/learning-cities/guildhall/shared/table"
)

// Config is what a Service works with; all but Letters is needed.
type Config struct {
	Table   table.Table
	Blobs   blob.Store
	Intake  *intake.Store
	Exports *request.Store
	People  *people.Directory
	// Letters are e-mails that the product keeps as files; nil where it keeps none.
	Letters Letters
	Clock   identity.Clock
	IDs     identity.IDs
	Random  io.Reader // of salts, such as crypto/rand.Reader
	// Alone says that nobody else writes to the table and the blobs meanwhile. Otherwise an erasure is only done when, Settle later, a second
	// look finds nothing: work that was under way can have brought something back.
	Alone bool
}

// Letters are e-mails that are kept as files.
type Letters interface {
	// Each calls fn for each letter, with its name and everything that it says as text.
	Each(ctx context.Context, fn func(name, text string) error) error
	// Remove removes a letter; that there is none is no error.
	Remove(ctx context.Context, name string) error
}

// Service is safe for concurrent use, also by several processes over one table.
type Service struct {
	Config
	turn chan struct{} // full while an erasure goes over everything: two at once would do the same work twice
}

// New makes a service.
func New(c Config) *Service { return &Service{c, make(chan struct{}, 1)} }

// Kind is what something that was found stands in.
type Kind string

// The kinds.
const (
	InRecord  Kind = "record"  // as it is now
	InVersion Kind = "version" // an earlier version of a record
	InAccount Kind = "account" // the person may use the product
	InImport  Kind = "import"  // what is noted of an import, or what its checks kept
	InFile    Kind = "file"    // as it was sent
	InExport  Kind = "export"  // a workbook or paper
	InLetter  Kind = "letter"  // an e-mail that is kept as a file
	InCopy    Kind = "copy"    // what was made to be given to a person
	InAnswers Kind = "answers" // what somebody answered about sheets, remembered for the next ones
)

// Finding is one place at which something is held about a person.
type Finding struct {
	Kind Kind   `json:"kind"`
	Type string `json:"type,omitempty"` // of a record, such as "application"
	// Of is which one: of a record its partition and identifier ("2025 FR#brest"); of an account, import, export or letter its identifier; of
	// a file the SHA-256.
	Of      string        `json:"of"`
	Version int64         `json:"version,omitempty"` // of a record
	At      string        `json:"at,omitempty"`      // the field, such as "contact.email"; or the name of the blob
	Sort    personal.Sort `json:"sort,omitempty"`
	Text    string        `json:"text,omitempty"` // as it stands there; "" of files
	// Kept says why an erasure leaves it as it is; the zero text of what it takes away.
	Kept locale.Text `json:"kept,omitzero"`
}

// MostFindings is how many findings are listed; all are counted.
const MostFindings = 5000

// Found is what is held about a person.
type Found struct {
	Counts   map[Kind]int `json:"counts"`
	Findings []Finding    `json:"findings"` // the first MostFindings
	// Also are texts that stand beside the person's and may be further names of it, such as another e-mail address of the same contact: whoever
	// asks decides whether they are the person's. At most 20, each once.
	Also []string `json:"also"`
}

func (f *Found) add(one Finding) {
	f.Counts[one.Kind]++
	if len(f.Findings) < MostFindings {
		f.Findings = append(f.Findings, one)
	}
}

// mostAlso bounds Found.Also.
const mostAlso = 20

func (f *Found) also(text string) {
	for _, known := range f.Also {
		if known == text {
			return
		}
	}
	if len(f.Also) < mostAlso {
		f.Also = append(f.Also, text)
	}
}

// Nothing reports whether nothing was found.
func (f *Found) Nothing() bool { return len(f.Findings) == 0 }

// left reports whether something was found that an erasure takes away.
func (f *Found) left() bool {
	for _, one := range f.Findings {
		if one.Kept.IsZero() {
			return true
		}
	}
	return false
}

// Find finds everything that is held about a person. It reads all items of the table and all files. FIELD_INVALID of a naming by which others
// would be meant as well.
func (s *Service) Find(ctx context.Context, who Who) (*Found, error) {
	m, accounts, err := s.known(ctx, who)
	if err != nil {
		return nil, err
	}
	return s.look(ctx, m, accounts)
}

// known are the marks of a person under a passing salt, with the person's accounts: what an account has as its address is the person's too.
func (s *Service) known(ctx context.Context, who Who) (*Marks, []string, error) {
	e, err := s.enter(ctx, who)
	if err != nil {
		return nil, nil, err
	}
	m, err := e.marks()
	return m, e.accounts(), err
}

// look goes over the items and the files.
func (s *Service) look(ctx context.Context, m *Marks, accounts []string) (*Found, error) {
	found := &Found{Counts: map[Kind]int{}, Also: []string{}, Findings: []Finding{}}
	err := s.each(ctx, func(item table.Item) error {
		s.lookAt(m, accounts, item, found)
		return nil
	})
	if err == nil {
		err = s.lookAtFiles(ctx, m, found)
	}
	if err == nil && s.Letters != nil {
		err = s.Letters.Each(ctx, func(name, text string) error {
			if m.Named(text) {
				found.add(Finding{Kind: InLetter, Of: name})
			}
			return nil
		})
	}
	return found, err
}

// each calls fn for all items of the table.
func (s *Service) each(ctx context.Context, fn func(table.Item) error) error {
	for after := table.Cursor(""); ; {
		page, err := s.Table.Scan(ctx, table.Scan{After: after})
		if err != nil {
			return err
		}
		for _, item := range page.Items {
			if err := fn(item); err != nil {
				return err
			}
		}
		if after = page.Cursor; after == "" {
			return nil
		}
	}
}

func (s *Service) lookAt(m *Marks, accounts []string, item table.Item, found *Found) {
	t, known := thingOf(item)
	if !known {
		return
	}
	one := t.finding()
	email, _ := t.body["email"].(string)
	switch {
	case one.Kind == InAccount && slices.Contains(accounts, item.Key.Sort) && email != "":
		one.At, one.Sort, one.Text = "email", personal.Email, email
		found.add(one)
		return
	case one.Kind == InAccount: // of somebody else, even where the address looks like the person's name
		if m.Named(email) {
			found.also(email)
		}
		return
	case ownedBy(item.Key, accounts):
		one.Sort = personal.Account
		found.add(one)
		return
	}
	m.in(t, func(f personal.Field, at, text string) string {
		one.At, one.Sort, one.Text = at, f.Sort, text
		found.add(one)
		if f.Sort.Identifies() && !m.Named(text) {
			found.also(text)
		}
		return text
	})
}

// finding is what was found in a thing, but for the field.
func (t *thing) finding() Finding {
	one := Finding{Kind: InRecord, Type: t.holding.Type, Of: t.item.Key.Sort, Kept: t.holding.Kept}
	_, part, _ := strings.Cut(t.item.Key.Partition, "#")
	if t.past {
		one.Kind = InVersion
		_, part, _ = strings.Cut(part, "#")
	}
	if part != "" {
		one.Of = part + " " + one.Of
	}
	one.Version, _ = t.item.Attributes["version"].(int64)
	switch {
	case strings.HasPrefix(t.item.Key.Partition, "import#answers#"):
		one.Kind = InAnswers
	case t.holding.Type == "import":
		one.Kind, one.Of = InImport, t.item.Key.Sort
	case t.holding.Type == "export":
		one.Kind, one.Of = InExport, t.item.Key.Sort
	case t.holding.Type == "person":
		one.Kind = InAccount
	}
	return one
}

// ownedBy reports whether a key names one of the accounts by its identifier.
func ownedBy(key table.Key, accounts []string) bool {
	for _, prefix := range personal.Keys() {
		if of, found := strings.CutPrefix(key.Partition, prefix); found && slices.Contains(accounts, of) {
			return true
		}
	}
	return false
}

func (s *Service) lookAtFiles(ctx context.Context, m *Marks, found *Found) error {
	return s.eachFile(ctx, func(name string) error {
		named, err := s.named(ctx, m, name)
		if err != nil || !named {
			return err
		}
		kind, of := fileOf(name)
		found.add(Finding{Kind: kind, Of: of, At: name})
		return nil
	})
}

// eachFile calls fn for the names of all blobs that can hold personal data.
func (s *Service) eachFile(ctx context.Context, fn func(name string) error) error {
	for _, group := range personal.Blobs() {
		err := s.Blobs.List(ctx, group.Prefix, func(info blob.Info) error { return fn(info.Name) })
		if err != nil {
			return err
		}
	}
	return nil
}

// named reports whether a file names one of the persons; one that is gone meanwhile does not.
func (s *Service) named(ctx context.Context, m *Marks, name string) (bool, error) {
	named, err := m.inFile(ctx, s.Blobs, name)
	switch {
	case errors.Is(err, blob.ErrNotFound):
		return false, nil
	case errors.Is(err, errUnsearchable): // it may, and was refused when it was sent: nothing is lost with it
		return true, nil
	case err != nil && ctx.Err() == nil && !errors.Is(err, blob.ErrUnavailable):
		return false, nil // a file that nothing can read, such as a workbook that was refused for being damaged
	case err != nil:
		return false, fmt.Errorf("privacy: %s: %w", name, err)
	}
	return named, nil
}

// fileOf is what a blob belongs to, by its name.
func fileOf(name string) (Kind, string) {
	group, rest, _ := strings.Cut(name, "/")
	of, _, _ := strings.Cut(rest, "/")
	switch group {
	case "exports":
		return InExport, of
	case "imports", "incoming":
		return InImport, of
	case "privacy":
		return InCopy, of
	}
	return InFile, of
}
