package term

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// The term is played from the day on which the product first runs, while cities apply, until what follows from the term's last day was sent.
var (
	first = time.Date(2025, time.May, 20, 12, 0, 0, 0, time.UTC)
	last  = time.Date(2027, time.October, 31, 12, 0, 0, 0, time.UTC)
)

// play is a term as it goes on: the world, with what outlives the processes in which the product runs.
type play struct {
	*world
	queue *waiting
	post  *post
	next  int                   // of days: the act that comes next
	kept  map[int][]table.Write // what each act recorded
	again map[int][]table.Write // in a play of what was played before: what is recorded once more
	roles map[string]string     // by a person's identifier, what it is: "city FR#brest"
}

// begun is a term on its first day, with the acts done for the first time.
func begun(t testing.TB) *play {
	t.Helper()
	p := newPlay(t, memory.NewStore(), map[string]string{}, first.Add(-time.Hour))
	beginnings(p.world)
	p.world.now = first
	return p
}

func newPlay(t testing.TB, store *memory.Store, named map[string]string, at time.Time) *play {
	t.Helper()
	p := &play{queue: &waiting{}, post: &post{}, roles: map[string]string{}, kept: map[int][]table.Write{}}
	p.world = newWorld(t, store, named, at, func(below table.Table) table.Table { return &journal{Table: below} })
	return p
}

// copy is the same term at the same moment, whose acts from now on record what they did when they were done first.
func (p *play) copy(t testing.TB, kept map[int][]table.Write) *play {
	t.Helper()
	c := newPlay(t, p.store.Clone(), maps.Clone(p.named), p.world.now)
	c.queue.list, c.post.left = slices.Clone(p.queue.list), slices.Clone(p.post.left)
	c.next, c.again, c.roles = p.next, kept, maps.Clone(p.roles)
	return c
}

// until does what happens up to a moment, which it then is.
func (p *play) until(at time.Time) {
	p.Helper()
	for ; p.next < len(days) && !moment(days[p.next].at).After(at); p.next++ {
		act := days[p.next]
		p.world.now = moment(act.at)
		switch j := p.parts.Table.(*journal); {
		case act.live != nil:
			act.live(p)
		case p.again != nil:
			p.must(again(p.Context(), j.Table, p.again[p.next]))
		default:
			j.writes = nil
			act.record(p.world)
			p.kept[p.next] = slices.Clone(j.writes)
		}
	}
	p.world.now = at
}

func moment(text string) time.Time {
	at, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return at
}

// letter is an e-mail that left, as the list of the term has it.
type letter struct {
	at      time.Time
	summary string // outbox.Entry.ID, with the revision of a correction
	about   string // the occasion in words
	to      string // role and scope
	lang    string
	subject string
	says    [8]byte // of a hash of all that it says
}

// line is the letter's in the list; on which day it left counts, and the hour where it was to be in time.
func (l letter) line(layout string) string {
	return fmt.Sprintf("%s  %-58s  %-26s %s  %s", l.at.Format(layout), l.about, l.to, l.lang, l.subject)
}

// letters are those that left, in the order of time; those of one moment by what they are about and whom they go to.
func (p *play) letters() []letter {
	p.Helper()
	p.know()
	store := p.outbox()
	var all []letter
	for _, s := range p.post.left {
		name, ok := outbox.ParseLetter(s.ID)
		if !ok {
			p.Fatalf("an e-mail is called %q", s.ID)
		}
		entry, _, err := store.Entry(p.Context(), name.Summary)
		p.must(err)
		one := letter{at: s.at, summary: name.Summary, about: inWords(entry), to: p.roles[name.Person], lang: s.Lang, subject: s.Subject}
		sum := sha256.Sum256([]byte(s.Subject + s.Text + s.HTML))
		copy(one.says[:], sum[:])
		if name.Revision > 1 {
			one.summary += fmt.Sprint(".", name.Revision)
			one.about += fmt.Sprint(", revision ", name.Revision)
		}
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b letter) int {
		if c := a.at.Compare(b.at); c != 0 {
			return c
		}
		return strings.Compare(a.about+a.to+a.lang, b.about+b.to+b.lang)
	})
	return all
}

// outbox is read by nobody's life.
func (p *play) outbox() *outbox.Store {
	return outbox.New(p.store.Table(table.Config{Clock: p.parts.Clock}), p.parts.Clock, p.parts.IDs)
}

// know remembers what people are, also those who are removed later.
func (p *play) know() {
	err := people.NewDirectory(p.store.Table(table.Config{}), p.parts.Clock, p.parts.IDs).Each(p.Context(), func(who people.Person) error {
		p.roles[who.ID] = strings.TrimSpace(string(who.Role) + " " + string(who.Scope))
		return nil
	})
	p.must(err)
}

// inWords says what an entry is about: its schedule, its subject, and its period or day.
func inWords(e outbox.Entry) string {
	o := e.Occasion
	words := []string{o.Schedule}
	for _, one := range []string{o.Subject.Cluster, o.Subject.City, o.Subject.Country, o.Subject.Donor, o.Subject.Agreement} {
		if one != "" {
			words = append(words, one)
		}
	}
	if o.Subject.Number > 0 {
		words = append(words, fmt.Sprint(o.Subject.Number))
	}
	switch {
	case o.Day.IsZero():
		words = append(words, o.Period.From.String()+" to "+o.Period.To.String())
	case o.Ahead >= 0:
		words = append(words, fmt.Sprint(o.Ahead, " before ", o.Day))
	default:
		words = append(words, fmt.Sprint(-o.Ahead, " after ", o.Day))
	}
	return strings.Join(words, " ")
}

// list are the letters and what was made but not sent, a line each.
func (p *play) list() string {
	p.Helper()
	const layout = "2006-01-02 15:04"
	var lines []string
	for _, l := range p.letters() {
		lines = append(lines, l.line(layout))
	}
	for _, e := range p.entries() {
		if e.Outcome != outbox.Written {
			lines = append(lines, fmt.Sprintf("%s  %-58s  - %s", e.MadeAt.Format(layout), inWords(e), e.Outcome))
		}
		mails, err := p.outbox().Mails(p.Context(), e.ID)
		p.must(err)
		for _, m := range mails {
			if m.State != outbox.Sent {
				lines = append(lines, fmt.Sprintf("%s  %-58s  %-26s - %s: %s", m.Since.Format(layout), inWords(e), p.roles[m.Person], m.State, m.Reason))
			}
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n") + "\n"
}

// entries are all occasions that were dealt with.
func (p *play) entries() (all []outbox.Entry) {
	p.Helper()
	for after := table.Cursor(""); ; {
		page, next, err := p.outbox().Entries(p.Context(), outbox.Filter{}, after, 100)
		p.must(err)
		all = append(all, page...)
		if next == "" {
			return all
		}
		after = next
	}
}
