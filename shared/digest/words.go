package digest

import "github.com/learning-cities/guildhall/shared/locale"

// The words that several reports have.
var (
	membersWord   = locale.Text{EN: "Member cities", FR: "Villes membres", ES: "Ciudades miembro"}
	countriesWord = locale.Text{EN: "Countries with member cities", FR: "Pays ayant des villes membres", ES: "Países con ciudades miembro"}
	regionsWord   = locale.Text{EN: "UNESCO regions", FR: "Régions de l’UNESCO", ES: "Regiones de la UNESCO"}
	noRegionWord  = locale.Text{EN: "no region on record", FR: "sans région enregistrée", ES: "sin región registrada"}
	joinedWord    = locale.Text{EN: "Joined in the period", FR: "Adhésions sur la période", ES: "Adhesiones en el periodo"}
	leftWord      = locale.Text{EN: "Left in the period", FR: "Départs sur la période", ES: "Salidas en el periodo"}
	byRegionWord  = locale.Text{EN: "Member cities by UNESCO region", FR: "Villes membres par région de l’UNESCO", ES: "Ciudades miembro por región de la UNESCO"}
	byClusterWord = locale.Text{EN: "Cities taking part, by cluster", FR: "Villes participantes, par pôle", ES: "Ciudades participantes, por grupo"}

	oneCity      = locale.Text{EN: "member city", FR: "ville membre", ES: "ciudad miembro"}
	moreCities   = locale.Text{EN: "member cities", FR: "villes membres", ES: "ciudades miembro"}
	oneCountry   = locale.Text{EN: "country", FR: "pays", ES: "país"}
	moreCountry  = locale.Text{EN: "countries", FR: "pays", ES: "países"}
	oneJoined    = locale.Text{EN: "city joined", FR: "adhésion", ES: "adhesión"}
	moreJoined   = locale.Text{EN: "cities joined", FR: "adhésions", ES: "adhesiones"}
	oneLeft      = locale.Text{EN: "left", FR: "départ", ES: "salida"}
	moreLeft     = locale.Text{EN: "left", FR: "départs", ES: "salidas"}
	membersNew   = locale.Text{EN: "New members", FR: "Nouveaux membres", ES: "Nuevos miembros"}
	membersGone  = locale.Text{EN: "No longer members", FR: "Ne sont plus membres", ES: "Ya no son miembros"}
	noMembersNew = locale.Text{
		EN: "No city joined the network in this period.",
		FR: "Aucune ville n’a adhéré au réseau sur cette période.",
		ES: "Ninguna ciudad se incorporó a la red en este periodo.",
	}
	lastDayNote = locale.Text{EN: "last day {day}", FR: "dernier jour\u00a0: le {day}", ES: "último día: {day}"}
)
