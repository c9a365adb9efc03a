package digest_test

import (
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// TestR_CLU_10_NewsAreToldOnceWheneverTheyAreRecorded records news of the last days of a half-year before and after its newsletter is due, to
// the second: each is in exactly one newsletter of the cluster, and in one of the network.
func TestR_CLU_10_NewsAreToldOnceWheneverTheyAreRecorded(t *testing.T) {
	w := furnished(t)
	record := func(inTerm, on, at string) {
		n := workplan.News{Cluster: "health", Member: "FR#brest", On: day(on), Text: "Of " + on + "."}
		encoded, err := records.Encode(n)
		must(t, err)
		put := records.Put{Record: records.Record{
			Ref: records.Ref{Type: workplan.NewsType, Partition: inTerm, ID: n.ID()}, Body: encoded,
			Provenance: records.Provenance{Import: "import-" + on, At: due(at)},
		}}
		for _, err := range w.records.PutEach(t.Context(), put.Provenance.Import, []records.Put{put}) {
			must(t, err)
		}
	}
	record(term, "2026-03-28", "2026-04-10T06:00:00Z") // the second at which the newsletter is due
	record(term, "2026-03-29", "2026-04-10T06:00:01Z") // the next one
	record(term, "2026-03-30", "2026-09-01T12:00:00Z")
	record(term, "2026-09-29", "2026-10-10T06:00:01Z")        // of the half-year after
	record("2023-2025", "2025-09-20", "2025-12-01T12:00:00Z") // of the term before, when the newsletter was gone

	told := map[string][]string{}
	for _, half := range []struct{ from, to, at string }{
		{"2025-10-01", "2026-03-31", "2026-04-10T06:00:00Z"},
		{"2026-04-01", "2026-09-30", "2026-10-10T06:00:00Z"},
		{"2026-10-01", "2027-03-31", "2027-04-10T06:00:00Z"},
	} {
		for _, o := range []schedule.Occasion{
			{Schedule: "cluster-digest", About: programme.ClusterDigest, Subject: schedule.Subject{Cluster: "health"}},
			{Schedule: "network-digest", About: programme.NetworkDigest},
		} {
			o.Period, o.Due = period(half.from, half.to), due(half.at)
			for _, l := range report(t, w, o, o.Due).Lists {
				for _, e := range l.Entries {
					if l.Key == "news" || l.Key == "belated" {
						told[string(o.About)] = append(told[string(o.About)], half.from+" "+l.Key+" "+e.Note.In(locale.EN))
					}
				}
			}
		}
	}
	want := []string{
		"2025-10-01 news Walking school buses reach all forty primary schools; the handbook is to be translated into French and Spanish.",
		"2025-10-01 news A first meeting of doctors and librarians. Fifty took part.",
		"2025-10-01 news Of 2026-03-28.", "2025-10-01 belated Of 2025-09-20.",
		"2026-04-01 belated Of 2026-03-29.", "2026-04-01 belated Of 2026-03-30.",
		"2026-10-01 belated Of 2026-09-29.",
	}
	for about, got := range told {
		if !slices.Equal(got, want) {
			t.Errorf("%s told\n%q\nwant\n%q", about, got, want)
		}
	}
}
