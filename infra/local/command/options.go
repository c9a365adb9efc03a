package command

import (
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// common are the options that every subcommand takes.
type common struct {
	data   string
	at     string
	person string
	quiet  bool
}

func (c *common) declare(flags *pflag.FlagSet) {
	flags.StringVar(&c.data, "data", "data", "the embedded store")
	flags.StringVar(&c.at, "at", "", "act as of this moment: a day, or a time of RFC 3339 (default now)")
	flags.StringVar(&c.person, "as", "secretariat", "who acts")
	flags.BoolVar(&c.quiet, "quiet", false, "no progress")
}

// maxPerson is how many bytes the name of a person may have: it is part of keys.
const maxPerson = 200

// check refuses what can be no folder, and a person who could not be kept with what they do. USAGE.
func (c *common) check() error {
	if c.data == "" {
		return usage(locale.Text{EN: "--data is empty", FR: "--data est vide", ES: "--data está vacío"})
	}
	if c.person == "" || len(c.person) > maxPerson || !utf8.ValidString(c.person) {
		return usage(locale.Text{
			EN: "--as %q is not a name of at most %d bytes", FR: "--as %q n'est pas un nom d'au plus %d octets",
			ES: "--as %q no es un nombre de %d bytes como máximo",
		}, c.person, maxPerson)
	}
	return nil
}

// mayWrite refuses a result whose name would put it in the place of the records. USAGE.
func (c *common) mayWrite(name string) error {
	folder, err := filepath.Abs(dirOf(name))
	if err != nil {
		return problem.New("OUTPUT_FAILED").With("file", name)
	}
	table, blobs := app.EmbeddedFiles(c.data)
	within := filepath.Base(name) == filepath.Base(table) && sameFile(folder, c.data)
	for ; !within && folder != filepath.Dir(folder); folder = filepath.Dir(folder) {
		within = sameFile(folder, blobs)
	}
	if !within {
		return nil
	}
	return usage(locale.Text{
		EN: "%q is a file of the store itself", FR: "%q est un fichier des données elles-mêmes", ES: "%q es un archivo de los propios datos",
	}, name)
}

// sameFile is whether two names lead to one file or folder; what isn't there is none.
func sameFile(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}

// clock is the machine's, or one that stands at --at: of a day at its end, where the secretariat is.
func (c *common) clock() (identity.Clock, error) {
	if c.at == "" {
		return identity.System(), nil
	}
	if day, err := civil.Parse(c.at); err == nil {
		return identity.Fixed(day.EndOf(programme.Current().LatestCall().Location())), nil
	}
	at, err := time.Parse(time.RFC3339, c.at)
	if err != nil {
		return nil, usage(locale.Text{
			EN: "--at %q is neither a day such as 2025-07-15 nor a time such as 2025-07-15T12:00:00Z",
			FR: "--at %q n'est ni un jour comme 2025-07-15 ni un moment comme 2025-07-15T12:00:00Z",
			ES: "--at %q no es ni un día como 2025-07-15 ni un momento como 2025-07-15T12:00:00Z",
		}, c.at)
	}
	return identity.Fixed(at), nil
}

// language is --lang.
type language struct{ text string }

func (l *language) declare(flags *pflag.FlagSet) {
	flags.StringVar(&l.text, "lang", "en", "en, fr or es")
}

func (l *language) lang() (locale.Lang, error) {
	lang, err := locale.ParseLang(l.text)
	if err != nil {
		return "", notOneOf("lang", l.text, "en, fr, es")
	}
	return lang, nil
}

// parse reads the arguments of a subcommand, in which options and names may stand in any order, and expects exactly the
// names wanted.
func parse(s *streams, flags *pflag.FlagSet, args []string, wanted ...locale.Text) ([]string, error) {
	if err := parseOptions(s, flags, args); err != nil {
		return nil, err
	}
	return expect(flags, wanted...)
}

func parseOptions(s *streams, flags *pflag.FlagSet, args []string) error {
	flags.SetOutput(s.out)
	flags.SortFlags = false
	err := flags.Parse(args)
	switch at := flags.Lookup("at"); {
	case err == pflag.ErrHelp:
		return err
	case err != nil:
		return badOption(err)
	case at != nil && at.Changed && at.Value.String() == "": // as of a script that has no day: now is not what it means
		return usage(locale.Text{EN: "--at is empty", FR: "--at est vide", ES: "--at está vacío"})
	}
	return nil
}

// expect gives the names that were typed, if they are as many as are wanted.
func expect(flags *pflag.FlagSet, wanted ...locale.Text) ([]string, error) {
	names := flags.Args()
	if len(names) < len(wanted) {
		return nil, missing(flags.Name(), wanted[len(names):]...)
	}
	if len(names) > len(wanted) {
		return nil, usage(locale.Text{
			EN: "%s takes no %q", FR: "%s ne prend pas %q", ES: "%s no admite %q",
		}, flags.Name(), names[len(wanted)])
	}
	return names, nil
}

// openFile opens what the person named.
func openFile(name string) (*os.File, int64, error) {
	unreadable := problem.New("FILE_UNREADABLE").With("file", name)
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() { // to open a pipe waits for who writes to it
		return nil, 0, unreadable
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, 0, unreadable
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		file.Close()
		return nil, 0, unreadable
	}
	return file, info.Size(), nil
}

// output is a file on its way to its name: in the end that names all of it, or what it named before.
type output struct {
	file *os.File
	name string
	mode os.FileMode // that it gets in the end
}

// createOutput begins a file. OUTPUT_FAILED.
func createOutput(name string) (*output, error) {
	failed := problem.New("OUTPUT_FAILED").With("file", name)
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return nil, failed
	}
	temporary, err := os.CreateTemp(dirOf(name), ".guildhall-*")
	if err != nil {
		return nil, failed
	}
	return &output{temporary, name, 0o644}, nil
}

// keep gives the file its name. OUTPUT_FAILED.
func (o *output) keep() error {
	if o.file.Chmod(o.mode) != nil || o.file.Close() != nil || os.Rename(o.file.Name(), o.name) != nil {
		return problem.New("OUTPUT_FAILED").With("file", o.name)
	}
	return nil
}

// discard removes what was not kept.
func (o *output) discard() {
	o.file.Close()
	os.Remove(o.file.Name()) // gone already when it was kept
}

// writeFile writes a result so that the named file holds all of it or is left as it was.
func writeFile(name string, write func(f *os.File) error) error {
	out, err := createOutput(name)
	if err != nil {
		return err
	}
	defer out.discard()
	if err := write(out.file); err != nil {
		return err
	}
	return out.keep()
}

func dirOf(name string) string {
	if i := strings.LastIndexByte(name, os.PathSeparator); i >= 0 {
		return name[:i+1]
	}
	return "."
}
