package play

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// mask gives what is another in each play the same name in all of them: identifiers, moments, days of today, links, tokens and hashes. Which
// of them are the same one can still be seen.
type mask struct {
	names map[string]string
	count map[string]int
}

var (
	identifiers = regexp.MustCompile(`\b[0-9a-hjkmnp-tv-z]{26}\b`)
	hashes      = regexp.MustCompile(`\b([0-9a-f]{64}|[0-9a-f]{32})\b`)
	moments     = regexp.MustCompile(`\b\d{4}-\d\d-\d\dT[0-9:.]+(Z|[+-]\d\d:\d\d)`)
)

// hidden are the keys whose value as a whole is another in each play: bytes are those of a workbook that says when it was made.
var hidden = map[string]string{"url": "a link", "csrfToken": "a token", "request": "a request", "headers": "headers", "bytes": "a size"}

func (m *mask) named(kind, text string) string {
	if m.names == nil {
		m.names, m.count = map[string]string{}, map[string]int{}
	}
	if m.names[text] == "" {
		m.count[kind]++
		m.names[text] = fmt.Sprintf("%s %d", kind, m.count[kind])
	}
	return m.names[text]
}

// over is a value of JSON with the mask on.
func (m *mask) over(value any) any {
	switch value := value.(type) {
	case map[string]any:
		// Keys in their order, so that identifiers are counted the same each time.
		masked := map[string]any{}
		for _, key := range sorted(value) {
			if name, ok := hidden[key]; ok && value[key] != nil {
				masked[key] = name
			} else {
				masked[key] = m.over(value[key])
			}
		}
		return masked
	case []any:
		masked := make([]any, len(value))
		for i := range value {
			masked[i] = m.over(value[i])
		}
		return masked
	case string:
		return m.overText(value)
	default:
		return value
	}
}

func (m *mask) overText(text string) string {
	text = moments.ReplaceAllString(text, "a moment")
	for _, days := range []int{-1, 0, 1} { // a day of another zone, or one that ended meanwhile
		text = strings.ReplaceAll(text, time.Now().AddDate(0, 0, days).Format(time.DateOnly), "today")
	}
	text = identifiers.ReplaceAllStringFunc(text, func(id string) string { return m.named("identifier", id) })
	return hashes.ReplaceAllStringFunc(text, func(hash string) string { return m.named("hash", hash) })
}

// note adds a line of the play.
func (v *visitor) note(did string, status int, body any) {
	v.Helper()
	text, err := json.Marshal(v.mask.over(body))
	if err != nil {
		v.Fatal(err)
	}
	v.lines = append(v.lines, Line{Who: v.name, Did: did, Status: status, Answer: string(text)})
}
