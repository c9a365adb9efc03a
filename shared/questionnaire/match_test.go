package questionnaire_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/questionnaire"
)

func offer(member, city string, items map[int]string) questionnaire.Offer {
	o := questionnaire.Offer{Member: member, City: city, Country: member[:2]}
	for n, text := range items {
		o.Items[n-1] = text
	}
	return o
}

func clustersOf(member string) []string {
	return map[string][]string{"FR#brest": {"esd", "health"}, "CH#lausanne": {"esd"}}[member]
}

func matched(offers ...questionnaire.Offer) map[string]questionnaire.ClusterMatch {
	byCluster := map[string]questionnaire.ClusterMatch{}
	for _, m := range questionnaire.Match(programme.Current(), offers, clustersOf) {
		byCluster[m.Cluster.ID] = m
	}
	return byCluster
}

func line(t *testing.T, m questionnaire.ClusterMatch, code string) questionnaire.LineMatch {
	t.Helper()
	i := slices.IndexFunc(m.Lines, func(l questionnaire.LineMatch) bool { return l.Line.Code == code })
	if i < 0 {
		t.Fatalf("cluster %s has no line %s", m.Cluster.ID, code)
	}
	return m.Lines[i]
}

func TestR_QUE_1_AnEmptyItemIsNoOffer(t *testing.T) {
	o := offer("FR#brest", "Brest", map[int]string{1: "An experts' meeting", 2: "  "})
	for item, offers := range map[int]bool{0: false, 1: true, 2: false, 6: false, 7: false} {
		if o.Offers(item) != offers {
			t.Errorf("item %d: offers is %v", item, !offers)
		}
	}
}

func TestR_QUE_1_ANoIsNoOffer(t *testing.T) {
	for _, text := range []string{"-", "—", "No", "NO.", "n/a", "N.A.", "None", "Néant", "aucune", "s.o.", "Ninguna", "no aplica", "0"} {
		if offer("FR#brest", "Brest", map[int]string{1: text}).Offers(1) {
			t.Errorf("%q is taken for an offer", text)
		}
	}
	for _, text := range []string{"No problem: we can host 40 people", "Non-formal learning workshop", "Un atelier", "20 000 EUR"} {
		if !offer("FR#brest", "Brest", map[int]string{1: text}).Offers(1) {
			t.Errorf("%q is not taken for an offer", text)
		}
	}
}

func TestR_QUE_2_EachItemCarriesItsBudgetLine(t *testing.T) {
	lines := map[int]string{1: "cluster/1.2", 2: "cluster/1.3", 3: "cluster/2.1", 4: "cluster/3.1"}
	t.Run("passes: each of the four", func(t *testing.T) {
		for item, code := range lines {
			esd := matched(offer("CH#lausanne", "Lausanne", map[int]string{item: "ours"}))["esd"]
			got := line(t, esd, code)
			if got.Item != item || len(got.Carriers) != 1 || got.Carriers[0].Text != "ours" || got.Gap() {
				t.Errorf("item %d on line %s: %+v", item, code, got)
			}
			if esd.Gaps() != 3 {
				t.Errorf("item %d: %d lines without an offer, want the three others", item, esd.Gaps())
			}
		}
	})
	t.Run("fails: neither the fund's item nor the sixth fills a gap", func(t *testing.T) {
		esd := matched(offer("CH#lausanne", "Lausanne", map[int]string{5: "ours", 6: "ours"}))["esd"]
		for _, code := range lines {
			if got := line(t, esd, code); !got.Gap() || len(got.Carriers) != 0 {
				t.Errorf("line %s: %+v", code, got)
			}
		}
	})
}

func TestR_QUE_2_ALineThatNoItemAsksForIsNoGap(t *testing.T) {
	esd := matched()["esd"]
	if got := line(t, esd, "cluster/4.1"); got.Item != 0 || got.Gap() {
		t.Errorf("news: %+v", got)
	}
	if esd.Gaps() != 4 {
		t.Errorf("without any answer %d lines have no offer, want 4", esd.Gaps())
	}
}

