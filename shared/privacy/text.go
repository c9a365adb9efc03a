package privacy

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/learning-cities/guildhall/shared/sheet/charset"
)

// A text is looked at line by line, and a line that is longer than a window in pieces of it, so that no text is held as a whole. Two pieces
// have so much in common that whatever names a person stands whole in one of them: a naming of MaxNaming characters has room in the
// overlap many times over, also with much white space in it.
const (
	window  = 256 << 10 // bytes
	overlap = 16 << 10
)

// errFound ends the reading of a text that names somebody.
var errFound = errors.New("privacy: found")

// look gives a text to all views, until one finds somebody in it. What came before an error is looked at too.
func look(src io.Reader, views []io.WriteCloser) (bool, error) {
	buf := make([]byte, 1<<16)
	for {
		n, err := src.Read(buf)
		for _, view := range views {
			if _, failed := view.Write(buf[:n]); failed != nil {
				return found(failed)
			}
		}
		if err == nil {
			continue
		}
		for _, view := range views {
			if failed := view.Close(); failed != nil {
				return found(failed)
			}
		}
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return false, err
	}
}

// found tells a find from an error.
func found(err error) (bool, error) {
	if errors.Is(err, errFound) {
		return true, nil
	}
	return false, err
}

// views are the ways in which a text may be meant, as its first bytes have it. Where nothing tells UTF-16 its sender may have named it; a
// sheet has no character NUL then. Other programs keep texts in UTF-16 that end with one.
func (m *Marks) views(head []byte) []io.WriteCloser {
	if order := wideOrder(head); order != nil {
		return []io.WriteCloser{m.wideView(order)}
	}
	views := []io.WriteCloser{&windows{marks: m}}
	if bytes.IndexByte(head, 0) < 0 {
		return views
	}
	ended := false
	for i := 0; i+1 < len(head); i += 2 {
		ended = ended || head[i] == 0 && head[i+1] == 0
	}
	for high, order := range []binary.ByteOrder{binary.BigEndian, binary.LittleEndian} {
		if !ended || len(head) > 3 && head[high] == 0 && head[high+2] == 0 && head[1-high] != 0 && head[3-high] != 0 {
			views = append(views, m.wideView(order))
		}
	}
	return views
}

// wideOrder is the byte order of UTF-16 with or without a mark; nil of anything else.
func wideOrder(head []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return binary.LittleEndian
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return binary.BigEndian
	}
	return charset.LikelyWide(head)
}

// fromWide decodes UTF-16. A mark at the beginning becomes a character that has no width and says nothing.
func fromWide(order binary.ByteOrder) transform.Transformer {
	if order == binary.BigEndian {
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()
	}
	return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()
}

// wideView looks at a text as UTF-16.
type wideView struct {
	*transform.Writer
	to *windows
}

func (m *Marks) wideView(order binary.ByteOrder) io.WriteCloser {
	to := &windows{marks: m}
	return wideView{transform.NewWriter(to, fromWide(order)), to}
}

// Close implements io.Closer.
func (v wideView) Close() error { return cmp.Or(v.Writer.Close(), v.to.Close()) }

// windows looks at a text that comes bit by bit. Its methods give errFound.
type windows struct {
	marks *Marks
	held  []byte // not looked at yet, with the overlap; at most a window
}

// Write implements io.Writer.
func (w *windows) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		n := min(len(rest), window-len(w.held))
		w.held = append(w.held, rest[:n]...)
		rest = rest[n:]
		if len(w.held) < window {
			break
		}
		end := bytes.LastIndexByte(w.held, '\n') + 1
		next := end
		if end == 0 {
			end, next = cut(w.held)
		}
		if w.marks.inLines(w.held[:end]) {
			return 0, errFound
		}
		w.held = append(w.held[:0], w.held[next:]...)
	}
	return len(p), nil
}

// Close looks at what is left.
func (w *windows) Close() error {
	if w.marks.inLines(w.held) {
		return errFound
	}
	w.held = w.held[:0]
	return nil
}

// cut says where the first piece of a longer text ends and where the next begins: between words, told by ASCII, which means the same in
// all encodings.
func cut[T string | []byte](text T) (end, next int) {
	end = len(text)
	for i := end; i > len(text)-overlap; i-- {
		if between(text[i-1]) {
			end = i
			break
		}
	}
	next = end - overlap
	for i := next; i < end; i++ {
		if between(text[i]) {
			return end, i + 1
		}
	}
	// no word is that long: characters stay whole at least
	for i := end - 1; i > end-utf8.UTFMax; i-- {
		if utf8.RuneStart(text[i]) {
			if !utf8.FullRuneInString(string(text[i:end])) {
				end = i
			}
			break
		}
	}
	for i := 0; i < utf8.UTFMax-1 && !utf8.RuneStart(text[next]); i++ {
		next++
	}
	return end, next
}

// between reports whether a byte is a character of ASCII that stands between words.
func between(b byte) bool { return b < utf8.RuneSelf && separating[b] }

// inLong is Named for texts of any length.
func (m *Marks) inLong(text string) bool {
	for len(text) > window {
		end, next := cut(text[:window])
		if m.Named(text[:end]) {
			return true
		}
		text = text[next:]
	}
	return m.Named(text)
}

