package story

import (
	"github.com/learning-cities/guildhall/shared/history"
	"github.com/learning-cities/guildhall/shared/locale"
)

// details words the change of fields that have no line of their own.
func details(title locale.Text) func(fields []string) history.Line {
	return func(fields []string) history.Line {
		list := func(lang locale.Lang) string {
			names := make([]string, len(fields))
			for i, field := range fields {
				names[i] = field
				if label, ok := fieldLabels[field]; ok {
					names[i] = label.In(lang)
				}
			}
			return title.In(lang) + ", " + changed.In(lang) + " " + locale.List(lang, names)
		}
		return history.Line{Text: locale.Text{EN: list(locale.EN), FR: list(locale.FR), ES: list(locale.ES)}}
	}
}

var changed = locale.Text{EN: "changed:", FR: "modifié :", ES: "modificado:"}

// fieldLabels name the fields of records; others are named as they are stored.
var fieldLabels = map[string]locale.Text{
	"city":       {EN: "name of the city", FR: "nom de la ville", ES: "nombre de la ciudad"},
	"otherNames": {EN: "other names in sheets", FR: "autres noms dans les feuilles", ES: "otros nombres en las hojas"},
	"website":    {EN: "website", FR: "site internet", ES: "sitio web"},
	"population": {EN: "population", FR: "population", ES: "población"},
	"mayor":      {EN: "mayor", FR: "maire", ES: "alcalde o alcaldesa"},
	"contact":    {EN: "contact person", FR: "personne de contact", ES: "persona de contacto"},
	"pledge":     {EN: "pledge", FR: "engagement", ES: "compromiso"},
	"profile":    {EN: "profile", FR: "profil", ES: "perfil"},
	"motivation": {EN: "motivation", FR: "motivation", ES: "motivación"},
	"plans":      {EN: "plans", FR: "plans", ES: "planes"},
	"challenges": {EN: "challenges", FR: "défis", ES: "retos"},
	"interests":  {EN: "interests", FR: "intérêts", ES: "intereses"},
	"expertise":  {EN: "expertise", FR: "expertise", ES: "experiencia"},
	"features":   {EN: "features", FR: "caractéristiques", ES: "características"},
	"partners":   {EN: "partner institutions", FR: "institutions partenaires", ES: "instituciones asociadas"},
	"committee":  {EN: "committee", FR: "comité", ES: "comité"},
	"stages":     {EN: "stages", FR: "étapes", ES: "etapas"},
	"endorsedBy": {EN: "signature", FR: "signature", ES: "firma"},
	"remarks":    {EN: "remarks", FR: "observations", ES: "observaciones"},
	"items":      {EN: "answers", FR: "réponses", ES: "respuestas"},
}
