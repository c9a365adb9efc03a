package sheet

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// delimiters are the candidates, the likeliest first where nothing else tells: a comma also stands in texts and numbers.
var delimiters = [...]struct {
	char byte
	name locale.Text
}{
	{'\t', locale.Text{EN: "tab", FR: "tabulation", ES: "tabulador"}},
	{';', locale.Text{EN: "semicolon", FR: "point-virgule", ES: "punto y coma"}},
	{'|', locale.Text{EN: "vertical bar", FR: "barre verticale", ES: "barra vertical"}},
	{',', locale.Text{EN: "comma", FR: "virgule", ES: "coma"}},
}

const (
	sampleBytes   = 64 << 10
	sampleRecords = 200
)

// findDelimiter tells the delimiter by the sender's answer, a "sep=" line or a sample of the records. The note asks about a
// guess.
func (c *csvFile) findDelimiter(answer string) (*problem.Problem, error) {
	sample := make([]byte, sampleBytes)
	n, err := io.ReadFull(c.text(), sample)
	complete := err == io.EOF || err == io.ErrUnexpectedEOF
	if err != nil && !complete {
		return nil, err
	}
	sample = sample[:n]
	if d := declaredDelimiter(sample); d != 0 {
		c.declared, c.delimiter = true, d
		return nil, nil
	}
	if d := delimiterNamed(answer); d != 0 {
		c.delimiter = d
		return nil, nil
	}
	var splits []split
	for _, d := range delimiters {
		if bytes.IndexByte(sample, d.char) < 0 {
			continue
		}
		if s := c.split(sample, complete, d.char); s.fields > 1 {
			splits = append(splits, s)
		}
	}
	best, candidates := choose(splits)
	c.delimiter = best
	if len(candidates) < 2 {
		return nil, nil
	}
	return delimiterUnsure(best, candidates), nil
}

// delimiterNamed is the delimiter that an answer means, or 0.
func delimiterNamed(answer string) byte {
	switch {
	case answer == "tab":
		return '\t'
	case len(answer) == 1 && strings.Contains(",;|\t", answer):
		return answer[0]
	}
	return 0
}

// declaredDelimiter reads a first line such as "sep=;".
func declaredDelimiter(sample []byte) byte {
	line := sample
	if end := bytes.IndexAny(sample, "\r\n"); end >= 0 {
		line = sample[:end]
	}
	line = bytes.Trim(line, `"`)
	const prefix = "sep="
	if len(line) == len(prefix)+1 && strings.EqualFold(string(line[:len(prefix)]), prefix) {
		return line[len(prefix)]
	}
	return 0
}

// split is how a delimiter divides the sample.
type split struct {
	char    byte
	fields  int  // of most records that it divides at all
	records int  // that are not blank
	regular int  // with that many fields
	leads   bool // the first record that is not blank is one of them
	titled  bool // the first records are not divided, and a blank one follows them
	numeric bool // wherever it divides, it stands between two digits, as in 1,5 or 1,234
	spaced  bool // wherever it divides, a space follows, as in a sentence
}

// single reports whether the sample may as well be a single column, of decimal numbers or of texts in which the delimiter now
// and then occurs.
func (s *split) single() bool {
	if s.titled {
		return false
	}
	return !s.leads && (s.fields == 2 || s.numeric || s.spaced) || s.fields == 2 && s.numeric
}

func (c *csvFile) split(sample []byte, complete bool, delimiter byte) split {
	r := c.reader(context.Background(), bytes.NewReader(nil), delimiter)
	r.buf, r.end, r.eof = sample, len(sample), complete
	counts := map[int]int{}
	first, s := 0, split{char: delimiter, numeric: true, spaced: true}
	blank := false
	var row Row
	for s.records < sampleRecords && r.pos < r.end {
		row.Fields, row.Cells = 0, row.Cells[:0]
		n, err := r.parse(&row, r.buf[r.pos:r.end])
		if err != nil || n == 0 {
			break
		}
		r.pos += n
		if row.Fields == 0 {
			blank = true
			continue
		}
		if s.records++; s.records == 1 {
			first, blank = row.Fields, false
		}
		if row.Fields > 1 {
			s.titled = s.titled || blank && len(counts) == 1 && counts[1] > 0
			s.look(&row)
		}
		counts[row.Fields]++
	}
	for fields, n := range counts {
		if fields > 1 && (n > s.regular || n == s.regular && (fields == first || fields > s.fields && s.fields != first)) {
			s.fields, s.regular = fields, n
		}
	}
	s.leads = first > 1 && first == s.fields
	return s
}

// look notices what stands around the delimiter in a record.
func (s *split) look(row *Row) {
	if len(row.Cells) < row.Fields {
		s.numeric = false // an empty field
	}
	for i := range row.Cells {
		text := row.Cells[i].Text
		s.numeric = s.numeric && (i == 0 || isDigit(text[0])) && (i == len(row.Cells)-1 || isDigit(text[len(text)-1]))
		s.spaced = s.spaced && (row.Cells[i].Col == 1 || text[0] == ' ')
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// choose takes the delimiter that divides most records alike, and of several the one that divides the first record, the
// header, in the same way. Where that leaves none or more than one, the choice is uncertain: then there are candidates.
func choose(splits []split) (best byte, candidates []byte) {
	if len(splits) == 0 {
		return ',', nil // a single column
	}
	left := only(splits, func(s split) bool { return 2*s.regular > s.records })
	if len(left) != 1 {
		if len(left) == 0 {
			left = splits
		}
		if leading := only(left, func(s split) bool { return s.leads }); len(leading) > 0 {
			left = leading
		} else if len(left) == 1 {
			candidates = append(candidates, 0) // or none at all
		}
	}
	top := left[0]
	for _, s := range left {
		candidates = append(candidates, s.char)
		if s.regular > top.regular {
			top = s
		}
	}
	if len(left) == 1 && top.single() {
		return singleColumn(top, splits)
	}
	return top.char, candidates
}

// singleColumn is the choice between a delimiter and a single column, which is what any delimiter gives that doesn't occur.
func singleColumn(s split, splits []split) (best byte, candidates []byte) {
	for _, d := range []byte{';', '\t', '|'} {
		if !slices.ContainsFunc(splits, func(s split) bool { return s.char == d }) {
			best = d
			break
		}
	}
	candidates = []byte{best, s.char}
	if s.leads {
		best = s.char
	}
	return best, candidates
}

func only(splits []split, keep func(split) bool) []split {
	return slices.DeleteFunc(slices.Clone(splits), func(s split) bool { return !keep(s) })
}

func delimiterUnsure(best byte, candidates []byte) *problem.Problem {
	lists := map[locale.Lang][]string{}
	for _, d := range delimiters {
		if bytes.IndexByte(candidates, d.char) < 0 {
			continue
		}
		for _, lang := range locale.Langs {
			lists[lang] = append(lists[lang], d.name.In(lang))
		}
	}
	text := locale.Text{
		EN: strings.Join(lists[locale.EN], ", "), FR: strings.Join(lists[locale.FR], ", "), ES: strings.Join(lists[locale.ES], ", "),
	}
	suggestion := string(best)
	if best == '\t' {
		suggestion = "tab"
	}
	return problem.New("CSV_DELIMITER_UNSURE").WithText("candidates", text).Suggest(suggestion)
}
