package sheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet/internal/markup"
)

// level orders severities; the highest at a cell gives its colour.
func level(s problem.Severity) int {
	switch s {
	case problem.Error:
		return 4
	case problem.Question:
		return 3
	case problem.Warning:
		return 2
	default:
		return 1
	}
}

// markColors are the fills of marks by level. The lowest three bits of each of the three bytes are zero: a mark hides there
// the number of the fill that it covers, as listed in the marker sheet, so that the sender's own comes back when the mark is
// taken off, even when another program has saved and renumbered everything in between.
var markColors = [5]int{0, 0xD8E8E0, 0xF8E0A0, 0xB8D8F8, 0xF8C0B8}

// maxCovered is how many fills the nine bits can tell apart.
const maxCovered = 512

// markColor is the colour of a mark that covers a fill.
func markColor(level, covered int) string {
	return fmt.Sprintf("%06X", markColors[level]|(covered>>6&7)<<16|(covered>>3&7)<<8|covered&7)
}

// markOf reads a colour of a mark; false for every other colour.
func markOf(rgb string) (covered int, ok bool) {
	if len(rgb) == 8 {
		rgb = rgb[2:]
	}
	n, err := strconv.ParseUint(rgb, 16, 32)
	if err != nil || len(rgb) != 6 || !slices.Contains(markColors[1:], int(n)&0xF8F8F8) {
		return 0, false
	}
	return int(n)>>16&7<<6 | int(n)>>8&7<<3 | int(n)&7, true
}

// maxFormats is how many cell formats programs accept in a workbook.
const maxFormats = 64_000

// senderStyles extends the styles part of a sender's workbook.
type senderStyles struct {
	doc      *markup.Document
	prefix   string
	table    *styleTable // numbers from what is there already
	lists    map[string]int
	xfs      []string // the cell formats that are there
	fills    []string
	covered  []string // fills beneath marks, without prefix, by number; the first is none
	old      []string // the same as the workbook's marker lists them
	unmarked map[int]int
	remark   bool
	marks    map[[2]int]int
}

// readStyles takes a styles part apart. The workbook was annotated before if old isn't nil.
func readStyles(content []byte, old []string) (*senderStyles, error) {
	doc, err := markup.Parse(content)
	if err != nil || doc.Elements[0].Name != "styleSheet" || doc.Namespace() != nsMain {
		return nil, unsafeStyles
	}
	s := &senderStyles{
		doc: doc, prefix: doc.Elements[0].Prefix, lists: map[string]int{}, covered: []string{""}, old: old,
		unmarked: map[int]int{}, remark: old != nil, marks: map[[2]int]int{},
	}
	s.table = &styleTable{prefix: s.prefix}
	for _, l := range s.table.lists() {
		items, err := s.read(l)
		if err != nil {
			return nil, err
		}
		switch l.item {
		case "xf":
			s.xfs = items
		case "fill":
			s.fills = items
		}
	}
	for _, xf := range s.xfs {
		if value, ok := rawAttr(xf, "fillId"); ok && (s.fillOf(xf) == 0 && value != "0") {
			return nil, unsafeStyles
		}
	}
	s.numberFormats()
	return s, nil
}

// styleList is a list of a styles part that is extended.
type styleList struct {
	name, item string
	pool       *pool
}

func (t *styleTable) lists() []styleList {
	return []styleList{{"fonts", "font", &t.fonts}, {"fills", "fill", &t.fills}, {"borders", "border", &t.borders}, {"cellXfs", "xf", &t.xfs}}
}

// read prepares a list for being extended and gives its items.
func (s *senderStyles) read(l styleList) ([]string, error) {
	list := s.doc.Child(0, l.name)
	if list < 0 {
		return nil, unsafeStyles
	}
	items := s.doc.Children(list, "")
	if len(items) == 0 || len(items) > maxFormats {
		return nil, unsafeStyles
	}
	s.lists[l.name] = list
	l.pool.base, l.pool.index = len(items), map[string]int{}
	var raws []string
	for n, item := range items {
		raw := s.doc.Raw(item)
		if s.doc.Elements[item].Name != l.item {
			return nil, unsafeStyles
		}
		if _, known := l.pool.index[raw]; !known {
			l.pool.index[raw] = n
		}
		raws = append(raws, raw)
	}
	return raws, nil
}

func (s *senderStyles) numberFormats() {
	s.table.formats.base = firstCustomFormat
	list := s.doc.Child(0, "numFmts")
	s.lists["numFmts"] = list
	if list < 0 {
		return
	}
	for _, item := range s.doc.Children(list, "") {
		id, _ := s.doc.Attr(item, "numFmtId")
		if n, err := strconv.Atoi(id); err == nil && n < 1<<20 {
			s.table.formats.base = max(s.table.formats.base, n+1)
		}
	}
}

// mark gives the cell format that looks like style, filled with the colour of a level.
func (s *senderStyles) mark(style, level int) (int, error) {
	key := [2]int{style, level}
	if n, ok := s.marks[key]; ok {
		return n, nil
	}
	raw, err := s.format(style)
	if err != nil {
		return 0, err
	}
	covered := s.cover(raw)
	fill := s.table.fills.add(markup.Prefixed(solidFill(markColor(level, covered)), s.prefix))
	n, err := s.filled(raw, fill)
	s.marks[key] = n
	return n, err
}

func (s *senderStyles) format(style int) (string, error) {
	switch {
	case style < len(s.xfs):
		return s.xfs[style], nil
	case style-len(s.xfs) < len(s.table.xfs.items):
		return s.table.xfs.items[style-len(s.xfs)], nil
	}
	return "", unsafeStyles
}

