package kinds

import (
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/sheet"
)

var (
	rateLabel       = text3("Exchange rate", "Taux de change", "Tipo de cambio")
	rateDateLabel   = text3("Rate date", "Date du taux", "Fecha del tipo de cambio")
	rateSourceLabel = text3("Rate source", "Source du taux", "Fuente del tipo de cambio")
)

func contributionsSchema(env *imports.Env) sheet.Schema {
	return sheet.Schema{
		Kind: "contributions", Version: 1,
		Title: text3("Contributions to the fund", "Contributions au fonds", "Contribuciones al fondo"),
		Columns: []sheet.Column{
			required(wide(32, textColumn("donor", 200, donorLabel,
				"Contributor", "Name of donor", "Donor name", "Payer", "From", "Donatrice", "Nom du donateur", "Contributeur", "Payeur",
				"Bailleur", "Nombre del donante", "Contribuyente", "Ordenante", "Aportante"))),
			donorTypeColumn(env.Programme),
			donorCityColumn(),
			donorCountryColumn(env.Reference),
			amountColumn(),
			currencyColumn(env.Reference, env.Programme.Fund.Currency),
			under("R-FUN-8", required(dateColumn("received_on", text3("Received on", "Reçu le", "Recibido el"),
				"Value date", "Date received", "Date", "Date of receipt", "Payment date", "Booking date",
				"Date de valeur", "Date de réception", "Date du paiement", "Fecha valor", "Fecha de valor", "Fecha de recepción", "Fecha",
				"Fecha de pago"))),
			sheet.Column{
				ID: "reference", Type: sheet.TypeCode, MaxChars: 140, Width: 22,
				Label: text3("Bank reference", "Référence bancaire", "Referencia bancaria"),
				Aliases: []string{
					"Reference", "Transaction reference", "Transaction", "Payment reference", "Ref", "Bank ref", "Référence", "Réf",
					"Référence du paiement", "Référence du virement", "Referencia", "Referencia de pago", "Referencia de la transferencia",
				},
				Note: text3("The bank's own reference: the same one twice is one contribution.",
					"La référence de la banque : la même deux fois est une seule contribution.",
					"La referencia del banco: la misma dos veces es una sola contribución."),
			},
			earmarkColumn(env.Programme),
			rateColumn(), rateDateColumn(), rateSourceColumn(),
			givenUnderColumn(),
			remarksColumn(),
		},
	}
}

// givenUnderColumn asks for the agreement that a contribution is given under.
func givenUnderColumn() sheet.Column {
	c := agreementColumn()
	c.Required = false
	c.Note = text3("The agreement on record that the money is given under; blank: the only one that its donor has signed by then, if there is just one.",
		"L'accord enregistré au titre duquel l'argent est versé ; vide : le seul que le donateur a signé à cette date, s'il n'y en a qu'un.",
		"El acuerdo registrado en virtud del cual se da el dinero; en blanco: el único que el donante ha firmado hasta entonces, si solo hay uno.")
	return c
}

// rateColumn asks for the rate at which money paid in another currency is converted; rateDateColumn and rateSourceColumn, where it is from.
func rateColumn() sheet.Column {
	return under("R-FUN-9", noted(text3(
		"Units of the fund's currency for one unit paid; blank: the month's rate on record.",
		"Unités de la monnaie du fonds pour une unité versée ; vide : le taux du mois qui est enregistré.",
		"Unidades de la moneda del fondo por una unidad pagada; en blanco: el tipo registrado del mes."),
		sheet.Column{ID: "rate", Type: sheet.TypeDecimal, Label: rateLabel, Width: 14, Aliases: []string{
			"Rate", "FX rate", "Rate to USD", "USD rate", "Conversion rate", "Taux", "Cours", "Taux de conversion", "Taux USD",
			"Tasa", "Tasa de cambio", "Cambio",
		}}))
}

func rateDateColumn() sheet.Column {
	return under("R-FUN-9", dateColumn("rate_date", rateDateLabel,
		"Date of rate", "FX date", "Date du cours", "Date du taux de change", "Fecha del tipo", "Fecha de la tasa", "Fecha del cambio"))
}

func rateSourceColumn() sheet.Column {
	return under("R-FUN-9", textColumn("rate_source", 200, rateSourceLabel,
		"Source of rate", "FX source", "Exchange rate source", "Source du cours", "Source du taux de change", "Fuente del tipo",
		"Fuente de la tasa", "Fuente del cambio"))
}

func donorTypeColumn(p *programme.Edition) sheet.Column {
	choices := choicesOf(p.DonorTypes)
	for i := range choices {
		choices[i].Aliases = donorTypeSpellings[choices[i].ID]
	}
	return under("R-FUN-4", required(sheet.Column{
		ID: "donor_type", Type: sheet.TypeEnum, Choices: choices, UnknownCode: "DONOR_TYPE_UNKNOWN", Width: 18,
		Label: text3("Type of donor", "Type de donateur", "Tipo de donante"),
		Aliases: []string{
			"Donor type", "Donor category", "Category", "Kind of donor", "Type", "Catégorie de donateur", "Catégorie", "Categoría",
			"Categoría de donante", "Tipo", "Clase de donante",
		},
	}))
}

