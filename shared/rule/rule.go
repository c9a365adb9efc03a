// Package rule tells what each of the network's rules says, in words for people, what it rests on, and which problems it gives rise to. It judges
// nothing: the domain's packages do, each with the rule's identifier.
package rule

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Rule is one of the network's rules.
type Rule struct {
	ID      string // such as R-APP-3
	Says    locale.Text
	Codes   []problem.Code // of the problems of what doesn't keep it
	Sources []string       // of its figures: identifiers of the programme's sources, programme.Derived or programme.Practice
}

// All lists the rules, in the order of docs/rules.md.
func All() []Rule { return slices.Concat(applications, clusters, surveys, funds) }

// Find is a rule by its identifier; false where there is none.
func Find(id string) (Rule, bool) {
	all := All()
	at := slices.IndexFunc(all, func(r Rule) bool { return r.ID == id })
	if at < 0 {
		return Rule{}, false
	}
	return all[at], true
}

// Of are the rules that problems of a code can come from.
func Of(code problem.Code) []Rule {
	return slices.DeleteFunc(All(), func(r Rule) bool { return !slices.Contains(r.Codes, code) })
}

func say(en, fr, es string) locale.Text { return locale.Text{EN: en, FR: fr, ES: es} }

func codes(all ...problem.Code) []problem.Code { return all }
