package imports

import (
	"maps"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// retainer makes problems small enough to be kept by the hundred thousand: a sheet of which every row is wrong tends to be wrong in
// the same words.
type retainer struct {
	params map[string]map[string]locale.Text // by what they say
	key    []byte
}

// maxShared bounds how many different params are looked out for.
const maxShared = 4096

// retain gives a problem that holds on to nothing but itself: a cell's text is part of a block of texts of other cells.
func (r *retainer) retain(p problem.Problem) problem.Problem {
	if text, ok := p.Value.(string); ok {
		p.Value = strings.Clone(text)
	}
	if len(p.Params) > 0 {
		p.Params = r.shared(p.Params)
	}
	return p
}

// shared is a map that says the same, and that earlier problems may have too.
func (r *retainer) shared(params map[string]locale.Text) map[string]locale.Text {
	r.key = r.key[:0]
	for _, name := range slices.Sorted(maps.Keys(params)) {
		text := params[name]
		for _, part := range [...]string{name, text.EN, text.FR, text.ES} {
			r.key = append(append(r.key, part...), 0)
		}
	}
	if same, ok := r.params[string(r.key)]; ok {
		return same
	}
	if len(r.params) >= maxShared || r.params == nil {
		r.params = map[string]map[string]locale.Text{}
	}
	own := make(map[string]locale.Text, len(params))
	for name, text := range params {
		own[name] = ownText(text)
	}
	r.params[string(r.key)] = own
	return own
}

// ownText is a copy of a text, which mostly reads the same in every language.
func ownText(t locale.Text) locale.Text {
	en := strings.Clone(t.EN)
	if t == locale.Same(en) {
		return locale.Same(en)
	}
	return locale.Text{EN: en, FR: strings.Clone(t.FR), ES: strings.Clone(t.ES)}
}
