package exports

import (
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/locale"
)

// What the membership workbook says.
var (
	membershipTitle  = say("Members of the network", "Membres du réseau", "Miembros de la red")
	membersTab       = say("Members", "Membres", "Miembros")
	countriesTab     = say("Countries", "Pays", "Países")
	clustersTab      = say("Clusters", "Pôles", "Grupos")
	participationTab = say("Participation", "Participation", "Participación")
	applicationsTab  = say("Applications", "Candidatures", "Solicitudes")
	quotaTab         = say("Quota", "Quota", "Cuota")
	surveyTab        = say("Survey", "Enquête", "Encuesta")

	countedOn     = say("Counted on", "Compté le", "Contado el")
	memberCities  = say("Member cities", "Villes membres", "Ciudades miembro")
	countriesWith = say("Countries with member cities", "Pays ayant des villes membres", "Países con ciudades miembro")
	byRegion      = say("Member cities by UNESCO region", "Villes membres par région de l’UNESCO", "Ciudades miembro por región de la UNESCO")
	region        = say("UNESCO region", "Région de l’UNESCO", "Región de la UNESCO")
	countriesWord = say("Countries", "Pays", "Países")
	regionsWord   = say("UNESCO regions", "Régions de l’UNESCO", "Regiones de la UNESCO")
	noRegion      = say("no region on record", "sans région enregistrée", "sin región registrada")
	incomeGroup   = say("Income group (World Bank)", "Groupe de revenu (Banque mondiale)", "Grupo de ingreso (Banco Mundial)")
	unclassified  = say("not classified", "non classé", "sin clasificar")
	continentWord = say("Continent", "Continent", "Continente")

	sizesHeading = say("Size of the network (R-MEM-1)", "Taille du réseau (R-MEM-1)", "Tamaño de la red (R-MEM-1)")
	dateWord     = say("Date", "Date", "Fecha")
	sourceWord   = say("Source", "Source", "Fuente")
	printedOver  = say("“over”", "« plus de »", "«más de»")
	countedHere  = say("counted here", "compté ici", "contado aquí")
	sizesRemark  = say("Published sizes are a dated series; the last line is counted from the records.", "Les tailles publiées sont une série datée ; la dernière ligne est comptée dans les fiches.", "Los tamaños publicados son una serie fechada; la última línea se cuenta en las fichas.")

	oneCityThree   = say("a city takes part in up to three clusters", "une ville participe à trois pôles au plus", "una ciudad participa en hasta tres grupos")
	topicsWord     = say("Topics", "Thèmes", "Temas")
	chartClusters  = say("Member cities of the clusters, by region", "Villes membres des pôles, par région", "Ciudades miembro de los grupos, por región")
	fromWord       = say("From", "Du", "Desde")
	untilWord      = say("Until", "Au", "Hasta")
	stateWord      = say("State", "État", "Estado")
	noMembers      = say("No member city is on record.", "Aucune ville membre n’est enregistrée.", "No hay ninguna ciudad miembro registrada.")
	noParticipants = say("No member city takes part in a cluster in this term.", "Aucune ville membre ne participe à un pôle pendant ce mandat.", "Ninguna ciudad miembro participa en un grupo en este periodo.")
	takesPart      = say("takes part", "participe", "participa")
	hasLapsed      = say("has lapsed", "échue", "vencida")
	notBegun       = say("not begun", "pas encore commencée", "aún no comenzada")

	coordinatorsTab = say("Coordinators", "Coordinatrices", "Coordinadoras")
	seatsWords      = say("%d coordinating cities for each cluster, for one term", "%d villes coordinatrices par pôle, pour un mandat", "%d ciudades coordinadoras por grupo, por un periodo")
	scoreWord       = say("Score", "Points", "Puntos")
	announcedOn     = say("Announced on", "Annoncée le", "Anunciada el")
	inOffice        = say("coordinates", "coordonne", "coordina")
	mandateEnded    = say("term has ended", "mandat terminé", "periodo terminado")
	vacantWord      = say("vacant", "à pourvoir", "vacante")
	vacantSeats     = say("Vacant seats", "Sièges à pourvoir", "Puestos vacantes")
	balanceHeading  = say("Coordinating cities by region, over all clusters", "Villes coordinatrices par région, tous pôles", "Ciudades coordinadoras por región, todos los grupos")
	candidatesTab   = say("Candidates", "Candidates", "Candidatas")
	candidatesWords = say("ranked by the score of their answers, from 0 to 100; the secretariat decides", "classées selon les points de leurs réponses, de 0 à 100 ; le secrétariat décide", "ordenadas según los puntos de sus respuestas, de 0 a 100; decide la secretaría")
	appointedWord   = say("Appointed from", "Nommée à partir du", "Nombrada desde el")
	noCandidates    = say("No city stands for a coordinator’s seat in this term.", "Aucune ville n’est candidate à la coordination pour ce mandat.", "Ninguna ciudad se presenta como coordinadora para este periodo.")
	lapsesWords     = say("Its participation in the cluster lapses on %s unless renewed.", "Sa participation au pôle prend fin le %s sans renouvellement.", "Su participación en el grupo caduca el %s si no se renueva.")

	offersTab      = say("Offers by activity", "Offres par activité", "Ofertas por actividad")
	offersSubtitle = say("answers to the questionnaire beside the lines of the work plan that they can carry", "réponses au questionnaire en regard des lignes du plan de travail qu’elles peuvent porter", "respuestas al cuestionario junto a las líneas del plan de trabajo que pueden asumir")
	planWord       = say("Work plan", "Plan de travail", "Plan de trabajo")
	offeredState   = say("offered", "offerte", "ofrecida")
	hostedState    = say("host is planned", "ville hôte prévue", "ciudad anfitriona prevista")
	gapsTab        = say("Offers and gaps", "Offres et manques", "Ofertas y carencias")
	gapsSubtitle   = say("number of cities that offer to carry an activity; a gap is an activity without an offer and without a host in the work plan", "nombre de villes prêtes à porter une activité ; un manque est une activité sans offre ni ville hôte dans le plan de travail", "número de ciudades dispuestas a asumir una actividad; una carencia es una actividad sin oferta ni ciudad anfitriona en el plan de trabajo")
	gapsWord       = say("Gaps", "Manques", "Carencias")
	offersToFund   = say("Offers of a contribution to the fund", "Offres de contribution au fonds", "Ofertas de contribución al fondo")
	otherOffers    = say("Other offers", "Autres offres", "Otras ofertas")
	noSuchOffer    = say("None in the answers to this term’s questionnaire.", "Aucune dans les réponses au questionnaire de ce mandat.", "Ninguna en las respuestas al cuestionario de este periodo.")

	deadlines           = say("cities by %s, National Commissions by %s", "villes jusqu’au %s, Commissions nationales jusqu’au %s", "ciudades hasta el %s, Comisiones Nacionales hasta el %s")
	applicationReceived = say("Received on", "Reçue le", "Recibida el")
	endorsedOn          = say("Endorsed on", "Avalisée le", "Avalada el")
	endorsedBy          = say("Endorsed by", "Avalisée par", "Avalada por")
	noApplications      = say("No application to this call is on record.", "Aucune candidature à cet appel n’est enregistrée.", "No hay ninguna solicitud registrada a esta convocatoria.")
	decidedOn           = say("Decided on", "Décidée le", "Decidida el")
	callsTab            = say("Calls", "Appels", "Convocatorias")
	callWord            = say("Call", "Appel", "Convocatoria")
	cityDeadlineWord    = say("Cities apply by", "Villes jusqu’au", "Ciudades hasta el")
	commissionDeadline  = say("National Commissions submit by", "Commissions nationales jusqu’au", "Comisiones Nacionales hasta el")
	slotsByCountry      = say("Cities per country", "Villes par pays", "Ciudades por país")
	callState           = say("Open or closed", "Ouvert ou clos", "Abierta o cerrada")
	openForCities       = say("open for cities", "ouvert aux villes", "abierta a las ciudades")
	openForCommissions  = say("open for National Commissions", "ouvert aux Commissions nationales", "abierta a las Comisiones Nacionales")
	closedCall          = say("closed", "clos", "cerrada")
	submittedCities     = say("Submitted", "Présentées", "Presentadas")
	acceptedCities      = say("Accepted", "Acceptées", "Aceptadas")
	extensionsHeading   = say("Extensions of deadlines", "Prolongations des délais", "Prórrogas de plazos")
	noExtensions        = say("No deadline has been extended.", "Aucun délai n’a été prolongé.", "No se ha prorrogado ningún plazo.")
	deadlineWord        = say("Deadline", "Délai", "Plazo")
	forWhom             = say("For", "Pour", "Para")
	everybody           = say("everybody", "tous", "todos")
	extendedUntil       = say("Extended until", "Prolongé jusqu’au", "Prorrogado hasta el")
	grantedOn           = say("Granted on", "Accordée le", "Concedida el")
	ofCities            = say("of cities", "des villes", "de las ciudades")
	ofCommissions       = say("of National Commissions", "des Commissions nationales", "de las Comisiones Nacionales")
	slotWord            = say("Slots used", "Places utilisées", "Plazas usadas")
	reasonWord          = say("Reason", "Motif", "Motivo")
	quotaWords          = say("a National Commission submits at most %d cities (R-APP-3)", "une Commission nationale présente %d villes au plus (R-APP-3)", "una Comisión Nacional presenta como máximo %d ciudades (R-APP-3)")
	quotaUsed           = say("Quota used", "Quota utilisé", "Cuota usada")
	quotaWord           = say("Quota", "Quota", "Cuota")
	quotaLeft           = say("Left", "Reste", "Queda")
	chartQuota          = say("Quota used by country", "Quota utilisé par pays", "Cuota usada por país")

	surveyTitle     = say("Survey of %s: primary concerns of member cities", "Enquête de %s : préoccupations des villes membres", "Encuesta de %s: inquietudes de las ciudades miembro")
	surveySubtitle  = say("closed on %s · answers on record: %d, of which replaced by a later one: %d, after the closing date: %d", "close le %s · réponses enregistrées : %d, dont remplacées par une plus récente : %d, après la clôture : %d", "cerrada el %s · respuestas registradas: %d, de ellas sustituidas por otra posterior: %d, tras el cierre: %d")
	byCluster       = say("Result by cluster", "Résultat par pôle", "Resultado por grupo")
	byTopic         = say("Result by topic", "Résultat par thème", "Resultado por tema")
	placeWord       = say("Place", "Rang", "Puesto")
	topicWord       = say("Topic", "Thème", "Tema")
	votesWord       = say("Votes", "Voix", "Votos")
	citiesBehind    = say("Distinct cities", "Villes distinctes", "Ciudades distintas")
	printedVotes    = say("Printed", "Imprimé", "Impreso")
	countedWord     = say("Counted", "Compté", "Contado")
	whoAnswered     = say("Who answered", "Qui a répondu", "Quién respondió")
	answeredCities  = say("Cities", "Villes", "Ciudades")
	wouldCoordinate = say("Cities that would coordinate a cluster", "Villes prêtes à coordonner un pôle", "Ciudades dispuestas a coordinar un grupo")
	chartSurvey     = say("Votes by cluster", "Voix par pôle", "Votos por grupo")
)

