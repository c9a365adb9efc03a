// Package fault words the refusals of a whole file: which part of it is wrong and why, in three languages. It does not know
// how the fault was found.
package fault

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Corrupt refuses a file that is not what its format asks for (FILE_CORRUPT). The part names the place inside it, such as
// xl/workbook.xml; it may be empty.
func Corrupt(part string, reason locale.Text) *problem.Problem {
	return problem.New("FILE_CORRUPT").WithText("reason", in(part, reason))
}

// Truncated refuses a file that ends early (FILE_TRUNCATED).
func Truncated(part string, reason locale.Text) *problem.Problem {
	return problem.New("FILE_TRUNCATED").WithText("reason", in(part, reason))
}

// TooLarge refuses a file that goes beyond a limit (FILE_TOO_LARGE).
func TooLarge(what locale.Text, limit int64) *problem.Problem {
	return problem.New("FILE_TOO_LARGE").WithText("what", what).With("limit", strconv.FormatInt(limit, 10))
}

// Unsupported refuses a file of another format (FILE_TYPE_UNSUPPORTED).
func Unsupported(format locale.Text) *problem.Problem {
	return problem.New("FILE_TYPE_UNSUPPORTED").WithText("format", format)
}

// Encrypted refuses a file that needs a password.
func Encrypted() *problem.Problem { return problem.New("FILE_ENCRYPTED") }

// Macro refuses a workbook with macros.
func Macro() *problem.Problem { return problem.New("FILE_MACRO") }

func in(part string, reason locale.Text) locale.Text {
	if part == "" {
		return reason
	}
	return locale.Text{EN: part + ": " + reason.EN, FR: part + " : " + reason.FR, ES: part + ": " + reason.ES}
}
