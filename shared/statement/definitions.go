package statement

import "github.com/learning-cities/guildhall/shared/locale"

// Definitions explain the words of a statement, in the order in which they are met.
func Definitions() []Definition { return append([]Definition(nil), definitions...) }

var definitions = []Definition{
	{"columns", locale.Text{EN: "Columns", FR: "Colonnes", ES: "Columnas"}, locale.Text{
		EN: "Period: the days of this statement. Prior period: the span before it, as long. Cumulative: from the fund’s first entry to the end of the period. A period’s figure is the difference of two cumulative ones.",
		FR: "Période : les jours du présent relevé. Période précédente : celle qui la précède, de même durée. Cumulé : de la première écriture du fonds à la fin de la période. Le chiffre d’une période est la différence de deux cumuls.",
		ES: "Periodo: los días de este estado. Periodo anterior: el que lo precede, de igual duración. Acumulado: desde el primer asiento del fondo hasta el fin del periodo. La cifra de un periodo es la diferencia de dos acumulados.",
	}},
	{"opening", locale.Text{EN: "Opening and closing balance", FR: "Soldes d’ouverture et de clôture", ES: "Saldos inicial y final"}, locale.Text{
		EN: "What is left of the donor’s money, held in trust, at the beginning and at the end. The closing balance of one period is the opening balance of the next.",
		FR: "Ce qui reste de l’argent du donateur, détenu en dépôt, au début et à la fin. Le solde de clôture d’une période est le solde d’ouverture de la suivante.",
		ES: "Lo que queda del dinero del donante, mantenido en depósito, al principio y al final. El saldo final de un periodo es el saldo inicial del siguiente.",
	}},
	{"pledged", locale.Text{EN: "Pledged", FR: "Annoncé", ES: "Prometido"}, locale.Text{
		EN: "What the donor promised, as a memorandum: it is in no sum until it is received. Money received covers instalments in the order in which they are due.",
		FR: "Ce que le donateur a promis, pour mémoire : aucun total n’en tient compte avant réception. L’argent reçu couvre les tranches dans l’ordre de leurs échéances.",
		ES: "Lo que el donante prometió, como cuenta de orden: no entra en ninguna suma hasta que se recibe. El dinero recibido cubre los plazos por orden de vencimiento.",
	}},
	{"received", locale.Text{EN: "Received", FR: "Reçu", ES: "Recibido"}, locale.Text{
		EN: "Contributions that arrived, converted at the stated rate of exchange, whose date and source are shown with each; less those taken back because they had been entered by mistake.",
		FR: "Contributions encaissées, converties au taux de change indiqué, dont la date et la source figurent pour chacune ; moins celles annulées parce que saisies par erreur.",
		ES: "Contribuciones ingresadas, convertidas al tipo de cambio indicado, cuya fecha y fuente constan en cada una; menos las anuladas por haberse registrado por error.",
	}},
	{"attribution", locale.Text{EN: "Share of spending", FR: "Part des dépenses", ES: "Parte de los gastos"}, locale.Text{
		EN: "The fund pools its donors’ money. Spending is attributed pro rata to each donor’s part of the fund at the time. Earmarked money is used for its activity first, then money for its area, then money without a purpose, then the rest.",
		FR: "Le fonds met en commun l’argent de ses donateurs. Les dépenses sont attribuées au prorata de la part de chacun dans le fonds au moment considéré. Les contributions affectées à l’activité sont utilisées d’abord, puis celles pour son domaine, puis l’argent sans affectation, puis le reste.",
		ES: "El fondo reúne el dinero de sus donantes. Los gastos se atribuyen a prorrata de la parte de cada uno en el fondo en ese momento. Se usa primero el dinero preasignado a la actividad, luego el de su área, luego el que no tiene finalidad y después el resto.",
	}},
	{"rounding", locale.Text{EN: "Rounding", FR: "Arrondis", ES: "Redondeo"}, locale.Text{
		EN: "Cumulative shares are cut to whole minor units, and what is left goes to the largest remainders, so that all donors’ figures add up to the fund’s in every line.",
		FR: "Les parts cumulées sont ramenées à des unités mineures entières et le reste va aux plus forts restes, de sorte que les chiffres de tous les donateurs égalent ceux du fonds à chaque ligne.",
		ES: "Las partes acumuladas se reducen a unidades menores enteras y lo que sobra va a los mayores restos, de modo que las cifras de todos los donantes suman las del fondo en cada línea.",
	}},
	{"interest", locale.Text{EN: "Interest and exchange differences", FR: "Intérêts et différences de change", ES: "Intereses y diferencias de cambio"}, locale.Text{
		EN: "The donor’s share of interest paid by the bank and of gains (above zero) and losses (below zero) by changes of rates, pro rata to its part of the fund at the time.",
		FR: "La part du donateur dans les intérêts versés par la banque et dans les gains (positifs) et pertes (négatifs) de change, au prorata de sa part dans le fonds au moment considéré.",
		ES: "La parte del donante en los intereses pagados por el banco y en las ganancias (sobre cero) y pérdidas (bajo cero) de cambio, a prorrata de su parte en el fondo en ese momento.",
	}},
	{"support", locale.Text{EN: "Programme support costs", FR: "Dépenses d’appui au programme", ES: "Gastos de apoyo al programa"}, locale.Text{
		EN: "What the administrative agent charges: by the rate of the donor’s agreement, or its share of what is charged to the whole fund.",
		FR: "Ce que facture l’agent administratif : selon le taux de l’accord du donateur, ou sa part de ce qui est imputé à l’ensemble du fonds.",
		ES: "Lo que cobra el agente administrativo: según la tasa del acuerdo del donante, o su parte de lo que se carga a todo el fondo.",
	}},
	{"adjusted", locale.Text{EN: "Adjusted", FR: "Ajustements", ES: "Ajustes"}, locale.Text{
		EN: "What a donor was given back beyond its share, because spending of an earlier day became known after a refund, and the others’ share of it. All donors together: zero.",
		FR: "Ce qu’un donateur a reçu en retour au-delà de sa part, une dépense antérieure ayant été connue après un remboursement, et la part des autres. Pour l’ensemble des donateurs : zéro.",
		ES: "Lo que se devolvió a un donante por encima de su parte, al conocerse después del reembolso un gasto de un día anterior, y la parte de los demás. Entre todos los donantes: cero.",
	}},
	{"unallocated", locale.Text{EN: "Unallocated and allocated", FR: "Non alloué et alloué", ES: "Sin asignar y asignado"}, locale.Text{
		EN: "Of the closing balance, the donor’s part of what is not set aside for an activity, and of what is set aside and not yet spent.",
		FR: "Dans le solde de clôture, la part du donateur dans ce qui n’est réservé à aucune activité, et dans ce qui est réservé et non encore dépensé.",
		ES: "Del saldo final, la parte del donante en lo que no está reservado para ninguna actividad, y en lo reservado y aún no gastado.",
	}},
	{"beneficiaries", locale.Text{EN: "Beneficiaries", FR: "Bénéficiaires", ES: "Beneficiarios"}, locale.Text{
		EN: "Spending for several beneficiaries is divided equally among them. In each column, the donor’s share of an activity’s spending is taken to have reached the countries that all of the activity’s spending in those days reached. So a country can have more in a period than cumulatively.",
		FR: "Une dépense pour plusieurs bénéficiaires est divisée à parts égales. Dans chaque colonne, la part du donateur dans les dépenses d’une activité est réputée avoir bénéficié aux pays qu’ont touchés toutes les dépenses de l’activité durant ces jours. Un pays peut donc avoir plus dans une période que dans le cumul.",
		ES: "Un gasto para varios beneficiarios se divide entre ellos a partes iguales. En cada columna se considera que la parte del donante en los gastos de una actividad llegó a los países a los que llegaron todos los gastos de la actividad en esos días. Así, un país puede tener más en un periodo que en el acumulado.",
	}},
	{"africa", locale.Text{EN: "Africa and low-income countries", FR: "Afrique et pays à faible revenu", ES: "África y países de ingreso bajo"}, locale.Text{
		EN: "Africa is counted in two ways: UNESCO’s region (53 countries and territories) and the continent (60). Low-income countries are those of the World Bank’s classification.",
		FR: "L’Afrique est comptée de deux façons : la région de l’UNESCO (53 pays et territoires) et le continent (60). Les pays à faible revenu sont ceux de la classification de la Banque mondiale.",
		ES: "África se cuenta de dos maneras: la región de la UNESCO (53 países y territorios) y el continente (60). Los países de ingreso bajo son los de la clasificación del Banco Mundial.",
	}},
	{"provenance", locale.Text{EN: "Provenance", FR: "Provenance", ES: "Procedencia"}, locale.Text{
		EN: "Each transaction names its entry in the ledger and the cell of the uploaded sheet with what stands in it, or the request that it came from. The hash is that of the ledger’s chain at its head: a change of any entry would change it.",
		FR: "Chaque opération indique son écriture dans le grand livre et la cellule du fichier transmis avec son contenu, ou la demande dont elle provient. L’empreinte est celle de la chaîne du grand livre à sa tête : toute modification d’une écriture la changerait.",
		ES: "Cada operación indica su asiento en el libro mayor y la celda del archivo enviado con su contenido, o la solicitud de la que procede. La huella es la de la cadena del libro mayor en su cabeza: cualquier cambio de un asiento la cambiaría.",
	}},
	{"status", locale.Text{EN: "Provisional and final", FR: "Provisoire et définitif", ES: "Provisional y definitivo"}, locale.Text{
		EN: "A final statement was proposed by one person and approved by another. It is never changed: a later correction is a new version. A provisional one can still change.",
		FR: "Un relevé définitif a été proposé par une personne et approuvé par une autre. Il n’est jamais modifié : une correction ultérieure est une nouvelle version. Un relevé provisoire peut encore changer.",
		ES: "Un estado definitivo fue propuesto por una persona y aprobado por otra. Nunca se modifica: una corrección posterior es una nueva versión. Uno provisional todavía puede cambiar.",
	}},
}