// stateNames are the states of an application, the decisions in the words of the sheet that brings them.
var stateNames = map[application.State]locale.Text{
	application.Draft:     say("Draft", "Brouillon", "Borrador"),
	application.Sent:      say("Waiting for endorsement", "En attente d’aval", "En espera de aval"),
	application.Returned:  say("Returned to the city", "Renvoyée à la ville", "Devuelta a la ciudad"),
	application.Endorsed:  say("Endorsed, not submitted", "Avalisée, non présentée", "Avalada, no presentada"),
	application.Submitted: say("Submitted", "Présentée", "Presentada"),
	application.Accepted:  say("Accepted", "Acceptée", "Aceptada"),
	application.Deferred:  say("Deferred", "Reportée", "Aplazada"),
	application.Declined:  say("Declined", "Refusée", "Rechazada"),
	application.Withdrawn: say("Withdrawn", "Retirée", "Retirada"),
}

var (
	servicesWords = say("Members can use: %s.", "Les membres disposent de : %s.", "Los miembros disponen de: %s.")
	notOnRecord   = say("%s (%s) is a member city in source %s and not on record as one on %s.", "%s (%s) est ville membre dans la source %s et n’est pas enregistrée comme telle au %s.", "%s (%s) es ciudad miembro en la fuente %s y no consta como tal el %s.")
)

