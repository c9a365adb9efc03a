package registry_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
)

// Cities join, renew and leave clusters and the network, stand, are appointed and lay down, by acts and by sheets, in any order. What
// is refused changes nothing; what is stored never breaks a rule.
func TestNoSequenceOfActsAndSheetsBreaksARuleOfTheClusters(t *testing.T) {
	appointed, joined := 0, 0
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			chance := chance{rand.New(rand.NewPCG(seed, 6))}
			w := newWorld(t)
			w.members("Brest;France;2016-01-01;;Literacy, Health;2023-10-01", "Hamburg;Germany;2016-01-01;;Literacy;2023-10-01",
				"Dakar;Senegal;2015-01-01;;Literacy;2023-10-01", "Osan;Republic of Korea;2015-01-01;;Health;2024-02-01")
			w.stand("Brest;France;Literacy;2023-11-05;a;5;;", "Brest;France;Health;2023-11-05;a;5;;", "Hamburg;Germany;Literacy;2023-11-05;a;4;;",
				"Dakar;Senegal;Literacy;2023-11-05;a;3;;", "Osan;Republic of Korea;Health;2023-11-05;a;5;;")
			for range 50 {
				chance.step(w)
				w.consistent()
				w.seated()
			}
			appointed += len(w.mandates())
			err := w.reader.Scan(t.Context(), network.RecordType, "", "", func(records.Record) error {
				joined++
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
	t.Logf("%d mandates, %d events of memberships", appointed, joined)
	if appointed < 10 || joined < 50 {
		t.Errorf("only %d mandates and %d events came about", appointed, joined)
	}
}

type chance struct{ *rand.Rand }

func (c chance) of(all ...string) string { return all[c.IntN(len(all))] }

func (c chance) day() civil.Date { return on("2023-10-01").AddDays(c.IntN(800)) }

var cityNames = map[string]string{"FR#brest": "Brest;France", "DE#hamburg": "Hamburg;Germany", "SN#dakar": "Dakar;Senegal", "KR#osan": "Osan;Republic of Korea"}

// step does something that may be refused.
func (c chance) step(w *world) {
	id := c.of("FR#brest", "DE#hamburg", "SN#dakar", "KR#osan")
	cluster := c.of("literacy", "literacy", "health", "health", "esd", "equity")
	day := c.day()
	seat := coordinator.Seat{Cluster: cluster, Member: id}
	var err error
	switch n := c.IntN(20); {
	case n < 8:
		kind := []network.Kind{
			network.ClusterJoined, network.ClusterJoined, network.ClusterJoined, network.ClusterRenewed, network.ClusterRenewed,
			network.ClusterLeft, network.Left, network.Joined,
		}[n]
		_, err = w.registry.Enter(w.t.Context(), officer, network.Event{Kind: kind, City: id, Cluster: cluster, On: day})
	case n < 10:
		w.send(w.imports(), "members", membersHeader+cityNames[id]+";2015-01-01;;"+cluster+";"+day.String()+"\n")
	case n < 13:
		w.send(w.imports(), "coordinators", candidatesHeader+cityNames[id]+";"+cluster+";2023-11-05;a;"+c.of("1", "3", "5")+";;\n")
	case n < 14:
		w.send(w.imports(), "coordinators", candidatesHeader+cityNames[id]+";"+cluster+";2023-11-05;a;;"+day.String()+";By lot\n")
	case n < 18:
		_, err = w.registry.Appoint(w.t.Context(), officer, registry.Choice{Term: term, Seat: seat, Reason: "By lot.", On: day})
	default:
		_, err = w.registry.LayDown(w.t.Context(), officer, term, seat, day)
	}
	if err != nil && problemOf(err) == nil {
		w.t.Fatal(err)
	}
}

// seated fails the test where the mandates on record break a rule, or their claims don't hold them.
func (w *world) seated() {
	w.t.Helper()
	mandates := w.mandates()
	for i, m := range mandates {
		sameCluster := 0
		for j, other := range mandates {
			meets := !m.From.After(other.Until) && !other.From.After(m.Until)
			if other.Cluster == m.Cluster && !m.From.Before(other.From) && !m.From.After(other.Until) {
				sameCluster++
			}
			if i != j && m.Member == other.Member && (meets || m.Cluster == other.Cluster) {
				w.t.Fatalf("%+v and %+v", m, other)
			}
		}
		if sameCluster > 2 || m.Until.After(on("2025-09-30")) || m.From.After(m.Until) {
			w.t.Fatalf("%d coordinate %s: %+v", sameCluster, m.Cluster, mandates)
		}
	}
	for _, cluster := range []string{"literacy", "health", "esd", "equity"} {
		held, err := records.Holders(w.t.Context(), w.reader, coordinator.Seats(term, cluster))
		if err != nil {
			w.t.Fatal(err)
		}
		for _, claim := range held {
			if !slices.ContainsFunc(mandates, func(m coordinator.Mandate) bool { return m.Cluster == cluster && m.Member == claim.Holder }) {
				w.t.Fatalf("%s holds %s of %s without a mandate", claim.Holder, claim.ID, cluster)
			}
		}
	}
}
