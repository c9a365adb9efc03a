package exports

import "github.com/learning-cities/guildhall/shared/sheet"

// The colours of the workbooks.
const (
	navy   = "1F3864"
	pale   = "E8EEF7"
	green  = "E3F1E4"
	amber  = "FDEBD0"
	grey   = "5F6B7A"
	blue   = "2E75B6"
	orange = "E08A1E"
)

// look is the styles that all sheets of a workbook share.
type look struct {
	title, subtitle, section      sheet.StyleID
	head, headRight, headCentre   sheet.StyleID
	text, wrap, faint             sheet.StyleID
	money, cents, mills           sheet.StyleID // amounts in whole units, and with two or three decimals
	rate                          sheet.StyleID
	count, percent, date          sheet.StyleID
	countLeft, dateLeft           sheet.StyleID // beside texts
	total, totalMoney, totalCents sheet.StyleID
	totalCount, totalPercent      sheet.StyleID
	good, goodCount, goodCents    sheet.StyleID
	alert, alertCount             sheet.StyleID
	alertMoney, alertCents, link  sheet.StyleID
	note                          sheet.StyleID
	wraps                         map[sheet.StyleID]bool // styles that break long texts into lines
}

func newLook(w *sheet.Writer) *look {
	// The space of a bracket at the end keeps numbers off the text in the next column.
	const plain, whole, decimals, thousandths, percent = "#,##0", "#,##0_)", "#,##0.00_)", "#,##0.000_)", "0.0%_)"
	cell := func(s sheet.Style) sheet.StyleID {
		s.Border, s.VAlign = true, "center"
		if s.NumFmt == "" {
			s.Indent = 1 // keeps texts off the line at their left
		}
		return w.Style(s)
	}
	head := sheet.Style{Bold: true, Fill: navy, Color: "FFFFFF", Border: true, Wrap: true, VAlign: "center"}
	left, right, centre := head, head, head
	left.Indent = 1
	right.Align, right.Indent = "right", 1
	centre.Align = "center"
	l := &look{
		title:        w.Style(sheet.Style{Bold: true, Size: 16, Color: navy}),
		subtitle:     w.Style(sheet.Style{Color: grey}),
		section:      w.Style(sheet.Style{Bold: true, Size: 12, Color: navy}),
		head:         w.Style(left),
		headRight:    w.Style(right),
		headCentre:   w.Style(centre),
		text:         cell(sheet.Style{}),
		wrap:         cell(sheet.Style{Wrap: true}),
		faint:        cell(sheet.Style{Color: grey}),
		money:        cell(sheet.Style{NumFmt: whole}),
		cents:        cell(sheet.Style{NumFmt: decimals}),
		mills:        cell(sheet.Style{NumFmt: thousandths}),
		rate:         cell(sheet.Style{NumFmt: "0.0000######_)"}),
		count:        cell(sheet.Style{NumFmt: plain, Align: "center"}),
		percent:      cell(sheet.Style{NumFmt: percent}),
		date:         cell(sheet.Style{NumFmt: "yyyy-mm-dd", Align: "center"}),
		countLeft:    cell(sheet.Style{NumFmt: plain, Align: "left", Indent: 1}),
		dateLeft:     cell(sheet.Style{NumFmt: "yyyy-mm-dd", Align: "left", Indent: 1}),
		total:        cell(sheet.Style{Bold: true, Fill: pale}),
		totalMoney:   cell(sheet.Style{Bold: true, Fill: pale, NumFmt: whole}),
		totalCents:   cell(sheet.Style{Bold: true, Fill: pale, NumFmt: decimals}),
		totalCount:   cell(sheet.Style{Bold: true, Fill: pale, NumFmt: plain, Align: "center"}),
		totalPercent: cell(sheet.Style{Bold: true, Fill: pale, NumFmt: percent}),
		good:         cell(sheet.Style{Fill: green, Wrap: true}),
		goodCount:    cell(sheet.Style{Fill: green, NumFmt: plain, Align: "center"}),
		goodCents:    cell(sheet.Style{Fill: green, NumFmt: decimals}),
		alert:        cell(sheet.Style{Fill: amber, Wrap: true}),
		alertCount:   cell(sheet.Style{Fill: amber, NumFmt: plain, Align: "center"}),
		alertMoney:   cell(sheet.Style{Fill: amber, NumFmt: whole}),
		alertCents:   cell(sheet.Style{Fill: amber, NumFmt: decimals}),
		link:         cell(sheet.Style{Color: blue, Underline: true, Wrap: true}),
		note:         w.Style(sheet.Style{Italic: true, Color: grey, Wrap: true, VAlign: "top"}),
	}
	l.wraps = map[sheet.StyleID]bool{l.head: true, l.headRight: true, l.headCentre: true, l.wrap: true, l.good: true, l.alert: true, l.link: true}
	return l
}
