package sheet

import (
	"errors"
	"fmt"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Type says what the cells of a column mean, and so how they are read.
type Type int

// The types of columns, with the Go types of the struct fields that take them.
const (
	TypeText    Type = iota // string
	TypeInteger             // int64, *int64 or int
	TypeDecimal             // string: a canonical decimal such as "-1234.5", exact
	TypeAmount              // string: as TypeDecimal; currency signs are understood and compared with CurrencyColumn
	TypeDate                // civil.Date
	TypeBool                // bool, or *bool where blank is a third answer
	TypeEnum                // string: the ID of a choice
	TypeEnums               // []string: IDs of choices, written with semicolons, line ends or commas between them
	TypeEmail               // string
	TypeURL                 // string with its scheme; https:// is added where none is written
	TypeLookup              // string: what Lookup answers
	TypeCode                // string: an identifier whose leading zeros count
)

// Column declares one column of a table.
type Column struct {
	ID      string
	Label   locale.Text // the title in each language
	Aliases []string    // other titles that people give it, in any language
	Type    Type
	// Required columns must be in the sheet, and each row must fill them.
	Required bool
	// Derived columns are recognised and never decoded: totals, names that follow from a code.
	Derived bool
	// Spare columns are read like any other and left out of templates: another way to lay out what other columns ask for.
	Spare              bool
	MaxChars, MaxWords int // of a text; 0 is no limit
	Digits             int // of a TypeCode: a number cell with fewer has lost its leading zeros; 0 when lengths vary
	// Months has a TypeDate take a month as well, "March 2025" or "2025-03": its first day.
	Months  bool
	Choices []Choice
	// UnknownCode is raised for a text that is none of the choices, or that Lookup does not know; ENUM_UNKNOWN when empty.
	UnknownCode problem.Code
	// Lookup finds what a text of a TypeLookup column stands for, or what was likely meant. It must give the same answer each
	// time: answers are kept for the length of a table.
	Lookup func(text string) (value string, ok bool, suggestion string)
	Note   locale.Text // what a template says at the title
	Width  int         // of a template's column, in characters
	Rule   string      // identifier of the rule that asks for the column; problems of its cells carry it
	// CurrencyColumn is the ID of the column that states the currency of a TypeAmount. Where its cell is blank, it takes the
	// currency that the amount's own cell shows, if that can be only one.
	CurrencyColumn string
}

// Choice is one possible value of a TypeEnum or TypeEnums column. Cells may hold its ID, a label or an alias.
type Choice struct {
	ID      string
	Label   locale.Text
	Aliases []string
}

// Schema declares a table. A Schema is not changed once it is in use, and may then be used by several goroutines.
type Schema struct {
	Kind    string
	Version int // of the templates made from it; raise it when columns change
	Title   locale.Text
	Columns []Column
	// TotalWords begin the first cell of a total row, beside the usual words of the three languages.
	TotalWords []string
}

// Check reports everything that is contradictory in the schema: titles that fit two columns, choices that can't be told
// apart, look-ups that are missing.
func (s *Schema) Check() error {
	var faults []error
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("sheet: schema "+s.Kind+": "+format, args...))
	}
	if len(s.Columns) == 0 {
		fault("it has no columns")
	}
	owner := map[string]string{}
	for i := range s.Columns {
		column := &s.Columns[i]
		if column.ID == "" {
			fault("column %d has no ID", i+1)
			continue
		}
		for _, name := range column.names() {
			key := locale.Fold(name)
			if other, taken := owner[key]; taken && other != column.ID {
				fault("the title %q fits both %s and %s", name, other, column.ID)
			}
			owner[key] = column.ID
		}
		for _, err := range column.check(s) {
			fault("column %s: %w", column.ID, err)
		}
	}
	for i, column := range s.Columns {
		if s.column(column.ID) != i {
			fault("the column %s stands twice", column.ID)
		}
	}
	return errors.Join(faults...)
}

func (c *Column) check(s *Schema) []error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if missing := c.Label.Missing(); len(missing) > 0 {
		fault("its label is missing in %v", missing)
	}
	enumerated := c.Type == TypeEnum || c.Type == TypeEnums
	if enumerated && !c.Derived && len(c.Choices) == 0 {
		fault("it has no choices")
	}
	if (c.Type == TypeLookup) != (c.Lookup != nil) && !c.Derived {
		fault("only a TypeLookup has a Lookup, and needs one")
	}
	if c.CurrencyColumn != "" && s.column(c.CurrencyColumn) < 0 {
		fault("there is no currency column %s", c.CurrencyColumn)
	}
	if c.UnknownCode != "" {
		if _, ok := problem.Lookup(c.UnknownCode); !ok {
			fault("there is no code %s", c.UnknownCode)
		}
	}
	if enumerated {
		faults = append(faults, checkChoices(c.Choices)...)
	}
	return faults
}

func checkChoices(choices []Choice) []error {
	var faults []error
	owner := map[string]string{}
	for i := range choices {
		choice := &choices[i]
		if choice.ID == "" {
			faults = append(faults, fmt.Errorf("choice %d has no ID", i+1))
		}
		for _, name := range choice.names() {
			key := locale.Fold(name)
			if other, taken := owner[key]; taken && other != choice.ID {
				faults = append(faults, fmt.Errorf("%q fits both %s and %s", name, other, choice.ID))
			}
			owner[key] = choice.ID
		}
	}
	return faults
}

// column gives the index of a column, or -1.
func (s *Schema) column(id string) int {
	for i := range s.Columns {
		if s.Columns[i].ID == id {
			return i
		}
	}
	return -1
}

// names lists every title that a column may have.
func (c *Column) names() []string { return namesOf(c.ID, c.Label, c.Aliases) }

// names lists every way to write a choice.
func (c *Choice) names() []string { return namesOf(c.ID, c.Label, c.Aliases) }

func namesOf(id string, label locale.Text, aliases []string) []string {
	names := []string{id}
	for _, lang := range locale.Langs {
		if name := label.In(lang); strings.TrimSpace(name) != "" {
			names = append(names, name)
		}
	}
	return append(names, aliases...)
}

// choiceLabels lists the labels of the choices in one language.
func (c *Column) choiceLabels(lang locale.Lang) []string {
	labels := make([]string, len(c.Choices))
	for i := range c.Choices {
		labels[i] = c.Choices[i].Label.In(lang)
	}
	return labels
}
