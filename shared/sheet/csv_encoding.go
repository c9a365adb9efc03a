package sheet

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet/charset"
	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
	"github.com/learning-cities/guildhall/shared/sheet/internal/widetext"
)

// csvEncoding is how a text is encoded.
type csvEncoding struct {
	mark  int64            // length of the byte order mark
	order binary.ByteOrder // of UTF-16, else nil
	table *charmap.Charmap // of an encoding of single bytes, else nil
}

// encodingNamed reports whether an answer names an encoding.
func encodingNamed(answer string) bool {
	switch answer = encodingKey(answer); answer {
	case "utf-8", "utf-16le", "utf-16be":
		return true
	}
	return charset.Table(answer) != nil
}

func encodingKey(answer string) string { return strings.ToLower(strings.TrimSpace(answer)) }

// findEncoding tells the encoding by the byte order mark, the sender's answer or the text itself, in this order. The note
// asks about a guess.
func (c *csvFile) findEncoding(ctx context.Context, answer string) (*problem.Problem, error) {
	head := make([]byte, min(c.size, sniffed))
	if _, err := c.src.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	answer = encodingKey(answer)
	guessed := false
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		c.encoding.mark = 3
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		c.encoding = csvEncoding{mark: 2, order: binary.LittleEndian}
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		c.encoding = csvEncoding{mark: 2, order: binary.BigEndian}
	case answer == "utf-16le":
		c.encoding.order = binary.LittleEndian
	case answer == "utf-16be":
		c.encoding.order = binary.BigEndian
	case charset.LikelyWide(head) != nil:
		c.encoding.order, guessed = charset.LikelyWide(head), true
	}
	seen, err := survey(ctx, io.NewSectionReader(c.src, c.encoding.mark, c.size-c.encoding.mark), c.encoding.order != nil)
	switch {
	case err != nil:
		return nil, err
	case seen.blank:
		return nil, problem.New("FILE_EMPTY")
	case seen.nul:
		return nil, fault.Corrupt("", fault.BinaryContent)
	case guessed:
		return wideUnsure(c.encoding.order), nil
	case c.encoding.order != nil:
		return nil, nil
	case charset.Table(answer) != nil && c.encoding.mark == 0:
		c.encoding.table = charset.Table(answer)
		return nil, nil
	case seen.utf8:
		return nil, nil
	case c.encoding.mark > 0:
		return nil, fault.Corrupt("", fault.BadCharacters)
	}
	c.encoding.table = charset.Table(charset.Assumed)
	return problem.New("CSV_ENCODING_UNSURE").With("encoding", "Windows-1252").Suggest(charset.Assumed), nil
}

func wideUnsure(order binary.ByteOrder) *problem.Problem {
	name := "utf-16le"
	if order == binary.BigEndian {
		name = "utf-16be"
	}
	return problem.New("CSV_ENCODING_UNSURE").With("encoding", strings.ToUpper(name)).Suggest(name)
}

// looked is what the whole text says of its encoding.
type looked struct{ utf8, nul, blank bool }

// survey reads the whole text once; wide says that it is UTF-16.
func survey(ctx context.Context, in io.Reader, wide bool) (looked, error) {
	seen := looked{utf8: true, blank: true}
	buf := make([]byte, 64<<10)
	held := 0
	for {
		if err := ctx.Err(); err != nil {
			return seen, err
		}
		n, err := io.ReadFull(in, buf[held:])
		text := buf[:held+n]
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return seen, err
		}
		whole := len(text)
		switch {
		case last:
		case wide:
			whole &^= 1
		default:
			whole = wholeRunes(text)
		}
		seen.nul = seen.nul || holdsNUL(text[:whole], wide)
		seen.utf8 = seen.utf8 && utf8.Valid(text[:whole])
		seen.blank = seen.blank && len(bytes.Trim(text, " \t\r\n\x00")) == 0
		if last {
			return seen, nil
		}
		held = copy(buf, text[whole:])
	}
}

// holdsNUL reports whether the character NUL is in text.
func holdsNUL(text []byte, wide bool) bool {
	if !wide {
		return bytes.IndexByte(text, 0) >= 0
	}
	for i := 0; i+1 < len(text); i += 2 {
		if text[i] == 0 && text[i+1] == 0 {
			return true
		}
	}
	return false
}

// wholeRunes is the length of text without a character that it may cut in two.
func wholeRunes(text []byte) int {
	for i := len(text) - 1; i >= 0 && i > len(text)-utf8.UTFMax; i-- {
		if utf8.RuneStart(text[i]) {
			if utf8.FullRune(text[i:]) {
				return len(text)
			}
			return i
		}
	}
	return len(text)
}

// text gives the file as UTF-8.
func (c *csvFile) text() io.Reader {
	in := io.NewSectionReader(c.src, c.encoding.mark, c.size-c.encoding.mark)
	switch {
	case c.encoding.order != nil:
		return widetext.NewReader(in, c.encoding.order, "")
	case c.encoding.table != nil:
		return transform.NewReader(in, c.encoding.table.NewDecoder())
	}
	return in
}
