// Package stack holds no code: its tests hold template.yaml against the functions, and run what it describes on an emulated AWS.
package stack

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/goccy/go-yaml"
)

const root = "../.."

// logicalIDs name each function in the template.
var logicalIDs = map[string]string{
	"api": "ApiFunction", "check": "CheckFunction", "commit": "CommitFunction", "export": "ExportFunction",
	"summary": "SummaryFunction", "deliver": "DeliverFunction", "bounce": "BounceFunction",
}

// queued are the functions behind queues.
var queued = []string{"check", "commit", "export", "deliver", "bounce"}

// tool is a program that infra/sam/install has installed.
func tool(t testing.TB, name ...string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(append([]string{root, ".tools", "sam"}, name...)...))
	if err != nil {
		t.Fatal(err)
	}
	found, err := filepath.Glob(path)
	if err != nil || len(found) != 1 {
		t.Fatalf("%s is not installed (%v): run .ci/prepare once, which does that", path, err)
	}
	return found[0]
}

// built is what `sam build` made of the template, for the processor of this machine.
var built = sync.OnceValues(func() (string, error) {
	folder := filepath.Join(work, "build")
	sam, err := filepath.Abs(filepath.Join(root, ".tools/sam/sam/bin/sam"))
	if err != nil {
		return "", err
	}
	cmd := exec.Command(sam, "build", "--build-dir", folder, "--parameter-overrides", "Architecture="+architecture())
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "LAMBDA_ARCH="+architecture(), "SAM_CLI_TELEMETRY=0", "AWS_DEFAULT_REGION=eu-west-1")
	if said, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("sam build: %w\n%s", err, said)
	}
	return folder, nil
})

// buildFolder has template.yaml with each function's bootstrap beside it, in a folder of the function's logical identifier.
func buildFolder(t testing.TB) string {
	t.Helper()
	folder, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// work is a folder of this process, for what its tests share.
var work string

func TestMain(m *testing.M) {
	var err error
	if work, err = os.MkdirTemp("", "guildhall-stack-*"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	status := m.Run()
	_ = os.RemoveAll(work)
	os.Exit(status)
}

// architecture is this machine's, as Lambda names it.
func architecture() string {
	if runtime.GOARCH == "arm64" {
		return "arm64"
	}
	return "x86_64"
}

// resource is one of the template, as the serverless transform leaves it.
type resource struct {
	Type                string
	DeletionPolicy      string
	UpdateReplacePolicy string
	Condition           string
	Properties          map[string]any
}

// expanded gives the template's resources as CloudFormation gets them: the serverless ones taken apart, references in their long form.
func expanded(t testing.TB) map[string]resource {
	t.Helper()
	resources, err := expandOnce()
	if err != nil {
		t.Fatal(err)
	}
	return resources
}

// parameter is what the template says of a parameter.
func parameter(t testing.TB, name string) map[string]any {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "template.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var template struct {
		Parameters map[string]map[string]any `yaml:"Parameters"`
	}
	// The short forms of functions are tags that the library needn't know: parameters have none.
	before, _, _ := strings.Cut(string(text), "\nConditions:")
	if err := yaml.Unmarshal([]byte(before), &template); err != nil {
		t.Fatal(err)
	}
	return template.Parameters[name]
}

var expandOnce = sync.OnceValues(func() (map[string]resource, error) {
	target := filepath.Join(work, "expanded.json")
	cmd := exec.Command(filepath.Join(".tools", "sam", "sam", "bin", "python"), "infra/sam/expand.py", "template.yaml", target)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "AWS_DEFAULT_REGION=eu-west-1")
	if said, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("expand.py: %w\n%s", err, said)
	}
	text, err := os.ReadFile(target)
	if err != nil {
		return nil, err
	}
	var template struct{ Resources map[string]resource }
	err = json.Unmarshal(text, &template)
	return template.Resources, err
})

// at follows a path of keys into nested objects.
func at(value any, path ...string) any {
	for _, key := range path {
		object, _ := value.(map[string]any)
		value = object[key]
	}
	return value
}

// list is a value as a list: of one, when it stands alone.
func list(value any) []any {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{value}
}

// refers is the resource that a Ref or Fn::GetAtt names, or the text of what is written out.
func refers(value any) string {
	if name, ok := at(value, "Ref").(string); ok {
		return name
	}
	if parts, ok := at(value, "Fn::GetAtt").([]any); ok && len(parts) == 2 {
		return fmt.Sprint(parts[0])
	}
	switch text := at(value, "Fn::Sub").(type) {
	case string:
		return text
	}
	text, _ := value.(string)
	return strings.TrimSpace(text)
}
