// Package folder sends messages into a folder: each is an .eml file there, which any mail program opens and the product shows. It knows not
// what messages say, and nobody else ever gets them.
package folder

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/mail"
)

const (
	extension = ".eml"
	tmp       = ".tmp" // where files are written before they are there; no message's identifier begins with a dot
)

// fileName is that of a message's identifier, which names nothing outside of the folder and nothing that isn't finished.
var fileName = regexp.MustCompile(`^[0-9A-Za-z_-][0-9A-Za-z._-]*$`)

// ErrNotFound: there is no such message in the folder.
var ErrNotFound = errors.New("folder: no such message")

// Folder is a mail.Sender that keeps messages as files: that of the message "a.1.b" is a.1.b.eml. The same message sent twice is one file.
type Folder struct{ path string }

var _ mail.Sender = (*Folder)(nil)

// Open opens a folder, making it when missing, and removes what was left half written. One process at a time may use it.
func Open(path string) (*Folder, error) {
	f := &Folder{path: path}
	if err := os.RemoveAll(f.temporary()); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(f.temporary(), 0o700); err != nil {
		return nil, err
	}
	return f, nil
}

func (f *Folder) temporary() string { return filepath.Join(f.path, tmp) }

func (f *Folder) file(id string) string { return filepath.Join(f.path, id+extension) }

// Send implements mail.Sender. The receipt is the SHA-256 of the file, in hexadecimal digits.
func (f *Folder) Send(ctx context.Context, m mail.Message) (string, error) {
	raw, err := mail.Build(m)
	if err != nil {
		return "", err
	}
	if err := ctx.Err(); err != nil {
		return "", fmt.Errorf("%w: %w", mail.ErrLater, err)
	}
	unfinished, err := f.write(m.ID, raw)
	if err != nil {
		return "", errors.Join(fmt.Errorf("%w: %w", mail.ErrLater, err), os.Remove(unfinished))
	}
	if err := os.Rename(unfinished, f.file(m.ID)); err != nil {
		return "", errors.Join(fmt.Errorf("%w: %w", mail.ErrLater, err), os.Remove(unfinished))
	}
	if err := syncFolder(f.path); err != nil {
		return "", err // it is there, but perhaps not after a loss of power
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}

// write writes a file that is not there yet, to the disk, and names it.
func (f *Folder) write(id string, raw []byte) (string, error) {
	file, err := os.CreateTemp(f.temporary(), id+".*")
	if err != nil {
		return "", err
	}
	_, err = file.Write(raw)
	return file.Name(), errors.Join(err, file.Sync(), file.Close())
}

func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// Entry is a message of the folder in a list.
type Entry struct {
	ID      string
	To      string
	Subject string
	Lang    string
	Sent    time.Time // when its file was written, UTC
}

// List gives the messages from the latest on, after so many that are skipped, at most so many, and how many there are in all.
func (f *Folder) List(ctx context.Context, skip, most int) (entries []Entry, all int, err error) {
	files, err := os.ReadDir(f.path)
	if err != nil {
		return nil, 0, err
	}
	for _, file := range files {
		id, ok := strings.CutSuffix(file.Name(), extension)
		if !ok || !file.Type().IsRegular() {
			continue
		}
		info, err := file.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return nil, 0, err
		}
		entries = append(entries, Entry{ID: id, Sent: info.ModTime().UTC()})
	}
	slices.SortFunc(entries, func(a, b Entry) int {
		if order := b.Sent.Compare(a.Sent); order != 0 {
			return order
		}
		return strings.Compare(b.ID, a.ID)
	})
	all = len(entries)
	entries = entries[min(skip, all):min(skip+most, all)]
	for i := range entries {
		m, err := f.Read(ctx, entries[i].ID)
		if err != nil {
			return nil, 0, err
		}
		entries[i].To, entries[i].Subject, entries[i].Lang = m.To, m.Subject, m.Lang
	}
	return entries, all, nil
}

// Read gives a message of the folder. ErrNotFound.
func (f *Folder) Read(ctx context.Context, id string) (mail.Message, error) {
	if err := ctx.Err(); err != nil {
		return mail.Message{}, err
	}
	if !fileName.MatchString(id) {
		return mail.Message{}, ErrNotFound
	}
	raw, err := os.ReadFile(f.file(id))
	if errors.Is(err, fs.ErrNotExist) {
		return mail.Message{}, ErrNotFound
	} else if err != nil {
		return mail.Message{}, err
	}
	return mail.Parse(raw)
}

// Each calls fn for every message, by its identifier, with everything that it says: to whom it goes, its subject and its texts.
func (f *Folder) Each(ctx context.Context, fn func(id, text string) error) error {
	files, err := os.ReadDir(f.path)
	if err != nil {
		return err
	}
	for _, file := range files {
		id, ok := strings.CutSuffix(file.Name(), extension)
		if !ok || !file.Type().IsRegular() {
			continue
		}
		m, err := f.Read(ctx, id)
		if errors.Is(err, ErrNotFound) {
			continue
		} else if err != nil {
			return err
		}
		if err := fn(id, strings.Join([]string{m.To, m.Subject, m.Text, m.HTML}, "\n")); err != nil {
			return err
		}
	}
	return nil
}

// Remove removes a message; that there is none is no error.
func (f *Folder) Remove(ctx context.Context, id string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !fileName.MatchString(id) {
		return nil
	}
	if err := os.Remove(f.file(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return syncFolder(f.path)
}
