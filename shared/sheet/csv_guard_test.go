package sheet_test

import (
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/sheet"
)

func TestGuardedTextIsReadBackAsItWas(t *testing.T) {
	for _, text := range []string{"=1+1", "+33 1 23", "-5", "@sum", "'=1", "''+2", "'quoted'", "plain", "-"} {
		guarded := sheet.GuardCSV(text)
		if strings.ContainsRune("=+-@", rune(guarded[0])) {
			t.Errorf("%q is written as %q", text, guarded)
		}
		file := "a,b\n" + guarded + ",x\n"
		book, err := sheet.Open(t.Context(), strings.NewReader(file), int64(len(file)), "sent.csv")
		if err != nil {
			t.Fatal(err)
		}
		rows, err := book.Rows(t.Context(), "sent")
		if err != nil {
			t.Fatal(err)
		}
		rows.Next()
		rows.Next()
		if got := rows.Row().At(1).Value(); got != text {
			t.Errorf("%q came back as %q", text, got)
		}
		book.Close()
	}
}
