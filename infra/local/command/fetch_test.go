package command_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/infra/local/command"
)

func TestABackupOfAServedProductIsFetchedBySomebodyOfItsSecretariat(t *testing.T) {
	folder := t.TempDir()
	data, file := filepath.Join(folder, "data"), filepath.Join(folder, "backup.tar.zst")
	must(t, guildhall(t, "import", received(t, folder, "members.en.xlsx"), "--data", data), 0)
	ctx, end := context.WithCancel(t.Context())
	defer end()
	out, printed := io.Pipe()
	var log bytes.Buffer // read when the command has ended
	status := make(chan int, 1)
	go func() {
		status <- command.Main(ctx, []string{"serve", "--listen", "127.0.0.1:0", "--data", data}, printed, &log)
		printed.Close()
	}()
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	address := strings.TrimSuffix(strings.TrimPrefix(line, "Guildhall is at "), ". Ctrl-C ends it.\n")
	if err != nil {
		t.Fatal(line, err)
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	for name, c := range map[string]struct{ from, want string }{
		"not signed in":     {address, "gave no backup: SIGNIN_NEEDED."},
		"nobody there":      {"http://127.0.0.1:1", "http://127.0.0.1:1 gave no backup"},
		"no address at all": {"guildhall", "guildhall gave no backup"},
	} {
		r := guildhall(t, "backup", "--from", c.from, "-o", file)
		if r.status != 2 || !strings.HasPrefix(r.lastLine(), "BACKUP_UNFETCHED ") || !strings.Contains(r.lastLine(), c.want) {
			t.Errorf("%s: %d %s", name, r.status, r.lastLine())
		}
	}
	jar := written(t, folder, "jar", []byte(cookies(t, address, "amina.diallo@secretariat.example")))
	must(t, guildhall(t, "backup", "--from", address+"/", "--cookie-jar", jar, "-o", file), 0)
	end()
	if got := <-status; got != 0 {
		t.Fatalf("status %d: %s", got, &log)
	}
	restored := filepath.Join(folder, "restored")
	r := guildhall(t, "restore", file, "--data", restored)
	must(t, r, 0)
	if !strings.Contains(r.err, `put the file "secret"`) {
		t.Errorf("what is missing is not said: %q", r.err)
	}
	r = guildhall(t, "check", received(t, folder, "members.en.xlsx"), "--data", restored)
	must(t, r, 0)
	if !strings.Contains(r.out, "109 unchanged") {
		t.Error(r.out)
	}
}

// cookies signs a sample person in, and gives the cookies as curl keeps them.
func cookies(t *testing.T, address, person string) string {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Get(address + "/signin?next=/api/me")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	client.CheckRedirect = nil
	answer, err = client.Get(answer.Header.Get("Location") + "&person=" + url.QueryEscape(person))
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(answer, err)
	}
	answer.Body.Close()
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	text := "# Netscape HTTP Cookie File\n\n"
	for _, cookie := range jar.Cookies(at) {
		text += fmt.Sprintf("#HttpOnly_%s\tFALSE\t/\tFALSE\t0\t%s\t%s\n", at.Hostname(), cookie.Name, cookie.Value)
	}
	return text
}
