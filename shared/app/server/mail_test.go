package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/mail"
)

func TestTheFolderOfEMailsIsShownToWhoMayReadToWhomTheyGo(t *testing.T) {
	for _, base := range []string{"/", "/Prod/"} {
		w := startBelow(t, t.TempDir(), base, nil)
		box, err := w.app.Mail()
		if err != nil {
			t.Fatal(err)
		}
		_, err = box.Send(t.Context(), mail.Message{
			ID: "20260331-fund-month-aa.1.anna", From: "Network <network@learning-cities.example>", To: "anna@secretariat.example",
			Subject: "Fund: March 2026", Text: "It held <much>.", HTML: "<!doctype html><p style=\"color:red\">It held much.</p>", Lang: "en",
			Date: time.Date(2026, 4, 5, 6, 0, 0, 0, time.UTC),
		})
		if err != nil {
			t.Fatal(err)
		}
		of := w.address + "/mail/20260331-fund-month-aa.1.anna"
		page := func(status int, address string, want ...string) http.Header {
			t.Helper()
			answer, text := w.send("GET", address, http.NoBody, "Accept", "text/html")
			if answer.StatusCode != status {
				t.Fatalf("%s: %d %s", address, answer.StatusCode, text)
			}
			for _, one := range want {
				if !strings.Contains(string(text), one) {
					t.Errorf("%s has no %s:\n%s", address, one, text)
				}
			}
			return answer.Header
		}
		page(http.StatusOK, w.address+"/mail", `href="`+base+`mail/20260331-fund-month-aa.1.anna"`, "Fund: March 2026", "anna@secretariat.example")
		shown := page(http.StatusOK, of, "It held &lt;much&gt;.", `<iframe class="mail" sandbox=""`, `src="`+base+`mail/20260331-fund-month-aa.1.anna/html"`)
		if policy := shown.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-src 'self'") || !strings.Contains(policy, "script-src 'self'") {
			t.Error(policy)
		}
		alone := page(http.StatusOK, of+"/html", `<p style="color:red">`)
		if policy := alone.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'; style-src 'unsafe-inline';") ||
			!strings.HasSuffix(policy, "sandbox") || alone.Get("X-Frame-Options") != "SAMEORIGIN" || alone.Get("Cache-Control") != "no-store" {
			t.Error(alone)
		}
		page(http.StatusNotFound, w.address+"/mail/20260331-none.1.anna")
		page(http.StatusOK, w.address+"/mails")
		w.signIn("donor")
		for _, address := range []string{w.address + "/mail", of, of + "/html"} {
			page(http.StatusForbidden, address)
		}
		w.client, w.token = visitor(t), ""
		page(http.StatusSeeOther, of)
	}
}
