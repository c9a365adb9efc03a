package command

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

var (
	textEntered = locale.Text{EN: "entered as %s\n  %s\n", FR: "enregistré sous %s\n  %s\n", ES: "registrado como %s\n  %s\n"}
	textLeft    = locale.Text{EN: "  now %s: %s\n", FR: "  désormais %s : %s\n", ES: "  ahora %s: %s\n"}

	textProposed = locale.Text{
		EN: "proposed: %s\n  a second person approves it:  guildhall fund approve %s --as …\n",
		FR: "proposé : %s\n  une seconde personne l'approuve :  guildhall fund approve %s --as …\n",
		ES: "propuesto: %s\n  una segunda persona lo aprueba:  guildhall fund approve %s --as …\n",
	}
	textApproved   = locale.Text{EN: "approved: %s\n", FR: "approuvé : %s\n", ES: "aprobado: %s\n"}
	textRejected   = locale.Text{EN: "rejected: %s\n", FR: "rejeté : %s\n", ES: "rechazado: %s\n"}
	textNoneOpen   = locale.Text{EN: "no proposal waits to be decided\n", FR: "aucune proposition n'attend de décision\n", ES: "ninguna propuesta espera decisión\n"}
	textReversing  = locale.Text{EN: "taking back of %s on %s", FR: "annulation de %s au %s", ES: "anulación de %s el %s"}
	textClosing    = locale.Text{EN: "closing of the books up to %s", FR: "clôture des livres jusqu'au %s", ES: "cierre de los libros hasta el %s"}
	textProposedBy = locale.Text{EN: "proposed by %s on %s", FR: "proposé par %s le %s", ES: "propuesto por %s el %s"}
	textDecidedBy  = map[registry.ProposalState]locale.Text{
		registry.ProposalApproved: {EN: "approved by %s on %s", FR: "approuvé par %s le %s", ES: "aprobado por %s el %s"},
		registry.ProposalRejected: {EN: "rejected by %s on %s", FR: "rejeté par %s le %s", ES: "rechazado por %s el %s"},
	}

	textBooks    = locale.Text{EN: "The fund's books, %s", FR: "Les livres du fonds, %s", ES: "Los libros del fondo, %s"}
	textOn       = locale.Text{EN: ", at the end of %s", FR: ", à la fin du %s", ES: ", al final del %s"}
	textClosedTo = locale.Text{EN: ", closed up to %s", FR: ", clôturés jusqu'au %s", ES: ", cerrados hasta el %s"}
	textHeld     = locale.Text{EN: "What there is", FR: "Ce qu'il y a", ES: "Lo que hay"}
	textWhy      = locale.Text{EN: "Where it comes from and went", FR: "D'où il vient et où il est allé", ES: "De dónde viene y adónde fue"}
	textHead     = locale.Text{
		EN: "Batch %d has the hash\n  %s\nKeep it elsewhere too: books that are rewritten have another one.\n",
		FR: "Le lot %d a l'empreinte\n  %s\nConservez-la aussi ailleurs : des livres réécrits en ont une autre.\n",
		ES: "El lote %d tiene la huella\n  %s\nGuárdela también en otro lugar: unos libros reescritos tienen otra.\n",
	}
	textNoEntry = locale.Text{EN: "no such entry\n", FR: "aucune écriture de ce genre\n", ES: "ningún asiento así\n"}
	textSound   = locale.Text{
		EN: "The books are in order: %s, each recomputed from the first on.\n",
		FR: "Les livres sont en ordre : %s, tout recalculé depuis la première.\n",
		ES: "Los libros están en orden: %s, todo recalculado desde el primero.\n",
	}
	textReversal = locale.Text{EN: "takes back %s", FR: "annule %s", ES: "anula %s"}
	textPaid     = locale.Text{EN: "paid as %s at %s (%s, %s)", FR: "payé %s au taux de %s (%s, %s)", ES: "pagado como %s al tipo de %s (%s, %s)"}

	textOverdue = locale.Text{EN: "On %s: %s overdue\n", FR: "Au %s : %s en retard\n", ES: "El %s: %s vencidos\n"}
	textLate    = locale.Text{
		EN: "  due %s  %s, agreement %s, instalment %d: %s of %s open\n",
		FR: "  échéance le %s  %s, accord %s, versement %d : %s sur %s non reçus\n",
		ES: "  vence el %s  %s, acuerdo %s, plazo %d: faltan %s de %s\n",
	}
)

