package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// sources is where the peers' programs stand, seen from the project's folder.
const sources = "shared/sheet/peers"

// install builds and installs what is compared into the folder. The versions are pinned in rust/Cargo.lock,
// python/requirements.txt and go.mod; only the registries' ordinary clients are used.
func (s *settings) install(ctx context.Context) error {
	if _, err := os.Stat(sources); err != nil {
		return fmt.Errorf("start it in the project's folder: %w", err)
	}
	steps := [][]string{
		{"go", "build", "-trimpath", "-o", s.path("guildhall"), "./infra/local"},
		{"cargo", "build", "--quiet", "--release", "--locked", "--manifest-path", sources + "/rust/Cargo.toml", "--target-dir", s.path("rust")},
		{"python3", "-m", "venv", s.path("python")},
		{s.path("python/bin/python"), "-m", "pip", "install", "--quiet", "-r", sources + "/python/requirements.txt"},
	}
	for _, step := range steps {
		cmd := exec.CommandContext(ctx, step[0], step[1:]...)
		cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("%v: %w", step, err)
		}
	}
	return nil
}

func (s *settings) path(name string) string { return filepath.Join(s.dir, name) }
