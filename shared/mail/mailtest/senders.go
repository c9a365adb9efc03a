package mailtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/mail"
)

// message is one that every sender takes.
func message(id string) mail.Message {
	return mail.Message{
		ID: id, From: "Réseau des villes apprenantes <network@cities.example>", To: "someone@city.example",
		Subject: "Santé et bien-être : d'octobre 2025 à mars 2026", Text: "Évry-Courcouronnes\n.\nFrom here on\n", HTML: "<p lang=\"fr\">Évry</p>\n",
		Lang: "fr", Date: time.Date(2026, 4, 10, 6, 0, 0, 0, time.UTC), Decline: "https://cities.example/account/letters",
	}
}

func arrives(t *testing.T, post Post) {
	m := message("20260331-cluster-digest-0123456789ab.1.someone")
	receipt, err := post.Sender.Send(t.Context(), m)
	if err != nil || receipt == "" {
		t.Fatalf("it is answered %q, %v", receipt, err)
	}
	want, err := mail.Build(m)
	if err != nil {
		t.Fatal(err)
	}
	if taken := post.Taken(t); len(taken) != 1 || !bytes.Equal(taken[0], want) {
		t.Errorf("%d messages arrived:\n%s\nwant\n%s", len(taken), bytes.Join(taken, []byte("\n---\n")), want)
	}
}

func refused(t *testing.T, post Post) {
	for what, change := range map[string]func(*mail.Message){
		"a subject of two lines":       func(m *mail.Message) { m.Subject = "Report\r\nBcc: other@city.example" },
		"a recipient with another one": func(m *mail.Message) { m.To = "someone@city.example, other@city.example" },
		"no recipient":                 func(m *mail.Message) { m.To = "" },
		"no identifier":                func(m *mail.Message) { m.ID = "" },
		"no plain text":                func(m *mail.Message) { m.Text = "" },
	} {
		m := message("a.1.b")
		change(&m)
		if receipt, err := post.Sender.Send(t.Context(), m); !errors.Is(err, mail.ErrInvalid) || receipt != "" {
			t.Errorf("%s is answered %q, %v", what, receipt, err)
		}
	}
	if taken := post.Taken(t); len(taken) > 0 {
		t.Errorf("%d messages arrived", len(taken))
	}
}

func ended(t *testing.T, post Post) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if receipt, err := post.Sender.Send(ctx, message("a.1.b")); err == nil || receipt != "" {
		t.Errorf("it is answered %q, %v", receipt, err)
	}
	if taken := post.Taken(t); len(taken) > 0 {
		t.Errorf("%d messages arrived", len(taken))
	}
}

func together(t *testing.T, post Post) {
	const messages = 24
	var sending sync.WaitGroup
	var want [messages]string
	receipts := make([]string, messages)
	for i := range messages {
		m := message(fmt.Sprintf("report.1.person-%02d", i))
		m.Text = fmt.Sprintf("for person %d\n", i)
		raw, err := mail.Build(m)
		if err != nil {
			t.Fatal(err)
		}
		want[i] = string(raw)
		sending.Go(func() {
			receipt, err := post.Sender.Send(t.Context(), m)
			if err != nil {
				t.Errorf("message %d: %v", i, err)
			}
			receipts[i] = receipt
		})
	}
	sending.Wait()
	var got []string
	for _, raw := range post.Taken(t) {
		got = append(got, string(raw))
	}
	slices.Sort(got)
	slices.Sort(want[:])
	if !slices.Equal(got, want[:]) {
		t.Errorf("%d messages arrived, of %d, or other ones", len(got), messages)
	}
	slices.Sort(receipts)
	if distinct := slices.Compact(receipts); len(distinct) != messages {
		t.Errorf("%d receipts for %d messages", len(distinct), messages)
	}
}
