package exports

import "github.com/learning-cities/guildhall/shared/sheet"

// donorLook is what a statement has beside the styles of all workbooks.
type donorLook struct {
	tileLabel, tileMoney, tilePercent sheet.StyleID
	tileRemark, tileHeld              sheet.StyleID
	badgeFinal, badgeProvisional      sheet.StyleID
	mono                              sheet.StyleID
	goodCents, totalGood              sheet.StyleID
}

// newDonorLook makes them, and has amounts of nothing shown as a dash, as statements do.
func newDonorLook(w *sheet.Writer, l *look, r *request) *donorLook {
	const dashed = `#,##0.00_);-#,##0.00_);"–"_)`
	l.cents = w.Style(sheet.Style{Border: true, VAlign: "center", NumFmt: dashed})
	l.totalCents = w.Style(sheet.Style{Border: true, VAlign: "center", NumFmt: dashed, Bold: true, Fill: pale})
	tile := func(s sheet.Style) sheet.StyleID {
		s.Fill, s.Align, s.VAlign = pale, "center", "center"
		return w.Style(s)
	}
	remark := func(text string) string { return `"` + text + `"#,##0` }
	badge := func(fill string) sheet.StyleID {
		return w.Style(sheet.Style{Bold: true, Fill: fill, Color: "FFFFFF", Align: "center", VAlign: "center", Border: true})
	}
	d := &donorLook{
		tileLabel:        tile(sheet.Style{Color: grey, Bold: true}),
		tileMoney:        tile(sheet.Style{Color: navy, Bold: true, Size: 20, NumFmt: "#,##0"}),
		tilePercent:      tile(sheet.Style{Color: navy, Bold: true, Size: 20, NumFmt: "0.0%"}),
		tileRemark:       tile(sheet.Style{Color: grey, NumFmt: remark(r.in(sinceStart))}),
		tileHeld:         tile(sheet.Style{Color: grey, NumFmt: remark(r.in(heldRemark))}),
		badgeFinal:       badge("2E7D32"),
		badgeProvisional: badge("B26A00"),
		mono:             w.Style(sheet.Style{Border: true, VAlign: "center", Indent: 1, Wrap: true, Color: grey, Size: 9}),
		goodCents:        w.Style(sheet.Style{Border: true, VAlign: "center", NumFmt: "0.00_)", Fill: green, Color: "1B5E20"}),
		totalGood:        w.Style(sheet.Style{Border: true, VAlign: "center", NumFmt: "0.00_)", Fill: green, Color: "1B5E20", Bold: true}),
	}
	l.wraps[d.mono] = true
	return d
}
