package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestARefusalIsInTheLanguageThatTheCommandLineAsksFor(t *testing.T) {
	data := t.TempDir()
	must(t, guildhall(t, "show", "network", "--data", data), 0) // a store without records
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"quota", "Atlantis", "--lang", "es"}, "COUNTRY_UNKNOWN «Atlantis» no es"},
		{[]string{"quota", "Atlantis", "--lang=fr"}, "COUNTRY_UNKNOWN « Atlantis » n'est pas"},
		{[]string{"show", "city", "Ys", "--lang", "fr"}, "CITY_UNKNOWN Aucune ville « Ys »"},
		{[]string{"check", "missing.xlsx", "--lang", "es"}, "FILE_UNREADABLE El archivo missing.xlsx no se puede abrir"},
		{[]string{"undo", "nothing", "--lang", "fr"}, "IMPORT_UNKNOWN Il n'y a pas d'import"},
		{[]string{"extend", "city", "2025-06-30", "--lang", "es"}, "CELL_REQUIRED"},
		{[]string{"check", "--lang", "fr"}, "USAGE La commande n'a pas été comprise : check demande FILE."},
		{[]string{"check", "--lang", "es", "--colour"}, `USAGE No se entendió el comando: no existe la opción "colour".`},
		{[]string{"quota", "--lang", "es", "--call"}, `USAGE No se entendió el comando: la opción "call" requiere un valor.`},
		{[]string{"show", "network", "--lang", "fr", "--reports-every", "x"}, `l'option "reports-every" ne peut pas être "x"`},
		{[]string{"application", "start", "--lang", "es"}, "application requiere el nombre de la ciudad."},
		{[]string{"show", "network", "--lang", "es", "--at", ""}, "USAGE No se entendió el comando: --at está vacío."},
		{[]string{"application", "--lang", "es"}, "application requiere una acción y el nombre de la ciudad."},
		{[]string{"quota", "FR", "--lang", "de"}, `USAGE The command was not understood: --lang "de" is not one of en, fr, es.`},
	} {
		got := guildhall(t, append([]string{c.args[0], "--data", data}, c.args[1:]...)...)
		if got.status != 2 || !strings.Contains(got.lastLine(), c.want) {
			t.Errorf("%q: status %d, %q; want %q", c.args, got.status, got.lastLine(), c.want)
		}
	}
}

func TestARefusalIsOneLineWhateverItQuotes(t *testing.T) {
	data := t.TempDir()
	const odd = "a\nb\r\x1b[2Jc\u2028d"
	for _, args := range [][]string{
		{"check", odd}, {"read", odd}, {"quota", odd}, {"undo", odd}, {"check", "--" + odd}, {odd},
		{"show", "city", odd}, {"export", "budget", "-o", filepath.Join(data, "x.xlsx"), "--term", odd},
		{"template", "members", "-o", filepath.Join(data, odd, "x.xlsx")},
		{"application", "start", odd, "--country", odd},
	} {
		got := guildhall(t, append(args, "--data", data)...)
		code, _, _ := strings.Cut(got.err, " ")
		if got.status != 2 || strings.Count(got.err, "\n") != 1 || strings.ToUpper(code) != code || strings.ContainsAny(got.err, "\r\x1b\u2028") {
			t.Errorf("%q: status %d, %q", args, got.status, got.err)
		}
	}
}

func TestAPipeIsNoFileAndNobodyWaitsForIt(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"check", pipe}, {"read", pipe}, {"application", "start", "Brest", "--country", "FR", "--form", pipe}} {
		answered := make(chan ran, 1)
		go func() { answered <- guildhall(t, append(args, "--data", t.TempDir())...) }()
		select {
		case got := <-answered:
			if !strings.HasPrefix(got.lastLine(), "FILE_UNREADABLE ") {
				t.Errorf("%q: %q", args, got.err)
			}
		case <-time.After(30 * time.Second):
			t.Fatalf("%q waits for who writes into the pipe", args)
		}
	}
}