var donorTypeSpellings = map[string][]string{
	fund.MemberCity: {
		"City", "Municipality", "Member", "Member cities", "Ville", "Municipalité", "Collectivité", "Villes membres", "Ciudad",
		"Municipio", "Ciudades miembro",
	},
	fund.DonorCountry: {
		"Country", "Government", "State", "Member State", "Donor countries", "Pays", "Gouvernement", "État", "État membre",
		"Pays donateurs", "País", "Gobierno", "Estado", "Estado Miembro", "Países donantes",
	},
	fund.Company: {
		"Private company", "Private sector", "Business", "Corporation", "Firm", "Enterprise", "Companies", "Société", "Entreprise privée",
		"Secteur privé", "Sociétés", "Compañía", "Empresa privada", "Sector privado", "Sociedad", "Empresas",
	},
	fund.Foundation: {"Private foundation", "Foundations", "Trust", "Charity", "Fondations", "Fundación privada", "Fundaciones"},
}

func donorCityColumn() sheet.Column {
	c := under("R-FUN-4", cityColumn())
	c.Required = false
	c.Note = text3("Where a member city gives: its name.", "Si une ville membre contribue : son nom.",
		"Si contribuye una ciudad miembro: su nombre.")
	return c
}

func donorCountryColumn(data *reference.Data) sheet.Column {
	c := countryColumn(data)
	c.Required = false
	c.Aliases = append(c.Aliases, "Donor's country", "Country of donor", "Pays du donateur", "País del donante")
	return c
}

func amountColumn() sheet.Column {
	return under("R-FUN-8", required(sheet.Column{
		ID: "amount", Type: sheet.TypeAmount, CurrencyColumn: "currency", Width: 16,
		Label: text3("Amount", "Montant", "Importe"),
		Aliases: []string{
			"Sum", "Value", "Amount received", "Amount paid", "Contribution", "Montant reçu", "Montant versé", "Somme", "Cantidad", "Monto",
			"Importe recibido", "Suma", "Contribución",
		},
	}))
}

func currencyColumn(data *reference.Data, own string) sheet.Column {
	return under("R-FUN-9", sheet.Column{
		ID: "currency", Type: sheet.TypeLookup, UnknownCode: "CURRENCY_UNKNOWN", Lookup: currencyLookup(data, own), Width: 10,
		Label:   text3("Currency", "Devise", "Moneda"),
		Aliases: []string{"Currency code", "Curr", "ISO currency", "Monnaie", "Code devise", "Divisa", "Código de moneda"},
		Note: text3("The code of ISO 4217, such as USD or EUR.", "Le code ISO 4217, par exemple USD ou EUR.",
			"El código ISO 4217, por ejemplo USD o EUR."),
	})
}

// currencyLookup knows codes, unmistakable symbols and names. A mere "$" is asked back with the fund's own currency, which it
// most likely is, and never taken for it.
func currencyLookup(data *reference.Data, own string) func(string) (string, bool, string) {
	codes := []string{}
	for _, c := range data.Currencies() {
		codes = append(codes, c.Code)
	}
	return func(text string) (value string, ok bool, suggestion string) {
		if found, ok := data.FindCurrency(text); ok {
			return found.Code, true, ""
		}
		if folded := locale.Fold(text); folded == "$" || strings.HasPrefix(folded, "dol") {
			return "", false, own
		}
		suggestion, _ = locale.Nearest(text, codes)
		return "", false, suggestion
	}
}

func earmarkColumn(p *programme.Edition) sheet.Column {
	codes := make([]string, len(p.Fund.Activities))
	for i, activity := range p.Fund.Activities {
		codes[i] = activity.Code
	}
	list, last := strings.Join(codes, ", "), strconv.Itoa(len(p.Fund.Areas))
	return under("R-FUN-6", sheet.Column{
		ID: "earmark", Type: sheet.TypeCode, MaxChars: 200, Width: 16,
		Label: text3("Earmarked for", "Affectation", "Destino"),
		Aliases: []string{
			"Earmark", "Earmarked", "Activity", "Activity code", "Purpose", "Affecté à", "Activité", "Code d'activité", "Objet",
			"Destinado a", "Asignado a", "Actividad", "Código de actividad", "Finalidad",
		},
		Note: text3("Code of one of the fund's activities ("+list+") or areas (fund/1 to fund/"+last+"); blank: any of them.",
			"Code d'une activité du fonds ("+list+") ou d'un domaine (fund/1 à fund/"+last+") ; vide : n'importe laquelle.",
			"Código de una actividad del fondo ("+list+") o de un área (fund/1 a fund/"+last+"); en blanco: cualquiera."),
	})
}
