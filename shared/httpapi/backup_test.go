package httpapi_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/problem"
)

func TestABackupIsAnsweredAsAFileToKeep(t *testing.T) {
	w := newWorld(t)
	got := w.ask("GET", "/api/backup", "")
	if got.status != http.StatusOK || got.text != "an archive" || got.header.Get("Content-Type") != "application/zstd" ||
		!strings.Contains(got.header.Get("Content-Disposition"), "guildhall-20261121T090000Z.tar.zst") {
		t.Errorf("%d %q %v", got.status, got.text, got.header)
	}
}

func TestABackupThatCanNotBeginIsRefusedWithItsCode(t *testing.T) {
	w := newWorld(t)
	w.config.Office.Archive = func(context.Context, io.Writer) error { return problem.New("BACKUP_UNSETTLED") }
	w.refused(w.ask("GET", "/api/backup", ""), http.StatusServiceUnavailable, "BACKUP_UNSETTLED")
	w.config.Office.Archive = nil
	w.refused(w.ask("GET", "/api/backup", ""), http.StatusNotImplemented, "BACKUP_ELSEWHERE")
}

func TestABackupThatEndsTooEarlyIsNotAWholeAnswer(t *testing.T) {
	w := newWorld(t)
	w.cut = errors.New("the disk")
	served := httptest.NewServer(w.handler)
	answer, err := http.Get(served.URL + "/api/backup")
	if err == nil {
		_, err = io.ReadAll(answer.Body)
		answer.Body.Close()
	}
	served.Close() // after what it was asked is answered, and the log written
	if err == nil {
		t.Error("whoever fetches it takes it for whole")
	}
	if !strings.Contains(w.log.String(), "backup broken off") {
		t.Error("the log doesn't say so")
	}
}
