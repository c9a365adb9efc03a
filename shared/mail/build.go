package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/mail"

	gomail "github.com/wneessen/go-mail"
)

// Build is the message as it travels (RFC 5322): plain text with the same as HTML beside it, each in UTF-8 as quoted-printable, so that no
// line is over-long. The same message gives the same bytes. Its Message-ID is the message's ID at the domain that it comes from. ErrInvalid
// where a field can't stand in such a message.
func Build(m Message) ([]byte, error) {
	from, err := check(m)
	if err != nil {
		return nil, err
	}
	built := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingQP), gomail.WithBoundary(boundary(m)))
	built.FromMailAddress(from)
	built.ToMailAddress(&mail.Address{Address: m.To})
	built.Subject(m.Subject)
	built.SetDateWithValue(m.Date.UTC())
	built.SetMessageIDWithValue(m.ID + "@" + domain(from.Address))
	built.SetGenHeader(gomail.HeaderContentLang, m.Lang)
	built.SetGenHeader("Auto-Submitted", "auto-generated")        // RFC 3834: whoever answers by itself leaves it alone
	built.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All") // the same for Exchange
	if m.Decline != "" {
		built.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+m.Decline+">") // without RFC 8058's one click, which needs no sign-in
	}
	built.SetBodyString(gomail.TypeTextPlain, m.Text)
	built.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	var raw bytes.Buffer
	if _, err := built.WriteTo(&raw); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	return raw.Bytes(), nil
}

// boundary parts the message's two forms; it is made of them, so that it stands in neither.
func boundary(m Message) string {
	hash := sha256.New()
	for _, part := range []string{m.ID, m.Text, m.HTML} {
		fmt.Fprintf(hash, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(hash.Sum(nil)[:16])
}
