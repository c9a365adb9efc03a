package exports

// What the sheets of notes say.
var (
	editionWords         = say("Programme edition %s", "Édition %s du programme", "Edición %s del programa")
	rulesHeading         = say("What the figures rest on", "Sur quoi reposent les chiffres", "En qué se basan las cifras")
	ruleTitle            = say("Rule", "Règle", "Regla")
	meaning              = say("Meaning", "Signification", "Significado")
	differencesHeading   = say("Differences from what is printed", "Écarts avec ce qui est imprimé", "Diferencias con lo impreso")
	noDifferences        = say("None: every computed sum agrees with what the sources print.", "Aucune : chaque somme calculée concorde avec ce que les sources impriment.", "Ninguna: cada suma calculada coincide con lo que imprimen las fuentes.")
	surveyDiffers        = say("%s: counted %d, printed %d", "%s : compté %d, imprimé %d", "%s: contado %d, impreso %d")
	disagreementsHeading = say("Where the sources disagree, and what was decided", "Où les sources se contredisent, et ce qui a été décidé", "Dónde discrepan las fuentes y qué se decidió")
	place                = say("Where", "Où", "Dónde")
	printedText          = say("What is printed", "Ce qui est imprimé", "Lo que está impreso")
	decision             = say("Decision", "Décision", "Decisión")
	sourcesTitle         = say("Sources", "Sources", "Fuentes")
	document             = say("Document", "Document", "Documento")
	derivedWord          = say("derived", "déduit", "derivado")
	practiceWord         = say("practice", "usage", "práctica")
	worldBankWord        = say("World Bank", "Banque mondiale", "Banco Mundial")
	derivedMeans         = say("follows from the sources without being printed in one", "découle des sources sans y être imprimé", "se deduce de las fuentes sin estar impreso en ellas")
	practiceMeans        = say("what the field does where the sources leave it open; may be changed by the secretariat", "usage là où les sources ne disent rien ; le secrétariat peut le modifier", "práctica habitual donde las fuentes no dicen nada; la secretaría puede cambiarla")
	worldBank            = say("Income groups: The World Bank, country and lending groups, fiscal year %d, CC BY 4.0", "Groupes de revenu : Banque mondiale, groupes de pays, exercice %d, CC BY 4.0", "Grupos de ingreso: Banco Mundial, grupos de países, ejercicio %d, CC BY 4.0")
	unescoRegions        = say("UNESCO’s five regions after the World Heritage list of 2019; where they follow by rule they are to be verified by the secretariat", "Les cinq régions de l’UNESCO d’après la liste du patrimoine mondial de 2019 ; celles déduites par règle sont à vérifier par le secrétariat", "Las cinco regiones de la UNESCO según la lista del Patrimonio Mundial de 2019; las deducidas por regla debe verificarlas la secretaría")
)

