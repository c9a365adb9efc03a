package sheet

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/sheet/internal/markup"
)

// ValidationKind is what a validated cell holds.
type ValidationKind string

// The kinds of validation.
const (
	ValidList    ValidationKind = "list"       // one of List, or of the cells at ListRef
	ValidDate    ValidationKind = "date"       // from From to To
	ValidWhole   ValidationKind = "whole"      // from Min to Max
	ValidDecimal ValidationKind = "decimal"    // from Min to Max
	ValidLength  ValidationKind = "textLength" // of Min to Max characters
)

// Validation says what may be typed into the cells of a range, and what the person who types is told. Blank cells are
// always valid. Titles longer than 32 characters and texts longer than 225 are cut, as programs show no more.
type Validation struct {
	Range    Range
	Kind     ValidationKind
	List     []string // together at most 255 characters, none with a comma; longer lists go into a sheet
	ListRef  string   // such as Ref("Lists", "$A$1:$A$12")
	From, To civil.Date
	Min, Max Number // empty is unbounded
	Lenient  bool   // offer and explain, but accept everything
	Title    string // of the prompt
	Prompt   string // shown when the cell is chosen
	Refusal  string // title of the error
	Error    string // shown when something else is typed
}

// The bounds that stand for none.
const (
	lowestNumber  = "-1E+300"
	highestNumber = "1E+300"
)

var (
	firstDate = civil.Date{Year: 1900, Month: time.March, Day: 1}
	lastDate  = civil.Date{Year: 9999, Month: time.December, Day: 31}
)

// Validate adds a validation.
func (s *SheetWriter) Validate(v Validation) error {
	s.validations = append(s.validations, v)
	return s.usable()
}

func appendValidations(b []byte, list []Validation) ([]byte, error) {
	if len(list) == 0 {
		return b, nil
	}
	b = fmt.Appendf(b, `<dataValidations count="%d">`, len(list))
	for i := range list {
		v := &list[i]
		first, second, err := v.formulas()
		if err != nil {
			return b, fmt.Errorf("validation of %s: %w", v.Range, err)
		}
		b = append(b, `<dataValidation type="`+attr(string(v.Kind))+`" allowBlank="1"`...)
		if v.Prompt != "" {
			b = append(b, ` showInputMessage="1"`...)
		}
		if !v.Lenient {
			b = append(b, ` showErrorMessage="1"`...)
		}
		for _, text := range []struct {
			name, text string
			max        int
		}{{"errorTitle", v.Refusal, 32}, {"error", v.Error, 225}, {"promptTitle", v.Title, 32}, {"prompt", v.Prompt, 225}} {
			if text.text != "" {
				b = append(b, " "+text.name+`="`+attr(shorten(text.text, text.max))+`"`...)
			}
		}
		b = append(b, ` sqref="`+v.Range.String()+`"><formula1>`...)
		b = append(markup.AppendText(b, first), "</formula1>"...)
		if second != "" {
			b = append(markup.AppendText(append(b, "<formula2>"...), second), "</formula2>"...)
		}
		b = append(b, "</dataValidation>"...)
	}
	return append(b, "</dataValidations>"...), nil
}

func (v *Validation) formulas() (first, second string, err error) {
	switch v.Kind {
	case ValidList:
		first, err = v.list()
		return first, "", err
	case ValidDate:
		return serial(v.From, firstDate), serial(v.To, lastDate), nil
	case ValidWhole, ValidDecimal, ValidLength:
		first, second = string(v.Min), string(v.Max)
		if first == "" {
			first = lowestNumber
		}
		if second == "" {
			second = highestNumber
		}
		if v.Kind == ValidLength && v.Min == "" {
			first = "0"
		}
		if !isDecimal(first) || !isDecimal(second) {
			return "", "", errNotNumber
		}
		return first, second, nil
	}
	return "", "", fmt.Errorf("no such kind: %q", v.Kind)
}

func (v *Validation) list() (string, error) {
	if v.ListRef != "" {
		return v.ListRef, checkFormula(v.ListRef)
	}
	list := strings.Join(v.List, ",")
	if len(v.List) == 0 || units(list) > 255 || strings.Count(list, ",") != len(v.List)-1 {
		return "", errors.New("the list is empty, longer than 255 characters or has an entry with a comma")
	}
	return `"` + strings.ReplaceAll(list, `"`, `""`) + `"`, nil
}

func serial(d, otherwise civil.Date) string {
	if d.IsZero() {
		d = otherwise
	}
	return strconv.FormatInt(serialOf(d), 10)
}

// shorten cuts s to max UTF-16 units with an ellipsis.
func shorten(s string, max int) string {
	if units(s) <= max {
		return s
	}
	return strings.TrimRight(cut(s, max-1), " ") + "…"
}
