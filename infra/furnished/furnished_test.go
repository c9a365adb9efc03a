package furnished_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/infra/furnished"
	"github.com/learning-cities/guildhall/infra/serving"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/registry"
)

func TestAProductThatIsFurnished(t *testing.T) {
	p := furnished.Start(t, serving.Options{})
	t.Run("has something in each state", func(t *testing.T) { hasEachState(t, p) })
	t.Run("has what it names, the same each time", func(t *testing.T) { hasWhatItNames(t, p) })
}

func hasEachState(t *testing.T, p *furnished.Product) {
	t.Helper()
	imports, _, err := p.App.Intake.List(t.Context(), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	every(t, imports, intake.States, func(i intake.Import) intake.State { return i.State })

	exports, _, err := p.App.Parts.Exports().List(t.Context(), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	every(t, exports, []request.State{request.Asked, request.Ready, request.Failed}, func(e request.Export) request.State { return e.State })

	round, err := p.App.Registry.Round(t.Context(), "2025", furnished.Now)
	if err != nil {
		t.Fatal(err)
	}
	states := slices.DeleteFunc(slices.Clone(application.States), func(s application.State) bool { return s == application.None })
	every(t, round.Cases(), states, func(c application.Case) application.State { return c.State })

	proposals, err := p.App.Registry.FundProposals(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	decided := []registry.ProposalState{registry.ProposalOpen, registry.ProposalApproved, registry.ProposalRejected}
	every(t, proposals, decided, func(p registry.Proposed) registry.ProposalState { return p.State })
}

// every checks that each state is that of something.
func every[S ~string, Of any](t *testing.T, of []Of, states []S, stateOf func(Of) S) {
	t.Helper()
	for _, state := range states {
		if !slices.ContainsFunc(of, func(one Of) bool { return stateOf(one) == state }) {
			t.Errorf("nothing is %s", state)
		}
	}
}

func hasWhatItNames(t *testing.T, p *furnished.Product) {
	t.Helper()
	again := furnished.Start(t, serving.Options{})
	for name, id := range p.Named {
		if again.Named[name] != id {
			t.Errorf("%s is %s, and then %s", name, id, again.Named[name])
		}
		what, state, _ := strings.Cut(name, " ")
		var err error
		switch what {
		case "import":
			imp, failed := p.App.Intake.Find(t.Context(), id)
			if err = failed; err == nil && slices.Contains(intake.States, intake.State(state)) && imp.State != intake.State(state) {
				t.Errorf("%s is %s", name, imp.State)
			}
		case "export":
			_, err = p.App.Parts.Exports().Find(t.Context(), id)
		case "proposal":
			_, err = p.App.Registry.FundProposal(t.Context(), id)
		case "entry":
			_, _, err = p.App.Registry.FundEntry(t.Context(), id)
		case "person":
			person, failed := p.People.ByEmail(t.Context(), furnished.Applicant.Email)
			if err = failed; person.ID != id {
				t.Errorf("%s is another one than %s", name, person.ID)
			}
		case "summary":
			_, known, failed := outbox.New(p.App.Table, p.App.Clock, p.App.Parts.IDs).Entry(t.Context(), id)
			if err = failed; err == nil && !known {
				t.Errorf("%s is none", name)
			}
		default:
			t.Errorf("nobody knows what %s is", name)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
