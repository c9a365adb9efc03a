package mail

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
)

// Parse reads what Build has made. ErrInvalid for anything that Build doesn't make.
func Parse(raw []byte) (Message, error) {
	fail := func(what string, err error) (Message, error) {
		return Message{}, fmt.Errorf("%w: %s: %w", ErrInvalid, what, err)
	}
	read, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return fail("header", err)
	}
	m := Message{Lang: read.Header.Get("Content-Language"), Decline: strings.Trim(read.Header.Get("List-Unsubscribe"), "<>")}
	m.ID, _, _ = strings.Cut(strings.Trim(read.Header.Get("Message-ID"), "<>"), "@")
	if m.Date, err = read.Header.Date(); err != nil {
		return fail("date", err)
	}
	m.Date = m.Date.UTC()
	if m.Subject, err = new(mime.WordDecoder).DecodeHeader(read.Header.Get("Subject")); err != nil {
		return fail("subject", err)
	}
	from, err := mail.ParseAddress(read.Header.Get("From"))
	if err != nil {
		return fail("sender", err)
	}
	if m.From = from.Address; from.Name != "" {
		m.From = from.Name + " <" + from.Address + ">"
	}
	to, err := mail.ParseAddress(read.Header.Get("To"))
	if err != nil {
		return fail("recipient", err)
	}
	m.To = to.Address
	kind, params, err := mime.ParseMediaType(read.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		return fail("form", fmt.Errorf("%s: %w", kind, err))
	}
	parts := multipart.NewReader(read.Body, params["boundary"])
	for _, form := range []*string{&m.Text, &m.HTML} {
		part, err := parts.NextRawPart()
		if err != nil {
			return fail("part", err)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			return fail("part", err)
		}
		*form = strings.ReplaceAll(string(text), "\r\n", "\n")
	}
	return m, nil
}
