package folder_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/mail"
	"github.com/learning-cities/guildhall/shared/mail/folder"
	"github.com/learning-cities/guildhall/shared/mail/mailtest"
)

func TestAFolderSendsAsEverySenderDoes(t *testing.T) {
	mailtest.Run(t, func(t testing.TB) mailtest.Post {
		path := t.TempDir()
		opened, err := folder.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		return mailtest.Post{Sender: opened, Taken: func(t testing.TB) (all [][]byte) {
			files, err := filepath.Glob(filepath.Join(path, "*.eml"))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				raw, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, raw)
			}
			return all
		}}
	})
}

// opened is a new folder with its path.
func opened(t *testing.T) (*folder.Folder, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "mail")
	f, err := folder.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return f, path
}

// message is one to a person, whose identifier it has.
func message(id string) mail.Message {
	return mail.Message{
		ID: id, From: "Learning Cities <network@cities.example>", To: id + "@city.example", Subject: "Rapport à " + id,
		Text: "Évry\n", HTML: "<p>Évry</p>\n", Lang: "fr", Date: time.Date(2026, 4, 10, 6, 0, 0, 0, time.UTC),
	}
}

// send sends a message and has its file written at a moment.
func send(t *testing.T, f *folder.Folder, path string, m mail.Message, at time.Time) string {
	t.Helper()
	receipt, err := f.Send(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(filepath.Join(path, m.ID+".eml"), at, at); err != nil {
		t.Fatal(err)
	}
	return receipt
}

func TestTheSameMessageSentTwiceIsOneFile(t *testing.T) {
	f, path := opened(t)
	m := message("a.1.b")
	m.To = "someone@city.example"
	first, again := send(t, f, path, m, m.Date), send(t, f, path, m, m.Date)
	if first != again {
		t.Errorf("the receipts are %s and %s", first, again)
	}
	m.Date = m.Date.Add(time.Hour)
	if later := send(t, f, path, m, m.Date); later == first {
		t.Errorf("another attempt has the receipt of the first")
	}
	files, err := os.ReadDir(path)
	if err != nil || len(files) != 2 || files[1].Name() != "a.1.b.eml" {
		t.Errorf("the folder has %v, %v", files, err)
	}
	if got, err := f.Read(t.Context(), "a.1.b"); err != nil || got != m {
		t.Errorf("it reads %+v, %v\nwant %+v", got, err, m)
	}
}

func TestWhatWasLeftHalfWrittenIsNoMessage(t *testing.T) {
	f, path := opened(t)
	left := filepath.Join(path, ".tmp", "a.1.b.123")
	if err := os.WriteFile(left, []byte("From: "), 0o600); err != nil {
		t.Fatal(err)
	}
	if entries, all, err := f.List(t.Context(), 0, 10); len(entries) > 0 || all > 0 || err != nil {
		t.Errorf("it lists %v of %d, %v", entries, all, err)
	}
	if _, err := folder.Open(path); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
}

func TestMessagesAreListedFromTheLatestOn(t *testing.T) {
	f, path := opened(t)
	start := time.Date(2026, 4, 10, 6, 0, 0, 0, time.UTC)
	for i, id := range []string{"early", "late", "same-a", "same-b"} {
		send(t, f, path, message(id), start.Add(time.Duration(min(i, 2))*time.Minute))
	}
	if err := os.WriteFile(filepath.Join(path, "notes.txt"), []byte("no message"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		skip, most int
		want       []string
	}{
		{0, 10, []string{"same-b", "same-a", "late", "early"}},
		{0, 2, []string{"same-b", "same-a"}},
		{2, 2, []string{"late", "early"}},
		{3, 2, []string{"early"}},
		{4, 2, nil},
		{9, 2, nil},
	} {
		entries, all, err := f.List(t.Context(), c.skip, c.most)
		var got []string
		for _, entry := range entries {
			got = append(got, entry.ID)
			if m := message(entry.ID); entry.To != m.To || entry.Subject != m.Subject || entry.Lang != m.Lang {
				t.Errorf("%s is listed as %+v", entry.ID, entry)
			}
		}
		if err != nil || all != 4 || !slices.Equal(got, c.want) {
			t.Errorf("%d after %d are %v of %d, %v; want %v", c.most, c.skip, got, all, err, c.want)
		}
	}
}

func TestOnlyMessagesOfTheFolderAreRead(t *testing.T) {
	f, path := opened(t)
	send(t, f, path, message("inside"), time.Now())
	outside := filepath.Join(filepath.Dir(path), "outside.eml")
	if err := os.WriteFile(outside, []byte("a secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"", ".", "..", "../outside", outside[:len(outside)-4], "absent", ".tmp/a", "a/../inside", "inside.eml", "in\x00side"} {
		if m, err := f.Read(t.Context(), id); !errors.Is(err, folder.ErrNotFound) {
			t.Errorf("%q reads %+v, %v", id, m, err)
		}
	}
}

func TestAFolderThatTakesNothingLosesNothing(t *testing.T) {
	f, path := opened(t)
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
	if receipt, err := f.Send(t.Context(), message("a")); !errors.Is(err, mail.ErrLater) || receipt != "" {
		t.Errorf("it is answered %q, %v", receipt, err)
	}
	if _, _, err := f.List(t.Context(), 0, 1); err == nil {
		t.Error("a folder that isn't there lists its messages")
	}
	if _, err := folder.Open(filepath.Join(os.DevNull, "mail")); err == nil {
		t.Error("a folder in what is none opens")
	}
}

func TestEveryMessageCanBeLookedThroughAndOneRemoved(t *testing.T) {
	f, _ := opened(t)
	for _, id := range []string{"a.1.b", "a.1.c"} {
		if _, err := f.Send(t.Context(), message(id)); err != nil {
			t.Fatal(err)
		}
	}
	said := map[string]string{}
	look := func() {
		clear(said)
		if err := f.Each(t.Context(), func(id, text string) error {
			said[id] = text
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	look()
	for _, id := range []string{"a.1.b", "a.1.c"} {
		m, err := f.Read(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range []string{m.To, m.Subject, m.Text, m.HTML} {
			if !strings.Contains(said[id], part) {
				t.Errorf("%s: %q is not among\n%s", id, part, said[id])
			}
		}
	}
	for _, id := range []string{"a.1.b", "a.1.b", "nobody", "../a.1.c"} {
		if err := f.Remove(t.Context(), id); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	if look(); len(said) != 1 || said["a.1.c"] == "" {
		t.Errorf("left: %v", said)
	}
}
