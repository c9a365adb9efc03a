package letter_test

import (
	"bytes"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/learning-cities/guildhall/infra/chromium"
	"github.com/learning-cities/guildhall/shared/locale"
)

var pictures = flag.Bool("pictures", false, "take the pictures of docs/letters anew")

// folder is where the pictures are.
const folder = "../../docs/letters"

// widths are those of a telephone and of a mail program's window, in pixels, with how wide a picture is shown.
var widths = []struct{ pixels, shown int }{{640, 320}, {360, 180}}

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
		found := window.Violations()
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
	for _, s := range samples() {
		for _, lang := range locale.Langs {
			for _, width := range widths {
				wanted[picture(s, lang, width.pixels)] = true
			}
		}
	}
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

func picture(s sample, lang locale.Lang, pixels int) string {
	return fmt.Sprintf("%s.%d.%s.webp", s.name, pixels, lang)
}

// index shows the pictures.
func index() []byte {
	var b bytes.Buffer
	fmt.Fprint(&b, "# Letters\nWhat the product writes by itself, as a mail program shows it, at two widths and in three languages (all of it is invented).\n",
		"Made by `make letters`; a test says when a letter is missing.\n")
	for _, s := range samples() {
		fmt.Fprintf(&b, "\n## %s\n\n", s.in(locale.EN).Subject)
		for _, width := range widths {
			for _, lang := range locale.Langs {
				name := picture(s, lang, width.pixels)
				fmt.Fprintf(&b, "<a href=%q><img src=%q width=\"%d\" alt=\"%s, %d pixels wide, %s\"></a>\n", name, name, width.shown, s.name, width.pixels, lang)
			}
			fmt.Fprintln(&b)
		}
	}
	return b.Bytes()
}

// paint takes the pictures and writes what shows them.
func paint(t *testing.T) {
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
	for _, s := range samples() {
		for _, lang := range locale.Langs {
			window.Go(server.URL + "/" + s.name + "." + string(lang))
			for _, width := range widths {
				window.Width(width.pixels)
				write(picture(s, lang, width.pixels), window.Picture(2400, 1))
			}
		}
	}
	write("README.md", index())
}
