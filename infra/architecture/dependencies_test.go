package architecture

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// dependencies gives the licences of the modules that a section of docs/dependencies.md lists, by module.
func dependencies(t *testing.T, section string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", "dependencies.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(text), "\n## "+section+"\n")
	if !found {
		t.Fatalf("there is no section %q", section)
	}
	body, _, _ := strings.Cut(after, "\n## ")
	listed := map[string]string{}
	for line := range strings.Lines(body) {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || !strings.HasPrefix(cells[1], " `") {
			continue
		}
		for i := range cells[1:5] {
			if strings.TrimSpace(cells[i+1]) == "" {
				t.Errorf("an empty cell: %s", line)
			}
		}
		module := strings.Trim(cells[1], " `")
		if _, twice := listed[module]; twice {
			t.Errorf("%s stands there twice", module)
		}
		listed[module] = strings.TrimSpace(cells[2])
	}
	return listed
}

func TestTheDependenciesListedAreThoseOfTheModule(t *testing.T) {
	product, others := dependencies(t, "In the product"), dependencies(t, "In tests and tools only")
	listed := maps.Clone(product)
	maps.Copy(listed, others)
	direct := directModules(t)
	for module, licence := range listed {
		folder, ok := direct[module]
		if !ok {
			t.Errorf("%s is no direct dependency", module)
			continue
		}
		if got := licenceIn(t, folder); got != licence {
			t.Errorf("%s is under %s, not %s", module, got, licence)
		}
	}
	for module := range direct {
		if _, ok := listed[module]; !ok {
			t.Errorf("docs/dependencies.md doesn't say why there is %s", module)
		}
	}
	linked := linkedModules(t)
	for module := range others {
		if linked[module] {
			t.Errorf("%s is linked into the product", module)
		}
	}
}

// directModules gives the folders of the modules that go.mod requires for our own packages and tools, by module.
func directModules(t *testing.T) map[string]string {
	t.Helper()
	text, err := exec.Command("go", "mod", "edit", "-json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var mod struct {
		Require []struct {
			Path     string
			Indirect bool
		}
		Tool []struct{ Path string }
	}
	if err := json.Unmarshal(text, &mod); err != nil {
		t.Fatal(err)
	}
	isTool := func(module string) bool {
		return slices.ContainsFunc(mod.Tool, func(tool struct{ Path string }) bool { return strings.HasPrefix(tool.Path, module+"/") })
	}
	var names []string
	for _, one := range mod.Require {
		if !one.Indirect || isTool(one.Path) {
			names = append(names, one.Path)
		}
	}
	found, err := exec.Command("go", append([]string{"list", "-m", "-f", "{{.Path}} {{.Dir}}"}, names...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	folders := map[string]string{}
	for line := range strings.Lines(string(found)) {
		module, folder, _ := strings.Cut(strings.TrimSpace(line), " ")
		folders[module] = folder
	}
	return folders
}

// linkedModules are those of the packages that the command and the functions are linked from.
func linkedModules(t *testing.T) map[string]bool {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", module+"infra/local", module+"functions/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	linked := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		linked[strings.TrimSpace(line)] = true
	}
	return linked
}

// licenceIn is the SPDX identifier of the licence in a module's folder. Where a file has several, what our packages use of the module is
// under the first.
func licenceIn(t *testing.T, folder string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "LICENSE*"))
	if err != nil || len(files) == 0 {
		t.Errorf("%s has no licence (%v)", folder, err)
		return ""
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	first, at := "", len(text)
	for phrase, name := range map[string]string{
		"Apache License": "Apache-2.0", "Permission is hereby granted, free of charge": "MIT",
		"Redistribution and use in source and binary forms": "BSD-3-Clause",
	} {
		if i := strings.Index(string(text), phrase); i >= 0 && i < at {
			first, at = name, i
		}
	}
	return first
}

var exact = map[string]*regexp.Regexp{
	".txt":  regexp.MustCompile(`^[A-Za-z0-9._-]+(\[[a-z,]+\])?==[0-9A-Za-z.+!-]+$`),
	".json": regexp.MustCompile(`^[0-9]+\.[0-9]+\.[0-9]+$`),
}

func TestWhatTestsInstallIsPinnedExactly(t *testing.T) {
	lists, err := filepath.Glob(filepath.Join(root, "infra", "*", "*.txt"))
	if err != nil || len(lists) < 4 {
		t.Fatalf("lists %v (%v)", lists, err)
	}
	for _, name := range lists {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSpace(line)
			if line != "" && !strings.HasPrefix(line, "#") && !exact[".txt"].MatchString(line) {
				t.Errorf("%s: %q is not pinned", name, line)
			}
		}
	}
	folders, err := filepath.Glob(filepath.Join(root, "infra", "*", "package.json"))
	if err != nil || len(folders) < 2 {
		t.Fatalf("folders %v (%v)", folders, err)
	}
	for _, name := range folders {
		pinned(t, filepath.Join("infra", filepath.Base(filepath.Dir(name))))
	}
}

// pinned checks that what a folder has installed from npm is always the same.
func pinned(t *testing.T, folder string) {
	t.Helper()
	var wanted struct{ Dependencies map[string]string }
	read(t, filepath.Join(folder, "package.json"), &wanted)
	if len(wanted.Dependencies) == 0 {
		t.Errorf("%s: package.json wants nothing", folder)
	}
	for name, version := range wanted.Dependencies {
		if !exact[".json"].MatchString(version) {
			t.Errorf("%s: %s: %q is not pinned", folder, name, version)
		}
	}
	var locked struct {
		Packages map[string]struct{ Version, Integrity, Resolved string }
	}
	read(t, filepath.Join(folder, "package-lock.json"), &locked)
	if len(locked.Packages) < 2 {
		t.Errorf("%s: package-lock.json pins nothing", folder)
	}
	for name, p := range locked.Packages {
		if name != "" && (p.Version == "" || !strings.HasPrefix(p.Integrity, "sha512-") || p.Resolved != "") {
			t.Errorf("%s: %s: want a version, its hash and no place", folder, name)
		}
	}
}

func read(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}
