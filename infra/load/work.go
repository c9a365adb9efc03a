package load

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/learning-cities/guildhall/shared/sheet/peers/sample"
)

// The sample people who bring sheets.
const (
	Secretariat = "amina.diallo@secretariat.example"
	Treasurer   = "jonas.weber@secretariat.example"
)

// Donor is whose deposits the treasurer enters; who has people work sees to it that it is on record.
const Donor = "Atlas"

// readers are the sample people, with what each of them looks at.
var readers = []struct {
	email string
	paths []string
}{
	{Secretariat, []string{"/", "/members", "/imports", "/people", "/api/members", "/api/imports", "/api/members/FR/brest/history"}},
	{Treasurer, []string{"/", "/fund", "/fund/entries", "/api/fund/balances", "/api/fund/entries", "/api/imports"}},
	{"claire.morel@commission.example", []string{"/", "/members", "/api/members", "/api/applications"}},
	{"yann.legall@brest.example", []string{"/", "/members", "/api/members/FR/brest"}},
	{"lucia.romero@auditor.example", []string{"/", "/fund/entries", "/imports", "/api/fund/entries", "/api/members"}},
}

// Work has so many people at a product until ctx ends: each does something every pause on average. Most of it is reading; the secretariat brings
// small sheets and enters what members report, the treasurer enters deposits. What was begun is ended.
func Work(ctx context.Context, address string, people int, pause time.Duration, m *Measured) error {
	all := make([]*Person, people)
	for n := range all {
		var err error
		if all[n], err = SignIn(ctx, address, readers[n%len(readers)].email, m); err != nil {
			return err
		}
		defer all[n].Leave()
	}
	var group sync.WaitGroup
	errs := make([]error, people)
	for n, p := range all {
		group.Go(func() {
			r := rand.New(rand.NewPCG(uint64(n), 1))
			for ctx.Err() == nil && errs[n] == nil {
				errs[n] = p.work(context.WithoutCancel(ctx), r, n)
				_ = wait(ctx, time.Duration(r.Int64N(int64(2*pause)+1)))
			}
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// work is one thing that a person does.
func (p *Person) work(ctx context.Context, r *rand.Rand, n int) error {
	who := readers[n%len(readers)]
	chance := r.IntN(100)
	switch {
	case who.email == Secretariat && chance < 4:
		text := Members(fmt.Sprintf("%d-%d", n, r.Uint32()), 50)
		_, err := p.Bring(ctx, "small sheet", "members.csv", strings.NewReader(text), int64(len(text)))
		return err
	case who.email == Secretariat && chance < 14:
		_, err := p.Post(ctx, "enter what a member reports", "/api/members/FR/brest/events", map[string]any{"kind": "reported"})
		return err
	case who.email == Treasurer && chance < 14:
		_, err := p.Post(ctx, "enter a deposit", "/api/fund/entries", map[string]any{
			"kind": "deposit", "date": "2024-05-02", "donor": Donor, "amount": map[string]any{"minor": 100 + r.IntN(900), "currency": "USD"},
		})
		return err
	}
	path := who.paths[r.IntN(len(who.paths))]
	kind := "page " + path
	if strings.HasPrefix(path, "/api/") {
		kind = path
	}
	_, err := p.Get(ctx, kind, path)
	return err
}

// Members is a sheet of cities that no other sheet has, in CSV. The mark tells the sheets apart.
func Members(mark string, rows int) string {
	var text strings.Builder
	text.WriteString("City,Country,Member since\n")
	for n := range rows {
		r := rand.New(rand.NewPCG(hash(mark), uint64(n)))
		var name strings.Builder
		for range 7 {
			name.WriteByte("bcdfghjklmnprstvwz"[r.IntN(18)])
			name.WriteByte("aeiou"[r.IntN(5)])
		}
		fmt.Fprintf(&text, "%s,FR,2019-%02d-%02d\n", name.String(), 1+r.IntN(12), 1+r.IntN(28))
	}
	return text.String()
}

func hash(text string) (sum uint64) {
	for _, b := range []byte(text) {
		sum = sum*1099511628211 + uint64(b) + 14695981039346656037
	}
	return sum
}

// Contributions writes a workbook of contributions, the same for a number of rows.
func Contributions(to io.Writer, rows int) error { return sample.Write(to, rows) }
