package sheet

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/learning-cities/guildhall/shared/locale"
)

// numberReading is how a text was understood as a number.
type numberReading uint8

const (
	numberInvalid numberReading = iota
	numberRead
	numberAmbiguous  // 1.234: a thousand or one and a bit
	numberMalformed  // 1,000,00
	numberExpression // 50,000 x 2
	numberImprecise  // 1.23457E+11
)

// numberText is what a text says as a number.
type numberText struct {
	reading    numberReading
	decimal    string // canonical; of an expression its result, of an ambiguous text the value with a decimal point
	other      string // of an ambiguous text the value with grouped digits
	currency   string // as written; empty when none was
	plain      bool   // digits with at most one decimal mark: nothing to say of it where all cells are text
	mark       byte   // the decimal mark that the text proves its writer to use; 0 when it doesn't
	suggestion string
}

// numberHint is what helps to read a text: an answer, the language, the type of the column.
type numberHint struct {
	mark    byte // '.' or ',' where the sender answered which stands before decimals
	english bool // a comma before three digits groups them
	whole   bool // the column has no decimals
}

// understandNumber reads a number as people type it, in the digits of any script, signs of money, per cent and accountants'
// brackets included.
func understandNumber(text string, hint numberHint) numberText {
	text, _ = locale.Normalise(text)
	if strings.Contains(text, "٫") {
		hint.mark = '.' // this sign stands before decimals only
	}
	text, changed, ok := westernDigits(text)
	if !ok {
		return numberText{}
	}
	if expression, ok := parseExpression(text, hint); ok {
		return expression
	}
	n := understandOperand(text, hint)
	n.plain = n.plain && !changed
	return n
}

// understandOperand reads one number.
func understandOperand(text string, hint numberHint) numberText {
	parts, ok := peel(text)
	if !ok {
		return numberText{}
	}
	if strings.Contains(parts.leading, "$") {
		hint.english = true // $50,000 is written so in every language but never means fifty dollars
	}
	n := parseDigits(parts.digits, hint)
	n.currency = parts.leading + parts.trailing
	n.plain = n.plain && n.currency == "" && !parts.percent && !parts.dressed
	for _, decimal := range []*string{&n.decimal, &n.other, &n.suggestion} {
		if *decimal == "" {
			continue
		}
		if parts.percent {
			*decimal = hundredth(*decimal)
		}
		if parts.negative && *decimal != "0" {
			*decimal = "-" + *decimal
		}
	}
	return n
}

// peeled is a number's text without what surrounds the digits.
type peeled struct {
	digits            string
	leading, trailing string // currencies
	negative, percent bool
	dressed           bool // brackets, a plus, a trailing minus
}

// peel takes signs, brackets, currencies and the per cent sign off. It fails on anything else beside the digits.
func peel(text string) (peeled, bool) {
	var p peeled
	rest := strings.NewReplacer("−", "-", "﹣", "-", "－", "-").Replace(strings.TrimSpace(text))
	for {
		before := rest
		rest = p.peelFront(p.peelBack(p.peelBrackets(rest)))
		if rest == before {
			break
		}
	}
	p.digits = rest
	return p, rest != "" && (p.leading == "" || p.trailing == "" || !contradicts(p.leading, p.trailing))
}

func (p *peeled) peelBrackets(s string) string {
	if len(s) > 2 && s[0] == '(' && s[len(s)-1] == ')' && !p.negative {
		p.negative, p.dressed = true, true
		return strings.TrimSpace(s[1 : len(s)-1])
	}
	return s
}

func (p *peeled) peelFront(s string) string {
	switch {
	case s == "":
		return s
	case (s[0] == '-' || strings.HasPrefix(s, "–")) && !p.negative:
		p.negative = true
		return strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(s, "-"), "–"))
	case s[0] == '+' && !p.dressed:
		p.dressed = true
		return strings.TrimSpace(s[1:])
	case p.leading != "":
		return s
	}
	end := strings.IndexFunc(s, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune("-–+(", r) })
	for end > 0 && (s[end-1] == '.' || s[end-1] == ',') && !isCurrency(s[:end]) {
		end-- // ".5"
	}
	if end > 0 && isCurrency(s[:end]) {
		p.leading = strings.TrimSpace(s[:end])
		return strings.TrimSpace(s[end:])
	}
	return s
}