func TestR_QUE_2_AnOfferCountsInEachClusterOfTheCityAndInNoOther(t *testing.T) {
	all := matched(
		offer("FR#brest", "Brest", map[int]string{1: "a meeting"}),
		offer("CH#lausanne", "Lausanne", map[int]string{1: "another"}),
		offer("DE#hamburg", "Hamburg", map[int]string{1: "in no cluster"}),
	)
	var esd []string
	for _, c := range line(t, all["esd"], "cluster/1.2").Carriers {
		esd = append(esd, c.City)
	}
	if want := []string{"Lausanne", "Brest"}; !slices.Equal(esd, want) { // by country
		t.Errorf("carriers of esd are %v, want %v", esd, want)
	}
	if got := line(t, all["health"], "cluster/1.2").Carriers; len(got) != 1 || got[0].City != "Brest" {
		t.Errorf("carriers of health are %+v", got)
	}
	if got := line(t, all["literacy"], "cluster/1.2"); !got.Gap() {
		t.Errorf("literacy has an offer: %+v", got)
	}
	if all["esd"].Cities != 2 || all["literacy"].Cities != 0 {
		t.Errorf("answers: esd %d, literacy %d", all["esd"].Cities, all["literacy"].Cities)
	}
}

// Whatever cities offer: a line of a cluster has exactly those of its cities that offer the line's item, and it is a gap when there is
// an item and nobody offers it.
func TestR_QUE_2_EveryOfferIsCountedWhereItCanCarryAndNowhereElse(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 5))
	clusters := programme.Current().Clusters
	for range 100 {
		in, offers := map[string][]string{}, []questionnaire.Offer(nil)
		for i := range random.IntN(15) {
			o := questionnaire.Offer{Member: fmt.Sprintf("FR#%d", i), City: fmt.Sprint(i), Country: "FR"}
			for item := range o.Items {
				o.Items[item] = []string{"", "no", "We offer."}[random.IntN(3)]
			}
			for _, c := range random.Perm(len(clusters))[:random.IntN(4)] {
				in[o.Member] = append(in[o.Member], clusters[c].ID)
			}
			offers = append(offers, o)
		}
		for _, m := range questionnaire.Match(programme.Current(), offers, func(id string) []string { return in[id] }) {
			gaps := 0
			for _, l := range m.Lines {
				want := 0
				for _, o := range offers {
					if l.Item > 0 && slices.Contains(in[o.Member], m.Cluster.ID) && o.Items[l.Item-1] == "We offer." {
						want++
					}
				}
				if len(l.Carriers) != want || l.Gap() != (l.Item > 0 && want == 0) {
					t.Fatalf("%s %s: %d carriers, want %d; a gap: %v", m.Cluster.ID, l.Line.Code, len(l.Carriers), want, l.Gap())
				}
				if l.Gap() {
					gaps++
				}
			}
			if m.Gaps() != gaps {
				t.Fatalf("%s: %d gaps, want %d", m.Cluster.ID, m.Gaps(), gaps)
			}
		}
	}
}

func TestR_QUE_2_Item5GoesToTheFundWhateverTheCluster(t *testing.T) {
	got := questionnaire.ToFund(programme.Current(), []questionnaire.Offer{
		offer("DE#hamburg", "Hamburg", map[int]string{5: "10,000 a year"}), offer("FR#brest", "Brest", map[int]string{1: "a meeting"}),
	})
	if len(got) != 1 || got[0].City != "Hamburg" {
		t.Errorf("offers to the fund: %+v", got)
	}
}

func TestOffersOfCitiesInNoClusterAreNotLost(t *testing.T) {
	got := questionnaire.Unassigned([]questionnaire.Offer{
		offer("FR#brest", "Brest", nil), offer("ES#huelva", "Huelva", nil), offer("DE#hamburg", "Hamburg", nil),
	}, clustersOf)
	if len(got) != 2 || got[0].City != "Hamburg" || got[1].City != "Huelva" {
		t.Errorf("unassigned: %+v", got)
	}
}

func TestTheQuestionnaireHasAsManyItemsAsAnOfferHolds(t *testing.T) {
	if n := len(programme.Current().Questionnaire.Items); n != questionnaire.Items {
		t.Errorf("the programme has %d items, offers hold %d", n, questionnaire.Items)
	}
}
