package sheet

import (
	"context"
	"strconv"

	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
	"github.com/learning-cities/guildhall/shared/sheet/internal/numfmt"
	"github.com/learning-cities/guildhall/shared/sheet/internal/pack"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xmlscan"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xstring"
)

// maxStyles bounds the cell formats of a workbook; Excel stops at 65,490.
const maxStyles = 1 << 17

// cellFormat is one entry of cellXfs.
type cellFormat struct {
	id          int // of its number format
	quotePrefix bool
}

// readStyles reads the number formats that the cells' style indices mean.
func (w *workbook) readStyles(ctx context.Context, part *pack.Part) error {
	codes := map[int]string{}
	var formats []cellFormat
	parent := ""
	err := w.each(ctx, part, xmlscan.Main, "styleSheet", func(xml *xmlscan.Scanner) error {
		if xml.Depth() == 2 {
			parent = ""
			if xml.Space == xmlscan.Main {
				parent = string(xml.Name)
			}
			return nil
		}
		if xml.Depth() == 3 && xml.Space == xmlscan.Compatibility && (parent == "cellXfs" || parent == "numFmts") {
			return fault.Corrupt(part.Name, fault.BadStructure) // what comes after is counted, and this may count or not
		}
		if xml.Depth() != 3 || xml.Space != xmlscan.Main {
			return nil
		}
		switch {
		case parent == "numFmts" && string(xml.Name) == "numFmt":
			id, ok := intAttr(xml, "numFmtId")
			code, _ := xml.Attr("formatCode")
			if !ok {
				return fault.Corrupt(part.Name, fault.BadFormat)
			}
			codes[id] = string(xstring.Append(nil, code))
		case parent == "cellXfs" && string(xml.Name) == "xf":
			format, err := readCellFormat(xml)
			if err != nil {
				return err
			}
			formats = append(formats, format)
		}
		if len(formats) > maxStyles || len(codes) > maxStyles {
			return fault.TooLarge(fault.Styles, maxStyles)
		}
		return nil
	})
	if err != nil {
		return err
	}
	w.noStyles = len(formats) == 0
	w.styles = makeStyles(formats, codes)
	return nil
}

func readCellFormat(xml *xmlscan.Scanner) (cellFormat, error) {
	var f cellFormat
	if _, ok := xml.Attr("numFmtId"); ok {
		if f.id, ok = intAttr(xml, "numFmtId"); !ok {
			return f, fault.Corrupt(xml.Part(), fault.BadFormat)
		}
	}
	if value, ok := xml.Attr("quotePrefix"); ok {
		if f.quotePrefix, ok = parseBool(value); !ok {
			return f, fault.Corrupt(xml.Part(), fault.BadFormat)
		}
	}
	return f, nil
}

func intAttr(xml *xmlscan.Scanner, name string) (int, bool) {
	value, _ := xml.Attr(name)
	n, err := strconv.ParseUint(string(value), 10, 31)
	return int(n), err == nil
}

// makeStyles parses every number format once.
func makeStyles(formats []cellFormat, codes map[int]string) []CellStyle {
	parsed := map[int]numfmt.Format{}
	styles := make([]CellStyle, len(formats))
	for i, f := range formats {
		format, ok := parsed[f.id]
		if !ok {
			if code, own := codes[f.id]; own {
				format = numfmt.Parse(code)
			} else {
				format = numfmt.Builtin(f.id)
			}
			parsed[f.id] = format
		}
		styles[i] = CellStyle{
			Format: format.Code, Class: Class(format.Class), Currency: format.Currency, Decimals: format.Decimals,
			QuotePrefix: f.quotePrefix,
		}
		if format.Zeros > 1 {
			styles[i].LeadingZeros = format.Zeros
		}
	}
	return styles
}
