package sheet

import (
	"fmt"
	"strconv"

	"github.com/learning-cities/guildhall/shared/sheet/internal/markup"
)

const (
	nsDrawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
	nsChart   = "http://schemas.openxmlformats.org/drawingml/2006/chart"
)

// palette is told apart by people who don't see all colours alike (Okabe and Ito, 2008, without yellow and black).
var palette = []string{"0072B2", "E69F00", "009E73", "CC79A7", "56B4E9", "D55E00", "8C8C8C"}

const (
	textColor = "404040"
	gridColor = "D9D9D9"
)

func plain(s string) string { return string(markup.AppendPlain(nil, s)) }

// xml is the chart's part.
func (c *ChartSpec) xml() []byte {
	b := []byte(xmlHeader + `<c:chartSpace xmlns:c="` + nsChart + `" xmlns:a="` + nsDrawing + `" xmlns:r="` + nsRels + `">` +
		`<c:roundedCorners val="0"/><c:chart>`)
	if c.Title != "" {
		b = append(b, "<c:title>"+titleText(c.Title, 1200, true, 0)+`<c:overlay val="0"/></c:title>`...)
	}
	b = append(b, `<c:autoTitleDeleted val="`+flag(c.Title == "")+`"/><c:plotArea><c:layout/>`...)
	switch c.Type {
	case ChartPie:
		b = append(b, `<c:pieChart><c:varyColors val="1"/>`...)
		b = append(c.appendSeries(b), `<c:firstSliceAng val="0"/></c:pieChart>`...)
	case ChartLine:
		b = append(b, `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>`...)
		b = append(c.appendSeries(b), `<c:marker val="1"/><c:axId val="1"/><c:axId val="2"/></c:lineChart>`...)
		b = c.appendAxes(b)
	default:
		b = c.appendBars(b)
		b = c.appendAxes(b)
	}
	b = append(b, `<c:spPr><a:noFill/></c:spPr></c:plotArea>`...)
	if len(c.Series) > 1 || c.Type == ChartPie {
		b = append(b, `<c:legend><c:legendPos val="`+c.legendAt()+`"/><c:overlay val="0"/>`+textProperties(900)+`</c:legend>`...)
	}
	return append(b, `<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>`+
		`<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="`+gridColor+`"/></a:solidFill></a:ln></c:spPr>`+
		`</c:chartSpace>`...)
}

func (c *ChartSpec) legendAt() string {
	if c.Type == ChartPie {
		return "r"
	}
	return "b"
}

func (c *ChartSpec) appendBars(b []byte) []byte {
	direction, grouping := "col", "clustered"
	if c.Type == ChartBar {
		direction = "bar"
	}
	if c.Stacked {
		grouping = "stacked"
	}
	b = append(b, `<c:barChart><c:barDir val="`+direction+`"/><c:grouping val="`+grouping+`"/><c:varyColors val="0"/>`...)
	b = append(c.appendSeries(b), `<c:gapWidth val="60"/>`...)
	if c.Stacked {
		b = append(b, `<c:overlap val="100"/>`...)
	}
	return append(b, `<c:axId val="1"/><c:axId val="2"/></c:barChart>`...)
}

// appendAxes writes the axis of categories (1) and that of values (2). Bars are drawn from the first category down, as the
// table beside them reads.
func (c *ChartSpec) appendAxes(b []byte) []byte {
	order, at, values, crosses := "minMax", "b", "l", "autoZero"
	if c.Type == ChartBar {
		order, at, values, crosses = "maxMin", "l", "b", "max"
	}
	b = append(b, `<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="`+order+`"/></c:scaling><c:delete val="0"/><c:axPos val="`+at+`"/>`+
		`<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>`+
		line(gridColor)+textProperties(900)+`<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>`+
		`<c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>`...)
	b = append(b, `<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="`+
		flag(c.selfTelling())+`"/><c:axPos val="`+values+`"/>`...)
	if !c.selfTelling() {
		b = append(b, `<c:majorGridlines>`+line(gridColor)+`</c:majorGridlines>`...)
	}
	if c.AxisTitle != "" {
		turn := -5400000 // read from below
		if c.Type == ChartBar {
			turn = 0
		}
		b = append(b, "<c:title>"+titleText(c.AxisTitle, 900, false, turn)+`<c:overlay val="0"/></c:title>`...)
	}
	return append(b, `<c:numFmt formatCode="`+plain(c.format())+`" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>`+
		`<c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>`+textProperties(900)+
		`<c:crossAx val="1"/><c:crosses val="`+crosses+`"/></c:valAx>`...)
}

