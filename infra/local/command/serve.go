package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/app/server"
	"github.com/learning-cities/guildhall/shared/locale"
)

// runServe serves the API until the command is told to end.
func runServe(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("serve", pflag.ContinueOnError)
	opts := common{}
	var in language
	address := flags.String("addr", "127.0.0.1:8080", "the address to serve, of this machine only; port 0 is any that is free")
	in.declare(flags)
	flags.StringVar(&opts.data, "data", "data", "the embedded store")
	flags.StringVar(&opts.person, "as", "secretariat", "in whose name everything is done, as long as nobody signs in")
	if _, err := parse(s, flags, args); err != nil {
		return NotDone, err
	}
	lang, err := in.lang()
	if err != nil {
		return NotDone, err
	}
	listener, err := server.Listen(*address)
	if err != nil {
		return NotDone, err
	}
	defer listener.Close()
	a, err := opts.open(ctx, s, lang)
	if err != nil {
		return NotDone, err
	}
	served, err := server.New(server.Config{
		App: a, Listener: listener, Person: opts.person, IDs: s.ids, Log: slog.New(slog.NewJSONHandler(s.err, nil)),
	})
	if err == nil {
		fmt.Fprintf(s.out, textServing.In(lang), served.Address())
		err = served.Serve(ctx)
	}
	if err = errors.Join(err, a.Close()); err != nil {
		return NotDone, err
	}
	return Done, nil
}

var textServing = locale.Text{
	EN: "Guildhall is at %s. Ctrl-C ends it.\n",
	FR: "Guildhall est à l'adresse %s. Ctrl-C y met fin.\n",
	ES: "Guildhall está en %s. Ctrl-C lo detiene.\n",
}
