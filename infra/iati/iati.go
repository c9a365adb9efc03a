// Package iati holds activity files to the standard of the International Aid Transparency Initiative, version 2.03, for tests: to its schema,
// its codelists and its rules.
package iati

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
)

// Faults are what is wrong with an activity file on a day, one a line; none for a file that is right.
func Faults(t *testing.T, file []byte, today civil.Date) []string {
	t.Helper()
	root, err := project()
	if err != nil {
		t.Fatal(err)
	}
	python := filepath.Join(root, ".tools/iati/bin/python")
	if _, err := os.Stat(python); err != nil {
		t.Fatal("the IATI standard is not installed: run infra/iati/install")
	}
	name := filepath.Join(t.TempDir(), "activities.xml")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), python, filepath.Join(root, "infra/iati/validate.py"), name, "--today", today.String())
	var out, failed bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &failed
	if err := cmd.Run(); err != nil {
		t.Fatalf("validate.py: %v\n%s", err, failed.String())
	}
	return strings.FieldsFunc(out.String(), func(r rune) bool { return r == '\n' })
}

// project is the folder with go.mod, above the test's.
func project() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("no go.mod in this folder or above it")
		}
		dir = parent
	}
}
