package exports

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// seated is one seat of a cluster's coordinators in the term: whoever has or had it, or nobody.
type seated struct {
	cluster  programme.Cluster
	mandate  coordinator.Mandate // none: the seat is vacant
	decision coordinator.Decision
	score    *coordinator.Score // of the candidacy, where there is one
}

func (s seated) vacant() bool { return s.mandate.Member == "" }

// seats are all seats of the term, cluster by cluster: the mandates from the earliest on, then the seats that nobody has (R-CLU-3).
func (b *memberBook) seats() []seated {
	day := b.dayOfTerm()
	var all []seated
	for _, c := range b.r.Programme.Clusters {
		taken := 0
		mandates := slices.DeleteFunc(slices.Clone(b.found.mandates), func(m coordinator.Mandate) bool {
			return m.Cluster != c.ID || m.Term != b.r.term.ID
		})
		slices.SortFunc(mandates, func(x, y coordinator.Mandate) int {
			return cmp.Or(x.From.Compare(y.From), b.r.byName(x.Country, x.City, y.Country, y.City), cmp.Compare(x.Member, y.Member))
		})
		for _, m := range mandates {
			if !m.Until.Before(day) {
				taken++
			}
			one := seated{cluster: c, mandate: m, decision: b.found.seatDecisions[m.ID()]}
			if candidacy, ok := b.found.candidacies[coordinator.Candidacy{Member: m.Member, Cluster: m.Cluster}.ID()]; ok {
				score := coordinator.ScoreOf(b.r.Programme.Coordinators, candidacy)
				one.score = &score
			}
			all = append(all, one)
		}
		for ; taken < b.r.Programme.Limits.CoordinatorsPerCluster; taken++ {
			all = append(all, seated{cluster: c})
		}
	}
	return all
}

// dayOfTerm is the workbook's day, or the day of the term that is nearest to it.
func (b *memberBook) dayOfTerm() civil.Date {
	switch {
	case b.r.day.Before(b.r.term.Start):
		return b.r.term.Start
	case b.r.day.After(b.r.term.End):
		return b.r.term.End
	}
	return b.r.day
}

// coordinatorsOf names a cluster's coordinators on the workbook's day or, when that is outside of the term, on the nearest of its days.
func (b *memberBook) coordinatorsOf(c programme.Cluster) (names []string) {
	day := b.dayOfTerm()
	for _, s := range b.seated {
		if s.cluster.ID == c.ID && !s.vacant() && !s.mandate.From.After(day) && !s.mandate.Until.Before(day) {
			names = append(names, s.mandate.City+" ("+b.r.country(s.mandate.Country)+")")
		}
	}
	return names
}

// The columns of the list of coordinators that other sheets count.
const (
	seatCluster = 1
	seatCity    = 2
	seatRegion  = 4
	seatColumns = 11
)

// coordinatorSheet lists the seats of the term with who coordinates from when until when, how that was decided, and what is vacant
// (R-CLU-3 to R-CLU-6).
func (b *memberBook) coordinatorSheet() error {
	p, err := b.list(b.r.in(coordinatorsTab), 38, 24, 24, 28, 13, 13, 16, 10, 13, 13, 40)
	if err != nil {
		return err
	}
	p.title(b.r.in(coordinatorsTab), b.r.termInWords()+" · "+b.r.fill(seatsWords, b.r.Programme.Limits.CoordinatorsPerCluster))
	p.titles(words(clusterTitle), words(city), words(countryWord), words(region), counts(fromWord), counts(untilWord), words(stateWord),
		amounts(scoreWord), counts(decidedOn), counts(announcedOn), words(reasonWord))
	for _, s := range b.seated {
		p.Row(b.seatCells(p, s)...)
	}
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: seatColumns, LastRow: max(p.NextRow()-1, headerRow+1)})
}

func (b *memberBook) seatCells(p *page, s seated) []sheet.OutCell {
	name := cell(b.r.clusterName(s.cluster), p.wrap)
	if s.vacant() {
		cells := []sheet.OutCell{name, cell(nil, p.text), cell(nil, p.text), cell(nil, p.text), cell(nil, p.date), cell(nil, p.date),
			cell(b.r.in(vacantWord), p.alert), cell(nil, p.cents), cell(nil, p.date), cell(nil, p.date), cell(nil, p.text)}
		return cells
	}
	m := s.mandate
	state := cell(b.r.in(inOffice), p.good)
	switch {
	case m.Until.Before(b.r.day):
		state = cell(b.r.in(mandateEnded), p.faint)
	case m.From.After(b.r.day):
		state = cell(b.r.in(notBegun), p.faint)
	}
	score := cell(nil, p.cents)
	if s.score != nil {
		score = cell(scoreNumber(*s.score), p.cents)
	}
	return []sheet.OutCell{name, cell(m.City, p.wrap), cell(b.r.country(m.Country), p.wrap),
		cell(b.r.nameOfRegion(b.r.region(m.Country)), p.wrap), cell(m.From, p.date), cell(m.Until, p.date), state, score,
		p.day(s.decision.DecidedOn), p.day(s.decision.AnnouncedOn), cell(s.decision.Reason, p.wrap)}
}