func (p *peeled) peelBack(s string) string {
	for _, price := range []string{".-", ",-", ".–", ",–", ".—", ",—"} { // CHF 500.-
		if strings.HasSuffix(s, price) {
			p.dressed = true
			return strings.TrimSuffix(s, price)
		}
	}
	switch {
	case len(s) < 2:
		return s
	case s[len(s)-1] == '-' && !p.negative:
		p.negative, p.dressed = true, true
		return strings.TrimSpace(s[:len(s)-1])
	case s[len(s)-1] == '%' && !p.percent:
		p.percent = true
		return strings.TrimSpace(s[:len(s)-1])
	case p.trailing != "":
		return s
	}
	start := strings.LastIndexFunc(s, func(r rune) bool { return unicode.IsDigit(r) || r == ')' }) + 1
	if start > 0 && start < len(s) && isCurrency(s[start:]) {
		p.trailing = strings.TrimSpace(s[start:])
		return strings.TrimSpace(s[:start])
	}
	return s
}

func isCurrency(text string) bool {
	_, ok := currenciesOf(text)
	return ok
}

// canonical writes an exact decimal without leading or trailing zeros.
func canonical(whole, fraction string) string {
	whole = strings.TrimLeft(whole, "0")
	fraction = strings.TrimRight(fraction, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// hundredth moves the decimal point two places.
func hundredth(decimal string) string {
	whole, fraction, _ := strings.Cut(decimal, ".")
	whole = "00" + whole
	return canonical(whole[:len(whole)-2], whole[len(whole)-2:]+fraction)
}

// maxDigits is how many digits of a number a spreadsheet keeps.
const maxDigits = 15

// numberDecimal writes a number cell as an exact decimal: the shortest that reads back as the same double, or, where that has
// more digits than a spreadsheet shows (0.1+0.2 is stored as 0.30000000000000004), the one it shows. ok is false for
// whole numbers of more than 15 digits: those may have lost some.
func numberDecimal(c *Cell) (decimal string, ok bool) {
	if isCanonical(c.Raw) {
		return c.Raw, true
	}
	f := c.Number
	if f >= 1e15 || f <= -1e15 {
		return strconv.FormatFloat(f, 'f', -1, 64), false
	}
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if significant(text) > maxDigits {
		rounded, err := strconv.ParseFloat(strconv.FormatFloat(f, 'e', maxDigits-1, 64), 64)
		if err == nil {
			text = strconv.FormatFloat(rounded, 'f', -1, 64)
		}
	}
	if text == "-0" {
		text = "0"
	}
	return text, true
}

// isCanonical reports whether a stored spelling is canonical already and short enough to be exact.
func isCanonical(raw string) bool {
	digits := strings.TrimPrefix(raw, "-")
	if len(digits) == 0 || len(digits) > maxDigits || raw == "-0" {
		return false
	}
	point := -1
	for i := range len(digits) {
		switch c := digits[i]; {
		case c == '.' && point < 0 && i > 0:
			point = i
		case c < '0' || c > '9':
			return false
		}
	}
	if point >= 0 && (point == len(digits)-1 || digits[len(digits)-1] == '0') {
		return false
	}
	return digits[0] != '0' || len(digits) == 1 || point == 1
}

// significant counts the digits of a decimal from the first that is not zero.
func significant(decimal string) int {
	digits := strings.TrimLeft(strings.Replace(strings.TrimPrefix(decimal, "-"), ".", "", 1), "0")
	if !strings.Contains(decimal, ".") {
		digits = strings.TrimRight(digits, "0")
	}
	return len(digits)
}
