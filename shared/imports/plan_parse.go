package imports

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/intake"
)

// parser reads the JSON of a plan's lines. Half of a commit's time went into encoding/json; this one knows the fields, makes
// whole numbers of a body int64 at once, and keeps one copy of each attribute's name. What it doesn't know it skips; what it
// can't be exact about (a fraction, a null in a body) is an error. The first error stays.
type parser struct {
	line  []byte
	at    int
	err   error
	names map[string]string
}

// maxPlanDepth is more than attributes nest; a damaged line must not exhaust the stack.
const maxPlanDepth = 64

var errSyntax = errors.New("not a line of a plan")

// row reads a line; rows is set instead for the plan's last one.
func (p *parser) row(line []byte) (row PlanRow, rows *intake.Counts, err error) {
	p.line, p.at, p.err = line, 0, nil
	p.object(func(name string) {
		switch name {
		case "row":
			row.Row = int(p.integer())
		case "outcome":
			row.Outcome = intake.Outcome(p.name())
		case "label":
			row.Label = p.text()
		case "cell":
			row.Cell = p.text()
		case "value":
			row.Value = p.text()
		case "writes":
			p.list(func() { row.Writes = append(row.Writes, p.write()) })
		case "rows":
			rows = p.counts()
		default:
			p.value(0)
		}
	})
	if p.space(); p.at < len(p.line) || row.Row < 1 && rows == nil {
		p.fail(errSyntax)
	}
	return row, rows, p.err
}

// attributes reads a body by itself.
func (p *parser) attributes(body []byte) (map[string]any, error) {
	p.line, p.at, p.err = body, 0, nil
	read := p.body(0)
	return read, p.err
}

func (p *parser) write() (w PlanWrite) {
	p.object(func(name string) {
		switch name {
		case "op":
			w.Op = intake.Outcome(p.name())
		case "type":
			w.Type = p.name()
		case "partition":
			w.Partition = p.name()
		case "id":
			w.ID = p.text()
		case "base":
			w.Base = p.integer()
		case "before":
			w.Before = p.body(0)
		case "after":
			w.After = p.body(0)
		case "fields":
			p.list(func() { w.Fields = append(w.Fields, p.name()) })
		case "claims":
			p.list(func() { w.Claims = append(w.Claims, p.claim()) })
		case "from":
			w.From = p.source()
		case "first":
			w.First = int(p.integer())
		default:
			p.value(0)
		}
	})
	return w
}

func (p *parser) claim() (c PlanClaim) {
	p.object(func(name string) {
		switch name {
		case "partition":
			c.Partition = p.text()
		case "id":
			c.ID = p.text()
		case "holder":
			c.Holder = p.text()
		case "held":
			p.word("true")
			c.Held = true
		default:
			p.value(0)
		}
	})
	return c
}

func (p *parser) source() *PlanSource {
	s := &PlanSource{}
	p.object(func(name string) {
		switch name {
		case "import":
			s.Import = p.name()
		case "file":
			s.File = p.name()
		case "sha256":
			s.FileSHA256 = p.name()
		case "sheet":
			s.Sheet = p.name()
		case "row":
			s.Row = int(p.integer())
		case "person":
			s.Person = p.name()
		case "request":
			s.Request = p.name()
		case "at":
			at, err := time.Parse(time.RFC3339Nano, p.name())
			p.fail(err)
			s.At = at
		case "undo":
			s.Undo = p.name()
		default:
			p.value(0)
		}
	})
	return s
}

// counts leaves the plan's last line, of which there is one, to encoding/json.
func (p *parser) counts() *intake.Counts {
	start := p.at
	p.value(0)
	if p.err != nil {
		return nil
	}
	var c intake.Counts
	p.fail(json.Unmarshal(p.line[start:p.at], &c))
	return &c
}

// body reads an object of attributes.
func (p *parser) body(depth int) map[string]any {
	if depth > maxPlanDepth {
		p.fail(errSyntax)
		return nil
	}
	body := map[string]any{}
	p.object(func(name string) { body[name] = p.value(depth + 1) })
	return body
}

