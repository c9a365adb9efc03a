package network

import "github.com/learning-cities/guildhall/shared/locale"

// The texts of a cluster's work plan.
var (
	planTitle    = locale.Text{EN: "Work plan {term}", FR: "Plan de travail {term}", ES: "Plan de trabajo {term}"}
	draftWord    = locale.Text{EN: "draft", FR: "projet", ES: "borrador"}
	adoptedWord  = locale.Text{EN: "put forward", FR: "présenté", ES: "presentado"}
	adoptedBy    = locale.Text{EN: "by {city} on {day}", FR: "par {city} le {day}", ES: "por {city} el {day}"}
	noObjectives = locale.Text{
		EN: "The plan has no objectives yet.",
		FR: "Le plan n'a pas encore d'objectifs.",
		ES: "El plan todavía no tiene objetivos.",
	}
	partnersWord      = locale.Text{EN: "Technical partners", FR: "Partenaires techniques", ES: "Socios técnicos"}
	activitiesWord    = locale.Text{EN: "Activities", FR: "Activités", ES: "Actividades"}
	activitiesCaption = locale.Text{
		EN: "The activities of the plan, after the lines of the budget",
		FR: "Les activités du plan, selon les lignes du budget",
		ES: "Las actividades del plan, según las líneas del presupuesto",
	}
	noActivities = locale.Text{
		EN: "The plan has no activity. Plan one for each line of the budget.",
		FR: "Le plan n'a aucune activité. Prévoyez-en une par ligne du budget.",
		ES: "El plan no tiene actividades. Planifique una por cada línea del presupuesto.",
	}
	activityWord  = locale.Text{EN: "Activity", FR: "Activité", ES: "Actividad"}
	lineWord      = locale.Text{EN: "Budget line", FR: "Ligne budgétaire", ES: "Línea presupuestaria"}
	hostWord      = locale.Text{EN: "Host", FR: "Hôte", ES: "Anfitriona"}
	noHost        = locale.Text{EN: "no host yet", FR: "pas encore d'hôte", ES: "aún sin anfitriona"}
	byWord        = locale.Text{EN: "Responsible", FR: "Responsable", ES: "Responsable"}
	noResponsible = locale.Text{EN: "UIL or a partner", FR: "L'UIL ou un partenaire", ES: "El UIL o un socio"}
	changeWord    = locale.Text{EN: "Change", FR: "Modifier", ES: "Cambiar"}
	uncoveredWord = locale.Text{
		EN: "The budget provides for more of these than the plan has:",
		FR: "Le budget en prévoit plus que le plan n'en a\u00a0:",
		ES: "El presupuesto prevé más de estas que las que tiene el plan:",
	}
	plannedWord   = locale.Text{EN: "planned", FR: "prévue", ES: "prevista"}
	confirmedWord = locale.Text{EN: "confirmed", FR: "confirmée", ES: "confirmada"}
	heldState     = locale.Text{EN: "held", FR: "tenue", ES: "celebrada"}
	cancelledWord = locale.Text{EN: "cancelled", FR: "annulée", ES: "cancelada"}
	dutiesWord    = locale.Text{EN: "Duties that come round", FR: "Obligations périodiques", ES: "Obligaciones periódicas"}
	dutiesCaption = locale.Text{
		EN: "What the cluster does again and again, and by when",
		FR: "Ce que le pôle fait régulièrement, et pour quand",
		ES: "Lo que el grupo hace periódicamente, y para cuándo",
	}
	dutyWord     = locale.Text{EN: "Duty", FR: "Obligation", ES: "Obligación"}
	dueWord      = locale.Text{EN: "Due by", FR: "Échéance", ES: "Vence el"}
	dutyDone     = locale.Text{EN: "done", FR: "fait", ES: "hecho"}
	dutyOpen     = locale.Text{EN: "to be done", FR: "à faire", ES: "por hacer"}
	overdueState = locale.Text{EN: "overdue", FR: "en retard", ES: "atrasado"}
	outcomesWord = locale.Text{EN: "Expected outcomes", FR: "Résultats attendus", ES: "Resultados previstos"}
	noOutcome    = locale.Text{
		EN: "Nothing has been noted of it yet.",
		FR: "Rien n'a encore été noté.",
		ES: "Todavía no se ha anotado nada.",
	}
)

