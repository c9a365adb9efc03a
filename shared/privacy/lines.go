package privacy

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/learning-cities/guildhall/shared/records"
)

// replaceTexts puts other texts in the place of those of a line of JSON, and leaves every other byte as it is. fn is asked for each text
// that is a value, with its path, such as "writes.0.after.contact.name"; key, unless it is nil, for the name of each member, with the path of what it is
// a member of. What is no JSON comes back as it is.
func replaceTexts(line []byte, fn, key func(path, text string) string) []byte {
	if !json.Valid(line) {
		return line
	}
	type level struct {
		prefix string
		list   bool
		index  int
		name   string
		named  bool // an object whose next value belongs to name
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	var out []byte
	var levels []level
	copied := 0
	path := func() string {
		if len(levels) == 0 {
			return ""
		}
		top := levels[len(levels)-1]
		name := top.name
		if top.list {
			name = strconv.Itoa(top.index)
		}
		if top.prefix == "" {
			return name
		}
		return top.prefix + "." + name
	}
	valueDone := func() {
		if len(levels) > 0 {
			top := &levels[len(levels)-1]
			top.index++
			top.named = false
		}
	}
	replace := func(before, end int, was, now string) {
		if now == was {
			return
		}
		from := before + bytes.IndexByte(line[before:end], '"')
		out = append(out, line[copied:from]...)
		out = records.AppendText(out, now)
		copied = end
	}
	for {
		before := int(decoder.InputOffset())
		token, err := decoder.Token()
		if err != nil { // the end: the line is whole
			return append(out, line[copied:]...)
		}
		end := int(decoder.InputOffset())
		switch t := token.(type) {
		case json.Delim:
			if t == '{' || t == '[' {
				levels = append(levels, level{prefix: path(), list: t == '['})
				continue
			}
			levels = levels[:len(levels)-1]
			valueDone()
		case string:
			if len(levels) > 0 {
				if top := &levels[len(levels)-1]; !top.list && !top.named {
					top.name, top.named = t, true
					if key != nil {
						replace(before, end, t, key(top.prefix, t))
					}
					continue
				}
			}
			replace(before, end, t, fn(path(), t))
			valueDone()
		default:
			valueDone()
		}
	}
}
