package exports

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// Entries are those of an audit trail; *audit.Trail is one.
type Entries interface {
	Each(ctx context.Context, f audit.Filter, fn func(audit.Entry) error) error
}

// mostEntries is how many entries a workbook has: a sheet has 1,048,576 rows. Of more it has the first, and says so.
const mostEntries = 1_000_000

// auditTally is what a workbook of the audit trail has.
type auditTally struct {
	entries, denied int
	last            audit.Entry
	more            bool // than go into a sheet
}

// errEnough ends the reading of a trail.
var errEnough = errors.New("exports: enough")

// eachEntry calls fn for the entries of the days that are asked for, up to the moment that the workbook shows and to the entry last, 0 for
// whichever is there.
func (r *request) eachEntry(ctx context.Context, last int64, fn func(audit.Entry) error) error {
	n := 0
	err := r.Trail.Each(ctx, audit.Filter{From: r.From, To: r.To}, func(e audit.Entry) error {
		switch {
		case e.At.After(r.At):
			return nil
		case last > 0 && e.Number > last:
			return errEnough
		}
		if n++; n > mostEntries {
			return errEnough
		}
		return fn(e)
	})
	if errors.Is(err, errEnough) && n <= mostEntries {
		return nil
	}
	return err
}

// Audit writes the workbook of the audit trail: who did what in some days, From and To, each of them open where it is zero, with the hashes
// by which the entries are linked. People are in it by identifier only.
func Audit(ctx context.Context, dst io.Writer, in Input) error {
	r, err := in.resolve()
	if err != nil {
		return err
	}
	var t auditTally
	err = r.eachEntry(ctx, 0, func(e audit.Entry) error {
		t.entries++
		if e.Outcome == audit.Denied {
			t.denied++
		}
		t.last = e
		return nil
	})
	if t.more = errors.Is(err, errEnough); err != nil && !t.more {
		return err
	}
	w := sheet.NewWriter(dst, r.workbook(r.in(auditTitle)))
	b := &auditBook{book: book{Writer: w, look: newLook(w), r: r}, auditTally: t}
	defer b.Discard()
	if err := b.overview(); err != nil {
		return err
	}
	if err := b.list(ctx); err != nil {
		return err
	}
	return b.Close()
}

// auditBook is the workbook of the audit trail.
type auditBook struct {
	book
	auditTally
}

// The columns of the list of entries.
const (
	entryNumber = 1 + iota
	entryAt
	entryPerson
	entryRole
	entryAction
	entryActionID
	entryObject
	entryRequest
	entryDoor
	entryOutcome
	entryPrevious
	entryHash
)

func (b *auditBook) column(col int) string {
	return sheet.Ref(b.r.in(auditEntriesTab), fixed(col, headerRow+1, headerRow+max(b.entries, 1)))
}

func (b *auditBook) overview() error {
	p, err := b.poster(b.r.in(overviewTab), 2, 44, 70)
	if err != nil {
		return err
	}
	p.title(b.r.in(auditTitle), b.r.in(b.days())+" · "+b.r.in(asOf(b.r)))
	p.Row(cell(b.r.in(auditCount), p.text), computed("COUNT("+b.column(entryNumber)+")", b.entries, p.countLeft))
	p.Row(cell(b.r.in(auditDenied), p.text),
		computed("COUNTIF("+b.column(entryOutcome)+",\""+b.r.in(audit.Denied.Label())+"\")", b.denied, p.countLeft))
	p.Row(cell(b.r.in(auditLast), p.text), cell(b.last.Number, p.countLeft))
	p.Row(cell(b.r.in(auditHash), p.text), cell(string(b.last.Hash), p.wrap))
	p.Skip(1)
	p.wideRemark(b.r.in(auditNote), 2)
	if b.more {
		p.wideRemark(b.r.in(auditMore), 2)
	}
	return nil
}

// days says of which days the entries are.
func (b *auditBook) days() locale.Text {
	from, to := b.r.From.Text(), b.r.To.Text()
	switch {
	case b.r.From.IsZero() && b.r.To.IsZero():
		return say("from the first entry on", "depuis la première entrée", "desde la primera entrada")
	case b.r.To.IsZero():
		return say("from "+from.EN, "à partir du "+from.FR, "desde el "+from.ES)
	case b.r.From.IsZero():
		return say("until "+to.EN, "jusqu’au "+to.FR, "hasta el "+to.ES)
	}
	return say(from.EN+" to "+to.EN, "du "+from.FR+" au "+to.FR, "del "+from.ES+" al "+to.ES)
}

