package network

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/network"
)

// The texts of a membership's events.
var (
	enterEventAct = locale.Text{EN: "Enter an event", FR: "Enregistrer un événement", ES: "Registrar un acontecimiento"}
	eventEntered  = locale.Text{
		EN: "The event is entered, and stands in the city's story.",
		FR: "L'événement est enregistré et figure dans l'histoire de la ville.",
		ES: "El acontecimiento está registrado y figura en la historia de la ciudad.",
	}
	whichEvent = locale.Text{
		EN: "What happened to {city}? Choose one; nothing is entered before the next page is sent.",
		FR: "Qu'est-il arrivé à {city}\u00a0? Choisissez\u00a0; rien n'est enregistré avant l'envoi de la page suivante.",
		ES: "¿Qué ocurrió con {city}? Elija; nada se registra antes de enviar la página siguiente.",
	}
	otherEvent      = locale.Text{EN: "Something else happened", FR: "Il s'agit d'un autre événement", ES: "Ocurrió otra cosa"}
	newNameWord     = locale.Text{EN: "Name from then on", FR: "Nom à partir de cette date", ES: "Nombre a partir de esa fecha"}
	intoWord        = locale.Text{EN: "City into which it merges", FR: "Ville dans laquelle elle fusionne", ES: "Ciudad con la que se fusiona"}
	eventReasonHint = locale.Text{
		EN: "What the story says about why. May stay empty.",
		FR: "Ce que l'histoire en dira. Peut rester vide.",
		ES: "Lo que la historia dirá del porqué. Puede quedar vacío.",
	}
	clusterCountWord  = locale.Text{EN: "cluster", FR: "pôle", ES: "grupo"}
	clustersCountWord = locale.Text{EN: "clusters", FR: "pôles", ES: "grupos"}
)

// eventNames are what can be entered, as its form is called.
var eventNames = map[network.Kind]locale.Text{
	network.Joined:         {EN: "It joined again", FR: "Elle a de nouveau adhéré", ES: "Se incorporó de nuevo"},
	network.Renamed:        {EN: "It has a new name", FR: "Elle a changé de nom", ES: "Tiene un nuevo nombre"},
	network.Merged:         {EN: "It merged into another member city", FR: "Elle a fusionné avec une autre ville membre", ES: "Se fusionó con otra ciudad miembro"},
	network.Left:           {EN: "It left the network", FR: "Elle a quitté le réseau", ES: "Dejó la red"},
	network.ClusterJoined:  {EN: "It joined a cluster", FR: "Elle est entrée dans un pôle", ES: "Se incorporó a un grupo"},
	network.ClusterRenewed: {EN: "It renewed its participation in a cluster", FR: "Elle a renouvelé sa participation à un pôle", ES: "Renovó su participación en un grupo"},
	network.ClusterLeft:    {EN: "It left a cluster", FR: "Elle a quitté un pôle", ES: "Dejó un grupo"},
	network.Reported:       {EN: "It reported its progress", FR: "Elle a remis son rapport d'avancement", ES: "Entregó su informe de progreso"},
}

// effects say what an event will do.
var effects = map[network.Kind]locale.Text{
	network.Joined: {
		EN: "{city} is a member again from that day. Its earlier time as a member stays on record.",
		FR: "{city} est de nouveau membre à partir de ce jour. Sa période précédente reste enregistrée.",
		ES: "{city} vuelve a ser miembro desde ese día. Su periodo anterior sigue registrado.",
	},
	network.Renamed: {
		EN: "From that day the city is called otherwise. {city} stays on record as its earlier name, and its identifier stays {id}.",
		FR: "À partir de ce jour, la ville porte un autre nom. {city} reste enregistré comme nom antérieur, et son identifiant reste {id}.",
		ES: "Desde ese día la ciudad se llama de otro modo. {city} sigue registrado como nombre anterior, y su identificador sigue siendo {id}.",
	},
	network.Merged: {
		EN: "From that day {city} is no city of its own: its membership ends the day before, and so does its participation in {n} ({clusters}).",
		FR: "À partir de ce jour, {city} n'est plus une ville à part\u00a0: son adhésion prend fin la veille, comme sa participation à {n} ({clusters}).",
		ES: "Desde ese día {city} deja de ser una ciudad propia: su adhesión termina la víspera, igual que su participación en {n} ({clusters}).",
	},
	network.Left: {
		EN: "That day is the last one on which {city} is a member. Its participation in {n} ({clusters}) ends with it.",
		FR: "Ce jour est le dernier où {city} est membre. Sa participation à {n} ({clusters}) prend fin en même temps.",
		ES: "Ese día es el último en que {city} es miembro. Su participación en {n} ({clusters}) termina con él.",
	},
	network.ClusterJoined: {
		EN: "{city} takes part in the cluster from that day for {years} years. Today it takes part in {n} ({clusters}), of at most {limit}.",
		FR: "{city} participe au pôle à partir de ce jour, pour {years} ans. Elle participe aujourd'hui à {n} ({clusters}), sur {limit} au plus.",
		ES: "{city} participa en el grupo desde ese día, durante {years} años. Hoy participa en {n} ({clusters}), de un máximo de {limit}.",
	},
	network.ClusterRenewed: {
		EN: "{city} goes on in the cluster for {years} years after its period. Today it takes part in {n} ({clusters}).",
		FR: "{city} poursuit sa participation pendant {years} ans après la période en cours. Elle participe aujourd'hui à {n} ({clusters}).",
		ES: "{city} continúa en el grupo {years} años después de su periodo. Hoy participa en {n} ({clusters}).",
	},
	network.ClusterLeft: {
		EN: "That day is the last one on which {city} takes part in the cluster. Today it takes part in {n} ({clusters}).",
		FR: "Ce jour est le dernier où {city} participe au pôle. Elle participe aujourd'hui à {n} ({clusters}).",
		ES: "Ese día es el último en que {city} participa en el grupo. Hoy participa en {n} ({clusters}).",
	},
	network.Reported: {
		EN: "The day is noted on which {city} reported its progress. Nothing else changes.",
		FR: "Le jour où {city} a remis son rapport d'avancement est noté. Rien d'autre ne change.",
		ES: "Se anota el día en que {city} entregó su informe de progreso. No cambia nada más.",
	},
}

// dayLabels are what the day of an event is called.
var dayLabels = map[network.Kind]locale.Text{
	network.Joined: firstDay, network.Renamed: firstDay, network.Merged: firstDay, network.ClusterJoined: firstDay,
	network.Left: lastDay, network.ClusterLeft: lastDay, network.ClusterRenewed: dayWord, network.Reported: dayWord,
}

var (
	firstDay = locale.Text{EN: "First day", FR: "Premier jour", ES: "Primer día"}
	lastDay  = locale.Text{EN: "Last day", FR: "Dernier jour", ES: "Último día"}
)
