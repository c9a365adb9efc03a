package play

import (
	"bytes"
	"net/http"
	"net/url"
)

// tellADonor has a donor read what became of its money, and has the statement of that made final by two persons.
func (c cast) tellADonor() {
	c.donor.Helper()
	of := map[string]string{"donorKind": "donor_country", "donor": "KR"}
	year := url.Values{"from": {"2020-01-01"}, "to": {"2020-12-31"}}
	c.donor.ask("GET /api/fund", call{})
	c.donor.ask("GET /api/fund/balances", call{want: http.StatusForbidden})
	c.donor.ask("GET /api/donors/{donorKind}/{donor}", call{path: of})
	given := c.donor.ask("GET /api/donors/{donorKind}/{donor}/contributions", call{path: of})
	if got := given.text("items", 0, "amount", "decimal"); got != "50000.00" || given.at("items", 1) != nil {
		c.donor.Errorf("the donor gave %v", given.body)
	}
	c.donor.ask("GET /api/donors/{donorKind}/{donor}/statement", call{path: of, query: year})
	theirs := map[string]string{"donorKind": "donor_country", "donor": "CH"}
	c.donor.ask("GET /api/donors/{donorKind}/{donor}/statement", call{path: theirs, query: year, want: http.StatusForbidden})

	propose := call{path: of, body: object{"from": "2020-01-01", "to": "2020-12-31"}, want: http.StatusForbidden}
	c.donor.ask("POST /api/donors/{donorKind}/{donor}/statements", propose)
	propose.want = http.StatusConflict // the year is open
	c.treasurer.ask("POST /api/donors/{donorKind}/{donor}/statements", propose)
	closing := call{body: object{"closeTo": "2020-12-31", "reason": "The year is over."}, want: http.StatusCreated}
	c.approve(c.treasurer.ask("POST /api/fund/proposals", closing))
	propose.want, propose.key = http.StatusCreated, "the-year-2020"
	made := c.treasurer.ask("POST /api/donors/{donorKind}/{donor}/statements", propose)
	if again := c.treasurer.ask("POST /api/donors/{donorKind}/{donor}/statements", propose); again.text("proposal", "id") != made.text("proposal", "id") {
		c.donor.Error("the same request is proposed twice")
	}
	c.approve(made)
	c.donor.ask("GET /api/donors/{donorKind}/{donor}/statements", call{path: of})
	c.donor.ask("GET /api/donors/{donorKind}/{donor}/statement", call{path: of, query: year})
	c.auditor.ask("GET /api/fund/verification", call{})

	c.fetch("pdf", "%PDF-")
	c.fetch("csv", "section,item,of,")
}

// approve has a proposal of the treasurer approved, which takes another person.
func (c cast) approve(made reply) {
	c.treasurer.Helper()
	of := call{path: map[string]string{"proposal": made.text("proposal", "id")}, body: object{}, want: http.StatusConflict}
	c.treasurer.ask("POST /api/fund/proposals/{proposal}/approval", of)
	of.want = 0
	c.secretariat.ask("POST /api/fund/proposals/{proposal}/approval", of)
}

// fetch has the donor's statement made as a file, and fetched.
func (c cast) fetch(format, begins string) {
	v := c.donor
	v.Helper()
	wish := object{
		"kind": "donor", "donor": "donor_country#KR", "lang": "fr", "format": format, "from": "2020-01-01", "to": "2020-12-31",
	}
	asked := v.ask("POST /api/exports", call{body: wish, want: http.StatusAccepted})
	of := call{path: map[string]string{"id": asked.text("export", "id")}}
	ready := v.until("GET /api/exports/{id}", of, func(r reply) bool {
		return r.text("export", "state") != "asked" && r.text("export", "state") != "building"
	})
	paper := v.follow(ready.at("download"), nil)
	if !bytes.HasPrefix(paper, []byte(begins)) {
		v.Errorf("the %s begins %.20q", format, paper)
	}
	c.city.ask("GET /api/exports/{id}", call{path: of.path, want: http.StatusForbidden})
}
