package sheet

import (
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"
)

// parseExpression reads a calculation that someone typed instead of its result: "50,000 x 2", "=50000*2", "50 000 + 10 000".
// It is never taken for a number; its result is what the sender is asked to write. ok is false for what is no calculation.
func parseExpression(text string, hint numberHint) (numberText, bool) {
	formula := strings.HasPrefix(text, "=")
	body := strings.TrimSpace(strings.TrimPrefix(text, "="))
	if left, _, ok := strings.Cut(body, "="); ok {
		body = strings.TrimSpace(left) // 50,000 x 2 = 100,000
	}
	terms, operators := splitOperators(body)
	if len(operators) == 0 && !formula {
		return numberText{}, false
	}
	hint.english = true // in a suggestion the likelier reading will do
	values := make([]*big.Rat, len(terms))
	for i, term := range terms {
		n := understandOperand(term, hint)
		decimal := n.decimal
		if n.reading == numberAmbiguous {
			decimal = n.other
		}
		value, ok := new(big.Rat).SetString(decimal)
		if !ok {
			return numberText{}, false
		}
		values[i] = value
	}
	sum, product := new(big.Rat), values[0]
	for i, operator := range operators {
		if operator == '+' {
			sum.Add(sum, product)
			product = values[i+1]
			continue
		}
		product = new(big.Rat).Mul(product, values[i+1])
	}
	whole, fraction, _ := strings.Cut(sum.Add(sum, product).FloatString(maxDigits), ".")
	negative := strings.HasPrefix(whole, "-")
	result := canonical(strings.TrimPrefix(whole, "-"), fraction)
	if negative {
		result = "-" + result
	}
	return numberText{reading: numberExpression, decimal: result, suggestion: result}, true
}

// splitOperators takes a calculation apart at its signs of multiplication and addition. An x multiplies only between numbers
// (not in MXN), and a plus adds only after one.
func splitOperators(s string) (terms []string, operators []rune) {
	start := 0
	for i, r := range s {
		left := strings.TrimRight(s[start:i], " ")
		right := strings.TrimLeft(s[i+utf8.RuneLen(r):], " ")
		if left == "" || right == "" || !isOperator(r, left, right) {
			continue
		}
		start = i + utf8.RuneLen(r)
		if r != '+' {
			r = '×'
		}
		terms, operators = append(terms, left), append(operators, r)
	}
	return append(terms, strings.TrimSpace(s[start:])), operators
}

func isOperator(r rune, left, right string) bool {
	switch r {
	case '×', '✕', '✖', '*', '+':
		return true
	case 'x', 'X', 'х', 'Х': // the last two are Cyrillic
		before, _ := utf8.DecodeLastRuneInString(left)
		after, _ := utf8.DecodeRuneInString(right)
		return !unicode.IsLetter(before) && (unicode.IsDigit(after) || unicode.Is(unicode.Sc, after))
	}
	return false
}
