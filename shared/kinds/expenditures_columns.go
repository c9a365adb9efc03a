package kinds

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/sheet"
)

func expendituresSchema(env *imports.Env) sheet.Schema {
	cluster := clusterColumn(env)
	cluster.Rule = "R-BUD-1"
	cluster.Note = text3("The thematic cluster that it serves, where it serves one.", "Le pôle thématique concerné, s'il y en a un.",
		"El grupo temático al que sirve, si sirve a uno.")
	return sheet.Schema{
		Kind: ExpendituresKind, Version: 1,
		Title: text3("Expenditure of the fund", "Dépenses du fonds", "Gastos del fondo"),
		Columns: []sheet.Column{
			under("R-FUN-7", required(dateColumn("date", text3("Date paid", "Date du paiement", "Fecha de pago"),
				"Date", "Paid on", "Payment date", "Date of payment", "Posting date", "Date of expenditure", "Payé le", "Date de paiement",
				"Date de la dépense", "Date comptable", "Pagado el", "Fecha", "Fecha del pago", "Fecha del gasto", "Fecha contable"))),
			activityColumn(env.Programme),
			spentAmountColumn(),
			currencyColumn(env.Reference, env.Programme.Fund.Currency),
			categoryColumn(env.Programme),
			required(wide(28, noted(text3(
				"Who was paid. The name is kept here only: the fund's books have an identifier without it.",
				"Qui a été payé. Le nom n'est conservé qu'ici : les livres du fonds ont un identifiant sans nom.",
				"A quién se pagó. El nombre se guarda solo aquí: los libros del fondo tienen un identificador sin él."),
				textColumn("payee", 200, text3("Payee", "Bénéficiaire du paiement", "Beneficiario del pago"),
					"Paid to", "Name of payee", "Payee name", "Vendor", "Vendor name", "Supplier", "Supplier name", "Contractor",
					"Payé à", "Versé à", "Fournisseur", "Nom du fournisseur", "Prestataire", "Pagado a", "Proveedor", "Nombre del proveedor",
					"Contratista")))),
			payeeNumberColumn(),
			wide(30, under("R-FUN-5", noted(text3(
				"Member cities that it benefits, with semicolons between them; blank: the whole network.",
				"Villes membres qui en bénéficient, séparées par des points-virgules ; vide : tout le réseau.",
				"Ciudades miembro a las que beneficia, separadas por punto y coma; en blanco: toda la red."),
				textColumn("beneficiaries", 4000, text3("Beneficiary cities", "Villes bénéficiaires", "Ciudades beneficiarias"),
					"Beneficiaries", "Benefiting cities", "Cities", "Member cities", "Cities that benefit", "Bénéficiaires", "Villes",
					"Villes membres", "Beneficiarios", "Beneficiarias", "Ciudades", "Ciudades miembro")))),
			under("R-FUN-5", noted(text3(
				"Where it benefits countries rather than single cities.", "S'il bénéficie à des pays plutôt qu'à des villes.",
				"Si beneficia a países y no a ciudades concretas."),
				textColumn("beneficiary_countries", 2000, text3("Beneficiary countries", "Pays bénéficiaires", "Países beneficiarios"),
					"Benefiting countries", "Countries", "Beneficiary country", "Country", "Pays bénéficiaire", "Pays", "País beneficiario",
					"Países", "País"))),
			cluster,
			budgetLineColumn(env.Programme),
			voucherColumn(),
			rateColumn(), rateDateColumn(), rateSourceColumn(),
			remarksColumn(),
		},
	}
}

// activityColumn asks for one of the fund's activities.
func activityColumn(p *programme.Edition) sheet.Column {
	codes := make([]string, len(p.Fund.Activities))
	for i, activity := range p.Fund.Activities {
		codes[i] = activity.Code
	}
	list := strings.Join(codes, ", ")
	return under("R-FUN-6", required(sheet.Column{
		ID: "activity", Type: sheet.TypeCode, MaxChars: 200, Width: 14,
		Label: text3("Activity", "Activité", "Actividad"),
		Aliases: []string{
			"Activity code", "Code of activity", "Activity of the fund", "Fund activity", "Output", "Code d'activité", "Code de l'activité",
			"Activité du fonds", "Produit", "Código de actividad", "Código de la actividad", "Actividad del fondo", "Producto",
		},
		Note: text3("Code of one of the fund's activities: "+list+".", "Code d'une activité du fonds : "+list+".",
			"Código de una actividad del fondo: "+list+"."),
	}))
}

func spentAmountColumn() sheet.Column {
	return under("R-FUN-7", required(sheet.Column{
		ID: "amount", Type: sheet.TypeAmount, CurrencyColumn: "currency", Width: 16,
		Label: text3("Amount", "Montant", "Importe"),
		Aliases: []string{
			"Sum", "Amount paid", "Amount spent", "Expenditure", "Expense", "Cost", "Montant payé", "Montant dépensé", "Dépense", "Coût",
			"Somme", "Importe pagado", "Importe gastado", "Gasto", "Costo", "Coste", "Monto", "Cantidad",
		},
		Note: text3("In the currency that was paid; not more than what the activity has left.",
			"Dans la devise payée ; pas plus que ce qui reste à l'activité.",
			"En la moneda pagada; no más de lo que le queda a la actividad."),
	}))
}

