package server_test

import (
	"crypto/rand"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/archive"
)

func TestABackupIsFetchedFromAServerAndRestored(t *testing.T) {
	w := start(t, t.TempDir(), nil)
	id := w.upload(object{"name": "members.csv"}, members(3))
	w.commit(id, "all")
	w.state(id, "committed")
	answer, err := w.client.Get(w.address + "/api/backup")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	file, err := os.Create(filepath.Join(t.TempDir(), "backup.tar.zst"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	size, err := io.Copy(file, answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(answer.Status, err)
	}
	kept, err := archive.Open(t.Context(), file.Name(), file, size)
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "restored")
	to, err := app.OpenStore(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := kept.Restore(t.Context(), to, app.Restoring()); err != nil {
		t.Fatal(err)
	}
	if lacks, err := app.LacksSecret(t.Context(), folder, to.Table); !lacks || err != nil {
		t.Errorf("that people can't be found without the secret is not said: %v, %v", lacks, err)
	}
	if err := to.Table.Close(); err != nil {
		t.Fatal(err)
	}
	secret, err := os.ReadFile(filepath.Join(w.data, "secret"))
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "secret"), secret, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	again := start(t, folder, nil) // in which the same person signs in
	again.state(id, "committed")
}

func TestASecondBackupWaitsUntilTheFirstOneIsFetched(t *testing.T) {
	w := start(t, t.TempDir(), nil)
	large, err := w.app.Blobs.Create(t.Context(), "exports/1/large") // more than stands on its way between a server and who fetches
	if err == nil {
		_, err = io.CopyN(large, rand.Reader, 48<<20)
	}
	if err == nil {
		_, err = large.Commit()
	}
	if err != nil {
		t.Fatal(err)
	}
	get := func() *http.Response {
		t.Helper()
		answer, err := w.client.Get(w.address + "/api/backup")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { answer.Body.Close() })
		return answer
	}
	first := get()
	if first.StatusCode != http.StatusOK {
		t.Fatal(first.Status)
	}
	second := get()
	said, err := io.ReadAll(second.Body)
	if err != nil || second.StatusCode != http.StatusServiceUnavailable || second.Header.Get("Retry-After") == "" || !strings.Contains(string(said), "UNAVAILABLE") {
		t.Errorf("while another one is fetched: %s %.200q, %v", second.Status, said, err)
	}
	if _, err := io.Copy(io.Discard, first.Body); err != nil {
		t.Error(err)
	}
	if third := get(); third.StatusCode != http.StatusOK {
		t.Errorf("afterwards: %s", third.Status)
	}
}