func (b *auditBook) list(ctx context.Context) error {
	p, err := b.wideList(b.r.in(auditEntriesTab), 10, 24, 30, 20, 34, 26, 34, 30, 12, 12, 68, 68)
	if err != nil {
		return err
	}
	p.title(b.r.in(auditEntriesTab), b.r.in(b.days()))
	p.titles(counts(auditNumber), words(auditMoment), words(auditPerson), words(auditRole), words(auditAction), words(auditActionID),
		words(auditObject), words(auditRequest), words(auditDoor), words(auditOutcome), words(auditPrevious), words(auditEntryHash))
	err = b.r.eachEntry(ctx, b.last.Number, func(e audit.Entry) error {
		outcome := p.text
		if e.Outcome == audit.Denied {
			outcome = p.alert
		}
		p.TallRow(heightOf(1), cell(e.Number, p.count), cell(e.At.Format(time.RFC3339), p.text), cell(e.Person, p.text), cell(b.r.in(e.Role.Label()), p.text),
			cell(b.r.in(e.Action.Label()), p.text), cell(string(e.Action), p.text), cell(e.Object, p.text), cell(e.Request, p.text),
			cell(b.r.in(e.Door.Label()), p.text), cell(b.r.in(e.Outcome.Label()), outcome), cell(string(e.Previous), p.faint),
			cell(string(e.Hash), p.faint))
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	if b.entries == 0 {
		p.nothing(auditNothing, entryObject)
	}
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: entryHash, LastRow: headerRow + max(b.entries, 1)})
}

// The texts of the workbook of the audit trail.
var (
	auditTitle      = say("Audit trail", "Journal d’audit", "Registro de auditoría")
	auditEntriesTab = say("Entries", "Entrées", "Entradas")
	auditCount      = say("Entries", "Entrées", "Entradas")
	auditDenied     = say("of them denied", "dont refusées", "de ellas denegadas")
	auditLast       = say("Last entry", "Dernière entrée", "Última entrada")
	auditHash       = say("Its hash", "Son empreinte", "Su huella")
	auditNote       = say(
		"An entry is written before the act: it says that somebody was let do something, or was denied it. It has identifiers only. Each entry has the hash of the one before it, so that a change is found; whoever keeps the number and hash of the last one can have the trail verified against them later.",
		"Une entrée est écrite avant l’acte : elle dit que quelqu’un a été autorisé à faire quelque chose, ou que cela lui a été refusé. Elle ne contient que des identifiants. Chaque entrée porte l’empreinte de la précédente, de sorte qu’une modification se remarque ; qui conserve le numéro et l’empreinte de la dernière peut faire vérifier le journal plus tard.",
		"Cada entrada se escribe antes del acto: dice que a alguien se le permitió hacer algo, o que se le denegó. Solo contiene identificadores. Cada entrada lleva la huella de la anterior, de modo que un cambio se descubre; quien conserve el número y la huella de la última podrá hacer verificar el registro más tarde.")
	auditMore = say(
		"There are more entries than a sheet has rows: ask for fewer days.", "Il y a plus d’entrées que de lignes dans une feuille : demandez moins de jours.",
		"Hay más entradas que filas en una hoja: pida menos días.")
	auditNumber    = say("No.", "N°", "N.º")
	auditMoment    = say("Moment (UTC)", "Moment (UTC)", "Momento (UTC)")
	auditPerson    = say("Person", "Personne", "Persona")
	auditRole      = say("Role", "Rôle", "Función")
	auditAction    = say("Action", "Action", "Acción")
	auditActionID  = say("Its identifier", "Son identifiant", "Su identificador")
	auditObject    = say("Object", "Objet", "Objeto")
	auditRequest   = say("Request", "Requête", "Solicitud")
	auditDoor      = say("Through", "Par", "Por")
	auditOutcome   = say("Outcome", "Résultat", "Resultado")
	auditPrevious  = say("Hash of the entry before", "Empreinte de l’entrée précédente", "Huella de la entrada anterior")
	auditEntryHash = say("Hash", "Empreinte", "Huella")
	auditNothing   = say("Nothing was noted in these days.", "Rien n’a été noté ces jours-là.", "No se anotó nada en esos días.")
)