func TestWhatIsShownIsNamedBeforeOrAfterTheOptions(t *testing.T) {
	data := t.TempDir()
	for _, args := range [][]string{{"show", "network", "--lang", "en"}, {"show", "--lang", "en", "network"}} {
		if got := guildhall(t, append(args, "--data", data)...); got.status != 0 {
			t.Errorf("%q: %q", args, got.err)
		}
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"show", "fund"}, `there is nothing to show of "fund"`},
		{[]string{"show"}, "show needs city|network."},
		{[]string{"show", "--lang", "en", "city"}, "show needs the city's name."},
		{[]string{"show", "network", "Brest"}, `show takes no "Brest"`},
	} {
		if got := guildhall(t, append(c.args, "--data", data)...); !strings.Contains(got.lastLine(), c.want) {
			t.Errorf("%q: %q; want %q", c.args, got.lastLine(), c.want)
		}
	}
}

func TestJSONIsOneObjectThoughTheCommandLineIsNotUnderstood(t *testing.T) {
	folder := t.TempDir()
	sheet := received(t, folder, "members.en.xlsx")
	for _, args := range [][]string{
		{"check", "--format", "json"}, {"check", sheet, "--format=json", "--lang", "de"}, {"check", sheet, "--colour", "--format", "json"},
		{"check", sheet, "--format", "json", "--answer", "x"}, {"import", sheet, sheet, "--format", "json"},
		{"undo", "--format", "json"}, {"undo", "x", "--format", "json", "--lang", "de"}, {"undo", "x", "--mode", "y", "--format", "json"},
	} {
		got := guildhall(t, append(args, "--data", filepath.Join(folder, "data"))...)
		var report struct {
			Problems []struct{ Code string }
		}
		if err := json.Unmarshal([]byte(got.out), &report); err != nil || len(report.Problems) != 1 || got.status != 2 {
			t.Errorf("%q: status %d, %q (%v)", args, got.status, got.out, err)
		} else if !strings.HasPrefix(got.lastLine(), report.Problems[0].Code+" ") {
			t.Errorf("%q: %q on standard error, %s in the report", args, got.lastLine(), report.Problems[0].Code)
		}
	}
}

func TestNoResultTakesThePlaceOfTheRecords(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	members := received(t, folder, "members.en.xlsx")
	importOf(t, data, members)
	link := filepath.Join(folder, "link")
	if err := os.Symlink(data, link); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		filepath.Join(data, "table.db"), filepath.Join(data, "..", "data", "table.db"), filepath.Join(link, "table.db"),
		filepath.Join(data, "blobs", "x.xlsx"),
	} {
		for _, args := range [][]string{
			{"export", "budget", "-o", name}, {"template", "members", "-o", name}, {"check", members, "--annotate", name},
		} {
			if got := guildhall(t, append(args, "--data", data)...); got.status != 2 || !strings.HasPrefix(got.lastLine(), "USAGE ") {
				t.Errorf("%q: status %d, %s", args, got.status, got.err)
			}
		}
	}
	if got := guildhall(t, "export", "budget", "-o", filepath.Join(data, "budget.xlsx"), "--data", data); got.status != 0 {
		t.Errorf("beside the records: %s", got.err)
	}
	if got := guildhall(t, "show", "city", "Brest", "--data", data); got.status != 0 {
		t.Errorf("the records are gone: %s", got.err)
	}
}

func TestWhatRestsOnRecordsMakesNoEmptyStore(t *testing.T) {
	data := filepath.Join(t.TempDir(), "dtaa")
	for _, args := range [][]string{
		{"undo", "x"}, {"quota", "France"}, {"fund", "balances"}, {"fund", "verify"}, {"fund", "post", "interest", "--amount", "5", "--as", "anna"},
		{"fund", "statement", "list"},
	} {
		for lang, want := range map[string]string{"en": "There are no records in ", "fr": "Il n'y a pas de données dans ", "es": "No hay datos en "} {
			got := guildhall(t, append(args, "--data", data, "--lang", lang)...)
			if got.status != 2 || !strings.HasPrefix(got.lastLine(), "STORE_MISSING "+want) {
				t.Errorf("%q: status %d, %s", args, got.status, got.err)
			}
		}
	}
	if _, err := os.Stat(data); !os.IsNotExist(err) {
		t.Errorf("a store was made: %v", err)
	}
}
