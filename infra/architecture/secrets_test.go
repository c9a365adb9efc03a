package architecture

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// secret is what one looks like. Only a line that has one of the hints, in whatever case, is looked at closely: the patterns are slow.
type secret struct {
	what    string
	hints   []string
	pattern *regexp.Regexp
}

// The texts of the test below are put together, so that they are none where they stand.
var secrets = []secret{
	{"an access key of AWS", []string{"akia", "asia"}, regexp.MustCompile(`\b(AKIA|ASIA)[0-9A-Z]{16}\b`)},
	{"a private key", []string{"-----begin"}, regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY`)},
	{
		"a token of a code host", []string{"ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-"},
		regexp.MustCompile(`\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22}|glpat-[A-Za-z0-9_-]{20})`),
	},
	{
		"a token of a package host", []string{"npm_", "pypi-", "_authtoken"},
		regexp.MustCompile(`\b(npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_-]{40})|_authToken\s*=`),
	},
	{"a token of a chat", []string{"xox"}, regexp.MustCompile(`\bxox[abprs]-[0-9A-Za-z-]{10}`)},
	{"a key of a cloud", []string{"aiza"}, regexp.MustCompile(`\bAIza[0-9A-Za-z_-]{35}\b`)},
	{"a signed token", []string{"eyj"}, regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}`)},
	{"an address with a password", []string{"://"}, regexp.MustCompile(`\b[a-z][a-z0-9+.-]*://[^\s/:@"'<>{}$%]+:[^\s/:@"'<>{}$%]+@[\w.-]+`)},
	{
		"a secret that something has", []string{"secret", "passw", "token", "apikey", "api_key", "accesskey", "access_key"},
		regexp.MustCompile(`(?i)(secret|passw(or)?d|token|api_?key|access_?key)\w*["']?\s*[:=]+\s*["'](\w*[0-9]\w*[A-Za-z]|\w*[A-Za-z]\w*[0-9])[\w+/=.-]{18,}["']`),
	},
}

// in reports whether a line, given as it is and in lower case, has such a secret.
func (s secret) in(line, lower string) bool {
	if !slices.ContainsFunc(s.hints, func(hint string) bool { return strings.Contains(lower, hint) }) {
		return false
	}
	return slices.ContainsFunc(s.pattern.FindAllString(line, -1), func(match string) bool {
		return !strings.Contains(match, "EXAMPLE") && !strings.Contains(match, ".example") // as the vendors' own documents have them
	})
}

// secretFiles are names under which secrets are kept.
var secretFiles = regexp.MustCompile(`(?i)(^|/)(\.env(\..*)?|\.npmrc|\.netrc|\.pypirc|id_(rsa|ecdsa|ed25519)|credentials)$|\.(pem|key|p12|pfx|jks|keystore)$`)

// secretsIn tells what a file has that is no business of a repository.
func secretsIn(name, text string) (found []string) {
	if secretFiles.MatchString(name) {
		found = append(found, "it is named like a secret")
	}
	for line := range strings.Lines(text) {
		lower := strings.ToLower(line)
		for _, one := range secrets {
			if one.in(line, lower) {
				found = append(found, one.what)
			}
		}
	}
	return found
}

func TestThereIsNoSecretInTheRepository(t *testing.T) {
	command := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	command.Dir = root
	list, err := command.Output()
	if err != nil {
		t.Fatalf("git ls-files: %v", err)
	}
	files := strings.FieldsFunc(string(list), func(c rune) bool { return c == 0 })
	if len(files) < 1000 {
		t.Fatalf("only %d files", len(files))
	}
	for _, name := range files {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil || !utf8.Valid(text) {
			continue // removed, or a picture or workbook
		}
		for _, what := range secretsIn(name, string(text)) {
			t.Errorf("%s: %s", name, what)
		}
	}
}

func TestSecretsAreRecognised(t *testing.T) {
	const half = "0a1b2c3d4e5f6a7b8c9d"
	for text, secret := range map[string]bool{
		"key AKI" + "AABCDEFGHIJKLMNOP":                        true,
		"-----BEGIN" + " PRIVATE KEY-----":                     true,
		"-----BEGIN" + " EC PRIVATE KEY-----":                  true,
		"gh" + "p_" + strings.Repeat("a1", 18):                 true,
		"npm" + "_" + strings.Repeat("a1", 18):                 true,
		"//registry.example/:_auth" + "Token=x":                true,
		"eyJ" + half + ".eyJ" + half + "." + half:              true,
		"postgres" + "://guildhall:hunter2@db":                 true,
		`"client_secret` + `": "` + half + half + `"`:          true,
		"PASSWORD" + `='` + half + half + `'`:                  true,
		"AKI" + "AIOSFODNN7EXAMPLE":                            false,
		`{"token": "short"}`:                                   false,
		"https://example.org:443/a@b":                          false,
		`Secret: "{{resolve:secretsmanager:${SignInSecret}}}"`: false,
	} {
		if found := secretsIn("some.txt", text); (len(found) > 0) != secret {
			t.Errorf("%q: %v", text, found)
		}
	}
	for name, secret := range map[string]bool{"a/.env": true, "server.pem": true, "id_ed25519": true, "shared/keys.go": false, "a/token.go": false} {
		if found := secretsIn(name, ""); (len(found) > 0) != secret {
			t.Errorf("%s: %v", name, found)
		}
	}
}
