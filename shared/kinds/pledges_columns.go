package kinds

import (
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/sheet"
)

var (
	donorLabel            = text3("Donor", "Donateur", "Donante")
	agreementLabel        = text3("Agreement reference", "Référence de l'accord", "Referencia del acuerdo")
	pledgedLabel          = text3("Amount pledged", "Montant promis", "Importe prometido")
	signedOnLabel         = text3("Signed on", "Signé le", "Firmado el")
	supportRateLabel      = text3("Support costs (%)", "Frais d'appui (%)", "Gastos de apoyo (%)")
	instalmentAmountLabel = text3("Instalment amount", "Montant du versement", "Importe del plazo")
)

func pledgesSchema(env *imports.Env) sheet.Schema {
	return sheet.Schema{
		Kind: PledgesKind, Version: 1,
		Title: text3("Pledges to the fund", "Promesses de contribution au fonds", "Promesas de contribución al fondo"),
		Columns: []sheet.Column{
			required(wide(32, textColumn("donor", 200, donorLabel,
				"Name of donor", "Donor name", "Pledging donor", "Donatrice", "Nom du donateur", "Contributeur", "Bailleur", "Nombre del donante",
				"Contribuyente", "Aportante"))),
			donorTypeColumn(env.Programme),
			donorCityColumn(),
			donorCountryColumn(env.Reference),
			agreementColumn(),
			pledgedColumn(),
			currencyColumn(env.Reference, env.Programme.Fund.Currency),
			under("R-FUN-8", required(dateColumn("signed_on", signedOnLabel,
				"Date signed", "Date of signature", "Signature date", "Pledged on", "Date of pledge", "Agreement date",
				"Date de signature", "Signée le", "Date de la promesse", "Date de l'accord", "Fecha de firma", "Firmada el", "Fecha de la firma",
				"Fecha de la promesa", "Fecha del acuerdo"))),
			instalmentColumn(),
			instalmentAmountColumn(),
			under("R-FUN-8", noted(text3("Blank: no day was agreed, and the instalment is never overdue.",
				"Vide : aucune date n'est convenue, et le versement n'est jamais en retard.",
				"En blanco: no se acordó ninguna fecha, y el plazo nunca está vencido."),
				dateColumn("due_on", text3("Due on", "Échéance", "Vence el"),
					"Due date", "Due", "Payable on", "Instalment due", "Date d'échéance", "Échéance du versement", "Payable le", "Vencimiento",
					"Fecha de vencimiento", "Fecha del plazo", "Pagadero el"))),
			earmarkColumn(env.Programme),
			supportRateColumn(),
			remarksColumn(),
		},
	}
}

func supportRateColumn() sheet.Column {
	return under("R-FUN-10", sheet.Column{
		ID: "support_rate", Type: sheet.TypeDecimal, Width: 14, Label: supportRateLabel,
		Aliases: []string{
			"Support cost rate", "Support rate", "Programme support costs", "Programme support cost rate", "PSC", "PSC rate", "PSC (%)", "Overhead",
			"Taux des frais d'appui", "Frais d'appui au programme", "Coûts d'appui", "Frais de gestion", "Tasa de gastos de apoyo",
			"Gastos de apoyo al programa", "Costos de apoyo", "Gastos de gestión",
		},
		Note: text3("What the agreement grants for programme support, in per cent of each deposit: 7.5 is 7.5 %. The same on each row of the agreement; blank: nothing.",
			"Ce que l'accord accorde pour l'appui au programme, en pour cent de chaque versement reçu : 7,5 signifie 7,5 %. Le même sur chaque ligne de l'accord ; vide : rien.",
			"Lo que el acuerdo concede para el apoyo al programa, en tanto por ciento de cada ingreso: 7,5 es el 7,5 %. El mismo en cada fila del acuerdo; en blanco: nada."),
	})
}

func agreementColumn() sheet.Column {
	return under("R-FUN-8", required(sheet.Column{
		ID: "agreement", Type: sheet.TypeCode, MaxChars: 140, Width: 22, Label: agreementLabel,
		Aliases: []string{
			"Agreement", "Agreement number", "Agreement no", "Pledge reference", "Letter of intent", "Contract reference", "Accord",
			"Numéro de l'accord", "Convention", "Référence de la convention", "Référence de la promesse", "Lettre d'intention", "Acuerdo",
			"Número del acuerdo", "Convenio", "Referencia del convenio", "Referencia de la promesa", "Carta de intención",
		},
		Note: text3("The number of the agreement or letter: rows with the same one are its instalments.",
			"Le numéro de l'accord ou de la lettre : les lignes qui portent le même sont ses versements.",
			"El número del acuerdo o de la carta: las filas que llevan el mismo son sus plazos."),
	}))
}

func pledgedColumn() sheet.Column {
	return under("R-FUN-8", required(sheet.Column{
		ID: "pledged", Type: sheet.TypeAmount, CurrencyColumn: "currency", Width: 16, Label: pledgedLabel,
		Aliases: []string{
			"Pledge", "Pledged", "Pledged amount", "Total pledged", "Amount of the agreement", "Agreed amount", "Promesse",
			"Montant de la promesse", "Montant de l'accord", "Total promis", "Promesa", "Importe de la promesa", "Importe del acuerdo",
			"Total prometido", "Monto prometido",
		},
		Note: text3("All instalments together; the same on each row of the agreement. A pledge is not counted as received.",
			"Tous les versements ensemble ; le même sur chaque ligne de l'accord. Une promesse n'est pas comptée comme reçue.",
			"Todos los plazos juntos; el mismo en cada fila del acuerdo. Una promesa no se cuenta como recibida."),
	}))
}

func instalmentColumn() sheet.Column {
	return under("R-FUN-8", sheet.Column{
		ID: "instalment", Type: sheet.TypeInteger, Width: 12, Label: text3("Instalment", "Versement n°", "Plazo n.º"),
		Aliases: []string{
			"Instalment number", "Instalment no", "Installment", "Installment number", "Tranche", "Versement", "Numéro du versement",
			"Numéro de tranche", "Plazo", "Número de plazo", "Cuota", "Número de cuota",
		},
		Note: text3("1, 2, 3…; blank where all is paid at once.", "1, 2, 3… ; vide si tout est versé en une fois.",
			"1, 2, 3…; en blanco si todo se paga de una vez."),
	})
}

func instalmentAmountColumn() sheet.Column {
	return under("R-FUN-8", sheet.Column{
		ID: "instalment_amount", Type: sheet.TypeAmount, CurrencyColumn: "currency", Width: 16, Label: instalmentAmountLabel,
		Aliases: []string{
			"Amount of instalment", "Installment amount", "Amount due", "Montant de la tranche", "Montant dû", "Importe de la cuota",
			"Monto del plazo", "Importe debido",
		},
		Note: text3("The instalments of an agreement add up to the amount pledged; 0 for one that was dropped; blank: all of it.",
			"Les versements d'un accord font ensemble le montant promis ; 0 pour un versement supprimé ; vide : la totalité.",
			"Los plazos de un acuerdo suman el importe prometido; 0 para un plazo suprimido; en blanco: la totalidad."),
	})
}
