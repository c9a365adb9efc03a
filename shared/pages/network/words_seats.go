package network

import "github.com/learning-cities/guildhall/shared/locale"

// The texts of the coordinators' selection.
var (
	selectionTitle = locale.Text{
		EN: "Selection of coordinating cities",
		FR: "Sélection des villes coordinatrices",
		ES: "Selección de ciudades coordinadoras",
	}
	selectionLead = locale.Text{
		EN: "Who stands in the term {term}, ranked by their answers. What is proposed fills as many seats as possible, keeps the regions in balance, and then takes the best scores.",
		FR: "Les candidates pour le mandat {term}, classées selon leurs réponses. La proposition pourvoit le plus de sièges possible, équilibre les régions, puis retient les meilleures notes.",
		ES: "Las candidatas del periodo {term}, ordenadas según sus respuestas. La propuesta cubre tantos puestos como es posible, equilibra las regiones y toma después las mejores puntuaciones.",
	}
	vacantOne    = locale.Text{EN: "seat is vacant", FR: "siège est à pourvoir", ES: "puesto está vacante"}
	vacantMore   = locale.Text{EN: "seats are vacant", FR: "sièges sont à pourvoir", ES: "puestos están vacantes"}
	noCandidates = locale.Text{
		EN: "No city stands here. Send the answers of candidates as a sheet.",
		FR: "Aucune ville n'est candidate ici. Envoyez les réponses des candidates dans un classeur.",
		ES: "Ninguna ciudad se presenta aquí. Envíe las respuestas de las candidatas en un libro.",
	}
	candidatesCaption = locale.Text{
		EN: "Candidates for {cluster}, by rank; the other clusters as they are proposed",
		FR: "Candidates pour {cluster}, par rang\u00a0; les autres pôles tels que proposés",
		ES: "Candidatas para {cluster}, por orden; los demás grupos como se proponen",
	}
	ifChosen        = locale.Text{EN: "Seats by region if it is chosen", FR: "Sièges par région si elle est choisie", ES: "Puestos por región si se elige"}
	rankWord        = locale.Text{EN: "Rank", FR: "Rang", ES: "Orden"}
	scoreWord       = locale.Text{EN: "Score", FR: "Note", ES: "Puntuación"}
	coordinatesWord = locale.Text{EN: "coordinates", FR: "coordonne", ES: "coordina"}
	proposedWord    = locale.Text{EN: "proposed", FR: "proposée", ES: "propuesta"}
	excludedWord    = locale.Text{EN: "can't be appointed", FR: "ne peut être nommée", ES: "no se puede designar"}
	refusedWord     = locale.Text{EN: "no seat beside the others", FR: "pas de siège à côté des autres", ES: "sin puesto junto a las demás"}
	standsWord      = locale.Text{EN: "stands", FR: "candidate", ES: "candidata"}
	spreadWord      = locale.Text{EN: "Seats by region", FR: "Sièges par région", ES: "Puestos por región"}
	spreadTitle     = locale.Text{
		EN: "Seats by region, over all clusters; a region is to have no more than {n}",
		FR: "Sièges par région, tous pôles confondus\u00a0; une région ne devrait pas en avoir plus de {n}",
		ES: "Puestos por región, en todos los grupos; una región no debería tener más de {n}",
	}
	spreadNote = locale.Text{
		EN: "With the city in a seat of this cluster, and the other clusters as they are proposed.",
		FR: "Avec la ville sur un siège de ce pôle, et les autres pôles tels que proposés.",
		ES: "Con la ciudad en un puesto de este grupo, y los demás grupos como se proponen.",
	}
	runningWord    = locale.Text{EN: "Running today", FR: "En cours", ES: "En curso"}
	asProposed     = locale.Text{EN: "As proposed", FR: "Selon la proposition", ES: "Según la propuesta"}
	withCity       = locale.Text{EN: "With {city}", FR: "Avec {city}", ES: "Con {city}"}
	candidacyTitle = locale.Text{EN: "Candidacy", FR: "Candidature", ES: "Candidatura"}
	lapsesWord     = locale.Text{EN: "Participation lapses on", FR: "La participation expire le", ES: "La participación caduca el"}
	answeredWord   = locale.Text{EN: "Answered on", FR: "Réponse du", ES: "Respondió el"}
	ratingsCaption = locale.Text{
		EN: "What the city answers, and how the secretariat rates it",
		FR: "Ce que la ville répond, et la note du secrétariat",
		ES: "Lo que la ciudad responde, y cómo lo valora la secretaría",
	}
	questionWord = locale.Text{EN: "Question", FR: "Question", ES: "Pregunta"}
	answerWord   = locale.Text{EN: "Answer", FR: "Réponse", ES: "Respuesta"}
	ratingWord   = locale.Text{EN: "Rating", FR: "Note", ES: "Valoración"}
	seatName     = locale.Text{EN: "{city} – {cluster}", FR: "{city} – {cluster}", ES: "{city} – {cluster}"}
	mandateTitle = locale.Text{EN: "Mandate", FR: "Mandat", ES: "Mandato"}
	decidedWord  = locale.Text{EN: "Decided on", FR: "Décidée le", ES: "Decidida el"}
)

