package command

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/registry"
)

// fundStatement makes donors' statements final: one person proposes, another approves.
func fundStatement(flags *pflag.FlagSet) func(context.Context, *funding, []string) (told, error) {
	var of typedStatement
	approve := fundApprove(flags)
	flags.StringVar(&of.donor, "donor", "", "name or identifier")
	flags.StringVar(&of.term, "term", "", "the term that it is for")
	flags.StringVar(&of.from, "from", "", "or its first day")
	flags.StringVar(&of.to, "to", "", "and its last day")
	reason := declareReason(flags)
	return func(ctx context.Context, f *funding, names []string) (told, error) {
		switch names[0] {
		case "list":
			return of.list(ctx, f)
		case "propose":
			statement, err := of.meant(f)
			if err != nil {
				return told{}, err
			}
			if err := f.noted(ctx, trailOf(f.app), access.StatementPropose, statement.Donor); err != nil {
				return told{}, err
			}
			id, err := f.app.Registry.ProposeStatement(ctx, f.origin(), statement, *reason)
			if err != nil {
				return told{}, err
			}
			return f.proposed(ctx, id)
		case "approve":
			return approve(ctx, f, names[1:])
		}
		return told{}, noSuchKind(names[0], needStatementVerb)
	}
}

// typedStatement is a statement as it was typed.
type typedStatement struct{ donor, term, from, to string }

// meant is the statement that was typed. A span of days that is a term is that term's.
func (t typedStatement) meant(f *funding) (registry.StatementOf, error) {
	var of registry.StatementOf
	var err error
	if t.donor == "" {
		return of, missing("fund statement", locale.Same("--donor"))
	}
	if of.Donor, err = donors.Find(f.names, t.donor, f.app.Reference); err != nil {
		return of, err
	}
	if t.term != "" {
		term, known := f.app.Programme.Term(t.term)
		if !known {
			var names []string
			for _, one := range f.app.Programme.Terms {
				names = append(names, one.ID)
			}
			return of, problem.New("TERM_UNKNOWN").Valued(t.term).With("known", strings.Join(names, ", "))
		}
		if t.from != "" || t.to != "" {
			return of, usage(locale.Text{
				EN: "give either --term or --from and --to", FR: "indiquez soit --term, soit --from et --to", ES: "indique --term, o bien --from y --to",
			})
		}
		of.From, of.To, of.Term = term.Start, term.End, term.ID
		return of, nil
	}
	if t.from == "" || t.to == "" {
		return of, missing("fund statement", needSpan)
	}
	if of.From, err = f.day("from", t.from, civil.Date{}); err != nil {
		return of, err
	}
	if of.To, err = f.day("to", t.to, civil.Date{}); err != nil {
		return of, err
	}
	term, _ := f.app.Programme.TermOf(of.From, of.To)
	of.Term = term.ID
	return of, nil
}

// list shows the final statements of a donor, or of all.
func (t typedStatement) list(ctx context.Context, f *funding) (told, error) {
	donor := ""
	if t.donor != "" {
		var err error
		if donor, err = donors.Find(f.names, t.donor, f.app.Reference); err != nil {
			return told{}, err
		}
	}
	found, err := f.app.Registry.FinalStatements(ctx, donor)
	if err != nil {
		return told{}, err
	}
	var out strings.Builder
	for _, s := range found {
		fmt.Fprintf(&out, "%s\n    "+textFinal.In(f.now)+"\n", f.statementWords(s.ProposedStatement), s.Person, s.Approver, f.dayOf(s.At), s.Batch, s.Hash, s.Digest)
		if s.Reason != "" {
			out.WriteString("    " + f.quoted(s.Reason) + "\n")
		}
	}
	if len(found) == 0 {
		out.WriteString(textNoStatement.In(f.now))
		found = []registry.FinalStatement{}
	}
	return told{text: out.String(), object: map[string]any{"statements": found}}, nil
}

// statementWords names a version of a statement.
func (f *funding) statementWords(s registry.ProposedStatement) string {
	return fmt.Sprintf(textStatement.In(f.now), locale.OneLine(cmp.Or(f.names[s.Donor].Name, s.Donor)),
		s.From.Text().In(f.now), s.To.Text().In(f.now), s.Version)
}

var (
	textStatement = locale.Text{
		EN: "statement of %s from %s to %s, version %d", FR: "relevé de %s du %s au %s, version %d",
		ES: "estado de cuenta de %s del %s al %s, versión %d",
	}
	textFinal = locale.Text{
		EN: "final: proposed by %s, approved by %s on %s\n    batch %d, hash %s\n    figures %s",
		FR: "définitif : proposé par %s, approuvé par %s le %s\n    lot %d, empreinte %s\n    chiffres %s",
		ES: "definitivo: propuesto por %s, aprobado por %s el %s\n    lote %d, huella %s\n    cifras %s",
	}
	textNoStatement = locale.Text{
		EN: "no statement is final\n", FR: "aucun relevé n'est définitif\n", ES: "ningún estado de cuenta es definitivo\n",
	}
)
