package audit

import "github.com/learning-cities/guildhall/shared/locale"

// The list.
var (
	listTitle = locale.Text{EN: "Audit trail", FR: "Journal d'audit", ES: "Registro de auditoría"}
	listLead  = locale.Text{
		EN: "Who changed something, who was shown personal data and who was refused, the latest first. An entry is written before the act; it holds no names and no content.",
		FR: "Qui a modifié quelque chose, qui a consulté des données personnelles et qui s'est vu refuser un accès, en commençant par le plus récent. Une entrée est écrite avant l'acte ; elle ne contient ni noms ni contenu.",
		ES: "Quién modificó algo, quién vio datos personales y a quién se le denegó el acceso, empezando por lo más reciente. Cada entrada se escribe antes del acto y no contiene nombres ni contenido.",
	}
	numberWord   = locale.Text{EN: "No.", FR: "N°", ES: "N.º"}
	momentWord   = locale.Text{EN: "When", FR: "Quand", ES: "Cuándo"}
	personWord   = locale.Text{EN: "Person", FR: "Personne", ES: "Persona"}
	actionWord   = locale.Text{EN: "Action", FR: "Action", ES: "Acción"}
	objectWord   = locale.Text{EN: "Object", FR: "Objet", ES: "Objeto"}
	doorWord     = locale.Text{EN: "Through", FR: "Par", ES: "Por"}
	outcomeWord  = locale.Text{EN: "Outcome", FR: "Résultat", ES: "Resultado"}
	fromWord     = locale.Text{EN: "From", FR: "Du", ES: "Desde"}
	toWord       = locale.Text{EN: "Until", FR: "Au", ES: "Hasta"}
	anyWord      = locale.Text{EN: "any", FR: "toutes", ES: "cualquiera"}
	personHint   = locale.Text{EN: "The person's identifier, as in the address of the person's page", FR: "L'identifiant de la personne, comme dans l'adresse de sa page", ES: "El identificador de la persona, como en la dirección de su página"}
	objectHint   = locale.Text{EN: "Its identifier, such as 2025/FR#brest or that of an import", FR: "Son identifiant, comme 2025/FR#brest ou celui d'une importation", ES: "Su identificador, como 2025/FR#brest o el de una importación"}
	anIdentifier = locale.Text{EN: "an identifier: letters, digits and -_#/.", FR: "un identifiant : lettres, chiffres et -_#/.", ES: "un identificador: letras, cifras y -_#/."}
	nothingNoted = locale.Text{EN: "Nothing of the kind was noted.", FR: "Rien de tel n'a été noté.", ES: "No se anotó nada de ese tipo."}
	nothingHere  = locale.Text{
		EN: "Nothing of the kind among the entries that were looked at; go on to earlier ones.",
		FR: "Rien de tel parmi les entrées parcourues ; continuez avec les précédentes.",
		ES: "Nada de ese tipo entre las entradas revisadas; continúe con las anteriores.",
	}
	verifyDo = locale.Text{EN: "Verify the trail", FR: "Vérifier le journal", ES: "Verificar el registro"}
)

// The verification.
var (
	verifyTitle = locale.Text{EN: "The trail verified", FR: "Vérification du journal", ES: "Verificación del registro"}
	wholeLead   = locale.Text{
		EN: "Every entry follows the one before it, and none was changed, removed or inserted. Note where the trail stands somewhere else, and give it here the next time: then it also shows that nobody wrote it anew.",
		FR: "Chaque entrée suit la précédente, et aucune n'a été modifiée, retirée ou insérée. Notez ailleurs où en est le journal et indiquez-le ici la prochaine fois : il montrera alors aussi que personne ne l'a réécrit.",
		ES: "Cada entrada sigue a la anterior, y ninguna fue modificada, eliminada ni insertada. Anote en otro lugar dónde está el registro e indíquelo aquí la próxima vez: así mostrará también que nadie lo reescribió.",
	}
	tamperedHead = locale.Text{EN: "The trail is not what it was", FR: "Le journal n'est plus ce qu'il était", ES: "El registro no es lo que era"}
	tamperedLead = locale.Text{
		EN: "Somebody changed it outside of the product. Keep a copy of the data as they are now, and find out who could write to them; what was done after this place may not stand here.",
		FR: "Quelqu'un l'a modifié en dehors du produit. Gardez une copie des données en l'état et cherchez qui pouvait y écrire ; ce qui a été fait après cet endroit peut manquer ici.",
		ES: "Alguien lo modificó fuera del producto. Guarde una copia de los datos tal como están y averigüe quién podía escribir en ellos; lo hecho después de este lugar puede faltar aquí.",
	}
	countWord  = locale.Text{EN: "Entries", FR: "Entrées", ES: "Entradas"}
	standsWord = locale.Text{EN: "It stands at", FR: "Il en est à", ES: "Está en"}
	placeWord  = locale.Text{EN: "First at entry", FR: "D'abord à l'entrée", ES: "Primero en la entrada"}
	flawWord   = locale.Text{EN: "What is wrong", FR: "Ce qui ne va pas", ES: "Qué falla"}
	wantWord   = locale.Text{EN: "Expected", FR: "Attendu", ES: "Esperado"}
	gotWord    = locale.Text{EN: "Found", FR: "Trouvé", ES: "Encontrado"}
	knownWord  = locale.Text{EN: "Where it stood once", FR: "Où il en était une fois", ES: "Dónde estaba una vez"}
	knownHint  = locale.Text{
		EN: "As an earlier verification said it: a number, a colon and 64 digits", FR: "Comme une vérification antérieure l'a indiqué : un numéro, deux-points et 64 chiffres",
		ES: "Como lo indicó una verificación anterior: un número, dos puntos y 64 cifras",
	}
	aHead = locale.Text{
		EN: "a number, a colon and 64 hexadecimal digits", FR: "un numéro, deux-points et 64 chiffres hexadécimaux", ES: "un número, dos puntos y 64 cifras hexadecimales",
	}
)
