package command

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/learning-cities/guildhall/shared/problem"
)

// fetching is where a backup is fetched from a product that is being served.
type fetching struct{ address, jar string }

// fetch copies the backup of a served product. BACKUP_UNFETCHED, FILE_UNREADABLE.
func (f *fetching) fetch(ctx context.Context, to io.Writer) error {
	at, err := url.Parse(strings.TrimSuffix(f.address, "/") + "/api/backup")
	if err != nil || !isAddress(f.address) {
		return f.failed("?")
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return f.failed("?")
	}
	if err := f.signedIn(request); err != nil {
		return err
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(request)
	if err != nil {
		return f.unless(ctx, "–")
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return f.failed(refusalIn(answer))
	}
	if _, err := io.Copy(to, answer.Body); err != nil {
		return f.unless(ctx, "…")
	}
	return nil
}

// unless is the failure, unless whoever asked has broken it off.
func (f *fetching) unless(ctx context.Context, reason string) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return f.failed(reason)
}

func (f *fetching) failed(reason string) error {
	return problem.New("BACKUP_UNFETCHED").With("address", f.address).With("reason", reason)
}

// refusalIn is the code of an answer, else its status.
func refusalIn(answer *http.Response) string {
	var refusal struct {
		Code problem.Code `json:"code"`
	}
	const most = 64 << 10 // bytes
	if err := json.NewDecoder(io.LimitReader(answer.Body, most)).Decode(&refusal); err == nil {
		if _, known := problem.Lookup(refusal.Code); known {
			return string(refusal.Code)
		}
	}
	return answer.Status
}

// signedIn adds the cookies of a jar to a request: a file as Netscape's browser had it, with one cookie a line (domain, whether of its
// subdomains too, path, whether for https only, expiry, name and value, between tabs). FILE_UNREADABLE.
func (f *fetching) signedIn(request *http.Request) error {
	if f.jar == "" {
		return nil
	}
	file, err := os.Open(f.jar)
	if err != nil {
		return problem.New("FILE_UNREADABLE").With("file", f.jar)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		fields := strings.Split(strings.TrimPrefix(lines.Text(), "#HttpOnly_"), "\t")
		if len(fields) != 7 || strings.TrimPrefix(fields[0], ".") != request.URL.Hostname() || fields[3] == "TRUE" && request.URL.Scheme != "https" {
			continue
		}
		request.AddCookie(&http.Cookie{Name: fields[5], Value: fields[6]})
	}
	if lines.Err() != nil {
		return problem.New("FILE_UNREADABLE").With("file", f.jar)
	}
	return nil
}
