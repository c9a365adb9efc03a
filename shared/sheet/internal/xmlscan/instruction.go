package xmlscan

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
)

// xmlDeclaration is the production XMLDecl of XML 1.0, without "<?xml" and "?>".
var xmlDeclaration = regexp.MustCompile(`^[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')` +
	`(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][A-Za-z0-9._-]*)"|'([A-Za-z][A-Za-z0-9._-]*)'))?` +
	`(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*$`)

// instruction scans a processing instruction or the XML declaration and returns its length, or 0 for more.
func (s *Scanner) instruction(w []byte) (int, error) {
	end := bytes.Index(w[2:], []byte("?>"))
	if end < 0 {
		return 0, nil
	}
	body := w[2 : 2+end]
	target := 0
	for target < len(body) && isNameByte(body[target]) {
		target++
	}
	switch {
	case target == 0 || classes[body[0]]&nameStart == 0 || target < len(body) && !isSpace(body[target]):
		return 0, s.corrupt(fault.NotXML)
	case strings.EqualFold(string(body[:target]), "xml"):
		if s.begun || string(body[:target]) != "xml" {
			return 0, s.corrupt(fault.NotXML)
		}
		return end + 4, s.checkDeclaration(body[target:])
	}
	return end + 4, nil
}

// checkDeclaration makes sure that the encoding declared is the one found by the first bytes.
func (s *Scanner) checkDeclaration(attributes []byte) error {
	match := xmlDeclaration.FindSubmatch(attributes)
	if match == nil {
		return s.corrupt(fault.NotXML)
	}
	source, _ := s.in.(interface{ UTF16() bool })
	utf16 := source != nil && source.UTF16()
	switch encoding := strings.ToLower(string(match[1]) + string(match[2])); encoding {
	case "":
		return nil
	case "utf-8", "utf8", "us-ascii", "ascii":
		if utf16 {
			return s.corrupt(fault.BadEncoding)
		}
		return nil
	case "utf-16", "utf-16le", "utf-16be":
		if !utf16 {
			return s.corrupt(fault.BadEncoding)
		}
		return nil
	default:
		return s.corrupt(fault.BadEncoding)
	}
}
