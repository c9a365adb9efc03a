package pack

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

var limits = Limits{Parts: 100, Inflated: 1 << 20, Ratio: 100, RatioFrom: 1 << 16}

func open(data []byte) (*Archive, error) {
	return Open(bytes.NewReader(data), int64(len(data)), limits)
}

func two() []xlsxtest.Entry {
	return []xlsxtest.Entry{{Name: "a.xml", Data: []byte("first")}, {Name: `xl\B.xml`, Data: []byte("second"), Store: true}, {Name: "xl/media/", Store: true}}
}

func TestPartsAreFoundWithoutRegardToSpelling(t *testing.T) {
	for name, data := range map[string][]byte{"plain": xlsxtest.Zip(two()...), "zip64": xlsxtest.Zip64(two()...)} {
		archive, err := open(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for part, want := range map[string]string{"a.xml": "first", "/A.XML": "first", "XL/b.xml": "second", `xl\b.xml`: "second"} {
			found := archive.Find(part)
			if found == nil {
				t.Errorf("%s: no %s", name, part)
				continue
			}
			if got, err := io.ReadAll(found.Open()); string(got) != want || err != nil {
				t.Errorf("%s: %s holds %q (%v)", name, part, got, err)
			}
		}
		if archive.Find("b.xml") != nil || archive.Find("xl/media/") != nil || archive.Find("xl/media") != nil {
			t.Errorf("%s: finds what isn't a part", name)
		}
	}
}

func TestRawBytesAreThoseOfTheArchive(t *testing.T) {
	archive, err := open(xlsxtest.Zip(two()...))
	if err != nil {
		t.Fatal(err)
	}
	part := archive.Find("xl/b.xml")
	if raw, err := io.ReadAll(part.Raw()); string(raw) != "second" || err != nil || part.Method != Store {
		t.Errorf("got %q (%v)", raw, err)
	}
}

func TestWrongDirectoriesAreRefused(t *testing.T) {
	le := binary.LittleEndian
	edit := func(data []byte, change func(end []byte)) []byte {
		change(data[len(data)-endSize:])
		return data
	}
	plain, large := func() []byte { return xlsxtest.Zip(two()...) }, func() []byte { return xlsxtest.Zip64(two()...) }
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"fewer entries than there are": {edit(plain(), func(e []byte) { le.PutUint16(e[8:], 2); le.PutUint16(e[10:], 2) }), "FILE_CORRUPT"},
		"more entries than there are":  {edit(plain(), func(e []byte) { le.PutUint16(e[8:], 4); le.PutUint16(e[10:], 4) }), "FILE_CORRUPT"},
		"two numbers of entries":       {edit(plain(), func(e []byte) { le.PutUint16(e[8:], 2) }), "FILE_CORRUPT"},
		"several disks":                {edit(plain(), func(e []byte) { le.PutUint16(e[4:], 1) }), "FILE_CORRUPT"},
		"a directory elsewhere":        {edit(plain(), func(e []byte) { le.PutUint32(e[16:], 1) }), "FILE_CORRUPT"},
		"a directory of another size":  {edit(plain(), func(e []byte) { le.PutUint32(e[12:], 46) }), "FILE_CORRUPT"},
		"a comment that is cut":        {edit(plain(), func(e []byte) { le.PutUint16(e[20:], 9) }), "FILE_TRUNCATED"},
		"no directory":                 {plain()[:40], "FILE_TRUNCATED"},
		"no entries":                   {xlsxtest.Zip(), ""},
		"a comment":                    {append(edit(plain(), func(e []byte) { le.PutUint16(e[20:], 2) }), "hi"...), ""},
		"zip64 with a wrong locator":   {edit(large(), func([]byte) {})[1:], "FILE_CORRUPT"},
		"zip64 with a wrong signature": {replace(large(), "PK\x06\x06", "PK\x06\x05"), "FILE_CORRUPT"},
		"zip64 without its locator":    {replace(large(), "PK\x06\x07", "PK\x06\x08"), "FILE_CORRUPT"},
		"an entry that is no entry":    {replace(plain(), "PK\x01\x02", "PK\x01\x03"), "FILE_CORRUPT"},
		"a local header that is none":  {replace(plain(), "PK\x03\x04", "PK\x03\x05"), "FILE_CORRUPT"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := open(c.data)
			got := ""
			if err != nil {
				got, _, _ = strings.Cut(err.Error(), " ")
			}
			if got != c.want {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func replace(data []byte, old, new string) []byte {
	return bytes.Replace(data, []byte(old), []byte(new), 1)
}

func TestFoldersDoNotHideParts(t *testing.T) {
	_, err := open(xlsxtest.Zip(xlsxtest.Entry{Name: "a/", Store: true}, xlsxtest.Entry{Name: "A"}))
	if err == nil || !strings.HasPrefix(err.Error(), "FILE_CORRUPT") {
		t.Errorf("got %v", err)
	}
}
