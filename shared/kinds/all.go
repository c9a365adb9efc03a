package kinds

import "github.com/learning-cities/guildhall/shared/imports"

// All lists every kind of sheet, in the order in which a call's sheets arrive.
func All() []imports.Kind {
	return []imports.Kind{
		Members(),
		Applications(),
		Endorsements(),
		Decisions(),
		Survey(),
		Questionnaire(),
		Coordinators(),
		News(),
		Rates(),
		Pledges(),
		Contributions(),
		Expenditures(),
		Results(),
	}
}
