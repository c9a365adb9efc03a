package page

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/locale"
)

// Input is a field of a form.
type Input struct {
	Name, Value string
	Label       locale.Text
	Hint        locale.Text // what is to be written, with an example; zero for none
	Type        string      // of the input element: "text", "date", "email", "number", "file", "checkbox"; "" is "text"
	Required    bool
	Lines       int // of a text of several lines; 0 is one line
	Words       int // at most, shown while it is typed; 0 where they aren't counted
	Options     []Option
	Each        bool // the options are shown one by one (radio buttons), not in a list
	Several     bool // any number of the options may be chosen (checkboxes): Values are those that are
	Values      []string
	Complete    string
	Suggestions []string // what may be written, among others
}

// Option is one of the values that a field may have.
type Option struct {
	Value, Name string
	Note        string // what it means, where its name doesn't say so
}

// id is that of the field's element.
func (i Input) id() string {
	return "field-" + strings.NewReplacer(".", "-", "[", "-", "]", "").Replace(i.Name)
}

// Anchor leads to a field on its page.
func Anchor(field string) string { return "#" + Input{Name: field}.id() }

// described names the elements that say more of the field.
func (i Input) described(refused Refused) string {
	var ids []string
	if !i.Hint.IsZero() {
		ids = append(ids, i.id()+"-hint")
	}
	if i.Words > 0 {
		ids = append(ids, i.id()+"-words")
	}
	for n := range refused.At(i.Name) {
		ids = append(ids, i.id()+"-problem-"+strconv.Itoa(n))
	}
	return strings.Join(ids, " ")
}

// chosen reports whether an option is.
func (i Input) chosen(o Option) bool {
	if i.Several {
		return slices.Contains(i.Values, o.Value)
	}
	return o.Value == i.Value
}

// choice is the type of the element of an option that is shown by itself.
func (i Input) choice() string {
	if i.Several {
		return "checkbox"
	}
	return "radio"
}

// Ticked is what a checkbox alone sends when it is ticked, and the value with which it is shown so.
const Ticked = "yes"

func (i Input) kind() string {
	if i.Type == "" {
		return "text"
	}
	return i.Type
}

// counted is how many words a text has, of how many.
func (f Frame) counted(i Input) string {
	return strings.Replace(f.wordsOf(i), "{n}", f.Number(locale.Words(i.Value)), 1)
}

// wordsOf is counted for any number {n}.
func (f Frame) wordsOf(i Input) string {
	return "{n} " + f.In(wordOf) + " " + f.Count(i.Words, wordWord, wordWords)
}

// described are the attributes by which a screen reader says more of a field.
func described(i Input, refused Refused) templ.Attributes {
	attributes := templ.Attributes{}
	if ids := i.described(refused); ids != "" {
		attributes["aria-describedby"] = ids
	}
	if len(refused.At(i.Name)) > 0 {
		attributes["aria-invalid"] = "true"
	}
	return attributes
}
