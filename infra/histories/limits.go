package histories

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
)

// The call and country whose limit is looked at, and the cities that want to be submitted.
const limitCall = "2025"

var applicants = []city.City{
	cityOf("Bafoussam", "CM"), cityOf("Garoua", "CM"), cityOf("Maroua", "CM"), cityOf("Kribi", "CM"), cityOf("Limbé", "CM"), cityOf("Ngaoundéré", "CM"),
}

// limitState is what there is of the limit: who is submitted, and which requests were done.
type limitState struct {
	submitted uint8 // by the place among the applicants
	done      requests
}

func (s limitState) has(who int) bool { return s.submitted&(1<<who) != 0 }

func (s limitState) full() bool {
	n := 0
	for who := range applicants {
		if s.has(who) {
			n++
		}
	}
	return n >= 3
}

// Limits is the history of a National Commission's three submissions to a call (R-APP-3): cities are submitted by acts and by sheets, and
// recalled; who has the slots is read, and how far a city has come.
func Limits() Subject {
	s := Subject{Name: "limits", begin: beginLimits, draw: drawLimits, ask: askLimits, last: []Asked{{Act: "slots"}}}
	for who := range applicants {
		s.last = append(s.last, Asked{Act: "look", Who: who})
	}
	s.model = modelled(limitState{}, limitStep)
	return s
}

func limitStep(now limitState, asked Asked, answered Answered) (bool, limitState) {
	bit, after := uint8(1)<<asked.Who, now
	if now.done.has(asked.Request) {
		return answered.done(), now
	}
	switch asked.Act {
	case "slots":
		var who []string
		for n, c := range applicants {
			if now.has(n) {
				who = append(who, c.ID)
			}
		}
		slices.Sort(who)
		return answered.Lost || answered.Seen == strings.Join(who, " "), now
	case "look":
		return answered.Lost || answered.Seen == fmt.Sprint(now.has(asked.Who)), now
	case "submit":
		after.submitted, after.done = now.submitted|bit, now.done.with(asked.Request)
		switch {
		case now.has(asked.Who):
			return refusedAs(answered, "APPLICATION_SUBMITTED"), now
		case now.full():
			return refusedAs(answered, "NATCOM_QUOTA_EXCEEDED"), now
		}
	case "recall":
		after.submitted, after.done = now.submitted&^bit, now.done.with(asked.Request)
		if !now.has(asked.Who) {
			return refusedAs(answered, "APPLICATION_NOT_SUBMITTED"), now
		}
	case "sheet":
		after.submitted = now.submitted | bit
		if !now.has(asked.Who) && now.full() {
			return refusedAs(answered, "ROWS_REFUSED"), now
		}
	}
	return answered.done(), after
}

func drawLimits(r *rand.Rand) Asked {
	asked := Asked{Who: r.IntN(len(applicants)), Request: 1}
	switch n := r.IntN(20); {
	case n < 8:
		asked.Act = "submit"
	case n < 13:
		asked.Act = "recall"
	case n < 16:
		asked.Act, asked.Request = "sheet", 0
	case n < 18:
		asked.Act, asked.Request = "look", 0
	default:
		asked = Asked{Act: "slots"}
	}
	return asked
}

func beginLimits(ctx context.Context, p *process) error {
	text := "City;Country;Website;Mayor;Contact person;E-mail;Language;Pledge;Population;Population, year;Motivation;Plans for implementation;Received on\n"
	for _, c := range applicants {
		text += c.Name + ";" + c.Country + ";https://city.example;A. Mayor;C. Contact;c@city.example;English;yes;140000;2022;To meet others.;A committee.;2025-05-19\n"
	}
	if err := p.stored(ctx, "applications", text); err != nil {
		return err
	}
	for who := range applicants {
		if _, err := p.registry.Do(ctx, registry.Origin{Person: "officer"}, limitAct(who, application.Endorse)); err != nil {
			return err
		}
	}
	return nil
}

func limitAct(who int, action application.Action) registry.Act {
	c := applicants[who]
	return registry.Act{
		Call: limitCall, City: c, Action: action, Actor: application.Actor{Role: action.By(), Country: c.Country}, Signed: "A. Signatory", Reason: "Another one first.",
	}
}

func askLimits(ctx context.Context, p *process, asked Asked) (seen string, err error) {
	switch asked.Act {
	case "submit":
		_, err = p.registry.Do(ctx, origin(asked), limitAct(asked.Who, application.Submit))
	case "recall":
		_, err = p.registry.Do(ctx, origin(asked), limitAct(asked.Who, application.Recall))
	case "sheet":
		c := applicants[asked.Who]
		err = p.send(ctx, "endorsements", "City;Country;Endorsed on;Endorsed by\n"+c.Name+";"+c.Country+";2025-05-20;A. Signatory\n")
	case "look":
		var found application.Case
		found, err = p.registry.Application(ctx, limitCall, applicants[asked.Who].ID)
		seen = fmt.Sprint(found.State == application.Submitted)
	case "slots":
		var held []records.Claim
		held, err = records.Holders(ctx, p.records, application.Slots(limitCall, "CM"))
		var who []string
		for _, claim := range held {
			who = append(who, claim.Holder)
		}
		slices.Sort(who)
		seen = strings.Join(who, " ")
	}
	return seen, err
}
