package privacy

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// given is what a person is given: data.json, a stable form.
type given struct {
	Format int       `json:"personalData"`
	At     time.Time `json:"at"` // UTC
	Asked  asked     `json:"asked"`
	*Found
}

type asked struct {
	Names   []string `json:"names"`
	Emails  []string `json:"emails"`
	Account string   `json:"account,omitempty"`
}

// CopyBlob names the blob of a copy that a person is to be given, by the copy's identifier. Resume deletes it after CopyKept.
func CopyBlob(id string) string { return copies + id + "/data.zip" }

const copies = "privacy/"

// CopyKept is for how long a copy can be fetched.
const CopyKept = 24 * time.Hour

// tidy erases the copies that were kept long enough.
func (s *Service) tidy(ctx context.Context) error {
	var old []string
	err := s.Blobs.List(ctx, copies, func(info blob.Info) error {
		if !s.Clock().Before(info.Modified.Add(CopyKept)) {
			old = append(old, info.Name)
		}
		return nil
	})
	for _, name := range old {
		err = errors.Join(err, s.Blobs.Erase(ctx, name))
	}
	return err
}

// givenFormat is the number of the layout of data.json.
const givenFormat = 1

// Export writes everything that is held about a person, as a zip of two files with the same content: data.json for programs, and
// data.html, in a language, for the person. What others are told in the same texts is in it where a text names the person; files as they were
// sent are named by their hash, and not given out, since they hold other people's data too. Find's errors; FINDINGS_TOO_MANY of more than
// MostFindings.
func (s *Service) Export(ctx context.Context, who Who, lang locale.Lang, dst io.Writer) (*Found, error) {
	found, err := s.Find(ctx, who)
	if err != nil {
		return nil, err
	}
	all := 0
	for _, n := range found.Counts {
		all += n
	}
	if all > len(found.Findings) {
		return nil, problem.New("FINDINGS_TOO_MANY").WithInt("count", all).WithInt("limit", MostFindings)
	}
	out := zip.NewWriter(dst)
	at := s.Clock().UTC()
	named := asked{Names: orEmpty(who.Names), Emails: orEmpty(who.Emails), Account: who.Account}
	part, err := out.CreateHeader(&zip.FileHeader{Name: "data.json", Method: zip.Deflate, Modified: at})
	if err == nil {
		lines := json.NewEncoder(part)
		lines.SetEscapeHTML(false)
		lines.SetIndent("", "  ")
		err = lines.Encode(given{Format: givenFormat, At: at, Asked: named, Found: found})
	}
	if err == nil {
		part, err = out.CreateHeader(&zip.FileHeader{Name: "data.html", Method: zip.Deflate, Modified: at})
	}
	if err == nil {
		err = document(shown{lang, named, locale.FormatDate(lang, at.Year(), int(at.Month()), at.Day()), found}).Render(ctx, part)
	}
	if err != nil {
		return nil, err
	}
	return found, out.Close()
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// shown is what the document shows.
type shown struct {
	lang  locale.Lang
	asked asked
	day   string
	found *Found
}

func (s shown) in(text locale.Text) string { return text.In(s.lang) }

// looked is what was looked for, in one line.
func (s shown) looked() string {
	all := slices.Concat(s.asked.Names, s.asked.Emails)
	if s.asked.Account != "" {
		all = append(all, s.asked.Account)
	}
	return strings.Join(all, "; ")
}

func bracketed(kind string) string {
	if kind == "" {
		return ""
	}
	return " (" + kind + ")"
}

// after is the version behind what it is of.
func after(version int64) string {
	if version == 0 {
		return ""
	}
	return ", " + strconv.FormatInt(version, 10)
}

var (
	titleWord   = locale.Text{EN: "Data held about you", FR: "Les données conservées à votre sujet", ES: "Los datos que se conservan sobre usted"}
	askedWord   = locale.Text{EN: "Looked for", FR: "Recherché", ES: "Se buscó"}
	onWord      = locale.Text{EN: "As of", FR: "À la date du", ES: "A fecha de"}
	whereWord   = locale.Text{EN: "Where", FR: "Où", ES: "Dónde"}
	whichWord   = locale.Text{EN: "Which", FR: "Lequel", ES: "Cuál"}
	fieldWord   = locale.Text{EN: "Field", FR: "Champ", ES: "Campo"}
	textWord    = locale.Text{EN: "What stands there", FR: "Ce qui y figure", ES: "Lo que consta"}
	keptWord    = locale.Text{EN: "Why it would remain", FR: "Pourquoi cela resterait", ES: "Por qué permanecería"}
	nothingWord = locale.Text{EN: "Nothing is held about you.", FR: "Rien n'est conservé à votre sujet.", ES: "No se conserva nada sobre usted."}
)

// Label is what a kind of place is called.
func (k Kind) Label() locale.Text { return kindLabels[k] }

var kindLabels = map[Kind]locale.Text{
	InRecord:  {EN: "record", FR: "fiche", ES: "registro"},
	InVersion: {EN: "earlier version", FR: "version antérieure", ES: "versión anterior"},
	InAccount: {EN: "account", FR: "compte", ES: "cuenta"},
	InImport:  {EN: "import", FR: "import", ES: "importación"},
	InFile:    {EN: "file as it was sent", FR: "fichier tel qu'envoyé", ES: "archivo tal como se envió"},
	InExport:  {EN: "workbook or paper", FR: "classeur ou document", ES: "libro o documento"},
	InLetter:  {EN: "e-mail", FR: "courriel", ES: "correo electrónico"},
	InCopy:    {EN: "copy for a person", FR: "copie pour une personne", ES: "copia para una persona"},
	InAnswers: {EN: "remembered answer", FR: "réponse mémorisée", ES: "respuesta recordada"},
}
