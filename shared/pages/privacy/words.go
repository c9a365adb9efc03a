package privacy

import "github.com/learning-cities/guildhall/shared/locale"

var (
	menuPrivacy = locale.Text{EN: "Personal data", FR: "Données personnelles", ES: "Datos personales"}
	lead        = locale.Text{
		EN: "When somebody asks what is held about them, or asks to be erased: first make sure that it is the person who asks.",
		FR: "Quand quelqu'un demande ce qui est conservé à son sujet, ou demande à être effacé : assurez-vous d'abord que c'est bien cette personne.",
		ES: "Cuando alguien pregunta qué se conserva sobre sí, o pide que se le suprima: asegúrese primero de que es esa persona.",
	}
	labelNames = locale.Text{EN: "Full names", FR: "Noms complets", ES: "Nombres completos"}
	hintNames  = locale.Text{
		EN: "One a line, each of two words at least. Capitals, accents and the order of the words don't matter.",
		FR: "Un par ligne, chacun d'au moins deux mots. Majuscules, accents et ordre des mots n'importent pas.",
		ES: "Uno por línea, cada uno de dos palabras como mínimo. No importan las mayúsculas, los acentos ni el orden de las palabras.",
	}
	labelEmails  = locale.Text{EN: "E-mail addresses", FR: "Adresses électroniques", ES: "Direcciones de correo"}
	hintEmails   = locale.Text{EN: "One a line.", FR: "Une par ligne.", ES: "Una por línea."}
	labelAccount = locale.Text{EN: "Account", FR: "Compte", ES: "Cuenta"}
	hintAccount  = locale.Text{
		EN: "The identifier of the person's account, if you know it. Its address is then looked for too.",
		FR: "L'identifiant du compte de la personne, si vous le connaissez. Son adresse est alors aussi recherchée.",
		ES: "El identificador de la cuenta de la persona, si lo conoce. También se busca entonces su dirección.",
	}
	findDo    = locale.Text{EN: "Look for the person", FR: "Rechercher la personne", ES: "Buscar a la persona"}
	foundHead = locale.Text{EN: "What is held", FR: "Ce qui est conservé", ES: "Lo que se conserva"}
	foundNone = locale.Text{
		EN: "Nothing is held under these names and addresses. Check how they are written.",
		FR: "Rien n'est conservé sous ces noms et adresses. Vérifiez leur orthographe.",
		ES: "No se conserva nada con estos nombres y direcciones. Compruebe cómo están escritos.",
	}
	alsoLead = locale.Text{
		EN: "This stands beside it and may be the person's too; look for it as well if it is:",
		FR: "Ceci figure à côté et peut aussi concerner la personne ; recherchez-le également si c'est le cas :",
		ES: "Esto consta al lado y puede ser también de la persona; búsquelo además si lo es:",
	}
	colWhere = locale.Text{EN: "Where", FR: "Où", ES: "Dónde"}
	colWhich = locale.Text{EN: "Which", FR: "Lequel", ES: "Cuál"}
	colField = locale.Text{EN: "Field or file", FR: "Champ ou fichier", ES: "Campo o archivo"}
	colText  = locale.Text{EN: "What stands there", FR: "Ce qui y figure", ES: "Lo que consta"}
	copyLead = locale.Text{
		EN: "A copy for the person, as a zip. Give it to nobody else; it can be fetched for a few minutes and is deleted after a day.",
		FR: "Une copie pour la personne, au format zip. Ne la remettez à personne d'autre ; elle peut être téléchargée pendant quelques minutes et est supprimée après un jour.",
		ES: "Una copia para la persona, en formato zip. No la entregue a nadie más; se puede descargar durante unos minutos y se elimina al cabo de un día.",
	}
	copyDo    = locale.Text{EN: "Fetch the copy", FR: "Télécharger la copie", ES: "Descargar la copia"}
	eraseHead = locale.Text{EN: "Erase the person", FR: "Effacer la personne", ES: "Suprimir a la persona"}
	eraseLead = locale.Text{
		EN: "The person is taken out of everything listed here: its fields become empty, files that name it are erased, its account is removed. " +
			"Amounts, days and counts stay, and the fund's books. It does not come back.",
		FR: "La personne est retirée de tout ce qui est listé ici : ses champs deviennent vides, les fichiers qui la nomment sont effacés, son compte est supprimé. " +
			"Montants, dates et totaux restent, ainsi que les livres du fonds. C'est définitif.",
		ES: "La persona se retira de todo lo que se lista aquí: sus campos quedan vacíos, los archivos que la nombran se suprimen, su cuenta se elimina. " +
			"Los importes, las fechas y los recuentos quedan, y los libros del fondo. No tiene vuelta atrás.",
	}
	labelSure = locale.Text{
		EN: "I have looked through what is listed, and it is all of this one person",
		FR: "J'ai parcouru ce qui est listé, et tout concerne cette seule personne",
		ES: "He revisado lo que se lista, y todo es de esta única persona",
	}
	ticked    = locale.Text{EN: "ticked", FR: "coché", ES: "marcado"}
	eraseDo   = locale.Text{EN: "Erase for good", FR: "Effacer définitivement", ES: "Suprimir definitivamente"}
	wasErased = locale.Text{
		EN: "The person is erased. The register below says how it stands.", FR: "La personne est effacée. Le registre ci-dessous indique où cela en est.",
		ES: "La persona está suprimida. El registro de abajo dice cómo está.",
	}
	registerHead = locale.Text{EN: "Register of erasures", FR: "Registre des effacements", ES: "Registro de supresiones"}
	registerLead = locale.Text{
		EN: "It names nobody. After a backup was restored, it is run against what came back.",
		FR: "Il ne nomme personne. Après la restauration d'une sauvegarde, il est appliqué à ce qui a été restauré.",
		ES: "No nombra a nadie. Después de restaurar una copia de seguridad, se aplica a lo restaurado.",
	}
	registerNone = locale.Text{EN: "Nobody was erased yet.", FR: "Personne n'a encore été effacé.", ES: "Aún no se ha suprimido a nadie."}
	colWhen      = locale.Text{EN: "When", FR: "Quand", ES: "Cuándo"}
	colState     = locale.Text{EN: "State", FR: "État", ES: "Estado"}
	colTaken     = locale.Text{EN: "Taken out of", FR: "Retirée de", ES: "Retirada de"}
)