// The texts of a plan's steps.
var (
	nowOnRecord      = locale.Text{EN: "What stands on record now", FR: "Ce qui est enregistré à présent", ES: "Lo que consta ahora"}
	theActivity      = locale.Text{EN: "The activity", FR: "L'activité", ES: "La actividad"}
	objectivesTitle  = locale.Text{EN: "Write the objectives", FR: "Rédiger les objectifs", ES: "Redactar los objetivos"}
	objectivesEffect = locale.Text{
		EN: "What {cluster} sets out to do in the term {term}. It replaces what stands there.",
		FR: "Ce que le pôle {cluster} se propose de faire pendant le mandat {term}. Le texte remplace celui qui figure au plan.",
		ES: "Lo que el grupo {cluster} se propone hacer en el periodo {term}. Sustituye lo que figura en el plan.",
	}
	objectivesDone = locale.Text{
		EN: "The objectives are saved.",
		FR: "Les objectifs sont enregistrés.",
		ES: "Los objetivos están guardados.",
	}
	objectivesWord = locale.Text{EN: "Objectives", FR: "Objectifs", ES: "Objetivos"}
	objectivesHint = locale.Text{
		EN: "A few sentences, such as: families read together in every district.",
		FR: "Quelques phrases, par exemple\u00a0: les familles lisent ensemble dans chaque quartier.",
		ES: "Unas frases, por ejemplo: las familias leen juntas en cada barrio.",
	}
	partnersTitle  = locale.Text{EN: "Add a technical partner", FR: "Ajouter un partenaire technique", ES: "Añadir un socio técnico"}
	partnersEffect = locale.Text{
		EN: "The plan of {cluster} has {partners}. One more is added to them.",
		FR: "Le plan du pôle {cluster} compte {partners}. Un autre s'y ajoute.",
		ES: "El plan del grupo {cluster} tiene {partners}. Se añade uno más.",
	}
	partnersDone = locale.Text{EN: "The partner is added.", FR: "Le partenaire est ajouté.", ES: "El socio está añadido."}
	partnerWord  = locale.Text{EN: "Name of the partner", FR: "Nom du partenaire", ES: "Nombre del socio"}
	partnerHint  = locale.Text{
		EN: "A specialised institute, an international or regional organisation, or experts of UIL or UNESCO.",
		FR: "Un institut spécialisé, une organisation internationale ou régionale, ou des experts de l'UIL ou de l'UNESCO.",
		ES: "Un instituto especializado, una organización internacional o regional, o expertos del UIL o de la UNESCO.",
	}
	partnerCountWord    = locale.Text{EN: "technical partner", FR: "partenaire technique", ES: "socio técnico"}
	partnersCountWord   = locale.Text{EN: "technical partners", FR: "partenaires techniques", ES: "socios técnicos"}
	activityCountWord   = locale.Text{EN: "activity", FR: "activité", ES: "actividad"}
	activitiesCountWord = locale.Text{EN: "activities", FR: "activités", ES: "actividades"}
	activityTitle       = locale.Text{EN: "Plan an activity", FR: "Prévoir une activité", ES: "Planificar una actividad"}
	activityShort       = locale.Text{EN: "change", FR: "modifier", ES: "cambiar"}
	activityEffect      = locale.Text{
		EN: "The activity stands in the work plan of {cluster} for {term}. How far it has come is changed on its own page.",
		FR: "L'activité figure au plan de travail du pôle {cluster} pour {term}. Son avancement se modifie sur une page à part.",
		ES: "La actividad figura en el plan de trabajo del grupo {cluster} para {term}. Su avance se cambia en una página aparte.",
	}
	activityDone = locale.Text{EN: "The activity is saved.", FR: "L'activité est enregistrée.", ES: "La actividad está guardada."}
	titleWord    = locale.Text{EN: "Title", FR: "Titre", ES: "Título"}
	titleHint    = locale.Text{
		EN: "May stay empty; the activity is then called as its budget line.",
		FR: "Peut rester vide\u00a0: l'activité porte alors le nom de sa ligne budgétaire.",
		ES: "Puede quedar vacío: la actividad se llama entonces como su línea presupuestaria.",
	}
	activityDayHint = locale.Text{
		EN: "May stay empty while there is none.",
		FR: "Peut rester vide tant qu'il n'y en a pas.",
		ES: "Puede quedar vacía mientras no la haya.",
	}
	statusTitle  = locale.Text{EN: "Change how far it has come", FR: "Modifier l'avancement", ES: "Cambiar el avance"}
	statusShort  = locale.Text{EN: "progress", FR: "avancement", ES: "avance"}
	statusEffect = locale.Text{
		EN: "How far “{activity}” has come. What was held can't be changed any more.",
		FR: "L'avancement de «\u00a0{activity}\u00a0». Ce qui a été tenu ne peut plus être modifié.",
		ES: "El avance de «{activity}». Lo que se celebró ya no se puede cambiar.",
	}
	statusDone    = locale.Text{EN: "The progress is noted.", FR: "L'avancement est noté.", ES: "El avance está anotado."}
	plannedNote   = locale.Text{EN: "It is taken up again.", FR: "Elle est reprise.", ES: "Se retoma."}
	confirmedNote = locale.Text{
		EN: "It needs a host and a date.",
		FR: "Il lui faut un hôte et une date.",
		ES: "Necesita una anfitriona y una fecha.",
	}
	heldNote = locale.Text{
		EN: "It needs its date. This can't be taken back.",
		FR: "Il lui faut sa date. C'est sans retour.",
		ES: "Necesita su fecha. No se puede deshacer.",
	}
	cancelledNote = locale.Text{
		EN: "It no longer counts towards its budget line.",
		FR: "Elle ne compte plus pour sa ligne budgétaire.",
		ES: "Ya no cuenta para su línea presupuestaria.",
	}
	hostTitle  = locale.Text{EN: "Offer to host", FR: "Proposer d'accueillir", ES: "Ofrecerse como anfitriona"}
	hostShort  = locale.Text{EN: "host", FR: "accueillir", ES: "acoger"}
	hostEffect = locale.Text{
		EN: "The city becomes the host of “{activity}”, in the place of one that stands there.",
		FR: "La ville devient l'hôte de «\u00a0{activity}\u00a0», à la place de celle qui y figure.",
		ES: "La ciudad pasa a ser la anfitriona de «{activity}», en lugar de la que figure allí.",
	}
	hostDone      = locale.Text{EN: "The host is noted.", FR: "L'hôte est noté.", ES: "La anfitriona está anotada."}
	outcomeTitle  = locale.Text{EN: "Note an outcome", FR: "Noter un résultat", ES: "Anotar un resultado"}
	outcomeEffect = locale.Text{
		EN: "What has come of the work of {cluster} in a city. It is added to the plan of {term}, and stays.",
		FR: "Ce que le travail du pôle {cluster} a donné dans une ville. La note s'ajoute au plan {term}, et y reste.",
		ES: "Lo que ha resultado del trabajo del grupo {cluster} en una ciudad. Se añade al plan de {term}, y permanece.",
	}
	outcomeDone = locale.Text{EN: "The outcome is noted.", FR: "Le résultat est noté.", ES: "El resultado está anotado."}
	outcomeWord = locale.Text{EN: "Expected outcome", FR: "Résultat attendu", ES: "Resultado previsto"}
	outcomeText = locale.Text{EN: "What has come of it", FR: "Ce qui en est résulté", ES: "Qué ha resultado"}
	outcomeHint = locale.Text{
		EN: "A sentence or two, such as: a strategy for reading was adopted.",
		FR: "Une ou deux phrases, par exemple\u00a0: une stratégie de la lecture a été adoptée.",
		ES: "Una o dos frases, por ejemplo: se aprobó una estrategia de lectura.",
	}
	adoptionTitle  = locale.Text{EN: "Put the plan forward", FR: "Présenter le plan", ES: "Presentar el plan"}
	adoptionEffect = locale.Text{
		EN: "The draft becomes the plan of {cluster} for {term}, with {activities} and {partners}. A coordinating city puts it forward.",
		FR: "Le projet devient le plan du pôle {cluster} pour {term}, avec {activities} et {partners}. Une ville coordinatrice le présente.",
		ES: "El borrador pasa a ser el plan del grupo {cluster} para {term}, con {activities} y {partners}. Lo presenta una ciudad coordinadora.",
	}
	adoptionDone  = locale.Text{EN: "The plan is put forward.", FR: "Le plan est présenté.", ES: "El plan está presentado."}
	adoptionCity  = locale.Text{EN: "Coordinating city", FR: "Ville coordinatrice", ES: "Ciudad coordinadora"}
	nobodyToAdopt = locale.Text{
		EN: "No city coordinates the cluster in this term, so nobody can put the plan forward. Appoint a coordinating city first.",
		FR: "Aucune ville ne coordonne le pôle pendant ce mandat\u00a0: personne ne peut présenter le plan. Nommez d'abord une ville coordinatrice.",
		ES: "Ninguna ciudad coordina el grupo en este periodo, así que nadie puede presentar el plan. Designe primero una ciudad coordinadora.",
	}
)
