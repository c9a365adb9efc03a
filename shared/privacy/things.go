package privacy

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/personal"
	"github.com/learning-cities/guildhall/shared/table"
)

// thing is an item of the table with what it holds of persons.
type thing struct {
	item    table.Item
	holding personal.Holding
	body    map[string]any
	past    bool // it is an earlier version
}

// thingOf reads an item; false of one that holds nothing of persons.
func thingOf(item table.Item) (thing, bool) {
	t := thing{item: item}
	typ, rest, _ := strings.Cut(item.Key.Partition, "#")
	if t.past = typ == "past"; t.past {
		typ, _, _ = strings.Cut(rest, "#")
	}
	var known bool
	if t.holding, known = personal.Of(typ); !known {
		return t, false
	}
	t.body = item.Attributes
	if body, isRecord := t.body["body"].(map[string]any); isRecord {
		t.body = body
	}
	if body, isMap := t.body["body"].(map[string]any); isMap && t.past {
		t.body = body
	}
	return t, true
}

// visitor is given each text of a thing that tells of a person, and says what is to stand in its place.
type visitor func(f personal.Field, at, text string) string

// inBody visits the texts of a body that tell of one of the persons: all fields of whoever is named by one of them, and every mention. It
// reports whether anything was changed.
func (m *Marks) inBody(h personal.Holding, body map[string]any, visit visitor) (changed bool) {
	named := map[string]bool{}
	h.Each(body, func(f personal.Field, _, text string) string {
		if f.Sort.Identifies() && m.Named(text) {
			named[f.Of] = true
		}
		return text
	})
	return h.Each(body, func(f personal.Field, at, text string) string {
		if f.Sort == personal.Quotes {
			return m.inQuotes(f, at, text, visit)
		}
		if f.Sort.Tells() && named[f.Of] || f.Sort == personal.Mention && m.Named(text) {
			return visit(f, at, text)
		}
		return text
	})
}

// inQuotes visits the texts of JSON that quotes what people wrote and that name one of the persons.
func (m *Marks) inQuotes(f personal.Field, at, quotes string, visit visitor) string {
	f.Sort = personal.Mention
	return string(replaceTexts([]byte(quotes), func(path, text string) string {
		if !m.Named(text) {
			return text
		}
		return visit(f, at+"."+path, text)
	}, nil))
}

// in visits the texts of a thing, those of its provenance included.
func (m *Marks) in(t thing, visit visitor) (changed bool) {
	changed = m.inBody(t.holding, t.body, visit)
	origins := personal.Holding{Fields: personal.Origins()}
	places := []map[string]any{t.item.Attributes}
	if around, ok := t.item.Attributes["body"].(map[string]any); ok && t.past {
		if removed, ok := around["removed"].(map[string]any); ok {
			places = append(places, removed)
		}
	}
	if _, isRecord := t.item.Attributes["version"]; !isRecord {
		return changed // what it is about stands in its body
	}
	for _, place := range places {
		changed = m.inBody(origins, place, visit) || changed
	}
	return changed
}

// erase is the visitor that takes the persons out: a field that is theirs becomes empty, a text that names them keeps all but that.
func (m *Marks) erase(f personal.Field, _, text string) string {
	if f.Sort == personal.Mention {
		return m.Redact(text)
	}
	return ""
}

// planLine is what a line of a plan says of the records that a row writes.
type planLine struct {
	Row    int `json:"row"`
	Writes []struct {
		Type   string         `json:"type"`
		Before map[string]any `json:"before"`
		After  map[string]any `json:"after"`
	} `json:"writes"`
}

// structural are the members of a plan's lines by which an undo finds what it takes back: they name no person.
var structural = map[string]bool{
	"id": true, "partition": true, "holder": true, "type": true, "op": true, "import": true, "sha256": true, "person": true, "request": true,
	"at": true, "undo": true, "outcome": true, "cell": true, "kind": true, "edits": true, "programme": true, "edition": true,
}

// planned is a line of a plan without the persons: its bodies as records are without them. row is that of the sheet where the line is about one
// of the persons, else 0.
func (m *Marks) planned(line []byte) (clean []byte, row int, err error) {
	var read planLine
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	if err := decoder.Decode(&read); err != nil {
		return nil, 0, err
	}
	blank := map[string]bool{}
	for i, write := range read.Writes {
		holding, known := personal.Of(write.Type)
		if !known {
			continue
		}
		for name, body := range map[string]map[string]any{"before": write.Before, "after": write.After} {
			m.inBody(holding, body, func(f personal.Field, at, text string) string {
				if row = read.Row; f.Sort.Tells() {
					blank["writes."+strconv.Itoa(i)+"."+name+"."+at] = true
				}
				return text
			})
		}
	}
	clean = replaceTexts(line, func(path, text string) string {
		last := path[strings.LastIndexByte(path, '.')+1:]
		inBody := strings.Contains(path, ".before.") || strings.Contains(path, ".after.")
		switch {
		case blank[path]:
			return ""
		case structural[last] && !inBody:
			return text
		}
		return m.Redact(text)
	}, func(path, name string) string {
		if path == "answers" { // to questions that name what was asked about
			return m.Redact(name)
		}
		return name
	})
	return clean, row, nil
}
