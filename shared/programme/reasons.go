package programme

import (
	"fmt"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
)

// The reasons of PROGRAMME_INVALID, as they stand in its message.

func reason(en, fr, es string, args ...any) locale.Text {
	return locale.Text{EN: fmt.Sprintf(en, args...), FR: fmt.Sprintf(fr, args...), ES: fmt.Sprintf(es, args...)}
}

func reasonUnreadable(why string) locale.Text {
	return reason("the file can't be read (%s)", "le fichier est illisible (%s)", "el archivo no se puede leer (%s)", why)
}

func reasonMissing() locale.Text {
	return reason("it is missing", "il manque", "falta")
}

func reasonTwice(what string) locale.Text {
	return reason("%q stands twice", "« %s » figure deux fois", "«%s» figura dos veces", what)
}

func reasonUnknown(what string) locale.Text {
	return reason("%q is not known here", "« %s » n’est pas connu ici", "«%s» no se conoce aquí", what)
}

func reasonNotSlug(id string) locale.Text {
	return reason("%q is not an identifier of small letters, digits and hyphens", "« %s » n’est pas un identifiant de minuscules, chiffres et traits d’union",
		"«%s» no es un identificador de minúsculas, cifras y guiones", id)
}

func reasonNotRule(rule string) locale.Text {
	return reason("%q is not a rule such as R-APP-3", "« %s » n’est pas une règle telle que R-APP-3", "«%s» no es una regla como R-APP-3", rule)
}

func reasonNotWhole(value string) locale.Text {
	return reason("%q is not a whole number", "« %s » n’est pas un nombre entier", "«%s» no es un número entero", value)
}

func reasonTooSmall(n, least int) locale.Text {
	return reason("%d is less than %d", "%d est inférieur à %d", "%d es menor que %d", n, least)
}

func reasonTooLarge(n, most int) locale.Text {
	return reason("%d is more than %d", "%d est supérieur à %d", "%d es mayor que %d", n, most)
}

func reasonNotDate(value string) locale.Text {
	return reason("%q is not a date (YYYY-MM-DD)", "« %s » n’est pas une date (AAAA-MM-JJ)", "«%s» no es una fecha (AAAA-MM-DD)", value)
}

func reasonBefore(second, first civil.Date) locale.Text {
	return reason("%s comes before %s", "%s précède %s", "%s es anterior a %s", second, first)
}

func reasonTermLength(end civil.Date, years int, expected civil.Date) locale.Text {
	return reason("%s is not the end of %d years, which is %s", "%s n’est pas la fin de %d ans, qui est le %s", "%s no es el fin de %d años, que es %s", end, years, expected)
}

func reasonOverlap(start civil.Date, previous string) locale.Text {
	return reason("%s lies in the term before, %s", "%s se situe dans la période précédente, %s", "%s cae en el período anterior, %s", start, previous)
}

func reasonNotZone(value string) locale.Text {
	return reason("%q is not a time zone", "« %s » n’est pas un fuseau horaire", "«%s» no es un huso horario", value)
}

func reasonNotCurrency(code string) locale.Text {
	return reason("%q is not a currency of ISO 4217", "« %s » n’est pas une devise ISO 4217", "«%s» no es una moneda de la norma ISO 4217", code)
}

func reasonNotAmount(value string) locale.Text {
	return reason("%q is not an amount", "« %s » n’est pas un montant", "«%s» no es un importe", value)
}

func reasonNotPrinted(text string) locale.Text {
	return reason("%q does not say an amount by itself; say in readAs what it is read as", "« %s » ne donne pas un montant à lui seul ; indiquez dans readAs comment il est lu",
		"«%s» no indica un importe por sí solo; indique en readAs cómo se lee", text)
}

func reasonReadAsIdle(text string) locale.Text {
	return reason("%q says its amount by itself", "« %s » donne son montant à lui seul", "«%s» indica su importe por sí solo", text)
}

func reasonNotPercent(value string) locale.Text {
	return reason("%q is not a percentage from 0 to 100", "« %s » n’est pas un pourcentage de 0 à 100", "«%s» no es un porcentaje de 0 a 100", value)
}

func reasonNotCode(code, namespace string) locale.Text {
	return reason("%q is not a code such as %s1.1 in its area", "« %s » n’est pas un code tel que %s1.1 dans son champ", "«%s» no es un código como %s1.1 en su área", code, namespace)
}

func reasonNoCluster(topic string) locale.Text {
	return reason("the topic %q is in no cluster", "le thème « %s » n’est dans aucun pôle", "el tema «%s» no está en ningún grupo", topic)
}

func reasonTwoClusters(topic, first string) locale.Text {
	return reason("the topic %q is already in the cluster %q", "le thème « %s » est déjà dans le pôle « %s »", "el tema «%s» ya está en el grupo «%s»", topic, first)
}

func reasonWeights(sum int) locale.Text {
	return reason("the weights add up to %d instead of %d", "la somme des poids est %d au lieu de %d", "los pesos suman %d en lugar de %d", sum, FullWeight)
}

func reasonNotOneOf(value, list string) locale.Text {
	return reason("%q is not one of %s", "« %s » n’est pas l’un de %s", "«%s» no es uno de %s", value, list)
}

func reasonTooLong(id string, most int) locale.Text {
	return reason("%q has more than %d characters", "« %s » a plus de %d caractères", "«%s» tiene más de %d caracteres", id, most)
}

func reasonYear(months int) locale.Text {
	return reason("a year is not made of periods of %d months", "une année ne se divise pas en périodes de %d mois", "un año no se divide en períodos de %d meses", months)
}

func reasonOneDay() locale.Text {
	return reason("a report has one day on which it is due", "un rapport a un seul jour d’échéance", "un informe tiene un solo día de vencimiento")
}

func reasonOfReports() locale.Text {
	return reason("a reminder has none", "un rappel n’en a pas", "un recordatorio no lo tiene")
}

func reasonOfReminders() locale.Text {
	return reason("a report has none", "un rapport n’en a pas", "un informe no lo tiene")
}
