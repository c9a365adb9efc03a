package command

import (
	"context"
	"os"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// runTemplate writes an empty workbook of a kind, ready to fill in.
func runTemplate(_ context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("template", pflag.ContinueOnError)
	var opts common
	var in language
	output := flags.StringP("output", "o", "", "the workbook to write")
	in.declare(flags)
	opts.declare(flags)
	names, err := parse(s, flags, args, needKind)
	if err != nil {
		return NotDone, err
	}
	lang, err := in.lang()
	if err != nil {
		return NotDone, err
	}
	if *output == "" {
		return NotDone, missing("template", needOutput)
	}
	if err := opts.mayWrite(*output); err != nil {
		return NotDone, err
	}
	clock, err := opts.clock()
	if err != nil {
		return NotDone, err
	}
	schema, err := app.Schema(names[0], clock)
	if err != nil {
		return NotDone, err
	}
	return Done, writeFile(*output, func(f *os.File) error {
		return sheet.WriteTemplate(f, &schema, lang, sheet.TemplateOptions{})
	})
}
