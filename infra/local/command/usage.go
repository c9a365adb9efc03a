package command

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// usage is the refusal of a command line that was not understood: why, with what was typed for the reason's verbs.
func usage(reason locale.Text, typed ...any) error {
	return problem.New("USAGE").WithText("reason", locale.Text{
		EN: fmt.Sprintf(reason.EN, typed...), FR: fmt.Sprintf(reason.FR, typed...), ES: fmt.Sprintf(reason.ES, typed...),
	})
}

// languageAsked is the language that a command line asks for, also one that is not understood otherwise; English, when it asks for none.
func languageAsked(args []string) locale.Lang {
	lang, err := locale.ParseLang(optionAsked(args, "lang"))
	if err != nil {
		return locale.EN
	}
	return lang
}

// optionAsked is the value of an option on a command line that is not understood otherwise, empty when it isn't there.
func optionAsked(args []string, name string) (value string) {
	for i, arg := range args {
		if written, ok := strings.CutPrefix(arg, "--"+name+"="); ok {
			value = written
		} else if arg == "--"+name && i+1 < len(args) {
			value = args[i+1]
		}
	}
	return value
}

// badOption says in three languages what the option parser says in one.
func badOption(err error) error {
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var value *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return usage(locale.Text{
			EN: "there is no option %q", FR: "il n'y a pas d'option %q", ES: "no existe la opción %q",
		}, unknown.GetSpecifiedName())
	case errors.As(err, &bare):
		return usage(locale.Text{
			EN: "the option %q needs a value", FR: "l'option %q demande une valeur", ES: "la opción %q requiere un valor",
		}, bare.GetSpecifiedName())
	case errors.As(err, &value):
		return usage(locale.Text{
			EN: "the option %q can't be %q", FR: "l'option %q ne peut pas être %q", ES: "la opción %q no puede ser %q",
		}, value.GetFlag().Name, value.GetValue())
	}
	return usage(locale.Text{
		EN: "an option is misspelt", FR: "une option est mal écrite", ES: "una opción está mal escrita",
	})
}

// notOneOf is the refusal of a value that is none of those that can be.
func notOneOf(option, typed, known string) error {
	return usage(locale.Text{
		EN: "--%s %q is not one of %s", FR: "--%s %q n'est pas parmi %s", ES: "--%s %q no está entre %s",
	}, option, typed, known)
}

// missing is the refusal of a command without something that it needs.
func missing(command string, needed ...locale.Text) error {
	var all locale.Text
	for lang, text := range map[locale.Lang]*string{locale.EN: &all.EN, locale.FR: &all.FR, locale.ES: &all.ES} {
		var items []string
		for _, one := range needed {
			items = append(items, one.In(lang))
		}
		*text = locale.List(lang, items)
	}
	return problem.New("USAGE").WithText("reason", locale.Text{
		EN: command + " needs " + all.EN, FR: command + " demande " + all.FR, ES: command + " requiere " + all.ES,
	})
}

// What commands need, as their refusals name it.
var (
	needFile     = locale.Same("FILE")
	needKind     = locale.Same("KIND")
	needImport   = locale.Same("IMPORT")
	needAction   = locale.Text{EN: "an action", FR: "une action", ES: "una acción"}
	needCity     = locale.Text{EN: "the city's name", FR: "le nom de la ville", ES: "el nombre de la ciudad"}
	needCountry  = locale.Text{EN: "the country", FR: "le pays", ES: "el país"}
	needDeadline = locale.Same("city|commission")
	needDay      = locale.Text{EN: "the new last day", FR: "le nouveau dernier jour", ES: "el nuevo último día"}
	needShown    = locale.Same("city|network")
	needPosted   = locale.Same("interest|exchange|support|deallocation|deposit|expenditure")
	needProposed = locale.Same("allocation|refund")
	needProposal = locale.Text{EN: "the proposal's identifier", FR: "l'identifiant de la proposition", ES: "el identificador de la propuesta"}
	needEntry    = locale.Text{EN: "the entry's identifier", FR: "l'identifiant de l'écriture", ES: "el identificador del asiento"}
	needPeriod   = locale.Text{
		EN: "a month such as 2025-05, a year or a last day", FR: "un mois comme 2025-05, une année ou un dernier jour",
		ES: "un mes como 2025-05, un año o un último día",
	}
	needStatementVerb = locale.Same("propose|approve|list")
	needSpan          = locale.Text{EN: "--term, or --from and --to", FR: "--term, ou --from et --to", ES: "--term, o --from y --to"}
	needPerson        = locale.Text{EN: "--as and who acts", FR: "--as et qui agit", ES: "--as y quién actúa"}
	needAmount        = locale.Same("--amount")
	needDonor         = locale.Text{
		EN: "--donor and the donor's identifier or name", FR: "--donor et l'identifiant ou le nom du donateur",
		ES: "--donor y el identificador o el nombre del donante",
	}
	needEmail    = locale.Text{EN: "the e-mail address", FR: "l'adresse électronique", ES: "la dirección de correo"}
	needSomebody = locale.Text{
		EN: "the person's identifier or e-mail address", FR: "l'identifiant ou l'adresse électronique de la personne",
		ES: "el identificador o la dirección de correo de la persona",
	}
	needIssuer = locale.Text{EN: "--issuer and the issuer's address", FR: "--issuer et l'adresse du fournisseur d'identité",
		ES: "--issuer y la dirección del proveedor de identidad"}
	needClient = locale.Text{EN: "--client and what it is called at the issuer", FR: "--client et son nom chez le fournisseur d'identité",
		ES: "--client y su nombre en el proveedor de identidad"}
	needTable    = locale.Same("--table T --bucket B")
	needFileName = locale.Text{
		EN: "-o and the name of the file to write", FR: "-o et le nom du fichier à écrire", ES: "-o y el nombre del archivo que se escribirá",
	}
	needOutput = locale.Text{
		EN: "-o and the name of the workbook to write", FR: "-o et le nom du classeur à écrire", ES: "-o y el nombre del libro que se escribirá",
	}
)
