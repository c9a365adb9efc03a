package exports

import (
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/trust"
)

// proof is two figures that must be equal, each with its formula.
type proof struct {
	what         locale.Text
	left, right  string
	minor, other int64
}

// proofSheet sets side by side what must agree.
func (b *fundBook) proofSheet() error {
	p, err := b.poster(b.tabs.proof, headerRow, 92, 24, 24, 18)
	if err != nil {
		return err
	}
	p.title(b.r.in(proofTab), b.subtitle())
	p.titles(words(mustAgree), b.amountsOf(oneFigure), b.amountsOf(otherFigure), amounts(differenceWord))
	first := p.NextRow()
	var off int64
	for _, proof := range b.proofs() {
		row, gap := p.NextRow(), p.goodCents
		if proof.minor != proof.other {
			gap = p.alertCents
			off = max(off, proof.minor-proof.other, proof.other-proof.minor)
		}
		p.Row(cell(b.r.in(proof.what), p.wrap), computed(proof.left, b.amount(proof.minor), p.cents), computed(proof.right, b.amount(proof.other), p.cents),
			computed(rounded(at(2, row)+"-"+at(3, row)), b.amount(proof.minor-proof.other), gap))
	}
	gaps := span(4, first, p.NextRow()-1)
	p.Row(cell(b.r.in(largestGap), p.total), cell(nil, p.total), cell(nil, p.total),
		computed("MAX(MAX("+gaps+"),-MIN("+gaps+"))", b.amount(off), p.totalCents))
	p.Skip(1)
	p.wideRemark(b.r.in(proofRemark), 4)
	return nil
}

// proofs are what must agree: within the books, and between the sheets and the books.
func (b *fundBook) proofs() []proof {
	t, u, s := b.rows.trial, b.rows.uses, b.sums
	use := func(row, col int) string { return sheet.Ref(b.tabs.uses, at(col, row)) }
	trialSum := func(col int) string { return sheet.Ref(b.tabs.trial, at(col, t.total)) }
	sumTrial := func(col int) (sum int64) {
		for _, a := range b.accounts {
			sum += b.trialFigure(a, col)
		}
		return sum
	}
	term := func(f beforeAndAll) int64 { return f.all - f.before }
	unallocated, allocated := b.ofAccount(trust.Unallocated).times(-1), b.ofActivities(trust.AllocatedTo).times(-1)
	held := b.sourcesTotal().plus(b.usesTotal().times(-1))
	activities := b.sumOf(b.plan.Areas...)
	donors := func(col int) string { return "SUM(" + b.rows.donors.column(b.tabs.donors, col) + ")" }
	var given given
	for _, d := range b.donors {
		given.add(d.given)
	}
	var debits, credits int64
	for _, a := range b.accounts {
		debits, credits = debits+s.debits[a], credits+s.credits[a]
	}
	sources := func(total int) string { return sheet.Ref(b.tabs.sources, at(sourceReceived, total)) }
	return []proof{
		{proofJournal, b.wholeJournal(journalDebit), b.wholeJournal(journalCredit), debits, credits},
		{proofPosted, b.wholeJournal(journalDebit), trialSum(trialDebits), debits, sumTrial(trialDebits)},
		{proofBalance, trialSum(trialDebit), trialSum(trialCredit), sumTrial(trialDebit), sumTrial(trialCredit)},
		{proofHead, "MAX(" + sheet.Ref(b.tabs.trial, fixed(trialGap, t.first, t.last)) + ")",
			"MIN(" + sheet.Ref(b.tabs.trial, fixed(trialGap, t.first, t.last)) + ")", b.largestGap(1), -b.largestGap(-1)},
		{proofCash, use(u.cash, usesCumulative), use(u.unallocated, usesCumulative) + "+" + use(u.allocated, usesCumulative),
			s.closing(trust.Cash), unallocated.all + allocated.all},
		{proofHeld, use(u.held, usesCumulative), use(u.unallocated, usesCumulative) + "+" + use(u.allocated, usesCumulative),
			held.all, unallocated.all + allocated.all},
		{proofOpening, use(u.held, usesPrior), use(u.unallocated, usesPrior) + "+" + use(u.allocated, usesPrior),
			held.before, unallocated.before + allocated.before},
		{proofOpen, sheet.Ref(b.tabs.activities, at(actOpen, b.rows.activities.total)), use(u.allocated, usesCumulative), activities.open(), allocated.all},
		{proofSpent, sheet.Ref(b.tabs.activities, at(actSpent, b.rows.activities.total)), use(u.spent, usesPeriod),
			activities.spent, term(b.ofActivities(trust.SpentOn))},
		{proofFocus, "SUM(" + sheet.Ref(b.tabs.focus, fixed(servedSpent, b.rows.focus.first, b.rows.focus.last)) + ")+" +
			sheet.Ref(b.tabs.focus, at(focusSpent, b.rows.focus.network)), use(u.spent, usesPeriod), s.benefit.All, term(b.ofActivities(trust.SpentOn))},
		{proofDonors, donors(donorReceived), use(u.received, usesPeriod), given.received, -term(b.ofAccount(trust.Contributions))},
		{proofAllDonors, donors(donorAllReceived), use(u.received, usesCumulative), given.receivedBefore + given.received, -s.closing(trust.Contributions)},
		{proofRefunds, donors(donorAllRefunded), use(u.refunds, usesCumulative), given.refundedBefore + given.refunded, s.closing(trust.Refunds)},
		{proofTypes, sources(b.rows.sources.typeTotal()), use(u.received, usesPeriod), given.received, -term(b.ofAccount(trust.Contributions))},
		{proofRegions, sources(b.rows.sources.regionTotal()), use(u.received, usesPeriod), given.received, -term(b.ofAccount(trust.Contributions))},
	}
}

// largestGap is the largest difference between an account and the balance that the books keep, or with a sign of -1 the smallest, turned.
func (b *fundBook) largestGap(sign int64) int64 {
	most := sign * b.trialFigure(b.accounts[0], trialGap)
	for _, a := range b.accounts {
		most = max(most, sign*b.trialFigure(a, trialGap))
	}
	return most
}
