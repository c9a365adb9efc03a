package sheet

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
	Width, Height int    // pixels; 0 is 480 × 288
	Stacked       bool   // columns and bars of a category on top of each other
	AxisTitle     string // what the values count
	NumFmt        string // of the values; empty is General
	Series        []ChartSeries
}

// ChartSeries is one row of figures of a chart: where they stand in the workbook and what they are at the time of writing,
// so that viewers which don't calculate show them too.
type ChartSeries struct {
	Name          string
	CategoriesRef string // such as Ref("Overview", "A5:A12")
	ValuesRef     string
	Categories    []string
	Values        []Number
	Color         string // RRGGBB; empty takes the next of the palette
}