// selfTelling reports whether every bar has its value beside it, so that a scale would say it twice.
func (c *ChartSpec) selfTelling() bool { return c.Labels && !c.Stacked && c.Type != ChartLine }

func (c *ChartSpec) format() string {
	if c.NumFmt == "" {
		return "General"
	}
	return c.NumFmt
}

func (c *ChartSpec) appendSeries(b []byte) []byte {
	for i := range c.Series {
		s := &c.Series[i]
		color := s.Color
		if color == "" {
			color = palette[i%len(palette)]
		}
		b = fmt.Appendf(b, `<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx><c:v>%s</c:v></c:tx>`, i, i, plain(s.Name))
		switch c.Type {
		case ChartLine:
			b = append(b, `<c:spPr><a:ln w="28575" cap="rnd">`+solid(color)+`<a:round/></a:ln></c:spPr>`+
				`<c:marker><c:symbol val="circle"/><c:size val="6"/><c:spPr>`+solid(color)+`</c:spPr></c:marker>`...)
		case ChartPie:
			b = appendSlices(b, len(s.Values))
		default:
			b = append(b, `<c:spPr>`+solid(color)+`</c:spPr><c:invertIfNegative val="0"/>`...)
		}
		b = append(b, c.labels()...)
		b = append(b, `<c:cat><c:strRef><c:f>`+plain(s.CategoriesRef)+`</c:f><c:strCache><c:ptCount val="`+strconv.Itoa(len(s.Categories))+`"/>`...)
		for n, category := range s.Categories {
			b = appendPoint(b, n, category)
		}
		b = append(b, `</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>`+plain(s.ValuesRef)+`</c:f><c:numCache><c:formatCode>`+
			plain(c.format())+`</c:formatCode><c:ptCount val="`+strconv.Itoa(len(s.Values))+`"/>`...)
		for n, value := range s.Values {
			b = appendPoint(b, n, string(value))
		}
		b = append(b, `</c:numCache></c:numRef></c:val>`...)
		if c.Type == ChartLine {
			b = append(b, `<c:smooth val="0"/>`...)
		}
		b = append(b, `</c:ser>`...)
	}
	return b
}

func appendSlices(b []byte, n int) []byte {
	for i := range n {
		b = fmt.Appendf(b, `<c:dPt><c:idx val="%d"/><c:bubble3D val="0"/><c:spPr>%s<a:ln w="12700">%s</a:ln></c:spPr></c:dPt>`,
			i, solid(palette[i%len(palette)]), solid("FFFFFF"))
	}
	return b
}

func (c *ChartSpec) labels() string {
	if !c.Labels {
		return ""
	}
	position := `<c:dLblPos val="outEnd"/>`
	switch {
	case c.Type == ChartLine:
		position = `<c:dLblPos val="t"/>`
	case c.Stacked:
		position = `<c:dLblPos val="ctr"/>`
	}
	return `<c:dLbls><c:numFmt formatCode="` + plain(c.format()) + `" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>` +
		textProperties(900) + position + `<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>` +
		`<c:showPercent val="` + flag(c.Type == ChartPie) + `"/><c:showBubbleSize val="0"/><c:separator>; </c:separator></c:dLbls>`
}

func appendPoint(b []byte, n int, value string) []byte {
	b = append(b, `<c:pt idx="`+strconv.Itoa(n)+`"><c:v>`...)
	return append(markup.AppendPlain(b, value), `</c:v></c:pt>`...)
}

func solid(rgb string) string {
	return `<a:solidFill><a:srgbClr val="` + plain(rgb) + `"/></a:solidFill>`
}

func line(rgb string) string { return `<c:spPr><a:ln w="9525">` + solid(rgb) + `</a:ln></c:spPr>` }

// textProperties sets size (hundredths of a point) and colour of an element's text.
func textProperties(size int) string {
	return fmt.Sprintf(`<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="%d">%s</a:defRPr></a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr>`,
		size, solid(textColor))
}

// titleText is a title; turn is in 60,000ths of a degree.
func titleText(text string, size int, bold bool, turn int) string {
	properties := fmt.Sprintf(`sz="%d" b="%s"`, size, flag(bold))
	body := "<a:bodyPr/>"
	if turn != 0 {
		body = fmt.Sprintf(`<a:bodyPr rot="%d" vert="horz"/>`, turn)
	}
	return `<c:tx><c:rich>` + body + `<a:lstStyle/><a:p><a:pPr><a:defRPr ` + properties + `/></a:pPr><a:r><a:rPr lang="en-US" ` + properties + `>` +
		solid(textColor) + `</a:rPr><a:t>` + plain(text) + `</a:t></a:r></a:p></c:rich></c:tx>`
}

func flag(on bool) string {
	if on {
		return "1"
	}
	return "0"
}