var budgetRules = []ruleNote{
	{"R-BUD-1", say("Cost per cluster by work area, as the strategy prints it: unit cost × quantity, for one two-year term.", "Coût par pôle et par champ d’action, tel que la stratégie l’imprime : coût unitaire × quantité, pour un mandat de deux ans.", "Coste por grupo y área de trabajo, como lo imprime la estrategia: coste unitario × cantidad, para un periodo de dos años.")},
	{"R-BUD-2", say("The totals of a cluster and of all clusters follow from the lines; no source prints them.", "Les totaux d’un pôle et de tous les pôles découlent des lignes ; aucune source ne les imprime.", "Los totales de un grupo y de todos los grupos se deducen de las líneas; ninguna fuente los imprime.")},
	{"R-BUD-3", say("Every total is computed and compared with what a source prints; a difference is shown, never hidden.", "Chaque total est calculé et comparé à ce qu’une source imprime ; un écart est montré, jamais caché.", "Cada total se calcula y se compara con lo que imprime una fuente; una diferencia se muestra, nunca se oculta.")},
	{"R-QUE-2", say("Offers are matched with the lines that they can carry: items 1 to 4 with the clusters’ lines 1.2, 1.3, 2.1 and 3.1, item 5 with the fund. A city’s offer counts in each cluster that it takes part in during the term.", "Les offres sont rapprochées des lignes qu’elles peuvent porter : questions 1 à 4 et lignes 1.2, 1.3, 2.1 et 3.1 des pôles, question 5 et fonds. L’offre d’une ville compte dans chaque pôle auquel elle participe pendant le mandat.", "Las ofertas se vinculan a las líneas que pueden cubrir: puntos 1 a 4 con las líneas 1.2, 1.3, 2.1 y 3.1 de los grupos, punto 5 con el fondo. La oferta de una ciudad cuenta en cada grupo en que participa durante el periodo.")},
	{"R-FUN-1", say("Target of the fund for each two-year term.", "Objectif du fonds pour chaque mandat de deux ans.", "Objetivo del fondo para cada periodo de dos años.")},
	{"R-FUN-2", say("Contributions are held in trust: they are a liability towards donors until they are spent on the purpose.", "Les contributions sont conservées en dépôt : un engagement envers les donateurs jusqu’à leur dépense conforme.", "Las contribuciones se guardan en depósito: un pasivo frente a los donantes hasta que se gasten en su fin.")},
	{"R-FUN-5", say("The fund serves cities in Africa and in low-income countries first. Africa is shown in both meanings, UNESCO’s region and the continent. The share of spending for them stands in the fund workbook.", "Le fonds sert d’abord les villes d’Afrique et des pays à faible revenu. L’Afrique est montrée dans ses deux sens, région de l’UNESCO et continent. La part des dépenses en leur faveur figure dans le classeur du fonds.", "El fondo atiende primero a las ciudades de África y de países de bajos ingresos. África se muestra en sus dos sentidos, región de la UNESCO y continente. La parte gastada en ellas figura en el libro del fondo.")},
	{"R-FUN-6", say("Activities of the fund and their planned amounts; received is what donors earmarked for an activity.", "Activités du fonds et montants prévus ; le montant reçu est celui que les donateurs ont affecté à l’activité.", "Actividades del fondo e importes previstos; lo recibido es lo que los donantes destinaron a la actividad.")},
	{"R-FUN-7", say("Allocated and spent are what the fund’s books say, net of what was freed or taken back: nothing is allocated beyond what is there, or spent beyond the activity’s allocation. A cluster’s are what names it; open is what was brought forward and allocated, less what was spent.", "L’alloué et le dépensé sont ceux des livres du fonds, nets de ce qui a été libéré ou annulé : rien n’est alloué au-delà de ce qui existe, ni dépensé au-delà de l’allocation de l’activité. Ceux d’un pôle sont ce qui le nomme ; le disponible est le report plus l’alloué, moins le dépensé.", "Lo asignado y lo gastado son los de los libros del fondo, netos de lo liberado o anulado: nada se asigna más allá de lo que hay, ni se gasta más allá de la asignación de la actividad. Los de un grupo son los que lo nombran; lo disponible es el saldo anterior más lo asignado, menos lo gastado.")},
	{"R-FUN-9", say("Other currencies are converted at the rate stated with each contribution, else at the month’s, rounded once to the cent.", "Les autres devises sont converties au taux indiqué pour chaque contribution, sinon à celui du mois, arrondies une fois au centime.", "Las otras monedas se convierten al tipo indicado con cada contribución o, en su defecto, al del mes, y se redondean una vez al céntimo.")},
	{"R-FUN-10", say("Programme support costs are 0 until the secretariat sets a rate; the planned lines leave nothing for them.", "Les frais d’appui au programme sont de 0 tant que le secrétariat n’a pas fixé de taux ; les lignes prévues n’en laissent pas la place.", "Los gastos de apoyo al programa son 0 hasta que la secretaría fije un porcentaje; las líneas previstas no dejan margen para ellos.")},
}
