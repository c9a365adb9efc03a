package audit

import "github.com/learning-cities/guildhall/shared/locale"

var doorLabels = map[Door]locale.Text{
	Page:    {EN: "pages", FR: "pages", ES: "páginas"},
	API:     {EN: "API", FR: "API", ES: "API"},
	Command: {EN: "command", FR: "commande", ES: "comando"},
	Tick:    {EN: "clock", FR: "horloge", ES: "reloj"},
}

// Label is the door in words; of none, a dash.
func (d Door) Label() locale.Text { return labelled(doorLabels, d) }

var outcomeLabels = map[Outcome]locale.Text{
	Allowed: {EN: "allowed", FR: "autorisé", ES: "permitido"},
	Denied:  {EN: "denied", FR: "refusé", ES: "denegado"},
}

// Label is the outcome in words.
func (o Outcome) Label() locale.Text { return labelled(outcomeLabels, o) }

var flawLabels = map[Flaw]locale.Text{
	Changed: {EN: "the entry was changed", FR: "l'entrée a été modifiée", ES: "la entrada fue modificada"},
	Broken: {
		EN: "it does not follow the entry before it", FR: "elle ne suit pas l'entrée qui la précède", ES: "no sigue a la entrada anterior",
	},
	Missing: {EN: "the entry is missing", FR: "l'entrée manque", ES: "falta la entrada"},
	Foreign: {
		EN: "something stands there that is no entry, or not at its place", FR: "ce qui s'y trouve n'est pas une entrée, ou n'est pas à sa place",
		ES: "lo que hay allí no es una entrada, o no está en su lugar",
	},
	Beyond: {
		EN: "an entry stands behind the end of the trail", FR: "une entrée se trouve après la fin du journal",
		ES: "hay una entrada después del final del registro",
	},
	HeadOff: {
		EN: "the end that the trail says is not its last entry", FR: "la fin que le journal indique n'est pas sa dernière entrée",
		ES: "el final que indica el registro no es su última entrada",
	},
	DayOff: {
		EN: "the entries of a day are not where the trail says", FR: "les entrées d'un jour ne sont pas où le journal l'indique",
		ES: "las entradas de un día no están donde indica el registro",
	},
	Rewritten: {
		EN: "it is not the entry that was noted elsewhere", FR: "ce n'est pas l'entrée qui a été notée ailleurs",
		ES: "no es la entrada que se anotó en otro lugar",
	},
	Shortened: {
		EN: "the trail ends before this entry, which was noted elsewhere", FR: "le journal finit avant cette entrée, qui a été notée ailleurs",
		ES: "el registro termina antes de esta entrada, que se anotó en otro lugar",
	},
}

// Label is the flaw in words.
func (f Flaw) Label() locale.Text { return labelled(flawLabels, f) }

func labelled[T ~string](labels map[T]locale.Text, of T) locale.Text {
	if label, known := labels[of]; known {
		return label
	}
	if of == "" {
		return locale.Same("–")
	}
	return locale.Same(string(of))
}
