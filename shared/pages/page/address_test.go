package page

import "testing"

func TestADonorsPathLeadsBackToItsIdentifier(t *testing.T) {
	for id, path := range map[string]string{
		"donor_country#KR": "donors/donor_country/KR", "member_city#DE#hamburg": "donors/member_city/DE-hamburg",
		"member_city#FR#saint-denis": "donors/member_city/FR-saint-denis", "other#0a1b": "donors/other/0a1b", "other#a/b": "donors/other/a%2Fb",
	} {
		if got := DonorPath(id); got != path {
			t.Errorf("%s: %s, want %s", id, got, path)
		}
		if got := DonorAt(DonorSteps(id)); got != id {
			t.Errorf("%s leads to %s", id, got)
		}
	}
}
