package sharedstrings

import (
	"bytes"

	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xmlscan"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xstring"
)

// Load reads a shared strings part to its end. The counts that it announces are often wrong and not looked at. The caller
// closes the table.
func Load(s *xmlscan.Scanner, limits Limits) (*Table, error) {
	t := New(limits)
	err := t.load(s)
	if err == nil && t.disk != nil {
		err = t.disk.finish()
	}
	if err != nil {
		_ = t.Close() // what went wrong before is what matters
		return nil, err
	}
	return t, nil
}

func (t *Table) load(s *xmlscan.Scanner) error {
	kind, err := s.Next()
	if err != nil {
		return err
	}
	if kind != xmlscan.Start || s.Space != xmlscan.Main || string(s.Name) != "sst" {
		return fault.Corrupt(s.Part(), fault.BadStructure)
	}
	var text []byte
	for {
		if s.Default() == xmlscan.Main && s.Depth() == 1 {
			if err := t.addPlain(s); err != nil {
				return err
			}
		}
		kind, err := s.Next()
		if err != nil {
			return err
		}
		switch {
		case kind == xmlscan.EOF:
			return nil
		case kind == xmlscan.Text && len(bytes.Trim(s.Text, " \t\r\n")) > 0:
			return fault.Corrupt(s.Part(), fault.BadStructure)
		case kind == xmlscan.Start && s.Space == xmlscan.Main && string(s.Name) == "si":
			if text, err = xstring.AppendRich(text[:0], s); err == nil {
				err = t.Add(text)
			}
		case kind == xmlscan.Start:
			err = s.SkipForeign()
		}
		if err != nil {
			return err
		}
	}
}

// addPlain adds the texts that are next in the scanner's window as long as they are written in the commonest way. Whatever
// looks different is left to the scanner.
func (t *Table) addPlain(s *xmlscan.Scanner) error {
	window := s.Window()
	done := 0
	var buffer []byte
	for {
		text, n := plain(window[done:], &buffer)
		if n == 0 {
			s.Advance(done)
			return nil
		}
		if err := t.Add(text); err != nil {
			return err
		}
		done += n
	}
}

// plain reads <si><t>text</t></si>, or the same with xml:space, where nothing of the text but predefined entities needs decoding,
// and returns its length.
func plain(w []byte, buffer *[]byte) (text []byte, n int) {
	const open, preserve, end = "<si><t>", `<si><t xml:space="preserve">`, "</t></si>"
	start := len(open)
	if !bytes.HasPrefix(w, []byte(open)) {
		if !bytes.HasPrefix(w, []byte(preserve)) {
			return nil, 0
		}
		start = len(preserve)
	}
	i, text, used := xmlscan.PlainText(w[start:], *buffer)
	*buffer = used
	if i < 0 || !bytes.HasPrefix(w[start+i:], []byte(end)) || xstring.Escaped(text) {
		return nil, 0
	}
	return text, start + i + len(end)
}