// singleByte are the encodings of single bytes that a sheet may have, the commonest first.
var singleByte = func() (all []*charmap.Charmap) {
	all = append(all, charset.Table(charset.Assumed))
	for _, name := range charset.Tables() {
		if name != charset.Assumed {
			all = append(all, charset.Table(name))
		}
	}
	return all
}()

// inLines looks at lines. Where one of them is not UTF-8 all may be meant in any encoding that a sheet may have; where the character NUL
// is among them no sheet was read from them, and the commonest will do.
func (m *Marks) inLines(lines []byte) bool {
	valid, text := utf8.Valid(lines), bytes.IndexByte(lines, 0) < 0
	for line := range strings.Lines(string(lines)) {
		if (valid || utf8.ValidString(line)) && m.Named(line) {
			return true
		}
		if valid || !strings.ContainsFunc(line, isBeyondASCII) {
			continue
		}
		if m.inLong(decoded(line, singleByte[0])) || text && m.inOthers(line) {
			return true
		}
	}
	return false
}

// isBeyondASCII reports whether a character, or a byte that is none, is not of ASCII.
func isBeyondASCII(r rune) bool { return r >= utf8.RuneSelf }

// decoded is a text of single bytes.
func decoded(line string, table *charmap.Charmap) string {
	out := make([]byte, 0, len(line)+len(line)/4)
	for i := range len(line) {
		if line[i] < utf8.RuneSelf {
			out = append(out, line[i])
		} else {
			out = utf8.AppendRune(out, table.DecodeByte(line[i]))
		}
	}
	return string(out)
}

// inOthers looks at a line that is not UTF-8 under every table but the commonest, and as UTF-8 of which a byte is damaged. All of them read
// ASCII alike, so that only what has another character in it can be new.
func (m *Marks) inOthers(line string) bool {
	longest := 0
	for _, l := range m.lengths {
		longest = max(longest, l.words)
	}
	line = around(line, longest)
	seen := []string{decoded(line, singleByte[0])}
	others := singleByte[1:]
	for i := range len(others) + 1 {
		text := line
		if i < len(others) {
			text = decoded(line, others[i])
		}
		if slices.Contains(seen, text) {
			continue
		}
		seen = append(seen, text)
		if len(text) > window {
			if m.inLong(text) {
				return true
			}
		} else if m.beyondASCII(text) {
			return true
		}
	}
	return false
}

// around is a line from so many words before the first byte that is not ASCII to as many after the last.
func around(line string, words int) string {
	from, to := strings.IndexFunc(line, isBeyondASCII), len(line)
	for to > 0 && line[to-1] < utf8.RuneSelf {
		to--
	}
	for left := words; from > 0 && left > 0; from-- {
		if from < len(line) && between(line[from]) && !between(line[from-1]) {
			left--
		}
	}
	for from > 0 && !between(line[from-1]) {
		from--
	}
	for left := words; to < len(line) && left > 0; to++ {
		if between(line[to]) && !between(line[to-1]) {
			left--
		}
	}
	for to < len(line) && !between(line[to]) {
		to++
	}
	return line[from:to]
}

// beyondASCII is Named for what has a character that is not ASCII in it or between its words.
func (m *Marks) beyondASCII(text string) bool {
	words := wordsOf(text)
	for i := range words {
		for _, l := range m.lengths {
			if l.words > len(words)-i {
				continue
			}
			within := words[i : i+l.words]
			for _, b := range []byte(text[within[0].from:within[l.words-1].to]) {
				if b >= utf8.RuneSelf {
					if m.hit(l.kind, within) {
						return true
					}
					break
				}
			}
		}
	}
	return false
}

// mostLine is how many bytes of a line of JSON are read as such. The product writes no longer ones.
const mostLine = 8 << 20

// inLinesOfJSON looks through lines of JSON, and at a line that is too long for that as text.
func (m *Marks) inLinesOfJSON(in *bufio.Reader) (bool, error) {
	var line []byte
	var long *windows
	for {
		piece, err := in.ReadSlice('\n')
		if long == nil && len(line)+len(piece) > mostLine {
			long = &windows{marks: m}
			if _, err := long.Write(line); err != nil {
				return found(err)
			}
			line = nil
		}
		if long != nil {
			if _, err := long.Write(piece); err != nil {
				return found(err)
			}
		} else {
			line = append(line, piece...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if long != nil {
			if err := long.Close(); err != nil {
				return found(err)
			}
			long = nil
		}
		if len(line) > 0 && m.inJSON(line) {
			return true, nil
		}
		line = line[:0]
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
}

// inJSON looks at the texts of a line of JSON, whose escapes can hide where a word begins. What is no JSON is looked at as it is.
func (m *Marks) inJSON(line []byte) bool {
	if !json.Valid(line) {
		whole := &windows{marks: m}
		_, err := whole.Write(line)
		return cmp.Or(err, whole.Close()) != nil
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	for {
		token, err := decoder.Token()
		if err != nil {
			return false
		}
		if text, ok := token.(string); ok && m.inLong(text) {
			return true
		}
	}
}