// What stands between the parts of a line, and around what a person wrote.
var (
	textFurther = locale.Text{EN: "; ", FR: " ; ", ES: "; "}
	textQuoted  = locale.Text{EN: "\"%s\"", FR: "« %s »", ES: "«%s»"}
)

// counted is what goes with a number.
type counted struct{ one, more locale.Text }

var (
	textEntryCount = counted{
		locale.Text{EN: "%s entry", FR: "%s écriture", ES: "%s asiento"}, locale.Text{EN: "%s entries", FR: "%s écritures", ES: "%s asientos"},
	}
	textInstalmentCount = counted{
		locale.Text{EN: "%s instalment", FR: "%s versement", ES: "%s plazo"}, locale.Text{EN: "%s instalments", FR: "%s versements", ES: "%s plazos"},
	}
)

func plural(lang locale.Lang, n int64, words counted) string {
	return fmt.Sprintf(locale.Plural(lang, n, words.one, words.more), locale.FormatInt(lang, n))
}

func moneyOf(a money.Amount) money.Currency { return money.ISO(a.Currency) }

// rateWords is a rate the way it was stated: "0.1084", or "1 USD = 8.5 NOK" where the UN printed it.
func (f *funding) rateWords(o *ledger.Original) string {
	figure, divides := o.Rate.Stated()
	if !divides {
		return figure
	}
	return "1 " + f.currency().Code + " = " + figure + " " + o.Amount.Currency
}

// entryWords tells of an entry in one line.
func (f *funding) entryWords(entry ledger.Entry) string {
	event := trust.EventOf(entry, f.currency().Code)
	parts := []string{f.eventWords(event, signed(entry))}
	if entry.Reverses != "" {
		parts = append(parts, fmt.Sprintf(textReversal.In(f.now), entry.Reverses))
	}
	if o := entry.Original; o != nil {
		parts = append(parts, fmt.Sprintf(textPaid.In(f.now), o.Amount.Format(f.now), f.rateWords(o),
			o.RateDate.Text().In(f.now), locale.OneLine(fund.SourceText(o.RateSource).In(f.now))))
	}
	parts = append(parts, entry.Source.Person)
	if from := sourceWords(entry.Source); from != "" {
		parts = append(parts, from)
	}
	if entry.Reason != "" {
		parts = append(parts, f.quoted(registry.ReasonText(entry.Reason).In(f.now)))
	}
	return strings.Join(parts, textFurther.In(f.now))
}

// quoted is what a person wrote, in the quotation marks of the language.
func (f *funding) quoted(written string) string {
	return fmt.Sprintf(textQuoted.In(f.now), locale.OneLine(written))
}

func sourceWords(s ledger.Source) string {
	if s.Cell == "" {
		return ""
	}
	return locale.OneLine(fmt.Sprintf("%s!%s = %s", s.Sheet, s.Cell, s.Value))
}

// eventWords tells of an event: what, how much, for what or whom, and when.
func (f *funding) eventWords(e trust.Event, minor int64) string {
	words := e.Kind.Label().In(f.now) + " " + f.amount(minor)
	if e.Donor != "" {
		words += ", " + locale.OneLine(cmp.Or(f.names[e.Donor].Name, e.Donor))
	}
	for _, code := range []string{e.Activity, e.Earmark} {
		if code != "" {
			words += ", " + bare(code)
		}
	}
	if e.Cluster != "" {
		words += ", " + strings.TrimSpace(e.Cluster+" "+strings.TrimPrefix(e.Line, "cluster/"))
	}
	return words + ", " + e.Date.Text().In(f.now)
}

// printedProposal is a proposal in JSON.
type printedProposal struct {
	ID string `json:"id"`
	registry.Proposal
}

// proposalWords tells what a proposal would do.
func (f *funding) proposalWords(p registry.Proposed) string {
	words := ""
	switch {
	case p.Event != nil:
		words = f.eventWords(*p.Event, p.Event.Amount.Minor)
	case p.Reversal != nil:
		words = fmt.Sprintf(textReversing.In(f.now), p.Reversal.Entry, p.Reversal.On.Text().In(f.now))
	case p.Statement != nil:
		words = f.statementWords(*p.Statement)
	default:
		words = fmt.Sprintf(textClosing.In(f.now), p.CloseTo.Text().In(f.now))
	}
	if p.Reason != "" {
		words += textFurther.In(f.now) + f.quoted(p.Reason)
	}
	return words
}