// The texts of the acts about a seat.
var (
	appointTitle  = locale.Text{EN: "Appoint", FR: "Nommer", ES: "Designar"}
	appointEffect = locale.Text{
		EN: "{city} coordinates {cluster} from {from} until {until}. Nobody is told before it is announced.",
		FR: "{city} coordonne le pôle {cluster} du {from} au {until}. Personne n'en est informé avant l'annonce.",
		ES: "{city} coordina el grupo {cluster} del {from} al {until}. No se comunica a nadie antes del anuncio.",
	}
	appointedDone = locale.Text{
		EN: "The city is appointed. Announce it when it may be known.",
		FR: "La ville est nommée. Annoncez-la quand la décision pourra être connue.",
		ES: "La ciudad está designada. Anúnciela cuando pueda saberse.",
	}
	reasonFreeHint = locale.Text{
		EN: "The city is proposed, so a reason may be left out.",
		FR: "La ville est proposée\u00a0: le motif peut être omis.",
		ES: "La ciudad está propuesta: el motivo se puede omitir.",
	}
	reasonNeededHint = locale.Text{
		EN: "The city is not the one that is proposed: say why it is chosen all the same.",
		FR: "La ville n'est pas celle qui est proposée\u00a0: dites pourquoi elle est choisie malgré tout.",
		ES: "La ciudad no es la que se propone: diga por qué se elige a pesar de ello.",
	}
	announceTitle  = locale.Text{EN: "Announce", FR: "Annoncer", ES: "Anunciar"}
	announceEffect = locale.Text{
		EN: "From then on everybody who is signed in sees that {city} coordinates {cluster}.",
		FR: "Dès lors, toutes les personnes connectées voient que {city} coordonne le pôle {cluster}.",
		ES: "Desde entonces, todas las personas con sesión iniciada ven que {city} coordina el grupo {cluster}.",
	}
	announcedDone = locale.Text{EN: "The announcement is noted.", FR: "L'annonce est notée.", ES: "El anuncio está anotado."}
	announceDay   = locale.Text{EN: "Day of the announcement", FR: "Jour de l'annonce", ES: "Día del anuncio"}
	layDownTitle  = locale.Text{EN: "Lay down", FR: "Mettre fin au mandat", ES: "Poner fin al mandato"}
	layDownEffect = locale.Text{
		EN: "{city} stops coordinating {cluster} after that day. Its seat is free then, and it can't coordinate this cluster again.",
		FR: "{city} cesse de coordonner le pôle {cluster} après ce jour. Son siège est alors libre, et elle ne pourra plus coordonner ce pôle.",
		ES: "{city} deja de coordinar el grupo {cluster} después de ese día. Su puesto queda libre, y no podrá volver a coordinar este grupo.",
	}
	laidDownDone = locale.Text{
		EN: "The mandate ends on the day that was given.",
		FR: "Le mandat prend fin au jour indiqué.",
		ES: "El mandato termina el día indicado.",
	}
	layDownDay = locale.Text{EN: "Last day", FR: "Dernier jour", ES: "Último día"}
)