// value reads what an attribute may hold.
func (p *parser) value(depth int) any {
	switch c := p.peek(); {
	case depth > maxPlanDepth:
		p.fail(errSyntax)
	case c == '"':
		return p.text()
	case c == '{':
		return p.body(depth)
	case c == '[':
		list := []any{}
		p.list(func() { list = append(list, p.value(depth+1)) })
		return list
	case c == 't':
		p.word("true")
		return true
	case c == 'f':
		p.word("false")
		return false
	default:
		return p.integer()
	}
	return nil
}

// object calls field for each name, which reads the value.
func (p *parser) object(field func(name string)) {
	p.items('{', '}', func() {
		name := p.name()
		p.expect(':')
		if p.err == nil {
			field(name)
		}
	})
}

func (p *parser) list(element func()) { p.items('[', ']', element) }

func (p *parser) items(open, end byte, item func()) {
	p.expect(open)
	if p.peek() == end {
		p.at++
		return
	}
	for p.err == nil {
		item()
		switch c := p.peek(); c {
		case ',':
			p.at++
		case end:
			p.at++
			return
		default:
			p.fail(errSyntax)
		}
	}
}

func (p *parser) integer() int64 {
	p.space()
	start := p.at
	for p.at < len(p.line) && (p.line[p.at] == '-' || '0' <= p.line[p.at] && p.line[p.at] <= '9') {
		p.at++
	}
	if p.at < len(p.line) && (p.line[p.at] == '.' || p.line[p.at]|' ' == 'e') {
		p.fail(errSyntax)
	}
	digits := bytes.TrimPrefix(p.line[start:p.at], []byte("-"))
	if len(digits) > 1 && digits[0] == '0' {
		p.fail(errSyntax)
	}
	n, err := strconv.ParseInt(string(p.line[start:p.at]), 10, 64)
	p.fail(err)
	return n
}

// name is text of which a plan has few different ones.
func (p *parser) name() string {
	raw, plain := p.quoted()
	if !plain {
		return p.unquote(raw)
	}
	if name, ok := p.names[string(raw[1:len(raw)-1])]; ok {
		return name
	}
	name := string(raw[1 : len(raw)-1])
	if p.names == nil {
		p.names = map[string]string{}
	}
	if len(p.names) < 1000 {
		p.names[name] = name
	}
	return name
}

func (p *parser) text() string {
	raw, plain := p.quoted()
	if !plain {
		return p.unquote(raw)
	}
	return string(raw[1 : len(raw)-1])
}

// quoted finds the end of a text; a plain one is what stands between its quotes.
func (p *parser) quoted() (raw []byte, plain bool) {
	if p.peek() != '"' {
		p.fail(errSyntax)
		return nil, false
	}
	start := p.at
	plain = true
	for p.at++; p.at < len(p.line); p.at++ {
		switch c := p.line[p.at]; {
		case c == '"':
			p.at++
			raw = p.line[start:p.at]
			return raw, plain && utf8.Valid(raw)
		case c == '\\':
			plain = false
			p.at++
		case c < ' ':
			p.fail(errSyntax)
			return nil, false
		}
	}
	p.fail(errSyntax)
	return nil, false
}

// unquote leaves escapes to encoding/json.
func (p *parser) unquote(raw []byte) (text string) {
	if p.err == nil {
		p.fail(json.Unmarshal(raw, &text))
	}
	return text
}

func (p *parser) word(word string) {
	if p.at+len(word) > len(p.line) || string(p.line[p.at:p.at+len(word)]) != word {
		p.fail(errSyntax)
		return
	}
	p.at += len(word)
}

func (p *parser) expect(c byte) {
	if p.peek() != c {
		p.fail(errSyntax)
		return
	}
	p.at++
}

// peek is the next byte that is no space; 0 at the end and after an error.
func (p *parser) peek() byte {
	p.space()
	if p.err != nil || p.at >= len(p.line) {
		return 0
	}
	return p.line[p.at]
}

func (p *parser) space() {
	for p.at < len(p.line) && (p.line[p.at] == ' ' || p.line[p.at] == '\n') {
		p.at++
	}
}

func (p *parser) fail(err error) {
	if p.err == nil && err != nil {
		p.err = fmt.Errorf("byte %d: %w", p.at, err)
	}
}