// filled gives the number of a cell format with another fill.
func (s *senderStyles) filled(raw string, fill int) (int, error) {
	if len(s.xfs)+len(s.table.xfs.items) >= maxFormats {
		return 0, unsafeStyles
	}
	tag, rest := raw, ""
	if end := tagEnd(raw); end > 0 {
		tag, rest = raw[:end], raw[end:]
	}
	changed := markup.SetAttr(nil, []byte(tag), "fillId", strconv.Itoa(fill))
	changed = markup.SetAttr(nil, changed, "applyFill", "1")
	return s.table.xfs.add(string(changed) + rest), nil
}

// tagEnd is the length of the tag that a well-formed element begins with.
func tagEnd(raw string) int {
	quote := byte(0)
	for i := range len(raw) {
		switch b := raw[i]; {
		case quote != 0 && b == quote:
			quote = 0
		case quote == 0 && (b == '"' || b == '\''):
			quote = b
		case quote == 0 && b == '>':
			return i + 1
		}
	}
	return 0
}

// cover remembers the fill of a cell format and gives the number by which a mark hides it.
func (s *senderStyles) cover(raw string) int {
	fill := ""
	if n := s.fillOf(raw); n > 0 {
		if n >= len(s.fills) {
			fill = s.table.fills.items[n-len(s.fills)]
		} else {
			fill = s.fills[n]
		}
		fill = markup.Bare(fill, s.prefix)
	}
	if i := slices.Index(s.covered, fill); i >= 0 {
		return i
	}
	if len(s.covered) >= maxCovered || len(fill) > MaxCellText {
		return 0
	}
	s.covered = append(s.covered, fill)
	return len(s.covered) - 1
}

// fillOf is the number of a cell format's fill, 0 where it names none that there is.
func (s *senderStyles) fillOf(raw string) int {
	value, ok := rawAttr(raw, "fillId")
	n, err := strconv.Atoi(value)
	if !ok || err != nil || n < 0 || n >= len(s.fills)+len(s.table.fills.items) {
		return 0
	}
	return n
}

func rawAttr(raw, name string) (string, bool) {
	t := markup.Token{Raw: []byte(raw)}
	value, _, ok := t.Attr(name)
	return string(value), ok
}

// clean gives the cell format without the mark of an earlier annotation.
func (s *senderStyles) clean(style int) (int, error) {
	if !s.remark {
		return style, nil
	}
	if n, ok := s.unmarked[style]; ok {
		return n, nil
	}
	n, err := s.unmark(style)
	s.unmarked[style] = n
	return n, err
}

func (s *senderStyles) unmark(style int) (int, error) {
	if style >= len(s.xfs) {
		return 0, unsafeStyles
	}
	fill := s.fills[s.fillOf(s.xfs[style])]
	covered, ok := markOf(foreground(fill))
	if !ok || covered > 0 && covered >= len(s.old) {
		return style, nil
	}
	original := 0
	if covered > 0 && isFill(s.old[covered]) {
		original = s.table.fills.add(markup.Prefixed(s.old[covered], s.prefix))
	}
	if n, ok := s.sameBut(style, original); ok {
		return n, nil
	}
	return s.filled(s.xfs[style], original)
}

// sameBut finds a cell format of the sender that differs from one in its fill only, so that taking marks off and putting them
// on again doesn't add formats each time.
func (s *senderStyles) sameBut(style, fill int) (int, bool) {
	shape := func(raw string) string {
		tag, rest := raw, ""
		if end := tagEnd(raw); end > 0 {
			tag, rest = raw[:end], raw[end:]
		}
		return string(markup.DropAttr(nil, markup.DropAttr(nil, []byte(tag), "fillId"), "applyFill")) + rest
	}
	want := shape(s.xfs[style])
	for n, raw := range s.xfs {
		if s.fillOf(raw) == fill && shape(raw) == want {
			return n, true
		}
	}
	return 0, false
}

// foreground is the colour of a solid fill as RRGGBB or AARRGGBB, or empty.
func foreground(fill string) string {
	_, rest, ok := strings.Cut(fill, "fgColor")
	if !ok {
		return ""
	}
	rgb, _ := rawAttr("<fgColor"+rest, "rgb")
	return rgb
}

// isFill reports whether a text, which comes from the sender's file, is one plain fill and nothing else.
func isFill(text string) bool {
	doc, err := markup.Parse([]byte(text))
	if err != nil || !strings.HasPrefix(text, "<fill>") || !strings.HasSuffix(text, "</fill>") {
		return false
	}
	allowed := map[string]bool{"fill": true, "patternFill": true, "gradientFill": true, "fgColor": true, "bgColor": true, "stop": true, "color": true}
	for i := range doc.Elements {
		if !allowed[doc.Elements[i].Name] || doc.Elements[i].Prefix != "" || strings.TrimSpace(doc.Elements[i].Name) == "" {
			return false
		}
	}
	return !strings.ContainsAny(text, "&!?") && len(text) < 4096
}

// bytes is the styles part with what was added.
func (s *senderStyles) bytes() []byte {
	for _, l := range s.table.lists() {
		s.extend(s.lists[l.name], l.pool.base, l.pool.items)
	}
	if formats := s.table.formatElements(); len(formats) > 0 {
		if list := s.lists["numFmts"]; list >= 0 {
			s.extend(list, len(s.doc.Children(list, "")), formats)
		} else {
			s.doc.Before(s.lists["fonts"], s.doc.Dialect(string(appendList(nil, "numFmts", formats))))
		}
	}
	return s.doc.Bytes()
}

func (s *senderStyles) extend(list, base int, items []string) {
	if len(items) == 0 {
		return
	}
	s.doc.SetAttr(list, "count", strconv.Itoa(base+len(items)))
	s.doc.Append(list, strings.Join(items, ""))
}
