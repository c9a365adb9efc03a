package exports

import (
	"context"
	"fmt"
	"io"

	asked "github.com/learning-cities/guildhall/shared/exports/request"
)

// workbooks are what can be written, by kind.
var workbooks = map[asked.Kind]func(context.Context, io.Writer, Input) error{
	asked.Budget:     Budget,
	asked.Membership: Membership,
	asked.Survey:     Survey,
}

// Write writes the workbook of a kind. It fails for a kind that there isn't, and otherwise as that workbook does.
func Write(ctx context.Context, dst io.Writer, kind asked.Kind, in Input) error {
	write, ok := workbooks[kind]
	if !ok {
		return fmt.Errorf("exports: there is no workbook %q", kind)
	}
	return write(ctx, dst, in)
}
