package donors_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/reference"
)

func TestADonorIsFoundHoweverItIsNamed(t *testing.T) {
	known := map[string]fund.Donor{}
	for _, d := range []fund.Donor{
		{ID: "company#1", Name: "Atlas Ltd."}, {ID: "foundation#2", Name: "ATLAS Ltd"}, {ID: "foundation#3", Name: "Fondation Horizon"},
		{ID: "member_city#FR#brest", Type: fund.MemberCity, Name: "Ville de Brest", City: "Brest", Country: "FR"},
		{ID: "member_city#BY#brest", Type: fund.MemberCity, Name: "Brest Region", City: "Brest", Country: "BY"},
		{ID: "member_city#DE#hamburg", Type: fund.MemberCity, Name: "City of Hamburg", City: "Hamburg", Country: "DE"},
		{ID: "donor_country#NO", Type: fund.DonorCountry, Name: "Government of Norway", Country: "NO"},
		{ID: "donor_country#KR", Type: fund.DonorCountry, Name: "Republic of Korea", Country: "KR"},
	} {
		known[d.ID] = d
	}
	for named, want := range map[string]string{
		"company#1": "company#1", "VILLE DE BREST": "member_city#FR#brest", "Brest (France)": "member_city#FR#brest",
		"brest, Bélarus": "member_city#BY#brest", "DONOR_COUNTRY#no": "donor_country#NO", "Hambourg": "member_city#DE#hamburg",
		"hamburgo": "member_city#DE#hamburg", "Norway": "donor_country#NO", "NORVEGE": "donor_country#NO", "Noruega": "donor_country#NO",
		"no": "donor_country#NO", "NOR": "donor_country#NO", "fondation horizon": "foundation#3", "Corée du Sud": "donor_country#KR",
	} {
		if got, err := donors.Find(known, named, reference.Load()); got != want || err != nil {
			t.Errorf("%q is %q, %v", named, got, err)
		}
	}
	for named, want := range map[string]string{
		"atlas ltd": "REF_AMBIGUOUS company#1 foundation#2", "Brest": "REF_AMBIGUOUS member_city#BY#brest member_city#FR#brest",
		"": "REF_NOT_FOUND", "Sweden": "REF_NOT_FOUND", "#": "REF_NOT_FOUND", "Ville de Brst": "DONOR_NEAR member_city#FR#brest",
		"Gobierno de Noruega": "DONOR_NEAR donor_country#NO", "Korea": "DONOR_NEAR donor_country#KR", "corée": "DONOR_NEAR donor_country#KR", "Horizon": "DONOR_NEAR foundation#3",
	} {
		_, err := donors.Find(known, named, reference.Load())
		var p *problem.Problem
		code, candidates, _ := strings.Cut(want, " ")
		if !errors.As(err, &p) || p.Code != problem.Code(code) {
			t.Errorf("%q: %v", named, err)
			continue
		}
		for id := range strings.FieldsSeq(candidates) {
			if message := p.Message(locale.FR); !strings.Contains(message, id) {
				t.Errorf("%q: no %s in %s", named, id, message)
			}
		}
	}
}
