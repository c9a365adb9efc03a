package privacy

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Who is a person as somebody names it: by everything under which it is to be found.
type Who struct {
	Names   []string // full names, each of two words at least; the order of the words doesn't matter
	Emails  []string
	Account string   // identifier of the person's account; "" where it has none
	further []string // identifiers of further accounts, of which the person was named by the addresses
}

// The bounds of what a person is named by.
const (
	MaxNamings  = 20  // names and addresses together
	MaxNaming   = 200 // characters of one
	leastWords  = 2   // of a name: with one word, too many others would be meant
	leastLetter = 5   // characters of a naming, white space aside
)

var fullName = locale.Text{
	EN: "the person's full name, of two words at least, or an e-mail address",
	FR: "le nom complet de la personne, d'au moins deux mots, ou une adresse électronique",
	ES: "el nombre completo de la persona, de dos palabras como mínimo, o una dirección de correo",
}

var anAccount = locale.Text{
	EN: "the identifier of an account", FR: "l'identifiant d'un compte", ES: "el identificador de una cuenta",
}

// namings are the person's names and addresses as they are looked for. FIELD_INVALID of one by which others would be meant as well, or
// where there is none.
func (w Who) namings() ([]naming, error) {
	var all []naming
	add := func(field, text string, kind byte) error {
		words := foldedWords(text)
		size := utf8.RuneCountInString(strings.Join(words, ""))
		if utf8.RuneCountInString(text) > MaxNaming || len(words) < leastWords || size < leastLetter || len(all) == MaxNamings {
			return problem.New("FIELD_INVALID").In(field).With("field", field).WithText("expected", fullName)
		}
		all = append(all, newNaming(kind, words))
		return nil
	}
	for _, name := range w.Names {
		if err := add("name", name, ofName); err != nil {
			return nil, err
		}
	}
	for _, email := range w.Emails {
		if strings.Count(email, "@") != 1 {
			return nil, problem.New("FIELD_INVALID").In("email").With("field", "email").WithText("expected", fullName)
		}
		if err := add("email", email, ofEmail); err != nil {
			return nil, err
		}
	}
	if w.Account != "" && !identity.WellFormed(w.Account) {
		return nil, problem.New("FIELD_INVALID").In("account").With("field", "account").WithText("expected", anAccount)
	}
	if len(all) == 0 && w.Account == "" {
		return nil, problem.New("FIELD_INVALID").In("name").With("field", "name").WithText("expected", fullName)
	}
	return all, nil
}

// The kinds of namings.
const (
	ofName  = 'n'
	ofEmail = 'e'
)

// naming is a name or an address as folded words: those of a name in alphabetical order, so that "Kerbrat, Yann" is found too.
type naming struct {
	kind  byte
	words []string
}

func newNaming(kind byte, words []string) naming {
	if kind == ofName {
		words = slices.Sorted(slices.Values(words))
	}
	return naming{kind, words}
}

// hash is the naming's salted hash, in hexadecimal digits.
func (n naming) hash(salt []byte) string {
	text := append(slices.Clone(salt), n.kind)
	for i, word := range n.words {
		if i > 0 {
			text = append(text, ' ')
		}
		text = append(text, word...)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Mark is what stands in a text where somebody was named who is erased.
const Mark = "[…]"

// Marks are what persons are recognised by without being named: the salted hashes of their names and addresses, with how many words each
// has. It is for one goroutine.
type Marks struct {
	salt    []byte
	lengths []marked        // of which the hashes are, each once
	hashes  map[string]bool // hexadecimal
	buffer  []byte
	sorted  []string
}

// marked is a kind of naming with its number of words.
type marked struct {
	kind  byte
	words int
}

func newMarks(salt []byte) *Marks { return &Marks{salt: salt, hashes: map[string]bool{}} }

func (m *Marks) add(kind byte, words int, hash string) {
	m.hashes[hash] = true
	if one := (marked{kind, words}); !slices.Contains(m.lengths, one) {
		m.lengths = append(m.lengths, one)
	}
}

// Named reports whether a text names one of the persons.
func (m *Marks) Named(text string) bool {
	spans := m.spans(text, true)
	return len(spans) > 0
}

// Redact is a text with Mark in place of each naming; the same text where there is none.
func (m *Marks) Redact(text string) string {
	spans := m.spans(text, false)
	if len(spans) == 0 {
		return text
	}
	var out strings.Builder
	at := 0
	for _, s := range spans {
		out.WriteString(text[at:s.from])
		out.WriteString(Mark)
		at = s.to
	}
	out.WriteString(text[at:])
	return out.String()
}

// span is a part of a text, in bytes.
type span struct{ from, to int }

// spans are where a text names one of the persons, by their beginnings; only one of them where one is enough.
func (m *Marks) spans(text string, one bool) (found []span) {
	words := wordsOf(text)
	for i := 0; i < len(words); {
		longest := 0
		for _, l := range m.lengths {
			if l.words > len(words)-i || l.words <= longest {
				continue
			}
			if m.hit(l.kind, words[i:i+l.words]) {
				longest = l.words
			}
		}
		if longest > 0 {
			found = append(found, span{words[i].from, words[i+longest-1].to})
			if one {
				return found
			}
		}
		i += max(longest, 1)
	}
	return found
}

func (m *Marks) hit(kind byte, words []word) bool {
	m.sorted = m.sorted[:0]
	for _, w := range words {
		m.sorted = append(m.sorted, w.text)
	}
	if kind == ofName {
		slices.Sort(m.sorted)
	}
	m.buffer = append(append(m.buffer[:0], m.salt...), kind)
	for i, text := range m.sorted {
		if i > 0 {
			m.buffer = append(m.buffer, ' ')
		}
		m.buffer = append(m.buffer, text...)
	}
	sum := sha256.Sum256(m.buffer)
	var digits [2 * sha256.Size]byte
	hex.Encode(digits[:], sum[:])
	return m.hashes[string(digits[:])]
}

// word is a word of a text, folded, and where it stands.
type word struct {
	text string
	span
}

// wordsOf are the words of a text in its order.
func wordsOf(text string) (words []word) {
	start, plain := -1, true // plain: its letters and digits are those of ASCII so far
	end := func(at int) {
		if start < 0 {
			return
		}
		if plain {
			words = append(words, word{strings.ToLower(text[start:at]), span{start, at}})
		} else {
			for _, folded := range foldedWords(text[start:at]) { // a ligature or fraction can fold to several
				words = append(words, word{folded, span{start, at}})
			}
		}
		start, plain = -1, true
	}
	for at, r := range text {
		alphanumeric := isAlphanumeric(r)
		if !alphanumeric && (int(r) < len(separating) && separating[r] || int(r) >= len(separating) && separates(r)) {
			end(at)
			continue
		}
		if start < 0 {
			start = at
		}
		plain = plain && alphanumeric
	}
	end(len(text))
	return words
}

func isAlphanumeric(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

// foldedWords are the words of a text as locale.Fold has them, also separated by what that keeps for its meaning in figures, as the angle
// brackets around an address.
func foldedWords(text string) []string { return strings.FieldsFunc(locale.Fold(text), betweenWords) }

func betweenWords(r rune) bool { return r == ' ' || r == '%' || unicode.IsSymbol(r) }

// separates reports whether a character stands between words; marks and what has no width belong to the word before.
func separates(r rune) bool {
	around := foldedWords("a" + string(r) + "a")
	return len(around) == 2 && around[0] == "a" && around[1] == "a"
}

// separating is what separates says of the characters that are met most.
var separating = func() (all [0x250]bool) {
	for r := range all {
		all[r] = separates(rune(r))
	}
	return all
}()
