package server_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

func TestTheLogHasTheFiguresOfEachRoute(t *testing.T) {
	w := start(t, t.TempDir(), nil)
	for range 3 {
		w.ask(http.StatusOK, "GET", "/health", nil)
	}
	w.send("POST", w.address+"/health", nil)
	w.send("SURPRISE", w.address+"/health", nil) // no figures by what anybody makes up
	w.stop()
	requests := map[string]any{}
	for line := range strings.Lines(w.log.String()) {
		var entry map[string]any
		if err := json.NewDecoder(bytes.NewReader([]byte(line))).Decode(&entry); err != nil {
			t.Fatal(err)
		}
		if entry["msg"] == "figures" && entry["Route"] != nil {
			requests[entry["Route"].(string)+" "+entry["Class"].(string)] = entry["Requests"]
			if took, _ := entry["Duration"].(map[string]any); took["p95"] == nil {
				t.Errorf("no durations: %s", line)
			}
		}
	}
	delete(requests, "GET /signin 3xx")
	delete(requests, "GET /signin/return 3xx")
	delete(requests, "GET /api/me 2xx")
	if len(requests) != 2 || requests["GET /health 2xx"] != 3.0 || requests["none 4xx"] != 2.0 {
		t.Errorf("figures %v", requests)
	}
}
