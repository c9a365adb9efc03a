package sheet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet/charset"
	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
)

// detected is what the first bytes of a file say.
type detected struct {
	format    Format
	name      locale.Text // for people; empty for ZIP and CSV
	encrypted bool
}

var (
	oldExcel    = locale.Text{EN: "an old Excel workbook (.xls)", FR: "ancien classeur Excel (.xls)", ES: "libro antiguo de Excel (.xls)"}
	oldOffice   = locale.Text{EN: "an old Office document", FR: "ancien document Office", ES: "documento antiguo de Office"}
	binaryExcel = locale.Text{EN: "a binary Excel workbook (.xlsb)", FR: "classeur Excel binaire (.xlsb)", ES: "libro binario de Excel (.xlsb)"}
	openDoc     = locale.Text{EN: "an OpenDocument spreadsheet (.ods)", FR: "classeur OpenDocument (.ods)", ES: "hoja de cálculo OpenDocument (.ods)"}
	otherDoc    = locale.Text{EN: "another OpenDocument file", FR: "autre document OpenDocument", ES: "otro documento OpenDocument"}
	wordDoc     = locale.Text{EN: "a Word document (.docx)", FR: "document Word (.docx)", ES: "documento de Word (.docx)"}
	slides      = locale.Text{EN: "a PowerPoint presentation (.pptx)", FR: "présentation PowerPoint (.pptx)", ES: "presentación de PowerPoint (.pptx)"}
	numbersDoc  = locale.Text{EN: "an Apple Numbers or Pages document", FR: "document Apple Numbers ou Pages", ES: "documento de Apple Numbers o Pages"}
	zipArchive  = locale.Text{EN: "a zip archive", FR: "archive zip", ES: "archivo comprimido zip"}
	webPage     = locale.Text{EN: "a web page (HTML)", FR: "page web (HTML)", ES: "página web (HTML)"}
	xmlFile     = locale.Text{EN: "an XML file", FR: "fichier XML", ES: "archivo XML"}
	pdfFile     = locale.Text{EN: "a PDF document", FR: "document PDF", ES: "documento PDF"}
	picture     = locale.Text{EN: "a picture", FR: "image", ES: "imagen"}
	archive     = locale.Text{EN: "a compressed archive", FR: "archive compressée", ES: "archivo comprimido"}
	richText    = locale.Text{EN: "a rich text document (.rtf)", FR: "document texte enrichi (.rtf)", ES: "documento de texto enriquecido (.rtf)"}
	sylkSheet   = locale.Text{EN: "a symbolic link sheet (.slk)", FR: "feuille SYLK (.slk)", ES: "hoja SYLK (.slk)"}
	difSheet    = locale.Text{EN: "a data interchange sheet (.dif)", FR: "feuille DIF (.dif)", ES: "hoja DIF (.dif)"}
	binaryFile  = locale.Text{EN: "of an unknown binary format", FR: "binaire inconnu", ES: "binario desconocido"}
	namedText   = locale.Text{
		EN: "a text file (CSV) under the name of another format",
		FR: "texte (CSV) portant le nom d'un autre format",
		ES: "texto (CSV) con el nombre de otro formato",
	}
)

// signatures are the first bytes of formats that are told by them alone.
var signatures = []struct {
	bytes  string
	format Format
	name   locale.Text
}{
	{"%PDF-", PDF, pdfFile},
	{"\x89PNG\r\n\x1a\n", Unknown, picture},
	{"\xff\xd8\xff", Unknown, picture},
	{"GIF8", Unknown, picture},
	{"BM", Unknown, picture}, // with binary content only
	{"II*\x00", Unknown, picture},
	{"MM\x00*", Unknown, picture},
	{"RIFF", Unknown, picture},
	{"\x1f\x8b", Unknown, archive},
	{"7z\xbc\xaf\x27\x1c", Unknown, archive},
	{"Rar!\x1a\x07", Unknown, archive},
	{"\xfd7zXZ\x00", Unknown, archive},
	{"BZh", Unknown, archive},
	{`{\rtf`, Unknown, richText},
	{"\x09\x08\x10\x00", XLS, oldExcel}, // BIFF5 to BIFF2 without a container
	{"\x09\x08\x08\x00", XLS, oldExcel},
	{"\x09\x04\x06\x00", XLS, oldExcel},
	{"\x09\x02\x06\x00", XLS, oldExcel},
	{"\x09\x00\x04\x00", XLS, oldExcel},
	{"\x09\x00\x06\x00", XLS, oldExcel},
}

const sniffed = 4 << 10 // bytes looked at

