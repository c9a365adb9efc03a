package pages

import "github.com/learning-cities/guildhall/shared/locale"

// The texts of the first steps.
var (
	firstTitle = locale.Text{EN: "First steps", FR: "Premiers pas", ES: "Primeros pasos"}
	stepDone   = locale.Text{EN: "done", FR: "fait", ES: "hecho"}

	takeTitle = locale.Text{EN: "Take a sheet", FR: "Prenez une feuille", ES: "Tome una hoja"}
	takeText  = locale.Text{
		EN: "A sheet as you have received it will do. Empty ones, with what each column takes, are among the templates.",
		FR: "Une feuille telle que vous l'avez reçue convient. Les modèles sont des feuilles vides qui disent ce que chaque colonne attend.",
		ES: "Sirve una hoja tal como la ha recibido. Las plantillas son hojas vacías que dicen qué admite cada columna.",
	}
	takeAct    = locale.Text{EN: "Templates", FR: "Modèles", ES: "Plantillas"}
	sampleText = locale.Text{
		EN: "This one lists five member cities. One of its cells has a mistake, so that you see how mistakes are mended.",
		FR: "Celle-ci énumère cinq villes membres. Une de ses cellules contient une erreur, pour que vous voyiez comment on corrige.",
		ES: "Esta enumera cinco ciudades miembro. Una de sus celdas tiene un error, para que vea cómo se corrige.",
	}
	sampleAct = locale.Text{EN: "Download the sample sheet", FR: "Télécharger la feuille d'exemple", ES: "Descargar la hoja de muestra"}

	bringTitle = locale.Text{EN: "Bring it here", FR: "Importez-la", ES: "Impórtela"}
	bringText  = locale.Text{
		EN: "Choose the file. It is checked within seconds, and nothing is stored yet.",
		FR: "Choisissez le fichier. Il est vérifié en quelques secondes, et rien n'est encore enregistré.",
		ES: "Elija el archivo. Se comprueba en segundos y todavía no se guarda nada.",
	}

	storeTitle = locale.Text{EN: "Mend it, then commit", FR: "Corrigez, puis validez", ES: "Corrija y confirme"}
	storeText  = locale.Text{
		EN: "Each wrong cell says what was expected; often one click mends it. Then commit: the rows are stored, and can be taken back.",
		FR: "Chaque cellule erronée dit ce qui était attendu ; souvent, un clic suffit. Validez ensuite : les lignes sont enregistrées et peuvent être retirées.",
		ES: "Cada celda incorrecta dice qué se esperaba; a menudo basta un clic. Después confirme: las filas se guardan y pueden retirarse.",
	}
	storeAct = locale.Text{EN: "To the import", FR: "Vers l'importation", ES: "Ir a la importación"}

	fetchTitle = locale.Text{EN: "Fetch a workbook", FR: "Récupérez un classeur", ES: "Obtenga un libro"}
	fetchText  = locale.Text{
		EN: "Ask for the membership workbook. It is made within seconds, of what is stored, and you download it.",
		FR: "Demandez le classeur des membres. Il est établi en quelques secondes à partir de ce qui est enregistré, et vous le téléchargez.",
		ES: "Pida el libro de miembros. Se elabora en segundos con lo que está guardado, y usted lo descarga.",
	}
	fetchAct = locale.Text{EN: "Exports", FR: "Exports", ES: "Exportaciones"}
)
