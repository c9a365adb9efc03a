package letter

import (
	"context"
	"strings"
)

// Styles stand at each element, since mail programs leave out whatever stands elsewhere. Each ground has its text's colour beside it, so that
// programs that darken letters change both.
const (
	font           = "font-family:Segoe UI,Roboto,Helvetica,Arial,sans-serif;"
	wraps          = "word-break:break-word;overflow-wrap:break-word;"
	bodyStyle      = "margin:0;padding:0;width:100%;background-color:#e6ecf2;color:#15212e;" + font + "font-size:16px;line-height:1.5;-webkit-text-size-adjust:100%;"
	outerStyle     = "width:100%;border-collapse:collapse;background-color:#e6ecf2;"
	sheetStyle     = "width:100%;max-width:600px;margin:0 auto;border-collapse:collapse;background-color:#ffffff;" + wraps
	brandStyle     = "padding:16px 24px;background-color:#082f57;color:#ffffff;" + font + "font-size:14px;line-height:20px;font-weight:600;"
	matterStyle    = "padding:24px;background-color:#ffffff;color:#15212e;" + font + "font-size:16px;line-height:24px;" + wraps
	titleStyle     = "margin:0 0 4px;color:#15212e;" + font + "font-size:22px;line-height:30px;font-weight:700;"
	whenStyle      = "margin:0 0 16px;color:#475564;font-size:14px;line-height:20px;"
	paraStyle      = "margin:0 0 16px;"
	fineStyle      = "margin:0 0 16px;color:#475564;font-size:14px;line-height:20px;"
	headingStyle   = "margin:24px 0 8px;color:#15212e;" + font + "font-size:17px;line-height:24px;font-weight:700;"
	boxesStyle     = "width:100%;margin:0 0 16px;border-collapse:collapse;"
	correctedStyle = "padding:12px 16px;border-left:4px solid #744700;background-color:#fcf0d4;color:#15212e;" + font + "font-size:16px;line-height:24px;" + wraps
	nothingStyle   = "padding:12px 16px;border-left:4px solid #73808d;background-color:#f3f6f9;color:#15212e;" + font + "font-size:16px;line-height:24px;" + wraps
	figuresStyle   = "width:100%;margin:0 0 8px;border-collapse:collapse;"
	labelStyle     = "min-width:110px;padding:8px 12px 8px 0;border-bottom:1px solid #d3dbe3;color:#15212e;" + font + "font-size:15px;line-height:22px;font-weight:400;text-align:left;vertical-align:top;" + wraps
	valueStyle     = "padding:8px 0;border-bottom:1px solid #d3dbe3;color:#15212e;" + font + "font-size:15px;line-height:22px;font-weight:600;text-align:right;vertical-align:top;"
	beforeStyle    = "color:#475564;font-size:13px;line-height:18px;font-weight:400;"
	inBoxStyle     = "margin:8px 0 0;padding:0 0 0 20px;"
	itemsStyle     = "margin:0 0 8px;padding:0 0 0 20px;"
	itemStyle      = "margin:0 0 8px;"
	quietStyle     = "color:#475564;font-size:14px;line-height:20px;"
	lastStyle      = "margin:0;" + quietStyle
	lateStyle      = "color:#98270f;font-weight:600;"
	anchorStyle    = "color:#0a4f8f;text-decoration:underline;"
	buttonsStyle   = "margin:0 0 16px;border-collapse:separate;"
	buttonStyle    = "padding:12px 20px;border-radius:6px;background-color:#0a4f8f;color:#ffffff;" + font + "font-size:16px;line-height:20px;font-weight:600;"
	pressedStyle   = "color:#ffffff;text-decoration:none;"
	footStyle      = "padding:16px 24px 24px;border-top:1px solid #d3dbe3;background-color:#f3f6f9;color:#475564;" + font + "font-size:13px;line-height:19px;" + wraps
	footParaStyle  = "margin:0 0 8px;"
)

// style is that of a figure's value: no number is broken.
func (r row) style() string {
	if r.Prose {
		return valueStyle + wraps
	}
	return valueStyle + "word-break:normal;overflow-wrap:normal;"
}

// Outlook for Windows knows no greatest width: it gets a table of its own around the sheet.
const (
	outlookBegins = `<!--[if mso]><table role="presentation" align="center" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->`
	outlookEnds   = `<!--[if mso]></td></tr></table><![endif]-->`
)

// page is the letter as HTML.
func page(v view) string {
	var b strings.Builder
	if err := document(v).Render(context.Background(), &b); err != nil { // a Builder takes everything
		panic(err)
	}
	return b.String()
}
