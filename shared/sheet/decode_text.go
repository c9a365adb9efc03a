package sheet

import (
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// text is the cell as its sender sees it, before it is read as anything.
func (f *fieldReading) text() string { return f.cell.Shown() }

// cleanText is the text as it is kept: normalised, without characters that can't be stored, no longer than allowed.
func (f *fieldReading) cleanText() (string, bool) {
	text, changed := locale.Normalise(f.text())
	if char, found := illegalChar(text); found {
		f.fail(problem.New("TEXT_ILLEGAL_CHAR").With("char", char))
		return "", false
	}
	if f.cell.Kind == KindNumber {
		if _, exact := numberDecimal(f.cell); !exact {
			f.fail(problem.New("NUMBER_PRECISION_LOST"))
			return "", false
		}
	}
	column := f.plan.column
	if column.MaxChars > 0 && len(text) > column.MaxChars {
		if n := utf8.RuneCountInString(text); n > column.MaxChars {
			f.fail(tooLong(n, column.MaxChars, unitChars))
			return "", false
		}
	}
	if column.MaxWords > 0 && len(text) > column.MaxWords {
		if n := locale.Words(text); n > column.MaxWords {
			f.fail(tooLong(n, column.MaxWords, unitWords))
			return "", false
		}
	}
	if changed {
		f.raise(problem.New("TEXT_NORMALISED"))
	}
	return text, true
}

// readText keeps a text.
func (f *fieldReading) readText() {
	text, ok := f.cleanText()
	if !ok {
		return
	}
	if f.cell.Kind == KindText && readsLikeFormula(text) && !f.guarded() {
		f.raise(problem.New("TEXT_FORMULA_LIKE"))
	}
	f.setText(text)
}

// guarded reports whether the sender marked the cell as text that is no formula.
func (f *fieldReading) guarded() bool { return f.cell.Style != nil && f.cell.Style.QuotePrefix }

// readCode keeps an identifier, with the leading zeros that its format shows or its length asks for.
func (f *fieldReading) readCode() {
	text, ok := f.cleanText()
	switch {
	case !ok:
		return
	case f.cell.Kind == KindText && isShortened(text):
		f.fail(problem.New("NUMBER_PRECISION_LOST"))
		return
	case f.cell.Kind == KindNumber:
		text = f.numberCode(text)
	}
	f.setText(text)
}

func (f *fieldReading) numberCode(shown string) string {
	decimal, _ := numberDecimal(f.cell)
	_, lost := shownNumber(f.cell, decimal)
	if _, whole := digitsOf(shown); whole {
		for len(shown) < min(f.plan.column.Digits, maxDigits) {
			shown, lost = "0"+shown, true
		}
	}
	if lost {
		f.raise(problem.New("CODE_LEADING_ZERO_LOST").With("shown", shown).Suggest(shown))
	}
	return shown
}

// readEmail reads one e-mail address.
func (f *fieldReading) readEmail() {
	text, ok := f.cleanText()
	if !ok {
		return
	}
	address, ok, suggestion := understandEmail(text)
	if !ok {
		f.fail(problem.New("EMAIL_INVALID").Suggest(suggestion))
		return
	}
	f.setText(address)
}

// readURL reads one web address.
func (f *fieldReading) readURL() {
	text, ok := f.cleanText()
	if !ok {
		return
	}
	address, ok, suggestion := understandURL(text)
	if !ok {
		f.fail(problem.New("URL_INVALID").Suggest(suggestion))
		return
	}
	f.setText(address)
}

// readBool reads yes or no.
func (f *fieldReading) readBool() {
	value, ok := f.cell.Bool, f.cell.Kind == KindBool
	if !ok {
		value, ok = understandBool(f.text())
	}
	if !ok {
		f.fail(problem.New("BOOLEAN_INVALID"))
		return
	}
	f.setBool(value)
}
