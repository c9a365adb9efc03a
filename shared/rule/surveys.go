package rule

// The rules of the survey, the questionnaire and the budget.
var surveys = []Rule{
	{"R-TOP-1", say(
		"There are twelve topics in four groups; answers name them by label in any language, or by number.",
		"Il y a douze thèmes en quatre groupes ; les réponses les nomment par leur libellé dans une des langues, ou par leur numéro.",
		"Hay doce temas en cuatro grupos; las respuestas los nombran por su etiqueta en cualquier idioma, o por su número.",
	), codes("ENUM_UNKNOWN"), []string{"003"}},
	{"R-SUR-1", say(
		"An answer names at least one topic, and whether the city would coordinate.",
		"Une réponse nomme au moins un thème, et dit si la ville serait prête à coordonner.",
		"Una respuesta nombra al menos un tema, y dice si la ciudad coordinaría.",
	), codes("CELL_REQUIRED"), nil},
	{"R-SUR-2", say(
		"A city's latest answer by the closing date counts; whoever votes was a member on the day of the answer.",
		"Seule compte la dernière réponse d'une ville avant la clôture ; qui vote était membre le jour de la réponse.",
		"Cuenta la última respuesta de una ciudad antes del cierre; quien vota era miembro el día de la respuesta.",
	), codes("CYCLE_CLOSED_CITY", "NOT_A_MEMBER"), nil},
	{"R-SUR-3", say(
		"An answer has at most three topics; a cluster has the sum of its topics' votes.",
		"Une réponse compte trois thèmes au plus ; un pôle totalise les voix de ses thèmes.",
		"Una respuesta tiene como máximo tres temas; un grupo suma los votos de sus temas.",
	), codes("SURVEY_TOO_MANY_TOPICS"), []string{"003", "derived"}},
	{"R-SUR-4", say(
		"Clusters are formed of the topics, each of which belongs to exactly one.",
		"Les pôles sont formés de thèmes, dont chacun appartient à un seul pôle.",
		"Los grupos se forman con los temas, cada uno de los cuales pertenece a uno solo.",
	), codes("PROGRAMME_INVALID"), []string{"003"}},
	{"R-SUR-5", say(
		"Ties are ordered by topic number.",
		"À égalité de voix, les thèmes sont classés par numéro.",
		"En caso de empate, los temas se ordenan por número.",
	), nil, nil},
	{"R-QUE-1", say(
		"The questionnaire has six items; an empty one is no offer, and only members offer.",
		"Le questionnaire a six points ; un point vide n'est pas une offre, et seuls les membres proposent.",
		"El cuestionario tiene seis puntos; uno vacío no es una oferta, y solo ofrecen los miembros.",
	), codes("QUESTIONNAIRE_ITEM_UNKNOWN", "NOT_A_MEMBER"), nil},
	{"R-QUE-2", say(
		"Offers are matched with the budget lines that they can carry, in each cluster in which the city takes part.",
		"Les offres sont rapprochées des lignes du budget qu'elles peuvent porter, dans chaque pôle auquel la ville participe.",
		"Las ofertas se relacionan con las líneas del presupuesto que pueden asumir, en cada grupo en que participa la ciudad.",
	), nil, nil},
	{"R-BUD-1", say(
		"The clusters' costs stand by line and work area, as in the strategy.",
		"Les coûts des pôles figurent par ligne et par champ d'action, comme dans la stratégie.",
		"Los costes de los grupos figuran por línea y por área de trabajo, como en la estrategia.",
	), codes("BUDGET_SUM_MISMATCH"), []string{"003"}},
	{"R-BUD-2", say(
		"What no source prints is derived from the lines: a cluster's cost, and that of all seven.",
		"Ce qu'aucune source n'imprime découle des lignes : le coût d'un pôle et celui des sept.",
		"Lo que ninguna fuente imprime se deduce de las líneas: el coste de un grupo y el de los siete.",
	), codes("BUDGET_SUM_MISMATCH"), []string{"derived"}},
	{"R-BUD-3", say(
		"Every total is computed and set beside the printed one; a difference is reported, never hidden.",
		"Chaque total est calculé et placé à côté du total imprimé ; un écart est signalé, jamais caché.",
		"Cada total se calcula y se coloca junto al impreso; una diferencia se señala, nunca se oculta.",
	), codes("BUDGET_SUM_MISMATCH", "PROGRAMME_INVALID"), nil},
}
