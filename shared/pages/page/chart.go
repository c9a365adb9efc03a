package page

import (
	"math"
	"strconv"
)

// Bar is a bar of a chart.
type Bar struct {
	Name  string
	Value int64  // at least 0, of any unit that all bars of the chart have
	Text  string // the value in words of the reader
	Part  int64  // of Value, which is drawn stronger: spent of allocated; 0 for none
	Note  string // Part in words of the reader
	Goal  int64  // what Value is to reach, which is drawn behind; 0 for none
	Aim   string // Goal in words of the reader
}

// Bars is a chart of bars that lie below each other, for who sees them, with a table of the same for everybody.
type Bars struct {
	Title string // of the chart, and of its table
	Name  string // what the bars are: the heading of their names
	Value string // what the values are
	Part  string // what the parts are; "" where there are none
	Goal  string // what the goals are; "" where there are none
	Whole int64  // what a full bar is; 0: the greatest value or goal
	Bars  []Bar
}

// barWidth is the width of a full bar, in the units of the drawing.
const barWidth = 600

// width is that of a bar for a value.
func (b Bars) width(value int64) string {
	whole := b.Whole
	for _, one := range b.Bars {
		whole = max(whole, one.Value, one.Goal)
	}
	if whole == 0 || value <= 0 {
		return "0"
	}
	return strconv.FormatFloat(math.Round(10*barWidth*float64(value)/float64(whole))/10, 'f', -1, 64)
}
