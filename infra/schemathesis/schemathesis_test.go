// Package schemathesis holds no code: its tests have schemathesis make up requests from the API's document, right ones and broken ones,
// and look for an answer that the document doesn't describe.
package schemathesis

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
)

// run runs one of the installed programs.
func run(t *testing.T, program string, arguments ...string) {
	t.Helper()
	installed, err := filepath.Abs("../../.tools/schemathesis/bin/" + program)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), installed, arguments...)
	command.Dir = t.TempDir()
	command.Env = append(os.Environ(), "NO_PROXY=127.0.0.1", "no_proxy=127.0.0.1")
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("%s (infra/schemathesis/install installs it): %v\n%s", program, err, out)
	}
}

func TestTheDocumentIsOpenAPI(t *testing.T) {
	answer, err := http.Get(newWorld(t).root + "/api/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "openapi.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, "openapi-spec-validator", file)
}

// Whoever may do the most is asked everything in every way; of the others a few requests of each kind are enough to meet their denials.
func TestNoAnswerToAnyRoleIsAnErrorOfOursOrOtherThanTheDocumentSays(t *testing.T) {
	settings, err := filepath.Abs("schemathesis.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range access.Roles {
		t.Run(string(role), func(t *testing.T) {
			address := newWorld(t).signIn(role).serve()
			arguments := []string{"--config-file", settings, "run", address + "/api/openapi.json", "--url", address, "--no-color"}
			if role != access.Secretariat {
				arguments = append(arguments, "--phases", "fuzzing", "--max-examples", "2")
			}
			run(t, "schemathesis", arguments...)
		})
	}
}