// detect tells the format by content. A zip archive is looked into later.
func detect(src io.ReaderAt, size int64) (detected, error) {
	head := make([]byte, min(size, sniffed))
	if n, err := src.ReadAt(head, 0); n < len(head) {
		if err == nil || errors.Is(err, io.EOF) {
			return detected{}, fault.Truncated("", fault.ShortSource)
		}
		return detected{}, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return detected{format: ZIP}, nil
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return detectCompound(src, size)
	}
	if order := wideOrder(head); order != nil {
		return detectText(narrowed(head, order)), nil
	}
	text := looksLikeText(head)
	for _, s := range signatures {
		printable := looksLikeText([]byte(s.bytes))
		if bytes.HasPrefix(head, []byte(s.bytes)) && (!text || printable && strings.ContainsAny(s.bytes, "%{")) {
			return detected{format: s.format, name: s.name}, nil
		}
	}
	if !text {
		return detected{format: Unknown, name: binaryFile}, nil
	}
	return detectText(head), nil
}

// wideOrder is the byte order of UTF-16 with or without a mark, or nil.
func wideOrder(head []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return binary.LittleEndian
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return binary.BigEndian
	}
	return charset.LikelyWide(head)
}

// narrowed is UTF-16 without its mark and with a question mark for whatever is not ASCII.
func narrowed(head []byte, order binary.ByteOrder) []byte {
	var text []byte
	for i := 0; i+1 < len(head); i += 2 {
		switch u := order.Uint16(head[i:]); {
		case u < utf8.RuneSelf:
			text = append(text, byte(u))
		case u != 0xfeff || i > 0:
			text = append(text, '?')
		}
	}
	return text
}

// looksLikeText reports whether there is no NUL and next to no other control characters.
func looksLikeText(head []byte) bool {
	controls := 0
	for _, b := range head {
		if b == 0 {
			return false
		}
		if b < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1a\x1b", rune(b)) {
			controls++
		}
	}
	return controls*50 <= len(head)
}

// The first lines of old formats that are text. A CSV may begin with ID, too, but hardly with records of one letter.
var (
	symbolicLink    = regexp.MustCompile(`^id;p[^\r\n]*[\r\n]+([bc];[xy]\d|[pfo];[a-z]|e[\r\n])`)
	dataInterchange = regexp.MustCompile(`^table\s*[\r\n]+0,1[\r\n]+"[^\r\n]*"[\r\n]+(vectors|tuples|data|label|comment)[\r\n]`)
)

// holdsTag reports whether an element begins somewhere in a text in lower case.
func holdsTag(text []byte, name string) bool {
	for _, end := range []string{">", " ", "\r", "\n", "\t"} {
		if bytes.Contains(text, []byte("<"+name+end)) {
			return true
		}
	}
	return false
}

// detectText tells web pages and XML from CSV.
func detectText(head []byte) detected {
	text := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"))
	for _, start := range []string{"<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<style", "<div", "mime-version:"} {
		if bytes.HasPrefix(text, []byte(start)) {
			return detected{format: HTML, name: webPage}
		}
	}
	switch {
	case bytes.HasPrefix(text, []byte("<?xml")), bytes.HasPrefix(text, []byte("<!doctype")):
		if bytes.Contains(text, []byte("<html")) {
			return detected{format: HTML, name: webPage}
		}
		return detected{format: Unknown, name: xmlFile}
	case bytes.HasPrefix(text, []byte("<")) && (holdsTag(text, "html") || holdsTag(text, "table") || holdsTag(text, "tr")):
		return detected{format: HTML, name: webPage} // a piece of one
	case symbolicLink.Match(text):
		return detected{format: Unknown, name: sylkSheet}
	case dataInterchange.Match(text):
		return detected{format: Unknown, name: difSheet}
	}
	return detected{format: CSV}
}

// detectCompound tells what an OLE2 compound file holds by the names of its streams, which stand somewhere in it in UTF-16.
func detectCompound(src io.ReaderAt, size int64) (detected, error) {
	names := map[string]bool{"EncryptedPackage": false, "EncryptionInfo": false, "Workbook": false, "Book": false}
	const overlap = 64
	buf := make([]byte, 256<<10)
	for at := int64(0); at < size; at += int64(len(buf) - overlap) {
		n, err := src.ReadAt(buf[:min(int64(len(buf)), size-at)], at)
		if err != nil && !errors.Is(err, io.EOF) {
			return detected{}, err
		}
		for name, seen := range names {
			names[name] = seen || bytes.Contains(buf[:n], wideName(name))
		}
	}
	switch {
	case names["EncryptedPackage"], names["EncryptionInfo"]:
		return detected{format: Unknown, encrypted: true}, nil
	case names["Workbook"], names["Book"]:
		return detected{format: XLS, name: oldExcel}, nil
	}
	return detected{format: Unknown, name: oldOffice}, nil
}

// wideName is a stream's name in UTF-16 with its terminator, as directory entries have it.
func wideName(name string) []byte {
	wide := make([]byte, 0, 2*len(name)+2)
	for i := range len(name) {
		wide = append(wide, name[i], 0)
	}
	return append(wide, 0, 0)
}

// disguised reports whether a name promises a format that is not text.
func disguised(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods", ".pdf", ".docx", ".zip":
		return true
	}
	return false
}
