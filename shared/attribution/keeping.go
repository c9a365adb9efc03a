package attribution

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/big"
	"slices"
)

// ErrKept is returned for what Write did not write.
var ErrKept = errors.New("attribution: not a book that was kept")

// numberBase is that of units and exact shares as they are kept: they have hundreds of bits.
const numberBase = 62

// kept is the first line of a book that is kept. Lines of its donors follow. What is zero is left out everywhere but of the totals, since
// their names are the lines that are handed out.
type kept struct {
	Donors int                 `json:"donors"` // how many lines follow
	Totals map[string]int64    `json:"totals"`
	Pools  map[string]keptPool `json:"pools"`
}

type keptPool struct {
	Unallocated int64            `json:"unallocated,omitempty"`
	Pots        map[string]int64 `json:"allocated,omitempty"`
	Spent       map[string]int64 `json:"spent,omitempty"`
	Units       string           `json:"units,omitempty"`
}

// keptDonor is a donor's line. Holdings are settled, so that what indices and eras were is of no matter any longer: they begin anew.
type keptDonor struct {
	Donor    string                 `json:"donor"`
	Received int64                  `json:"received,omitempty"`
	Refunded int64                  `json:"refunded,omitempty"`
	Charged  int64                  `json:"charged,omitempty"`
	Direct   map[string]int64       `json:"direct,omitempty"`
	Holdings map[string]keptHolding `json:"pools,omitempty"`
}

type keptHolding struct {
	Units string            `json:"units,omitempty"`
	Paid  map[string]string `json:"paid,omitempty"`
}

// Write writes what the book holds as lines of JSON, so that Read goes on from there: first what is the fund's, then a line for each donor
// by identifier, each with one call of w. The same events give the same bytes, also with Write and Read in between. Nothing is changed by it.
// What it writes grows with donors, purposes and lines, not with events.
func (b *Book) Write(w io.Writer) error {
	lines := json.NewEncoder(w)
	fund := kept{Donors: len(b.donors), Totals: b.totals, Pools: map[string]keptPool{}}
	for purpose, p := range b.pools {
		fund.Pools[purpose] = keptPool{p.unallocated, withoutZeros(p.pots), withoutZeros(p.spent), written(p.units)}
	}
	if err := lines.Encode(fund); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(b.donors)) {
		if err := lines.Encode(b.kept(id)); err != nil {
			return err
		}
	}
	return nil
}

func (b *Book) kept(id string) keptDonor {
	of := b.donors[id]
	line := keptDonor{
		Donor: id, Received: of.received, Refunded: of.refunded, Charged: of.charged,
		Direct: map[string]int64{}, Holdings: map[string]keptHolding{},
	}
	for name, direct := range b.direct {
		if minor := direct[id]; minor != 0 {
			line.Direct[name] = minor
		}
	}
	for purpose, p := range b.pools {
		if p.holdings[id] == nil {
			continue
		}
		h := p.settled(id)
		holding := keptHolding{Units: written(h.units), Paid: map[string]string{}}
		for name, paid := range h.paid {
			if paid.Sign() != 0 {
				holding.Paid[name] = written(paid)
			}
		}
		if holding.Units != "" || len(holding.Paid) > 0 {
			line.Holdings[purpose] = holding
		}
	}
	return line
}

// Read is the book that Write wrote, with areaOf as New has it. ErrKept.
func Read(r io.Reader, areaOf func(activity string) string) (*Book, error) {
	lines := json.NewDecoder(r)
	var fund kept
	if err := lines.Decode(&fund); err != nil {
		return nil, unreadable(err)
	}
	b := New(areaOf)
	maps.Copy(b.totals, fund.Totals)
	for purpose, pool := range fund.Pools {
		p := b.pool(purpose)
		p.unallocated = pool.Unallocated
		maps.Copy(p.pots, pool.Pots)
		maps.Copy(p.spent, pool.Spent)
		if err := number(p.units, pool.Units); err != nil {
			return nil, err
		}
	}
	for range fund.Donors {
		var line keptDonor
		if err := lines.Decode(&line); err != nil {
			return nil, unreadable(err)
		}
		if err := b.goOn(line); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// unreadable is what a line that cannot be read is; an error of the reader is itself.
func unreadable(err error) error {
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &syntax) || errors.As(err, &typ) {
		return fmt.Errorf("%w: %v", ErrKept, err)
	}
	return err
}

func (b *Book) goOn(line keptDonor) error {
	*b.donor(line.Donor) = given{line.Received, line.Refunded, line.Charged}
	for name, minor := range line.Direct {
		b.alone(name, line.Donor, minor)
	}
	for purpose, holding := range line.Holdings {
		p := b.pools[purpose]
		if p == nil {
			return fmt.Errorf("%w: no pool %q", ErrKept, purpose)
		}
		h := p.settled(line.Donor)
		if err := number(h.units, holding.Units); err != nil {
			return err
		}
		for name, text := range holding.Paid {
			h.paid[name] = new(big.Int)
			if err := number(h.paid[name], text); err != nil {
				return err
			}
		}
	}
	return nil
}

// written is a number as it is kept, "" for zero.
func written(n *big.Int) string {
	if n.Sign() == 0 {
		return ""
	}
	return n.Text(numberBase)
}

func number(into *big.Int, text string) error {
	if text == "" {
		return nil
	}
	if _, ok := into.SetString(text, numberBase); !ok {
		return fmt.Errorf("%w: %q is no number", ErrKept, text)
	}
	return nil
}

func withoutZeros(of map[string]int64) map[string]int64 {
	rest := maps.Clone(of)
	maps.DeleteFunc(rest, func(_ string, minor int64) bool { return minor == 0 })
	return rest
}
