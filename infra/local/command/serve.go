package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"strings"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/infra/local/builtin"
	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/app/server"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/problem"
)

// serving is what serve was asked for.
type serving struct {
	common
	language
	listen, address, issuer, client, secretFile string
	forwarded                                   bool
}

// runServe serves the product until the command is told to end.
func runServe(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("serve", pflag.ContinueOnError)
	o := serving{common: common{person: "serve"}}
	flags.StringVar(&o.listen, "listen", "127.0.0.1:8080", "the address to listen at; port 0 is any that is free")
	flags.StringVar(&o.issuer, "issuer", "", "the OpenID Connect issuer that people sign in at (default: the built-in one, on this machine only)")
	flags.StringVar(&o.client, "client", "", "what this product is called at the issuer")
	flags.StringVar(&o.secretFile, "client-secret-file", "", "a file with the client's secret (default: it has none)")
	flags.StringVar(&o.address, "address", "", "where people find it, such as https://guildhall.example.org/ (default: where it listens)")
	flags.BoolVar(&o.forwarded, "forwarded-for", false, "a proxy in front appends where requests come from to X-Forwarded-For")
	o.language.declare(flags)
	flags.StringVar(&o.data, "data", "data", "the embedded store")
	if _, err := parse(s, flags, args); err != nil {
		return NotDone, err
	}
	lang, err := o.lang()
	if err != nil {
		return NotDone, err
	}
	listener, err := o.open()
	if err != nil {
		return NotDone, err
	}
	defer listener.Close()
	a, err := o.common.open(ctx, s, lang)
	if err != nil {
		return NotDone, err
	}
	if err = errors.Join(o.serve(ctx, s, a, listener, lang), a.Close()); err != nil {
		return NotDone, err
	}
	return Done, nil
}

// open checks what was asked for and listens. USAGE, ADDRESS_OPEN, ADDRESS_UNUSABLE.
func (o *serving) open() (net.Listener, error) {
	if o.issuer == "" && (o.client != "" || o.secretFile != "") {
		return nil, missing("serve", needIssuer)
	}
	if o.issuer != "" && o.client == "" {
		return nil, missing("serve", needClient)
	}
	if o.address != "" {
		if o.address = strings.TrimSuffix(o.address, "/") + "/"; !isAddress(o.address) {
			return nil, unusableSettings()
		}
	}
	if strings.HasPrefix(o.issuer, "https://") && strings.HasPrefix(o.address, "https://") {
		return server.ListenOpen(o.listen)
	}
	return server.Listen(o.listen)
}

func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// serve serves a store, at the built-in issuer where no other was named.
func (o *serving) serve(ctx context.Context, s *streams, a *app.App, listener net.Listener, lang locale.Lang) error {
	c := server.Config{
		App: a, Listener: listener, Address: o.address, Issuer: o.issuer, Client: o.client, IDs: s.ids, Forwarded: o.forwarded,
		Log: slog.New(slog.NewJSONHandler(s.err, nil)),
	}
	if c.Address == "" {
		c.Address = server.Root(listener)
	}
	var err error
	if c.ClientSecret, err = secretIn(o.secretFile); err != nil {
		return err
	}
	on, _, err := a.Door(ctx)
	if err != nil {
		return err
	}
	hint := textSignIn
	if o.issuer == "" {
		sample, err := builtin.Open(ctx, c.Address, on, a.Clock)
		if err != nil {
			return err
		}
		defer func() { _ = sample.Close(context.WithoutCancel(ctx)) }()
		c.Issuer, c.Client, c.BoundTo, c.Trial, hint = sample.URL(), builtin.Client, builtin.Name, true, textSamples
		if _, err := on.ByEmail(ctx, sample.People[0].Email); err != nil { // then the folder's people are others, or what is wrong shows elsewhere
			hint = textNoSamples
		}
	} else if begun, err := people.Begun(ctx, a.Table); err != nil {
		return err
	} else if !begun {
		hint = textNobody
	}
	served, err := server.New(ctx, c)
	if errors.Is(err, server.ErrSettings) {
		return unusableSettings()
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, textServing.In(lang), served.Address(), strings.ReplaceAll(hint.In(lang), "{address}", served.Address()))
	return served.Serve(ctx)
}

// secretIn is what a file says, without the end of its line. FILE_UNREADABLE.
func secretIn(name string) (string, error) {
	if name == "" {
		return "", nil
	}
	const most = 4 << 10 // bytes
	file, _, err := openFile(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, most))
	secret := strings.TrimRight(string(text), "\r\n")
	if err != nil || secret == "" {
		return "", problem.New("FILE_UNREADABLE").With("file", name)
	}
	return secret, nil
}

// unusableSettings is the refusal of an issuer or an address with which nobody could sign in safely.
func unusableSettings() error {
	return usage(locale.Text{
		EN: "--issuer and --address are https addresses, or http ones of this machine, such as https://guildhall.example.org/",
		FR: "--issuer et --address sont des adresses https, ou des adresses http de cette machine, comme https://guildhall.example.org/",
		ES: "--issuer y --address son direcciones https, o direcciones http de esta máquina, como https://guildhall.example.org/",
	})
}

var (
	textServing = locale.Text{
		EN: "Guildhall is at %s. Ctrl-C ends it.\n%s\n",
		FR: "Guildhall est à l'adresse %s. Ctrl-C y met fin.\n%s\n",
		ES: "Guildhall está en %s. Ctrl-C lo detiene.\n%s\n",
	}
	textSignIn = locale.Text{
		EN: "People on record sign in at {address}/signin.",
		FR: "Les personnes enregistrées se connectent à {address}/signin.",
		ES: "Las personas que constan inician sesión en {address}/signin.",
	}
	textNobody = locale.Text{
		EN: "Nobody is on record yet, so nobody can sign in: end it, and put the first person there with guildhall people invite.",
		FR: "Personne n'est encore enregistré, donc personne ne peut se connecter : arrêtez et enregistrez la première personne avec guildhall people invite.",
		ES: "Aún no consta nadie, así que nadie puede iniciar sesión: deténgalo y registre a la primera persona con guildhall people invite.",
	}
	textSamples = locale.Text{
		EN: "Sign in at {address}/ as one of the sample people; it asks for no password, and works on this machine only.",
		FR: "Connectez-vous à {address}/ comme l'une des personnes d'exemple ; aucun mot de passe n'est demandé, et cela ne marche que sur cette machine.",
		ES: "Inicie sesión en {address}/ como una de las personas de muestra; no se pide contraseña y solo funciona en esta máquina.",
	}
	textNoSamples = locale.Text{
		EN: "The people on record here sign in at an issuer of theirs: name it (--issuer). None of the sample people is on record.",
		FR: "Les personnes enregistrées ici se connectent chez leur propre fournisseur d'identité : indiquez-le (--issuer). Aucune personne d'exemple n'est enregistrée.",
		ES: "Las personas que constan aquí inician sesión en su propio proveedor de identidad: indíquelo (--issuer). No consta ninguna persona de muestra.",
	}
)
