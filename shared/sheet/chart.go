package sheet

import (
	"fmt"
)

// ChartType is the form of a chart.
type ChartType string

// The chart types.
const (
	ChartColumn ChartType = "column"
	ChartBar    ChartType = "bar"
	ChartPie    ChartType = "pie"
	ChartLine   ChartType = "line"
)

// ChartSpec is a chart drawn over the sheet.
type ChartSpec struct {
	Type          ChartType
	Title         string
	Anchor        string // the cell of the upper left corner
	Width, Height int    // pixels; 0 is 560 × 320
	Stacked       bool   // columns and bars of a category on top of each other
	AxisTitle     string // what the values count
	NumFmt        string // of the values; empty is General
	Labels        bool   // write each value (in a pie its share too) at its place; bars and columns then need no scale
	Series        []ChartSeries
}

// ChartSeries is one row of figures of a chart: where they stand in the workbook and what they are at the time of writing,
// so that viewers which don't calculate show them too.
type ChartSeries struct {
	Name          string
	CategoriesRef string // such as Ref("Overview", "$A$5:$A$12")
	ValuesRef     string
	Categories    []string
	Values        []Number
	Color         string // RRGGBB; empty takes the next of the palette
}

// Chart draws a chart over the sheet.
func (s *SheetWriter) Chart(c ChartSpec) error {
	if err := c.check(); err != nil {
		return s.w.fail(fmt.Errorf("sheet %s, chart %q: %w", s.spec.Name, c.Title, err))
	}
	s.charts = append(s.charts, c)
	return s.usable()
}

func (c *ChartSpec) check() error {
	switch c.Type {
	case ChartColumn, ChartBar, ChartPie, ChartLine:
	default:
		return fmt.Errorf("no such type: %q", c.Type)
	}
	if _, _, ok := ParseCell(c.Anchor); !ok {
		return fmt.Errorf("no cell %q to put it at", c.Anchor)
	}
	if len(c.Series) == 0 || c.Type == ChartPie && len(c.Series) > 1 {
		return fmt.Errorf("%d series", len(c.Series))
	}
	for _, series := range c.Series {
		if len(series.Categories) != len(series.Values) || len(series.Values) == 0 {
			return fmt.Errorf("series %q has %d values for %d categories", series.Name, len(series.Values), len(series.Categories))
		}
		for _, v := range series.Values {
			if !isDecimal(string(v)) {
				return fmt.Errorf("series %q: %q: %w", series.Name, string(v), errNotNumber)
			}
		}
		for _, ref := range []string{series.CategoriesRef, series.ValuesRef} {
			if err := checkFormula(ref); err != nil {
				return err
			}
		}
	}
	return nil
}

const (
	chartWidth, chartHeight = 560, 320 // pixels
	emuPerPixel             = 9525
)

// putCharts writes the drawing that places a sheet's charts, and the charts.
func (s *SheetWriter) putCharts(drawing string) error {
	b := []byte(xmlHeader + `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"` +
		` xmlns:a="` + nsDrawing + `">`)
	var rels relationships
	for i := range s.charts {
		c := &s.charts[i]
		part := s.w.freePart("xl/charts/chart%d.xml")
		if err := s.w.archive.Put(part, c.xml()); err != nil {
			return err
		}
		b = c.appendAnchor(b, i+1, rels.add("chart", part))
	}
	if err := s.w.archive.Put(drawing, append(b, "</xdr:wsDr>"...)); err != nil {
		return err
	}
	return s.w.archive.Put(relsOf(drawing), rels.xml(drawing))
}

// appendAnchor places the chart at its size, which doesn't depend on the widths of the columns beneath.
func (c *ChartSpec) appendAnchor(b []byte, n int, rel string) []byte {
	col, row, _ := ParseCell(c.Anchor)
	width, height := c.Width, c.Height
	if width <= 0 {
		width = chartWidth
	}
	if height <= 0 {
		height = chartHeight
	}
	return fmt.Appendf(b, `<xdr:oneCellAnchor><xdr:from><xdr:col>%d</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row>`+
		`<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="%d" cy="%d"/><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>`+
		`<xdr:cNvPr id="%d" name="Chart %d" descr="%s"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>`+
		`<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="%s">`+
		`<c:chart xmlns:c="%s" xmlns:r="%s" r:id="%s"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor>`,
		col-1, row-1, width*emuPerPixel, height*emuPerPixel, n+1, n, plain(c.Title), nsChart, nsChart, nsRels, rel)
}