var membershipRules = []ruleNote{
	{"R-MEM-1", say("The number of members is counted from the records, never stored; published sizes are shown beside it.", "Le nombre de membres est compté dans les fiches, jamais stocké ; les tailles publiées sont indiquées à côté.", "El número de miembros se cuenta en las fichas, nunca se guarda; los tamaños publicados figuran al lado.")},
	{"R-REG-1", say("Regions are UNESCO’s five; a region follows from the country.", "Les régions sont les cinq de l’UNESCO ; elles se déduisent du pays.", "Las regiones son las cinco de la UNESCO; se deducen del país.")},
	{"R-CLU-1", say("A city takes part in at most three clusters, so the clusters’ numbers add up to more than the cities.", "Une ville participe à trois pôles au plus : la somme des pôles dépasse donc le nombre de villes.", "Una ciudad participa en un máximo de tres grupos: la suma de los grupos supera el número de ciudades.")},
	{"R-CLU-2", say("Participation lasts two years and lapses unless renewed. Listed is who takes part at any time in the term.", "La participation dure deux ans et prend fin sans renouvellement. Figurent ceux qui participent à un moment du mandat.", "La participación dura dos años y caduca si no se renueva. Figuran quienes participan en algún momento del periodo.")},
	{"R-CLU-3, R-CLU-6", say("A cluster has two coordinating cities for one term; candidates are ranked by their answers, and the secretariat decides, with regard to the balance of the regions.", "Un pôle a deux villes coordinatrices pour un mandat ; les candidates sont classées selon leurs réponses, et le secrétariat décide en tenant compte de l’équilibre des régions.", "Un grupo tiene dos ciudades coordinadoras por un periodo; las candidatas se ordenan según sus respuestas y la secretaría decide teniendo en cuenta el equilibrio de las regiones.")},
	{"R-QUE-2", say("An offer counts in every cluster that the city takes part in during the term.", "Une offre compte dans chaque pôle auquel la ville participe pendant le mandat.", "Una oferta cuenta en cada grupo en que la ciudad participa durante el periodo.")},
	{"R-APP-3", say("A National Commission submits at most three cities per call; each endorsement uses one slot.", "Une Commission nationale présente trois villes au plus par appel ; chaque aval occupe une place.", "Una Comisión Nacional presenta como máximo tres ciudades por convocatoria; cada aval ocupa una plaza.")},
	{"R-APP-4", say("An application without endorsement waits: it can be neither submitted nor accepted.", "Une candidature sans aval est en attente : elle ne peut être ni présentée ni acceptée.", "Una solicitud sin aval está en espera: no puede presentarse ni aceptarse.")},
	{"R-SUR-2", say("One answer per city counts: its latest on or before the closing date.", "Une seule réponse par ville compte : la dernière au plus tard le jour de la clôture.", "Cuenta una respuesta por ciudad: la última hasta el día del cierre.")},
	{"R-SUR-3", say("A cluster’s votes are the sum of its topics’ votes; the distinct cities behind them are shown beside.", "Les voix d’un pôle sont la somme de celles de ses thèmes ; les villes distinctes figurent à côté.", "Los votos de un grupo son la suma de los de sus temas; las ciudades distintas figuran al lado.")},
	{"R-SUR-5", say("Order: votes, then topic number.", "Ordre : voix, puis numéro du thème.", "Orden: votos y después número del tema.")},
}