// The flaws of books, as a person is told them.
var flawTexts = map[ledger.Flaw]locale.Text{
	ledger.NotAnEntry: {
		EN: "what stands there is no whole entry that sums to zero", FR: "ce qui s'y trouve n'est pas une écriture entière dont la somme est nulle",
		ES: "lo que hay no es un asiento entero que sume cero",
	},
	ledger.ConversionOff: {
		EN: "the amount is not what was paid at the rate that stands with it", FR: "le montant n'est pas ce qui a été versé au taux qui y figure",
		ES: "el importe no es lo pagado al tipo de cambio que consta",
	},
	ledger.ReversedAgain: {
		EN: "the marks of what was taken back don't agree with the entries", FR: "les marques de ce qui a été annulé ne concordent pas avec les écritures",
		ES: "las marcas de lo anulado no concuerdan con los asientos",
	},
	ledger.EntryTwice: {
		EN: "the entry is there twice", FR: "l'écriture s'y trouve deux fois", ES: "el asiento está dos veces",
	},
	ledger.BatchChanged: {
		EN: "the entries are not those that were entered", FR: "les écritures ne sont pas celles qui ont été saisies",
		ES: "los asientos no son los que se registraron",
	},
	ledger.ChainBroken: {
		EN: "the chain of hashes is broken", FR: "la chaîne des empreintes est rompue", ES: "la cadena de huellas está rota",
	},
	ledger.BalanceOff: {
		EN: "a balance is not what the entries make it", FR: "un solde n'est pas celui que donnent les écritures",
		ES: "un saldo no es el que dan los asientos",
	},
	ledger.DayOff: {
		EN: "the sums of a day, or those at the closing, are not what the entries make them",
		FR: "les sommes d'un jour, ou celles à la clôture, ne sont pas celles que donnent les écritures",
		ES: "las sumas de un día, o las del cierre, no son las que dan los asientos",
	},
	ledger.FiguresOff: {
		EN: "donors' figures at a closing are not what the entries make them", FR: "les chiffres des donateurs à une clôture ne sont pas ceux que donnent les écritures",
		ES: "las cifras de los donantes en un cierre no son las que dan los asientos",
	},
	ledger.Rewritten: {
		EN: "the books are not those that a final statement was made from: they were rewritten",
		FR: "les livres ne sont pas ceux dont un relevé définitif a été tiré : ils ont été réécrits",
		ES: "los libros no son aquellos de los que se hizo un estado de cuenta definitivo: se reescribieron",
	},
	ledger.HeadOff: {
		EN: "the end of the books, or up to when they are closed, is not recorded as it is",
		FR: "la fin des livres, ou la date de leur clôture, n'est pas consignée telle qu'elle est",
		ES: "el final de los libros, o la fecha de su cierre, no consta tal como es",
	},
}

// faulty is what people are told of the first fault of the books: FUND_BOOKS_FAULTY.
func (f *funding) faulty(fault *ledger.Fault) *problem.Problem {
	flaw, known := flawTexts[fault.Flaw]
	if !known {
		flaw = locale.Same(string(fault.Flaw))
	}
	place := locale.Text{EN: "batch %d", FR: "lot %d", ES: "lote %d"}
	for _, text := range []*string{&place.EN, &place.FR, &place.ES} {
		*text = fmt.Sprintf(*text, fault.Link)
		for _, more := range []string{fault.Entry, string(fault.Account)} {
			if more != "" {
				*text += ", " + more
			}
		}
	}
	p := problem.New("FUND_BOOKS_FAULTY").WithText("place", place)
	want, wantErr := strconv.ParseInt(fault.Want, 10, 64)
	got, gotErr := strconv.ParseInt(fault.Got, 10, 64)
	if fault.Account != "" && wantErr == nil && gotErr == nil {
		flaw.EN += fmt.Sprintf(" (%s against %s)", f.decimal(want), f.decimal(got))
		flaw.FR += fmt.Sprintf(" (%s contre %s)", f.decimal(want), f.decimal(got))
		flaw.ES += fmt.Sprintf(" (%s frente a %s)", f.decimal(want), f.decimal(got))
	}
	return p.WithText("flaw", flaw)
}
