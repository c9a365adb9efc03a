package mail_test

import (
	"bytes"
	"errors"
	"net/mail"
	"strings"
	"testing"
	"time"

	post "github.com/learning-cities/guildhall/shared/mail"
)

// headers are all that a message has.
var headers = map[string]bool{
	"Auto-Submitted": true, "Content-Language": true, "Date": true, "List-Unsubscribe": true, "Mime-Version": true, "Message-Id": true,
	"Subject": true, "X-Auto-Response-Suppress": true, "From": true, "To": true, "Content-Type": true,
}

// FuzzBuild: whatever stands in the fields, a message is refused, or it says just that, under no other header, to nobody else, in lines that
// every server takes.
func FuzzBuild(f *testing.F) {
	m := sound()
	f.Add(m.ID, m.From, m.To, m.Subject, m.Text, m.HTML, m.Lang, m.Decline)
	for _, subject := range []string{
		"a\r\nBcc: other@city.example", "=?utf-8?q?=0D=0ABcc:_b?=", "a\u2028Bcc: b", "\u202eelpmaxe", strings.Repeat("é", 250), "a  b", "a\u00a0\u00a0b",
		"?= =?", strings.Repeat("word ", 49) + "end", strings.Repeat("a", 250), "日本語の件名", "a\x7f", "\r\n\r\n<script>",
	} {
		f.Add(m.ID, m.From, m.To, subject, m.Text, m.HTML, m.Lang, "")
		f.Add(m.ID, subject+" <a@b.example>", m.To, m.Subject, m.Text, m.HTML, m.Lang, "")
	}
	for _, address := range []string{"a@b.example, c@d.example", "a(c)@b.example", "G:a@b.example;", "=?utf-8?q?a?=@b.example", "a@xn--vry-9la.example", "a@b\r\n.example"} {
		f.Add(m.ID, address, address, m.Subject, m.Text, m.HTML, m.Lang, "")
	}
	for _, body := range []string{"\n", " ", ".\n", "a \t\nb\n", strings.Repeat("x", 5000), "--5045e0d5d5004a119bdaada0eae571f8--\n", "=3D=0D", "\u2028\u202e"} {
		f.Add(m.ID, m.From, m.To, m.Subject, body, body, m.Lang, "")
	}
	f.Fuzz(func(t *testing.T, id, from, to, subject, text, html, lang, decline string) {
		m := post.Message{
			ID: id, From: from, To: to, Subject: subject, Text: text, HTML: html, Lang: lang, Decline: decline,
			Date: time.Date(2026, 4, 10, 6, 0, 0, 0, time.UTC),
		}
		raw, err := post.Build(m)
		if err != nil {
			if !errors.Is(err, post.ErrInvalid) || raw != nil {
				t.Fatalf("it is answered %v", err)
			}
			return
		}
		for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
			if len(line) > 998 || bytes.ContainsAny(line, "\r\n\x00") || bytes.ContainsFunc(line, func(r rune) bool { return r > '~' }) {
				t.Fatalf("a line is %q", line)
			}
		}
		read, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		for key, values := range read.Header {
			if !headers[key] || len(values) != 1 {
				t.Fatalf("there is a header %s: %q", key, values)
			}
		}
		if all, err := read.Header.AddressList("To"); err != nil || len(all) != 1 || all[0].Address != to || all[0].Name != "" {
			t.Fatalf("it goes to %v, %v", all, err)
		}
		if all, err := read.Header.AddressList("From"); err != nil || len(all) != 1 || !strings.Contains(from, all[0].Address) {
			t.Fatalf("it comes from %v, %v", all, err)
		}
		got, err := post.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		got.From, m.From = "", ""
		if got != m {
			t.Fatalf("it says %+v\nwant %+v", got, m)
		}
	})
}

func TestWhatIsNoSuchMessageIsNotRead(t *testing.T) {
	raw, err := post.Build(sound())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"nothing":           "",
		"half":              string(raw[:len(raw)/2]),
		"one form only":     strings.Replace(string(raw), "multipart/alternative", "text/plain", 1),
		"no recipient":      strings.Replace(string(raw), "To: <someone@city.example>\r\n", "", 1),
		"a wrong date":      strings.Replace(string(raw), "10 Apr", "40 Apr", 1),
		"no sender":         strings.Replace(string(raw), "<network@", "<network", 1),
		"a wrong subject":   strings.Replace(string(raw), "=?UTF-8?q?", "=?none?q?", 1),
		"what is no header": "From here on\r\n\r\n",
	} {
		if m, err := post.Parse([]byte(text)); !errors.Is(err, post.ErrInvalid) {
			t.Errorf("%s is read: %+v, %v", name, m, err)
		}
	}
}

// FuzzParse: whatever lies in the folder of messages is refused as no message, or is one that is read from what is built of it.
func FuzzParse(f *testing.F) {
	raw, err := post.Build(sound())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	for _, text := range []string{
		"", "From: a\r\n\r\n", strings.Replace(string(raw), "multipart/alternative", "text/plain", 1), strings.Replace(string(raw), "boundary=", "boundary=;", 1),
		strings.Replace(string(raw), "Subject: ", "Subject: =?utf-8?b?/w==?=", 1), string(raw[:len(raw)-20]), strings.ReplaceAll(string(raw), "\r\n", "\n"),
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := post.Parse(raw)
		if err != nil {
			if !errors.Is(err, post.ErrInvalid) {
				t.Errorf("it is answered %v", err)
			}
			return
		}
		built, err := post.Build(m)
		if err != nil { // more is read than is ever written
			return
		}
		if again, err := post.Parse(built); err != nil || again != m {
			t.Errorf("%+v comes back as %+v (%v)", m, again, err)
		}
	})
}
