package sheet

import (
	"context"
	"io"
	"strings"
	"sync"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
	"github.com/learning-cities/guildhall/shared/sheet/internal/pack"
	"github.com/learning-cities/guildhall/shared/sheet/internal/sharedstrings"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xmlscan"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xstring"
)

// workbook is an open .xlsx.
type workbook struct {
	office
	sheets   []sheetPart
	date1904 bool
	links    bool // refers to other files
	styles   []CellStyle
	noStyles bool // the workbook defines none, so that every index means General

	stringsPart *pack.Part // nil when there are no shared strings
	mu          sync.Mutex
	strings     *sharedstrings.Table
	stringsErr  error // a refusal, which stays

	scannerOnly bool
}

type sheetPart struct {
	SheetInfo
	part *pack.Part
}

// openWorkbook reads everything of a workbook but its sheets and shared strings.
func openWorkbook(ctx context.Context, src io.ReaderAt, size int64, options openOptions) (*Book, error) {
	o, err := openOffice(ctx, src, size, options.limits)
	if err != nil {
		return nil, err
	}
	main, err := o.mainPart(ctx)
	if err != nil {
		return nil, err
	}
	if err := o.checkMacros(); err != nil {
		return nil, err
	}
	w := &workbook{office: *o, noStyles: true, scannerOnly: options.scannerOnly}
	relations, err := o.relations(ctx, main.Key)
	if err != nil {
		return nil, err
	}
	if err := w.readSheets(ctx, main, relations); err != nil {
		return nil, err
	}
	if err := w.readRelated(ctx, main, relations); err != nil {
		return nil, err
	}
	b := newBook(XLSX)
	b.workbook, b.date1904 = w, w.date1904
	for _, s := range w.sheets {
		b.sheets = append(b.sheets, s.SheetInfo)
	}
	if w.links {
		b.notes = append(b.notes, *problem.New("FILE_EXTERNAL_LINKS"))
	}
	return b, nil
}

// readRelated finds the styles and shared strings, and references to other files.
func (w *workbook) readRelated(ctx context.Context, main *pack.Part, relations []relation) error {
	for _, r := range relations {
		switch r.kind {
		case "vbaProject", "xlMacrosheet", "xlIntlMacrosheet":
			return fault.Macro()
		case "sharedStrings":
			part, err := w.resolve(main.Key, r)
			if err != nil {
				return err
			}
			w.stringsPart = part
		case "styles":
			part, err := w.resolve(main.Key, r)
			if r.external {
				return err
			}
			if part == nil {
				continue // without styles every number is General, as if none were referred to
			}
			if err := w.readStyles(ctx, part); err != nil {
				return err
			}
		case "externalLink", "connections":
			w.links = true
		default:
			w.links = w.links || r.external
		}
	}
	return nil
}

// readSheets reads the workbook's main part: its sheets in tab order and its date system.
func (w *workbook) readSheets(ctx context.Context, main *pack.Part, relations []relation) error {
	byID := map[string]relation{}
	for _, r := range relations {
		byID[r.id] = r
	}
	names, parts := map[string]bool{}, map[*pack.Part]bool{}
	inSheets := false
	err := w.each(ctx, main, xmlscan.Main, "workbook", func(xml *xmlscan.Scanner) error {
		switch name := string(xml.Name); {
		case xml.Depth() == 2:
			inSheets = xml.Space == xmlscan.Main && name == "sheets"
			if xml.Space == xmlscan.Main {
				return w.readProperty(xml)
			}
		case xml.Depth() == 3 && inSheets && xml.Space == xmlscan.Compatibility:
			return fault.Corrupt(main.Name, fault.BadSheetList)
		case xml.Depth() == 3 && inSheets && xml.Space == xmlscan.Main && name == "sheet":
			s, err := w.readSheet(xml, main, byID)
			if err != nil {
				return err
			}
			folded := strings.ToLower(s.Name)
			if names[folded] || parts[s.part] || s.Name == "" {
				return fault.Corrupt(main.Name, fault.BadSheetList)
			}
			names[folded], parts[s.part] = true, true
			w.sheets = append(w.sheets, s)
			if len(w.sheets) > w.limits.Sheets {
				return fault.TooLarge(fault.Sheets, int64(w.limits.Sheets))
			}
		}
		return nil
	})
	if err == nil && len(w.sheets) == 0 {
		return fault.Corrupt(main.Name, fault.NoSheets)
	}
	return err
}

