package rule

// The rules of the fund.
var funds = []Rule{
	{"R-FUN-1", say(
		"The fund's target for a term stands beside what is planned and received, and what is still to be raised.",
		"L'objectif du fonds pour un mandat figure à côté de ce qui est prévu et reçu, et de ce qui reste à réunir.",
		"El objetivo del fondo para un periodo figura junto a lo previsto y lo recibido, y a lo que falta por reunir.",
	), codes("BUDGET_SUM_MISMATCH"), []string{"003"}},
	{"R-FUN-2", say(
		"Money received is held in trust until it is spent; it is no revenue.",
		"L'argent reçu est détenu en fiducie jusqu'à ce qu'il soit dépensé ; ce n'est pas un revenu.",
		"El dinero recibido se mantiene en fideicomiso hasta que se gasta; no es un ingreso.",
	), nil, nil},
	{"R-FUN-3", say(
		"Donors are told what came of an activity in a term: a text in one language at least, and counts.",
		"Les donateurs apprennent ce qu'il est advenu d'une activité au cours d'un mandat : un texte dans une langue au moins, et des chiffres.",
		"A los donantes se les dice qué resultó de una actividad en un periodo: un texto en un idioma al menos, y cifras.",
	), codes("CELL_REQUIRED", "ENUM_UNKNOWN", "NUMBER_OUT_OF_RANGE"), []string{"practice"}},
	{"R-FUN-4", say(
		"Member cities, donor countries, companies and foundations give; a member city is one on record.",
		"Villes membres, pays donateurs, entreprises et fondations contribuent ; une ville membre est une ville enregistrée.",
		"Contribuyen ciudades miembro, países donantes, empresas y fundaciones; una ciudad miembro es una que consta.",
	), codes("DONOR_TYPE_UNKNOWN", "NOT_A_MEMBER"), []string{"003"}},
	{"R-FUN-5", say(
		"What share of spending was for member cities in Africa and in low-income countries is shown; what is spent names the member cities or countries that it benefits.",
		"La part des dépenses en faveur des villes membres d'Afrique et de pays à faible revenu est montrée ; une dépense nomme les villes membres ou les pays qui en bénéficient.",
		"Se muestra qué parte del gasto fue para ciudades miembro de África y de países de renta baja; un gasto nombra las ciudades miembro o los países que se benefician.",
	), codes("NOT_A_MEMBER", "COUNTRY_UNKNOWN", "CITY_NEAR_DUPLICATE", "REF_AMBIGUOUS"), nil},
	{"R-FUN-6", say(
		"Earmarked money counts towards its activity and area; an activity is named with its budget.",
		"L'argent affecté compte pour son activité et son domaine ; une activité est nommée avec son budget.",
		"El dinero asignado a un fin cuenta para su actividad y su área; una actividad se nombra con su presupuesto.",
	), codes("ACTIVITY_CODE_UNKNOWN"), []string{"003", "derived"}},
	{"R-FUN-7", say(
		"Nothing is allocated beyond what is received and unallocated, and nothing spent beyond an activity's allocation; allocations take two persons.",
		"Rien n'est alloué au-delà de ce qui est reçu et non alloué, et rien n'est dépensé au-delà de l'allocation d'une activité ; une allocation demande deux personnes.",
		"No se asigna más de lo recibido y sin asignar, ni se gasta más de lo asignado a una actividad; una asignación requiere dos personas.",
	), codes("FUND_UNALLOCATED_EXCEEDED", "FUND_ALLOCATION_EXCEEDED", "SECOND_PERSON_NEEDED"), nil},
	{"R-FUN-8", say(
		"Only what was received counts as received; a pledge is no money. A pledge's instalments add up to it, and a donor is given back no more than is left of its money.",
		"Seul ce qui a été reçu compte comme reçu ; une promesse n'est pas de l'argent. Les versements d'une promesse s'y additionnent, et un donateur n'est pas remboursé au-delà de ce qui reste de son argent.",
		"Solo cuenta como recibido lo que se recibió; una promesa no es dinero. Los plazos de una promesa la suman, y a un donante no se le devuelve más de lo que queda de su dinero.",
	), codes("AMOUNT_SCALE", "FUND_DONOR_EXCEEDED", "INSTALMENTS_SUM_MISMATCH", "PLEDGE_CONTRADICTED", "DEPOSIT_WITHOUT_PLEDGE",
		"DEPOSIT_EXCEEDS_PLEDGE"), nil},
	{"R-FUN-9", say(
		"Other currencies are converted at the rate that the row states with its date and source, else at the month's rate on record; exactly, and rounded once.",
		"Les autres devises sont converties au taux qu'indique la ligne avec sa date et sa source, sinon au taux du mois enregistré ; exactement, et arrondies une seule fois.",
		"Las demás monedas se convierten al tipo que indica la fila con su fecha y fuente, o si no al tipo del mes que consta; con exactitud, y con un solo redondeo.",
	), codes("FX_RATE_MISSING", "CURRENCY_MISSING", "CURRENCY_UNKNOWN", "NUMBER_OUT_OF_RANGE", "CELL_REQUIRED"), nil},
	{"R-FUN-10", say(
		"Support costs are none until the secretariat sets a percentage; an agreement may grant one of its own.",
		"Les frais de gestion sont nuls tant que le secrétariat n'a pas fixé de pourcentage ; une convention peut en prévoir un qui lui est propre.",
		"No hay costes de apoyo hasta que la secretaría fije un porcentaje; un acuerdo puede prever uno propio.",
	), codes("BUDGET_SUM_MISMATCH", "PLEDGE_CONTRADICTED", "AGREEMENT_UNKNOWN"), []string{"practice"}},
}
