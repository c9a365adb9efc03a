package programme

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
)

func (l *loader) buildBudget(d docBudget, e *Edition) {
	currency := l.currency("budget.currency", d.Currency)
	e.Currency = currency.Code
	e.WorkAreas = l.buildAreas("budget.areas", d.Areas, currency)
	e.PrintedTotals = BudgetTotals{
		PerCluster: l.printed("budget.totals.perCluster", d.Totals.PerCluster, currency),
		All:        l.printed("budget.totals.all", d.Totals.All, currency),
	}
	l.notEmpty("budget.lines", len(d.Lines))
	seen := map[string]bool{}
	for i, line := range d.Lines {
		path := at("budget.lines", i, "")
		e.BudgetLines = append(e.BudgetLines, l.buildLine(path, line, currency, e, seen))
	}
}

func (l *loader) buildLine(path string, d docLine, currency money.Currency, e *Edition, seen map[string]bool) BudgetLine {
	b := BudgetLine{
		Code:        d.Code,
		Area:        l.whole(path+".area", d.Area, 1),
		Activity:    l.text(path+".activity", d.Activity),
		Responsible: l.text(path+".responsible", d.Responsible),
		UnitCost:    l.amount(path+".unitCost", d.UnitCost, currency),
		Quantity:    l.whole(path+".quantity", d.Quantity, 1),
		Printed:     d.Printed,
		Origin:      l.origin(path, d.Origin),
	}
	if _, ok := e.WorkArea(b.Area); !ok && b.Area > 0 {
		l.fault(path+".area", reasonUnknown(d.Area))
	}
	b.Number = l.code(path+".code", d.Code, ClusterNamespace, b.Area, seen)
	l.checkLine(path, b, currency)
	return b
}

// checkLine wants unit cost times quantity to be what is printed: "$50,000 x 2".
func (l *loader) checkLine(path string, b BudgetLine, currency money.Currency) {
	text, times, repeated := strings.Cut(b.Printed, " x ")
	unit, ok := readPrinted(text, currency)
	quantity, err := 1, error(nil)
	if repeated {
		quantity, err = strconv.Atoi(times)
	}
	if !ok || err != nil {
		l.fault(path+".printed", reasonNotAmount(b.Printed))
		return
	}
	if unit != b.UnitCost || quantity != b.Quantity {
		computed := b.UnitCost.Format(locale.EN) + " x " + strconv.Itoa(b.Quantity)
		l.mismatch(path+".printed", locale.Same(b.Code), computed, b.Printed, b.Rule)
	}
}

// code wants a namespaced code whose number starts with the area's, and gives the
// number: "cluster/1.1" is line "1.1" of area 1.
func (l *loader) code(path, code, namespace string, area int, seen map[string]bool) string {
	number, ok := strings.CutPrefix(code, namespace)
	inArea, rest, dotted := strings.Cut(number, ".")
	switch {
	case code == "":
		l.fault(path, reasonMissing())
	case !ok || !dotted || inArea != strconv.Itoa(area) || !isNumber(rest):
		l.fault(path, reasonNotCode(code, namespace))
	case seen[code]:
		l.fault(path, reasonTwice(code))
	}
	seen[code] = true
	return number
}

func isNumber(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n > 0
}

func (l *loader) buildAreas(path string, docs []docArea, currency money.Currency) []WorkArea {
	l.notEmpty(path, len(docs))
	var areas []WorkArea
	numbers := map[int]bool{}
	for i, d := range docs {
		areas = append(areas, WorkArea{
			Number:            l.number(at(path, i, "number"), d.Number, numbers),
			Label:             l.text(at(path, i, "label"), d.Label),
			PrintedPerCluster: l.printed(at(path, i, "printedPerCluster"), d.PrintedPerCluster, currency),
			PrintedAll:        l.printed(at(path, i, "printedAll"), d.PrintedAll, currency),
		})
	}
	return areas
}

func (l *loader) buildFund(d docFund) Fund {
	currency := l.currency("fund.currency", d.Currency)
	f := Fund{
		Currency:           currency.Code,
		Target:             l.amount("fund.target", d.Target, currency),
		PrintedTarget:      l.printed("fund.printedTarget", d.PrintedTarget, currency),
		PrintedTotal:       l.printed("fund.printedTotal", d.PrintedTotal, currency),
		Areas:              l.buildAreas("fund.areas", d.Areas, currency),
		SupportCostPercent: l.percent("fund.supportCostPercent.value", d.SupportCostPercent.Value),
		Origin:             l.origin("fund", d.Origin),
	}
	l.origin("fund.supportCostPercent", d.SupportCostPercent.Origin)
	l.notEmpty("fund.activities", len(d.Activities))
	seen := map[string]bool{}
	for i, activity := range d.Activities {
		path := at("fund.activities", i, "")
		a := Activity{
			Code:    activity.Code,
			Area:    l.whole(path+".area", activity.Area, 1),
			Label:   l.text(path+".label", activity.Label),
			Planned: l.amount(path+".planned", activity.Planned, currency),
			Origin:  l.origin(path, activity.Origin),
		}
		if _, ok := f.Area(a.Area); !ok && a.Area > 0 {
			l.fault(path+".area", reasonUnknown(activity.Area))
		}
		a.Number = l.code(path+".code", a.Code, FundNamespace, a.Area, seen)
		f.Activities = append(f.Activities, a)
	}
	return f
}

// percent wants decimal text from 0 to 100 with at most four decimals.
func (l *loader) percent(path, value string) string {
	if _, err := money.ParsePercent(value); err != nil {
		l.fault(path, reasonNotPercent(value))
	}
	return value
}

// printed reads an amount as a source prints it. Where the text is not a
// well-formed amount, readAs says what was decided that it means.
func (l *loader) printed(path string, d docPrinted, currency money.Currency) Printed {
	if d == (docPrinted{}) {
		return Printed{}
	}
	p := Printed{Text: l.required(path+".text", d.Text), Origin: l.origin(path, d.Origin)}
	amount, wellFormed := readPrinted(d.Text, currency)
	switch {
	case wellFormed && d.ReadAs != "":
		l.fault(path+".readAs", reasonReadAsIdle(d.Text))
	case wellFormed:
		p.Amount = amount
	case d.ReadAs == "":
		l.fault(path+".text", reasonNotPrinted(d.Text))
	default:
		p.Amount, p.Odd = l.amount(path+".readAs", d.ReadAs, currency), true
	}
	return p
}

// Groups of exactly three digits, separated by commas or any of the spaces that
// the sources use (R-LAN-1): $50,000, $ 50 000, $50 000.
var printedAmount = regexp.MustCompile(`^(?:US)?\$[ \x{a0}\x{202f}]?([0-9]{1,3}(?:[, \x{a0}\x{202f}][0-9]{3})*)$`)

func readPrinted(text string, currency money.Currency) (money.Amount, bool) {
	match := printedAmount.FindStringSubmatch(text)
	if match == nil {
		return money.Amount{}, false
	}
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, match[1])
	amount, err := money.Parse(digits, currency)
	return amount, err == nil
}
