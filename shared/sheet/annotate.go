package sheet

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Mark is a problem to be shown at its cell.
type Mark = problem.Problem

// AnnotateOptions say how marks are shown.
type AnnotateOptions struct {
	Lang      locale.Lang
	Sheet     string // of marks that name none; empty is the workbook's default sheet
	HeaderRow int    // where marks of a whole column go; 0 when it is not known
}

// Annotated says what kind of copy was written.
type Annotated struct {
	Fresh      bool        // a new workbook with the same values, because a faithful copy was not safe
	Reason     locale.Text // why; empty unless Fresh
	Signatures []string    // digital signatures that were dropped, by part name: a changed workbook can't keep them
}
