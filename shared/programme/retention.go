package programme

import "time"

// Retention is how long a kind of things is kept that nobody needs for ever.
type Retention struct {
	Of   Kept
	Days int // of 24 hours, after its end
	Origin
}

// Kept is a kind of things that are kept for a time.
type Kept string

// The kinds of things. What the network's records say of where they came from stays in any case.
const (
	// The files of an import: the sender's, its plans, reports, reviews, edits and marked copies. They end with the import's last step.
	ImportFiles     Kept = "import_files"      // of the network's sheets
	FundImportFiles Kept = "fund_import_files" // of the fund's: vouchers of its books
	IdleImportFiles Kept = "idle_import_files" // of what was never committed
	ExportFiles     Kept = "export_files"      // a workbook, paper or data file that was asked for; from when it was ready
	Letters         Kept = "letters"           // to whom an e-mail went and what became of it; from its last change. What it said stays
	DeadLetters     Kept = "dead_letters"      // tasks that could not be done; from when they failed
	// The mayor and the contact person in an application of a city that is no member.
	ApplicantPersons    Kept = "applicant_persons"     // from the end of its call
	FormerMemberPersons Kept = "former_member_persons" // of one that left: from then
)

// kept are all of them.
var kept = []Kept{ImportFiles, FundImportFiles, IdleImportFiles, ExportFiles, Letters, DeadLetters, ApplicantPersons, FormerMemberPersons}

// Keep is how long a kind of things is kept after its end. An edition that is loaded has each.
func (e *Edition) Keep(of Kept) time.Duration {
	r, _ := find(e.Retention, func(r Retention) bool { return r.Of == of })
	return time.Duration(r.Days) * 24 * time.Hour
}
