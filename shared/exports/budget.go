package exports

import (
	"context"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/budget"
	"github.com/learning-cities/guildhall/shared/cluster"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// Budget writes the budget workbook of a term: what the clusters' activities cost and who offers to carry them, and what the fund
// plans and has received, with live formulas whose results are stored beside them. TERM_UNKNOWN, CALL_UNKNOWN; a store that stays
// busy is a *records.BusyError.
func Budget(ctx context.Context, dst io.Writer, in Input) error {
	r, err := in.resolve()
	if err != nil {
		return err
	}
	found, err := r.readMoney(ctx)
	if err != nil {
		return err
	}
	b, err := newBudgetBook(dst, r, found)
	if err != nil {
		return err
	}
	defer b.Discard()
	if err := b.write(ctx); err != nil {
		return err
	}
	return b.Close()
}

// budgetBook is the budget workbook with all that its sheets show. Places of sheets that others refer to are fixed beforehand.
type budgetBook struct {
	book
	costs    budget.Budget
	plan     budget.Plan
	matches  []questionnaire.ClusterMatch
	rosters  []cluster.Roster
	received fund.Received
	found    moneyRecords
	offers   []questionnaire.Offer

	unassigned []string // cities whose offers count in no cluster

	overviewTab, fundTab, contributionsTab string
	clusterTabs                            []string
	lines                                  clusterPlaces
	fundRows                               fundPlaces
	gifts                                  giftPlaces
}

func newBudgetBook(dst io.Writer, r *request, found moneyRecords) (*budgetBook, error) {
	b := &budgetBook{found: found}
	var err error
	if b.costs, err = budget.Compute(r.Programme); err != nil {
		return nil, err
	}
	if b.plan, err = budget.PlanOf(r.Programme.Fund); err != nil {
		return nil, err
	}
	if b.received, err = fund.Sum(r.Programme, bodies(found.contributions)); err != nil {
		return nil, err
	}
	b.offers = slices.Collect(bodies(found.offers))
	b.rosters = cluster.Rosters(r.Programme, byID(found.members), r.term.Start, r.term.End)
	clustersOf := cluster.Of(b.rosters)
	of := func(member string) []string { return clustersOf[member] }
	b.matches = questionnaire.Match(r.Programme, b.offers, of)
	for _, o := range questionnaire.Unassigned(b.offers, of) {
		b.unassigned = append(b.unassigned, o.City+" ("+r.country(o.Country)+")")
	}
	w := sheet.NewWriter(dst, r.workbook(r.fill(budgetTitle, r.termName())))
	b.book = book{Writer: w, look: newLook(w), r: r}
	b.place()
	return b, nil
}

// place fixes the tabs' names and where their tables stand.
func (b *budgetBook) place() {
	r := b.r
	b.overviewTab, b.fundTab, b.contributionsTab = r.in(overviewTab), r.in(fundTab), r.in(contributionsTab)
	for _, c := range b.costs.Clusters {
		b.clusterTabs = append(b.clusterTabs, tabName(c.Number, r.in(c.Label)))
	}
	b.lines = placeCluster(b.costs)
	b.fundRows = placeFund(b.plan)
	b.gifts = placeGifts(len(b.found.contributions))
}

func (b *budgetBook) write(ctx context.Context) error {
	if err := b.overview(); err != nil {
		return err
	}
	for i := range b.costs.Clusters {
		if err := b.cluster(i); err != nil {
			return err
		}
	}
	if err := b.fund(); err != nil {
		return err
	}
	if err := b.donors(); err != nil {
		return err
	}
	if err := b.contributions(ctx); err != nil {
		return err
	}
	return b.notes()
}

const longestTab = 31 // characters that a tab's name may have

var trailingWord = regexp.MustCompile(`(?i)[\s,;]+(and|et|y|e|of|for|de|du|des|del|la|le|les|el|para|à|au|l’|d’|en)$`)

// tabName is a cluster's number with as much of its name as a tab holds: whole words, no dangling "and", and an ellipsis where
// it was cut between commas.
func tabName(number int, label string) string {
	name := strconv.Itoa(number) + ". " + label
	if utf8.RuneCountInString(name) <= longestTab {
		return name
	}
	if head, _, found := strings.Cut(name, ","); found && utf8.RuneCountInString(head) <= longestTab {
		return head
	}
	for utf8.RuneCountInString(name) >= longestTab { // one character is for the ellipsis
		name = name[:max(strings.LastIndexByte(name, ' '), 0)]
	}
	for trailingWord.MatchString(name) {
		name = trailingWord.ReplaceAllString(name, "")
	}
	return name + "…"
}

// termInWords is the term with its days: "Term 2019–2021 (1 October 2019 to 30 September 2021)".
func (r *request) termInWords() string {
	start, end := r.term.Start.Text(), r.term.End.Text()
	return r.fill(termWords, r.termName(), r.in(start), r.in(end))
}

// termName is the term as it is printed: "2019–2021".
func (r *request) termName() string { return strings.ReplaceAll(r.term.ID, "-", "–") }

// carriers lists cities as "Brest (France), Lausanne (Switzerland)".
func (r *request) carriers(list []questionnaire.Carrier) string {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = c.City + " (" + r.country(c.Country) + ")"
	}
	return strings.Join(names, ", ")
}

// currencyTitle is a title with the unit of its amounts: "Cost (USD)".
func currencyTitle(title locale.Text, c money.Currency) locale.Text {
	unit := " (" + c.Code + ")"
	return say(title.EN+unit, title.FR+unit, title.ES+unit)
}
