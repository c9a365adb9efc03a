package sheet

import (
	"net/url"
	"strings"
	"unicode"
)

// understandEmail reads one e-mail address as it is typed. What has an address in it ("Anna <anna@example.org>",
// "mailto:anna@example.org", "anna@example.org.") or is one but for a few characters ("anna @ example.org", "anna(at)example.org")
// comes back as a suggestion.
func understandEmail(text string) (address string, ok bool, suggestion string) {
	if isEmail(text) {
		return text, true, ""
	}
	found := ""
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("<>()[],;:\"'", r) }) {
		if word = strings.Trim(word, "."); isEmail(word) {
			if found != "" {
				return "", false, "" // two addresses: which one is for the sender to say
			}
			found = word
		}
	}
	if found == "" {
		if closed := strings.Join(strings.Fields(spelledAt.Replace(text)), ""); isEmail(closed) {
			found = closed
		}
	}
	return "", false, found
}

// spelledAt undoes what people write against machines that collect addresses.
var spelledAt = strings.NewReplacer("(at)", "@", "[at]", "@", "(AT)", "@", "[AT]", "@")

func isEmail(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	if !ok || local == "" || len(local) > 64 || len(s) > 254 || !isHost(domain) {
		return false
	}
	if strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return false
	}
	return !strings.ContainsFunc(local, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.", r)
	})
}

// isHost reports whether a text is the name of a host on the internet: labels with dots between them, the last no number.
func isHost(s string) bool {
	labels := strings.Split(s, ".")
	if len(labels) < 2 || len(s) > 253 {
		return false
	}
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		if strings.ContainsFunc(label, func(r rune) bool {
			return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
		}) {
			return false
		}
	}
	last := labels[len(labels)-1]
	return len(last) >= 2 && strings.ContainsFunc(last, unicode.IsLetter)
}

// understandURL reads a web address; without a scheme it gets https://. Any scheme but http and https is refused: an address
// ends up as a link that people click.
func understandURL(text string) (address string, ok bool, suggestion string) {
	if address, ok = webAddress(text); ok {
		return address, true, ""
	}
	for _, slip := range []string{"http//", "https//", "http:/", "https:/", "http:", "https:", "htp://", "htps://", "ttps://", "ttp://", "hhttps://"} {
		if rest, found := strings.CutPrefix(strings.ToLower(text), slip); found {
			if likely, fine := webAddress("https://" + strings.TrimLeft(rest, "/")); fine {
				return "", false, likely
			}
		}
	}
	return "", false, ""
}

func webAddress(text string) (string, bool) {
	if strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("<>\"\\^`{|}", r)
	}) {
		return "", false
	}
	if scheme, _, ok := strings.Cut(text, "://"); !ok {
		text = "https://" + text
	} else if lower := strings.ToLower(scheme); lower != "http" && lower != "https" {
		return "", false
	}
	u, err := url.Parse(text)
	if err != nil || u.User != nil || !isHost(u.Hostname()) {
		return "", false
	}
	if port := u.Port(); u.Host != u.Hostname() && port == "" {
		return "", false
	}
	return text, true
}
