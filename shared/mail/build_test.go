package mail_test

import (
	"bytes"
	"errors"
	"flag"
	"maps"
	"net/mail"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	post "github.com/learning-cities/guildhall/shared/mail"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// sound is a message that can be sent.
func sound() post.Message {
	return post.Message{
		ID: "20260331-cluster-digest-0123456789ab.1.0193f0c2", From: "Réseau des villes apprenantes <network@cities.example>",
		To: "someone@city.example", Subject: "Santé et bien-être : d'octobre 2025 à mars 2026",
		Text: "Évry-Courcouronnes\n\n- 356 membres\n.\nFrom here on\n", HTML: "<!doctype html>\n<html lang=\"fr\"><body>Évry = 3</body></html>\n",
		Lang: "fr", Date: time.Date(2026, 4, 10, 8, 0, 0, 0, time.FixedZone("CEST", 7200)), Decline: "https://cities.example/account/letters",
	}
}

func TestAMessageTravelsAsTheGoldenFileShows(t *testing.T) {
	raw, err := post.Build(sound())
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/message.eml"
	if *update {
		if err := os.WriteFile(golden, raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(raw, want) {
		t.Errorf("the message is\n%s\nwant\n%s", raw, want)
	}
}

func TestAMessageSaysWhoSentItAndThatNobodyNeedAnswer(t *testing.T) {
	header := headerOf(t, sound())
	for key, want := range map[string]string{
		"From":                     "=?utf-8?q?R=C3=A9seau_des_villes_apprenantes?= <network@cities.example>",
		"To":                       "<someone@city.example>",
		"Message-Id":               "<20260331-cluster-digest-0123456789ab.1.0193f0c2@cities.example>",
		"Date":                     "Fri, 10 Apr 2026 06:00:00 +0000",
		"Content-Language":         "fr",
		"Auto-Submitted":           "auto-generated",
		"X-Auto-Response-Suppress": "All",
		"List-Unsubscribe":         "<https://cities.example/account/letters>",
		"Mime-Version":             "1.0",
	} {
		if got := header.Get(key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	for _, absent := range []string{"User-Agent", "X-Mailer", "List-Unsubscribe-Post", "Bcc", "Cc"} {
		if header.Get(absent) != "" {
			t.Errorf("there is a header %s", absent)
		}
	}
}

func TestAMessageThatNobodyCanDeclineNamesNoPageForIt(t *testing.T) {
	m := sound()
	m.Decline = ""
	if header := headerOf(t, m); header["List-Unsubscribe"] != nil {
		t.Errorf("it names %q", header["List-Unsubscribe"])
	}
}

func TestTheSameMessageGivesTheSameBytes(t *testing.T) {
	first, err := post.Build(sound())
	again, err2 := post.Build(sound())
	if err != nil || err2 != nil || !bytes.Equal(first, again) {
		t.Errorf("%v, %v:\n%s\n%s", err, err2, first, again)
	}
}

// headerOf is the header of a message as it travels.
func headerOf(t *testing.T, m post.Message) mail.Header {
	t.Helper()
	raw, err := post.Build(m)
	if err != nil {
		t.Fatal(err)
	}
	read, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return read.Header
}

func TestWhatCantStandInAMessageIsRefused(t *testing.T) {
	fields := map[string]func(*post.Message) *string{
		"ID": func(m *post.Message) *string { return &m.ID }, "From": func(m *post.Message) *string { return &m.From },
		"To": func(m *post.Message) *string { return &m.To }, "Subject": func(m *post.Message) *string { return &m.Subject },
		"Lang": func(m *post.Message) *string { return &m.Lang }, "Decline": func(m *post.Message) *string { return &m.Decline },
		"Text": func(m *post.Message) *string { return &m.Text }, "HTML": func(m *post.Message) *string { return &m.HTML },
	}
	everywhere := []string{"a\x00b", "\xff"}
	inHeaders := []string{
		"a\r\nBcc: other@city.example", "a\nb", "a\rb", "a\vb", "a\u0085b", "a\u2028b", "a\u2029b", "a\u202eb", "a\u2066b", "a\u200fb", "a\u061cb", "a\u200bb",
		"a\ufeffb", "a\ufffdb", "a\u00adb", " a", "a ", "a  b", "\ta", "=?utf-8?q?a=0D=0ABcc:_b?=", strings.Repeat("a", 300),
	}
	wrong := map[string][]string{
		"ID": {"", "a b", "a@b", "a..b", ".a", "a.", "a/b", "a>b", "é"},
		"From": {
			"", "Network", "Network <>", "Network <a@b.example> more", "a@b.example, c@d.example", "Network, and others <a@b.example>",
			"Network (comment) <a@b.example>", "a@b.example (comment)", "<a@b.example>, <c@d.example>", "Group: a@b.example;",
			`"Net\"work" <a@b.example>`, "=?utf-8?q?Network?= <a@b.example>", "a@b.example <c@d.example>", "Network <a@b.example", "Net\nwork <a@b.example>",
		},
		"To": {
			"", "someone", "@city.example", "someone@", "Someone <someone@city.example>", "<someone@city.example>", "a@b.example,c@d.example",
			"a@b.example c@d.example", "a@b.example;c@d.example", "Group:a@b.example;", "a(comment)@b.example", "a@b.example(comment)",
			`"some one"@city.example`, `"a@b"@city.example`, "a@[127.0.0.1]", "a..b@city.example", ".a@city.example", "a.@city.example", "a@b@city.example",
			"a@city..example", "a@-city.example", "a@city-.example", "a@city.example.", "someone@évry.example", "é@city.example", "a@city_hall.example",
			strings.Repeat("a", 65) + "@city.example", "a@" + strings.Repeat("b", 64) + ".example", "a@" + strings.Repeat("city.", 60) + "example",
		},
		"Subject": {""},
		"Lang":    {"", "f", "français", "fr;q=1", "fr, en"},
		"Decline": {"cities.example/account", "mailto:a@b.example", "javascript:alert(1)", "https://", "https://user@cities.example/", "https://a.example/>,<https://b.example/"},
		"Text":    {"", "a\rb", "a\x1bb", strings.Repeat("a", 1<<20+1)},
		"HTML":    {"", "a\rb", "a\x08b"},
	}
	for _, field := range slices.Sorted(maps.Keys(fields)) {
		texts := slices.Concat(everywhere, wrong[field])
		if field != "Text" && field != "HTML" {
			texts = append(texts, inHeaders...)
		}
		for _, text := range texts {
			m := sound()
			*fields[field](&m) = text
			if raw, err := post.Build(m); !errors.Is(err, post.ErrInvalid) || raw != nil {
				t.Errorf("%s %.60q is taken: %v", field, text, err)
			} else if text != "" && len(text) > 3 && strings.Contains(err.Error(), text) {
				t.Errorf("%s: the error quotes it: %v", field, err)
			}
		}
	}
	for _, date := range []time.Time{{}, time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)} {
		m := sound()
		m.Date = date
		if _, err := post.Build(m); !errors.Is(err, post.ErrInvalid) {
			t.Errorf("the date %s is taken: %v", date, err)
		}
	}
}

func TestAddressesOfOrdinaryPeopleAreTaken(t *testing.T) {
	for _, to := range []string{
		"maria.jose@ville-evry.example", "o'neill@city.example", "a+b=c@xn--vry-9la.example", "1@2.example", "commission@localhost", "_a_@city.example",
	} {
		m := sound()
		m.To = to
		if got := headerOf(t, m).Get("To"); got != "<"+to+">" {
			t.Errorf("%s is written as %s", to, got)
		}
	}
	for from, want := range map[string]string{
		"network@cities.example":                   "<network@cities.example>",
		"Learning Cities <network@cities.example>": `"Learning Cities" <network@cities.example>`,
		`"UNESCO: GNLC" <network@cities.example>`:  `"UNESCO: GNLC" <network@cities.example>`,
	} {
		m := sound()
		m.From = from
		if got := headerOf(t, m).Get("From"); got != want {
			t.Errorf("%s is written as %s, want %s", from, got, want)
		}
	}
}
