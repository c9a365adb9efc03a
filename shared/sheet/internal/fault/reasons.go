package fault

import "github.com/learning-cities/guildhall/shared/locale"

func text(en, fr, es string) locale.Text { return locale.Text{EN: en, FR: fr, ES: es} }

// Why a zip archive is refused.
var (
	NoDirectory    = text("the archive's directory is missing", "le répertoire de l'archive manque", "falta el directorio del archivo comprimido")
	BadDirectory   = text("the archive's directory is wrong", "le répertoire de l'archive est erroné", "el directorio del archivo comprimido es erróneo")
	BadEntry       = text("the entry's two headers disagree", "les deux en-têtes de l'entrée se contredisent", "las dos cabeceras de la entrada se contradicen")
	BadName        = text("the entry's name is not allowed", "le nom de l'entrée n'est pas admis", "el nombre de la entrada no se admite")
	TwiceEntry     = text("the entry is there twice", "l'entrée figure deux fois", "la entrada aparece dos veces")
	Overlap        = text("entries overlap", "des entrées se chevauchent", "hay entradas que se solapan")
	Symlink        = text("the entry is a symbolic link", "l'entrée est un lien symbolique", "la entrada es un enlace simbólico")
	BadCompression = text("the compressed data is wrong", "les données compressées sont erronées", "los datos comprimidos son erróneos")
	BadSize        = text("the size is not the one announced", "la taille n'est pas celle annoncée", "el tamaño no es el anunciado")
	BadChecksum    = text("the checksum is wrong", "la somme de contrôle est erronée", "la suma de comprobación es errónea")
)

// Why XML is refused.
var (
	XMLEnds       = text("the XML ends early", "le XML s'arrête trop tôt", "el XML termina antes de tiempo")
	NotXML        = text("it is not well-formed XML", "ce n'est pas du XML bien formé", "no es XML bien formado")
	TagMismatch   = text("XML tags do not match", "des balises XML ne se correspondent pas", "hay etiquetas XML que no se corresponden")
	AfterRoot     = text("content follows the XML's end", "du contenu suit la fin du XML", "hay contenido tras el final del XML")
	BadAttribute  = text("an XML attribute is wrong", "un attribut XML est erroné", "un atributo XML es erróneo")
	BadEntity     = text("an XML entity is not known", "une entité XML est inconnue", "una entidad XML no se conoce")
	BadNamespace  = text("an XML prefix is not declared", "un préfixe XML n'est pas déclaré", "un prefijo XML no está declarado")
	BadCharacters = text("it holds characters that XML does not allow", "il contient des caractères interdits en XML", "tiene caracteres que XML no permite")
	BadEncoding   = text("its character encoding is not supported", "son encodage de caractères n'est pas pris en charge", "su codificación de caracteres no se admite")
	Doctype       = text("it declares a document type", "il déclare un type de document", "declara un tipo de documento")
)

// Why the parts of a workbook are refused.
var (
	MissingPart   = text("the part is missing", "la partie manque", "falta la parte")
	ExternalPart  = text("the part is outside of the file", "la partie est hors du fichier", "la parte está fuera del archivo")
	BadRelation   = text("its relationships are wrong", "ses relations sont erronées", "sus relaciones son erróneas")
	NoSheets      = text("the workbook has no sheets", "le classeur n'a pas de feuilles", "el libro no tiene hojas")
	BadSheetList  = text("its list of sheets is wrong", "sa liste de feuilles est erronée", "su lista de hojas es errónea")
	BadStructure  = text("its elements are not those of a sheet", "ses éléments ne sont pas ceux d'une feuille", "sus elementos no son los de una hoja")
	BadRow        = text("a row number is wrong", "un numéro de ligne est erroné", "un número de fila es erróneo")
	RowOrder      = text("rows are out of order or there twice", "des lignes sont en désordre ou en double", "hay filas desordenadas o repetidas")
	BadCell       = text("a cell reference is wrong", "une référence de cellule est erronée", "una referencia de celda es errónea")
	CellOrder     = text("cells are out of order or there twice", "des cellules sont en désordre ou en double", "hay celdas desordenadas o repetidas")
	BadStyle      = text("a cell's style does not exist", "le style d'une cellule n'existe pas", "el estilo de una celda no existe")
	BadCellType   = text("a cell's type is not known", "le type d'une cellule est inconnu", "el tipo de una celda no se conoce")
	BadString     = text("a cell's shared text does not exist", "le texte partagé d'une cellule n'existe pas", "el texto compartido de una celda no existe")
	BadRange      = text("a range of cells is wrong", "une plage de cellules est erronée", "un rango de celdas es erróneo")
	BadFormat     = text("its number formats are wrong", "ses formats de nombre sont erronés", "sus formatos de número son erróneos")
	OpenQuote     = text("a quoted text does not end", "un texte entre guillemets ne se termine pas", "un texto entre comillas no termina")
	BinaryContent = text("it holds binary data", "il contient des données binaires", "contiene datos binarios")
	ShortSource   = text("less was received than announced", "il en est arrivé moins qu'annoncé", "llegó menos de lo anunciado")
)

// What is too large.
var (
	FileBytes     = text("its size in bytes", "sa taille en octets", "su tamaño en bytes")
	InflatedBytes = text("its unpacked size in bytes", "sa taille décompressée en octets", "su tamaño descomprimido en bytes")
	PartBytes     = text("the unpacked size of one part in bytes", "la taille décompressée d'une partie en octets", "el tamaño descomprimido de una parte en bytes")
	Ratio         = text("its compression ratio", "son taux de compression", "su tasa de compresión")
	Parts         = text("its number of parts", "son nombre de parties", "su número de partes")
	Sheets        = text("its number of sheets", "son nombre de feuilles", "su número de hojas")
	Rows          = text("its number of rows", "son nombre de lignes", "su número de filas")
	Columns       = text("its number of columns", "son nombre de colonnes", "su número de columnas")
	Cells         = text("its number of cells", "son nombre de cellules", "su número de celdas")
	Merges        = text("its number of merged cells", "son nombre de cellules fusionnées", "su número de celdas combinadas")
	Styles        = text("its number of cell styles", "son nombre de styles de cellule", "su número de estilos de celda")
	StringBytes   = text("its texts in bytes", "ses textes en octets", "sus textos en bytes")
	TextBytes     = text("one text in bytes", "un texte en octets", "un texto en bytes")
	Texts         = text("its number of texts", "son nombre de textes", "su número de textos")
	Relations     = text("its number of relationships", "son nombre de relations", "su número de relaciones")
	Markup        = text("its number of XML elements", "son nombre d'éléments XML", "su número de elementos XML")
	RowBytes      = text("the texts of one row in bytes", "les textes d'une ligne en octets", "los textos de una fila en bytes")
	Depth         = text("the nesting of its XML", "l'imbrication de son XML", "la anidación de su XML")
	Attributes    = text("the attributes of one XML tag", "les attributs d'une balise XML", "los atributos de una etiqueta XML")
)
