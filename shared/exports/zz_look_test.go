package exports_test

import (
	"os"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
)

func TestZZLook(t *testing.T) {
	os.MkdirAll("/tmp/f2", 0o755)
	for _, l := range locale.Langs {
		os.WriteFile("/tmp/f2/budget-"+string(l)+".xlsx", budgetOf(t, network(t), l), 0o644)
	}
}

func TestZZLookMembership(t *testing.T) {
	for _, l := range locale.Langs {
		os.WriteFile("/tmp/f2/membership-"+string(l)+".xlsx", membershipOf(t, network(t), l), 0o644)
	}
}