// scoreNumber is a score as an exact number from 0 to 100 with two decimals.
func scoreNumber(s coordinator.Score) sheet.Number {
	h := s.Hundredths()
	return sheet.Number(strconv.Itoa(h/100) + "." + strconv.Itoa(h/10%10) + strconv.Itoa(h%10))
}

// candidateSheet ranks the term's candidates, cluster by cluster, as if no seat of the term were taken, with who was appointed and why
// somebody can't be (R-CLU-6).
func (b *memberBook) candidateSheet() error {
	p, err := b.list(b.r.in(candidatesTab), 38, 9, 24, 24, 28, 10, 14, 14, 48)
	if err != nil {
		return err
	}
	p.title(b.r.in(candidatesTab), b.r.termInWords()+" · "+b.r.in(candidatesWords))
	p.titles(words(clusterTitle), counts(placeWord), words(city), words(countryWord), words(region), amounts(scoreWord),
		counts(answeredOn), counts(appointedWord), words(remarkWord))
	appointed := map[string]civil.Date{}
	for _, s := range b.seated {
		if !s.vacant() {
			appointed[s.mandate.ID()] = s.mandate.From
		}
	}
	for _, ranking := range b.rankings() {
		for _, c := range ranking.Candidates {
			rank := cell(nil, p.count)
			if c.Rank > 0 {
				rank = cell(c.Rank, p.count)
			}
			seat := coordinator.Seat{Cluster: ranking.Cluster.ID, Member: c.Member}
			p.Row(cell(b.r.clusterName(ranking.Cluster), p.wrap), rank, cell(c.City, p.wrap), cell(b.r.country(c.Country), p.wrap),
				cell(b.r.nameOfRegion(c.Region), p.wrap), cell(scoreNumber(c.Score), p.cents), cell(c.AnsweredOn, p.date),
				p.day(appointed[seat.ID()]), b.candidateRemark(p, c))
		}
	}
	if p.NextRow() == headerRow+1 {
		p.nothing(noCandidates, 9)
		return nil
	}
	return p.Filter(sheet.Range{FirstCol: 1, FirstRow: headerRow, LastCol: 9, LastRow: p.NextRow() - 1})
}

// candidateRemark says why a candidate can't be appointed, or that it has to renew its participation.
func (b *memberBook) candidateRemark(p *page, c coordinator.Candidate) sheet.OutCell {
	switch {
	case c.Excluded != nil:
		return cell(c.Excluded.Message(b.r.Lang), p.alert)
	case !c.Lapses.IsZero():
		return cell(b.r.fill(lapsesWords, b.r.in(c.Lapses.Text())), p.wrap)
	}
	return cell(nil, p.text)
}

// rankings are those of the field as it was before anybody of the term was appointed.
func (b *memberBook) rankings() []coordinator.Ranking {
	field := coordinator.Field{
		Programme: b.r.Programme, Term: b.r.term, Members: byID(b.found.members), Region: b.r.region,
		Mandates: slices.DeleteFunc(slices.Clone(b.found.mandates), func(m coordinator.Mandate) bool { return m.Term == b.r.term.ID }),
	}
	for _, c := range b.found.candidacies {
		field.Candidacies = append(field.Candidacies, c)
	}
	return field.Rankings()
}

// seatsByRegion counts, for the balance over all clusters, who coordinates by region (R-CLU-6).
func (b *memberBook) seatsByRegion(p *page) {
	regions := b.r.Reference.Regions()
	p.heading(b.r.in(balanceHeading))
	titles := []column{words(region), counts(coordinatorsTab)}
	titleRow := p.NextRow()
	p.titles(titles...)
	tab, last := b.r.in(coordinatorsTab), headerRow+max(len(b.seated), 1)
	column := sheet.Ref(tab, fixed(seatRegion, headerRow+1, last))
	sum := 0
	for _, one := range regions {
		n := 0
		for _, s := range b.seated {
			if !s.vacant() && b.r.region(s.mandate.Country) == one.ID {
				n++
			}
		}
		sum += n
		p.Row(cell(b.r.in(one.Name), p.text), computed("COUNTIF("+column+","+at(1, p.NextRow())+")", n, p.count))
	}
	vacant := len(slices.DeleteFunc(slices.Clone(b.seated), func(s seated) bool { return !s.vacant() }))
	p.Row(cell(b.r.in(total), p.total), computed("SUM("+span(2, titleRow+1, titleRow+len(regions))+")", sum, p.totalCount))
	style := p.count
	if vacant > 0 {
		style = p.alertCount
	}
	clusters, cities := sheet.Ref(tab, fixed(seatCluster, headerRow+1, last)), sheet.Ref(tab, fixed(seatCity, headerRow+1, last))
	p.Row(cell(b.r.in(vacantSeats), p.text), computed("COUNTA("+clusters+")-COUNTA("+cities+")", vacant, style))
}
