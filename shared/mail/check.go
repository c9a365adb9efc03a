package mail

import (
	"fmt"
	"net/mail"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a message may be at most.
const (
	longestID      = 200     // characters; a Message-ID stands in one line
	longestSubject = 250     // characters
	longestName    = 100     // characters, of a sender
	longestLocal   = 64      // bytes before the @ (RFC 5321)
	longestAddress = 254     // bytes (RFC 5321)
	longestBody    = 1 << 20 // bytes, of the plain text and of the HTML
)

var (
	wellFormedID = regexp.MustCompile(`^[0-9A-Za-z_-]+(\.[0-9A-Za-z_-]+)*$`)
	localPart    = regexp.MustCompile("^[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+(\\.[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+)*$") // a dot-atom of RFC 5322
	domainName   = regexp.MustCompile(`^([0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?\.)*[0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?$`)
	languageTag  = regexp.MustCompile(`^[A-Za-z]{2,3}(-[0-9A-Za-z]{2,8}){0,4}$`)
)

// check gives the message's sender. ErrInvalid with what is wrong, which quotes nothing of the message.
func check(m Message) (*mail.Address, error) {
	from, ok := sender(m.From)
	for _, rule := range []struct {
		kept bool
		what string
	}{
		{len(m.ID) <= longestID && wellFormedID.MatchString(m.ID), "identifier"},
		{ok, "sender"},
		{isAddress(m.To), "recipient"},
		{isLine(m.Subject, longestSubject), "subject"},
		{languageTag.MatchString(m.Lang), "language"},
		{!m.Date.IsZero() && m.Date.Year() > 0 && m.Date.Year() < 10_000, "date"},
		{m.Decline == "" || isPage(m.Decline), "address to decline at"},
		{isBody(m.Text), "plain text"},
		{isBody(m.HTML), "HTML"},
	} {
		if !rule.kept {
			return nil, fmt.Errorf("%w: %s", ErrInvalid, rule.what)
		}
	}
	return from, nil
}

// sender reads an address with or without a name before it: a@b or Name <a@b>. A name in quotation marks is one without them.
func sender(text string) (*mail.Address, bool) {
	before, after, named := strings.Cut(text, "<")
	if !named {
		return &mail.Address{Address: text}, isAddress(text)
	}
	address, closed := strings.CutSuffix(after, ">")
	name := strings.TrimSpace(before)
	if inner, ok := strings.CutPrefix(name, `"`); ok {
		if inner, ok = strings.CutSuffix(inner, `"`); ok {
			name = inner
		}
	}
	sound := closed && isAddress(address) && (name == "" || isLine(name, longestName) && !strings.ContainsAny(name, `"\<>()[]@,;`))
	return &mail.Address{Name: name, Address: address}, sound
}

// isAddress reports whether a text is one address and nothing else: no name, comment, group, list, quotation or literal, and ASCII only: a
// domain in other letters is written in its ASCII form (xn--…).
func isAddress(text string) bool {
	at := strings.LastIndexByte(text, '@')
	return at > 0 && at <= longestLocal && len(text) <= longestAddress && localPart.MatchString(text[:at]) && domainName.MatchString(text[at+1:])
}

// domain is what stands behind the @ of an address.
func domain(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }

// isLine reports whether a text can stand in a header: words with one space between them, no character that breaks the line, turns its
// direction, is not seen or stands for no character, and nothing that readers take for an encoded word (RFC 2047).
func isLine(text string, most int) bool {
	if text == "" || !utf8.ValidString(text) || utf8.RuneCountInString(text) > most || strings.Contains(text, "=?") ||
		strings.TrimSpace(text) != text || strings.Contains(text, "  ") {
		return false
	}
	return !strings.ContainsFunc(text, func(r rune) bool { return r == unicode.ReplacementChar || breaksLine(r) || unseen(r) })
}

func breaksLine(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }

// unseen characters are those of format, among them what turns the direction; two joiners, which languages need, are none.
func unseen(r rune) bool { return unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' }

// isBody reports whether a text can be one of the two forms of a message.
func isBody(text string) bool {
	return text != "" && len(text) <= longestBody && utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\t'
	})
}

// isPage reports whether a text is the whole address of a page.
func isPage(text string) bool {
	if strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`<>,"\`, r) }) {
		return false
	}
	page, err := url.Parse(text)
	return err == nil && (page.Scheme == "https" || page.Scheme == "http") && page.Host != "" && page.User == nil
}
