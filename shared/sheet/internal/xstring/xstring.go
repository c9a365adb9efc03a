// Package xstring reads the text of cells: the escapes that SpreadsheetML puts into its strings (ST_Xstring) and the elements
// of rich text (CT_Rst), from which phonetic runs are left out. It does not know where the texts stand.
package xstring

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xmlscan"
)

// escapeLen is the length of an escape: _x000D_.
const escapeLen = 7

// Escaped reports whether a text may hold escapes.
func Escaped(text []byte) bool {
	i := bytes.IndexByte(text, '_')
	return i >= 0 && len(text)-i >= escapeLen && bytes.Contains(text[i:], []byte("_x"))
}

// Append decodes the escapes of a text once: _x005F_x000D_ becomes _x000D_. Half of a surrogate pair, which no UTF-8 text can
// hold, stays as it is written.
func Append(dst, text []byte) []byte {
	for {
		i := bytes.Index(text, []byte("_x"))
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:i]...)
		text = text[i:]
		r, n := escape(text)
		if n == 0 {
			dst = append(dst, '_')
			text = text[1:]
			continue
		}
		dst = utf8.AppendRune(dst, r)
		text = text[n:]
	}
}

// escape reads an escape, or two that are a surrogate pair, at the beginning of text and returns its length, 0 for none.
func escape(text []byte) (rune, int) {
	r, ok := unit(text)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(r) {
		return r, escapeLen
	}
	low, ok := unit(text[escapeLen:])
	if pair := utf16.DecodeRune(r, low); ok && pair != utf8.RuneError {
		return pair, 2 * escapeLen
	}
	return 0, 0
}

func unit(text []byte) (rune, bool) {
	if len(text) < escapeLen || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return 0, false
	}
	r := rune(0)
	for _, c := range text[2:6] {
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case 'A' <= c && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return r, true
}

// AppendRich reads the rest of an element of rich text that was just started (si, is) up to its end and appends its text:
// that of t and of the t of every r. Phonetic runs and formatting are left out.
func AppendRich(dst []byte, s *xmlscan.Scanner) ([]byte, error) {
	outer := s.Depth()
	run := false
	for {
		kind, err := s.Next()
		if err != nil {
			return dst, err
		}
		switch kind {
		case xmlscan.Text:
			if len(bytes.Trim(s.Text, " \t\r\n")) > 0 {
				return dst, fault.Corrupt(s.Part(), fault.BadStructure)
			}
		case xmlscan.End:
			if s.Depth() < outer {
				return dst, nil
			}
			run = false
		case xmlscan.Start:
			switch name := s.Name; {
			case s.Space == xmlscan.Main && string(name) == "t":
				if dst, err = AppendText(dst, s); err != nil {
					return dst, err
				}
			case s.Space == xmlscan.Main && string(name) == "r" && !run:
				run = true
			default:
				if err := s.SkipForeign(); err != nil {
					return dst, err
				}
			}
		}
	}
}

// AppendText reads the rest of an element that was just started and holds only text, up to its end, and appends the text
// with its escapes decoded.
func AppendText(dst []byte, s *xmlscan.Scanner) ([]byte, error) {
	start := len(dst)
	for {
		kind, err := s.Next()
		if err != nil {
			return dst, err
		}
		switch kind {
		case xmlscan.Text:
			if err := s.CheckText(len(dst) + len(s.Text)); err != nil {
				return dst, err
			}
			dst = append(dst, s.Text...)
		case xmlscan.Start:
			return dst, fault.Corrupt(s.Part(), fault.BadStructure)
		case xmlscan.End:
			if text := dst[start:]; Escaped(text) {
				dst = append(dst[:start], Append(nil, text)...)
			}
			return dst, nil
		}
	}
}
