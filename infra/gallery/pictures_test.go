package gallery

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/infra/chromium"
	"github.com/learning-cities/guildhall/infra/furnished"
	"github.com/learning-cities/guildhall/infra/serving"
	"github.com/learning-cities/guildhall/shared/locale"
)

var (
	pictures = flag.Bool("pictures", false, "take the pictures of docs/gallery anew")
	only     = flag.String("only", "", "of the pages whose names begin so")
)

// folder is where the pictures are.
const folder = "../../docs/gallery"

// widths are those of windows, with how tall a picture is at most, and its scale.
var widths = []struct {
	name           string
	pixels         int
	tallest, scale float64
	shown          int // pixels in the gallery
}{{"wide", 1280, 1600, 0.75, 400}, {"narrow", 360, 1800, 1, 180}}

// picture is the name of a page's picture.
func (s shown) picture(width string, lang locale.Lang) string {
	return fmt.Sprintf("%s.%s.%s.webp", s.name, width, lang)
}

// area is what the page's name begins with.
func (s shown) area() string {
	area, _, _ := strings.Cut(s.name, "/")
	return area
}

func TestTheGalleryShowsEachPageAtTwoWidthsInThreeLanguages(t *testing.T) {
	if *pictures {
		paint(t)
	}
	wanted := map[string]bool{}
	for _, one := range pages {
		for _, width := range widths {
			for _, lang := range locale.Langs {
				wanted[one.picture(width.name, lang)] = true
			}
		}
	}
	var size int64
	err := filepath.Walk(folder, func(file string, info os.FileInfo, err error) error {
		if err != nil || filepath.Ext(file) != ".webp" {
			return err
		}
		name, err := filepath.Rel(folder, file)
		if name = filepath.ToSlash(name); !wanted[name] {
			t.Errorf("%s shows no page that there is; run make gallery", name)
		}
		delete(wanted, name)
		size += info.Size()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range wanted {
		t.Errorf("%s is missing; run make gallery", name)
	}
	if size > 25<<20 {
		t.Errorf("the gallery has %d MB", size>>20)
	}
	for name, text := range texts() {
		if written, err := os.ReadFile(filepath.Join(folder, name)); err != nil || !bytes.Equal(written, text) {
			t.Errorf("%s isn't what the pages are; run make gallery", name)
		}
	}
}

// texts are what shows the pictures, by the names of files.
func texts() map[string][]byte {
	all := map[string][]byte{"README.md": overview()}
	for _, area := range areas() {
		all[area+".md"] = index(area)
	}
	return all
}

// areas are what the pages' names begin with, in their order.
func areas() (all []string) {
	for _, one := range pages {
		if !slices.Contains(all, one.area()) {
			all = append(all, one.area())
		}
	}
	return all
}

// index is the page of the gallery on an area.
func index(area string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n\nMade by `make gallery`. [All areas](README.md)\n", strings.ToUpper(area[:1])+area[1:])
	for _, one := range pages {
		if one.area() != area {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n`/%s`, as %s\n\n", one.title, one.at, one.who)
		for _, width := range widths {
			for _, lang := range locale.Langs {
				name := one.picture(width.name, lang)
				fmt.Fprintf(&b, "<a href=%q><img src=%q width=\"%d\" alt=\"%s, %s, %s\"></a>\n", name, name, width.shown, one.title, width.name, lang)
			}
			fmt.Fprintln(&b)
		}
	}
	return b.Bytes()
}

// paint takes the pictures and writes what shows them.
func paint(t *testing.T) {
	browser := chromium.Start(t)
	in := furnished.Start(t, serving.Options{})
	for name, text := range texts() {
		write(t, name, text)
	}
	t.Run("pictures", func(t *testing.T) {
		for who := range emails() {
			t.Run(who, func(t *testing.T) {
				t.Parallel()
				of(t, who, visits(t, browser, in, who), in)
			})
		}
	})
}

// of takes the pictures of the pages that somebody looks at.
func of(t *testing.T, who string, window *chromium.Page, in *furnished.Product) {
	for _, one := range pages {
		if one.who != who || !strings.HasPrefix(one.name, *only) {
			continue
		}
		for _, lang := range locale.Langs {
			window.Reads(string(lang))
			one.open(t, window, in)
			for _, width := range widths {
				window.Width(width.pixels)
				write(t, one.picture(width.name, lang), window.Picture(width.tallest, width.scale))
			}
		}
	}
}

// overview is the gallery's first page: what there is in each area, and a page of it.
func overview() []byte {
	var b bytes.Buffer
	fmt.Fprint(&b, "# Gallery\nEvery page of Guildhall, at two widths and in three languages, in a product that people have worked with for years ",
		"(`infra/furnished`; all of it is invented).\nMade by `make gallery`; a test says when a page is missing.\n")
	for i, area := range areas() {
		fmt.Fprintf(&b, "\n## [%s](%s.md)\n", strings.ToUpper(area[:1])+area[1:], area)
		of := slices.DeleteFunc(slices.Clone(pages), func(one shown) bool { return one.area() != area })
		for _, one := range of {
			fmt.Fprintf(&b, "- %s\n", one.title)
		}
		picture := of[0].picture("wide", locale.Langs[i%len(locale.Langs)])
		fmt.Fprintf(&b, "\n<a href=\"%s.md\"><img src=%q width=\"600\" alt=%q></a>\n", area, picture, of[0].title)
	}
	return b.Bytes()
}

func write(t *testing.T, name string, content []byte) {
	t.Helper()
	file := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
}
