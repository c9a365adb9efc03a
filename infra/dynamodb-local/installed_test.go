package dynamodblocal

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWithoutAnInstallationItSaysWhatToRun(t *testing.T) {
	project := t.TempDir()
	if err := os.WriteFile(filepath.Join(project, "go.mod"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(project)
	if folder, err := installed(); err == nil || !strings.Contains(err.Error(), ".ci/prepare") {
		t.Errorf("found in %q, %v", folder, err)
	}
}