func categoryColumn(p *programme.Edition) sheet.Column {
	choices := choicesOf(p.ExpenseCategories)
	for i := range choices {
		choices[i].Aliases = categorySpellings[choices[i].ID]
	}
	return under("R-FUN-3", required(sheet.Column{
		ID: "category", Type: sheet.TypeEnum, Choices: choices, Width: 30,
		Label: text3("Expense category", "Catégorie de dépense", "Categoría de gasto"),
		Aliases: []string{
			"Category", "Budget category", "Category of expenditure", "Expenditure category", "Type of expense", "Catégorie",
			"Catégorie budgétaire", "Nature de la dépense", "Categoría", "Categoría presupuestaria", "Tipo de gasto",
		},
	}))
}

// categorySpellings are other wordings, by category: those of the UN's forms and the usual short ones.
var categorySpellings = map[string][]string{
	"staff": {
		"Staff", "Personnel", "Staff and personnel costs", "Salaries", "Dépenses de personnel", "Frais de personnel", "Salaires",
		"Personal", "Gastos de personal", "Salarios", "Sueldos",
	},
	"supplies": {
		"Supplies", "Materials", "Commodities", "Fournitures", "Matériel", "Fournitures et matériel", "Suministros", "Materiales",
	},
	"equipment": {
		"Equipment", "Furniture", "Vehicles", "Équipement", "Équipements", "Mobilier", "Equipo", "Equipos", "Mobiliario",
		"Equipment, vehicles and furniture (including depreciation)",
	},
	"contractual": {
		"Contracts", "Contractual", "Consultants", "Consultancy", "Services", "Subcontracts", "Contrats", "Consultance", "Sous-traitance",
		"Prestations", "Contratos", "Consultores", "Consultoría", "Servicios", "Servicios contractuales",
	},
	"travel": {
		"Travels", "Travel costs", "Missions", "Flights and accommodation", "Voyage", "Déplacements", "Frais de voyage", "Viaje",
		"Gastos de viaje", "Desplazamientos", "Misiones",
	},
	"transfers": {
		"Transfers", "Grants", "Grant", "Transfers and grants", "Transferts", "Subventions", "Subvention", "Transferencias",
		"Subvenciones", "Subvención", "Donaciones",
	},
	"operating": {
		"Operating costs", "General operating costs", "Other direct costs", "Other", "Frais de fonctionnement", "Autres coûts directs",
		"Autres", "Gastos de funcionamiento", "Otros costos directos", "Otros",
	},
}

func payeeNumberColumn() sheet.Column {
	return sheet.Column{
		ID: "payee_number", Type: sheet.TypeCode, MaxChars: 40, Width: 14,
		Label: text3("Payee number", "Numéro du fournisseur", "Número del proveedor"),
		Aliases: []string{
			"Vendor number", "Vendor no", "Vendor ID", "Supplier number", "Supplier ID", "Payee ID", "Contact number", "N° fournisseur",
			"Code fournisseur", "Identifiant du fournisseur", "Numéro de contact", "N.º de proveedor", "Código de proveedor",
			"Identificador del proveedor", "Número de contacto",
		},
		Note: text3("The number under which your accounts keep the payee: letters and digits, never a name.",
			"Le numéro sous lequel vos comptes connaissent le fournisseur : lettres et chiffres, jamais un nom.",
			"El número con el que sus cuentas conocen al proveedor: letras y cifras, nunca un nombre."),
	}
}

// budgetLineColumn asks for a line of the clusters' budget; its number alone is told apart from the fund's activities by the column.
func budgetLineColumn(p *programme.Edition) sheet.Column {
	choices := make([]sheet.Choice, len(p.BudgetLines))
	for i, line := range p.BudgetLines {
		label := func(lang locale.Lang) string { return line.Code + " " + line.Activity.In(lang) }
		choices[i] = sheet.Choice{
			ID: line.Code, Label: text3(label(locale.EN), label(locale.FR), label(locale.ES)),
			Aliases: []string{line.Number, line.Activity.EN, line.Activity.FR, line.Activity.ES},
		}
	}
	return under("R-BUD-1", sheet.Column{
		ID: "line", Type: sheet.TypeEnum, Choices: choices, Width: 20,
		Label: text3("Budget line of the cluster", "Ligne budgétaire du pôle", "Línea presupuestaria del grupo"),
		Aliases: []string{
			"Budget line", "Cluster budget line", "Line", "Ligne budgétaire", "Ligne de budget", "Ligne", "Línea presupuestaria",
			"Línea de presupuesto", "Línea",
		},
		Note: text3("Which line of the cluster's budget it carries out; needs the cluster.",
			"Quelle ligne du budget du pôle elle exécute ; il faut indiquer le pôle.",
			"Qué línea del presupuesto del grupo ejecuta; hay que indicar el grupo."),
	})
}

func voucherColumn() sheet.Column {
	return sheet.Column{
		ID: "reference", Type: sheet.TypeCode, MaxChars: 140, Width: 20,
		Label: text3("Voucher reference", "Référence de la pièce", "Referencia del comprobante"),
		Aliases: []string{
			"Reference", "Ref", "Voucher", "Voucher number", "Voucher no", "Document number", "Payment reference", "Transaction reference",
			"Bank reference", "Invoice", "Invoice number", "Référence", "Réf", "Pièce", "Numéro de pièce", "Pièce comptable", "Facture",
			"Numéro de facture", "Référence du paiement", "Référence bancaire", "Referencia", "Comprobante", "Número de comprobante",
			"Factura", "Número de factura", "Referencia de pago", "Referencia bancaria",
		},
		Note: text3("The same one twice is one expenditure: of a payment that is divided, each line has its own (17/1, 17/2).",
			"La même deux fois est une seule dépense : d'un paiement réparti, chaque ligne a la sienne (17/1, 17/2).",
			"La misma dos veces es un solo gasto: de un pago repartido, cada línea tiene la suya (17/1, 17/2)."),
	}
}
