package letter_test

import (
	"bytes"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/infra/chromium"
	"github.com/learning-cities/guildhall/shared/locale"
)

var pictures = flag.Bool("pictures", false, "take the pictures of docs/letters anew")

// folder is where the pictures are.
const folder = "../../docs/letters"

// widths are those of a mail program's window and of a telephone, in pixels, with the scale of a picture and how wide it is shown.
var widths = []struct {
	pixels int
	scale  float64
	shown  int
}{{640, 0.75, 320}, {360, 1, 180}}

// taken are the pictures of the samples, by their names: wide in each language, narrow in one of them.
func taken(each func(s sample, lang locale.Lang, width int, name string)) {
	for i, s := range samples() {
		for width := range widths {
			for j, lang := range locale.Langs {
				if width == 0 || i%len(locale.Langs) == j {
					each(s, lang, width, fmt.Sprintf("%s.%d.%s.webp", s.name, widths[width].pixels, lang))
				}
			}
		}
	}
}

// opened are letters as a browser shows them, each at the address that name gives.
func opened(t *testing.T) *httptest.Server {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for _, s := range samples() {
			for _, lang := range locale.Langs {
				if r.URL.Path == "/"+s.name+"."+string(lang) {
					fmt.Fprint(w, s.in(lang).HTML)
				}
			}
		}
	}))
	t.Cleanup(server.Close)
	return server
}

// TestLettersFitTheirWindowsAndKeepNobodyOut opens each in one of the languages, narrow and wide.
func TestLettersFitTheirWindowsAndKeepNobodyOut(t *testing.T) {
	server := opened(t)
	window := chromium.Start(t).Open(t, server.URL)
	heard := len(window.Console())
	for i, s := range samples() {
		lang := locale.Langs[i%len(locale.Langs)]
		window.Go(server.URL + "/" + s.name + "." + string(lang))
		found := slices.DeleteFunc(window.Violations(), func(line string) bool { // a mail program's window has the landmarks
			return strings.HasPrefix(line, "landmark-one-main:") || strings.HasPrefix(line, "region:")
		})
		for _, width := range widths {
			window.Width(width.pixels)
			found = append(found, window.Beyond()...)
		}
		found = append(found, window.Console()[heard:]...)
		heard = len(window.Console())
		for _, line := range found {
			t.Errorf("%s in %s: %s", s.name, lang, line)
		}
	}
}

func TestThePicturesShowEachLetterAtTwoWidthsInThreeLanguages(t *testing.T) {
	if *pictures {
		paint(t)
	}
	wanted := map[string]bool{}
	taken(func(_ sample, _ locale.Lang, _ int, name string) { wanted[name] = true })
	files, err := filepath.Glob(filepath.Join(folder, "*.webp"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if name := filepath.Base(file); !wanted[name] {
			t.Errorf("%s shows no letter that there is; run make letters", name)
		}
		delete(wanted, filepath.Base(file))
	}
	for name := range wanted {
		t.Errorf("%s is missing; run make letters", name)
	}
	if written, err := os.ReadFile(filepath.Join(folder, "README.md")); err != nil || !bytes.Equal(written, index()) {
		t.Error("README.md isn't what the letters are; run make letters")
	}
}

// index shows the pictures.
func index() []byte {
	var b bytes.Buffer
	fmt.Fprint(&b, "# Letters\nWhat the product writes by itself, as a mail program shows it: wide in three languages, narrow in one (all of it is invented).\n",
		"Made by `make letters`; a test says when a letter is missing.\n")
	last := ""
	taken(func(s sample, lang locale.Lang, width int, name string) {
		if s.name != last {
			fmt.Fprintf(&b, "\n## %s\n\n", s.in(locale.EN).Subject)
			last = s.name
		}
		fmt.Fprintf(&b, "<a href=%q><img src=%q width=\"%d\" alt=\"%s, %d pixels wide, %s\"></a>\n", name, name, widths[width].shown, s.name, widths[width].pixels, lang)
	})
	return b.Bytes()
}

// paint takes the pictures and writes what shows them.
func paint(t *testing.T) {
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(name string, content []byte) {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	server := opened(t)
	window := chromium.Start(t).Open(t, server.URL)
	taken(func(s sample, lang locale.Lang, width int, name string) {
		window.Width(widths[width].pixels)
		window.Go(server.URL + "/" + s.name + "." + string(lang))
		write(name, window.Picture(2000, widths[width].scale))
	})
	write("README.md", index())
}