// readProperty reads what the workbook says of itself besides its sheets.
func (w *workbook) readProperty(xml *xmlscan.Scanner) error {
	switch string(xml.Name) {
	case "workbookPr":
		if value, ok := xml.Attr("date1904"); ok {
			on, valid := parseBool(value)
			if !valid {
				return fault.Corrupt(xml.Part(), fault.BadAttribute)
			}
			w.date1904 = on
		}
	case "externalReferences":
		w.links = true
	}
	return nil
}

// readSheet reads one sheet element and finds its part.
func (w *workbook) readSheet(xml *xmlscan.Scanner, main *pack.Part, byID map[string]relation) (sheetPart, error) {
	wrong := fault.Corrupt(main.Name, fault.BadSheetList)
	name, _ := xml.Attr("name")
	id, _ := xml.AttrIn(xmlscan.Relation, "id")
	s := sheetPart{SheetInfo: SheetInfo{Name: string(xstring.Append(nil, name))}}
	if state, ok := xml.Attr("state"); ok {
		switch string(state) {
		case "visible":
		case "hidden":
			s.Visibility = Hidden
		case "veryHidden":
			s.Visibility = VeryHidden
		default:
			return s, wrong
		}
	}
	r, ok := byID[string(id)]
	if !ok {
		return s, wrong
	}
	switch r.kind {
	case "worksheet":
	case "chartsheet", "dialogsheet":
		s.Chart = true
	case "xlMacrosheet", "xlIntlMacrosheet":
		return s, fault.Macro()
	default:
		return s, wrong
	}
	var err error
	s.part, err = w.resolve(main.Key, r)
	return s, err
}

// parseBool reads an xsd:boolean.
func parseBool(value []byte) (on, valid bool) {
	switch string(value) {
	case "1", "true":
		return true, true
	case "0", "false":
		return false, true
	}
	return false, false
}

// find returns the sheet with exactly that name.
func (w *workbook) find(name string) *sheetPart {
	for i := range w.sheets {
		if w.sheets[i].Name == name {
			return &w.sheets[i]
		}
	}
	return nil
}

// sharedStrings loads the shared strings once.
func (w *workbook) sharedStrings(ctx context.Context) (*sharedstrings.Table, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.strings != nil || w.stringsErr != nil {
		return w.strings, w.stringsErr
	}
	if w.stringsPart == nil {
		w.strings = sharedstrings.New(sharedstrings.Limits{})
		return w.strings, nil
	}
	xml, in := w.stream(ctx, w.stringsPart)
	defer in.Close()
	table, err := sharedstrings.Load(xml, sharedstrings.Limits{Held: w.limits.Held, Total: w.limits.Strings})
	if err == nil {
		w.strings = table
	} else if isRefusal(err) {
		w.stringsErr = err
	}
	return table, err
}

// close removes what the workbook keeps outside of memory.
func (w *workbook) close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	table := w.strings
	w.strings, w.stringsErr = nil, errClosed
	if table == nil {
		return nil
	}
	return table.Close()
}

// stream begins to scan a part that may be large; where there are two cores it inflates on the other one. The caller closes
// the closer.
func (w *workbook) stream(ctx context.Context, part *pack.Part) (*xmlscan.Scanner, io.Closer) {
	in := part.Open()
	source := xmlscan.NewSource(in, part.Name)
	if part.Size < aheadFrom || !severalCores() {
		return xmlscan.New(ctx, source, part.Name, w.xmlLimits()), in
	}
	ahead := xmlscan.NewAhead(ctx, source)
	return xmlscan.New(ctx, ahead, part.Name, w.xmlLimits()), closers{ahead, in}
}
