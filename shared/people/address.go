package people

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/mail"
	"strings"

	"github.com/learning-cities/guildhall/shared/records"
)

// longestAddress is how many characters an e-mail address may have (RFC 5321).
const longestAddress = 254

// addressOf is an e-mail address in small letters, without white space around it. Letters beyond ASCII are refused: two of them can look
// alike, and whoever has the look-alike would be somebody else.
func addressOf(text string) (string, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if len(text) > longestAddress || strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return "", false
	}
	parsed, err := mail.ParseAddress(text)
	return text, err == nil && parsed.Name == "" && parsed.Address == text
}

// addresses is the partition of the claims on addresses.
const addresses = "email"

// addressClaim is the claim by which an address is one person's only, and by which the person is found.
func (s *Service) addressClaim(address, holder string) records.Claim {
	return records.Claim{Partition: addresses, ID: s.keyed("email", []byte(address)), Holder: holder}
}

// firstClaim is the claim of the first person of the secretariat, of whom there is one ever.
func firstClaim(holder string) records.Claim {
	return records.Claim{Partition: "people", ID: "first", Holder: holder}
}

// holder is who has a claim, "" for nobody.
func (s *Service) holder(ctx context.Context, c records.Claim) (string, error) {
	record, err := s.records.Get(ctx, records.Ref{Type: "claim", Partition: c.Partition, ID: c.ID})
	if errors.Is(err, records.ErrNotFound) {
		return "", nil
	}
	holder, _ := record.Body["holder"].(string)
	return holder, err
}

// keyed is a hash, in hexadecimal digits, that nobody can try texts against who doesn't have the key.
func (s *Service) keyed(use string, text []byte) string {
	mac := hmac.New(sha256.New, s.Key)
	mac.Write([]byte(use))
	mac.Write([]byte{0})
	mac.Write(text)
	return hex.EncodeToString(mac.Sum(nil))
}
