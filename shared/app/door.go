package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/learning-cities/guildhall/shared/door"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/problem"
)

// secretFile is the file of the data folder with the secret that the keys of people and of sign-in follow from. Whoever reads it can try
// addresses against what is stored, so nobody but its owner may.
const secretFile = "secret"

// Door opens the people on record, with the keys of people and sign-in. The first time it makes the secret that they follow from.
// KEY_MISSING where people are on record and the secret isn't there, or not whole; OUTPUT_FAILED.
func (a *App) Door(ctx context.Context) (*people.Service, door.Keys, error) {
	secret, err := a.secret(ctx)
	if err != nil {
		return nil, door.Keys{}, unusable(a.folder, err)
	}
	keys, err := door.KeysOf(secret)
	if err != nil {
		return nil, door.Keys{}, err
	}
	on, err := a.Parts.People(keys.People)
	return on, keys, err
}

// secret reads the secret, or makes it. No other process does so meanwhile: this one holds the folder.
func (a *App) secret(ctx context.Context) ([]byte, error) {
	name := filepath.Join(a.folder, secretFile)
	secret, err := os.ReadFile(name)
	switch {
	case err == nil && len(secret) >= door.SecretBytes: // more of one that was a stack's
		return secret, nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	begun, begunErr := people.Begun(ctx, a.Table)
	if begunErr != nil {
		return nil, begunErr
	}
	if begun || err == nil {
		return nil, problem.New("KEY_MISSING").With("file", name)
	}
	secret = make([]byte, door.SecretBytes)
	if _, err := io.ReadFull(rand.Reader, secret); err != nil {
		return nil, fmt.Errorf("app: make a secret: %w", err)
	}
	return secret, keep(a.folder, name, secret)
}

// keep writes a file that only its owner may read, whole or not at all.
func keep(folder, name string, content []byte) error {
	file, err := os.CreateTemp(folder, ".secret-*") // of mode 0600
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = os.Rename(file.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}
