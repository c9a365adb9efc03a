package services

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

func TestSessionsEndWhenItIsSaidThatTheyDo(t *testing.T) {
	text, err := os.ReadFile("../../../docs/decisions/0034-retention.md")
	if err != nil {
		t.Fatal(err)
	}
	if said := fmt.Sprintf("sessions for %d hours, and one hour unused", absolute/time.Hour); idle != time.Hour || !strings.Contains(string(text), said) {
		t.Errorf("sessions last for %v, %v unused", absolute, idle)
	}
}
