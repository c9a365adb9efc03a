package access

// Action is something that can be asked for, named after what is done.
type Action string

// The actions. Which role may do them, and to what, stands in the table.
const (
	CallRead   Action = "call.read"
	CallExtend Action = "call.extend" // a deadline of it

	ApplicationRead     Action = "application.read"
	ApplicationStart    Action = "application.start"
	ApplicationEdit     Action = "application.edit"
	ApplicationSend     Action = "application.send"
	ApplicationWithdraw Action = "application.withdraw"
	ApplicationReturn   Action = "application.return"
	ApplicationEndorse  Action = "application.endorse"
	ApplicationSubmit   Action = "application.submit"
	ApplicationRecall   Action = "application.recall"
	ApplicationAccept   Action = "application.accept" // the decisions
	ApplicationDefer    Action = "application.defer"
	ApplicationDecline  Action = "application.decline"
	QuotaRead           Action = "quota.read" // how many submissions a country has left, and whose the others are

	MemberRead        Action = "member.read"
	MemberEnter       Action = "member.enter" // what happens to a membership: clusters, new names, mergers, leaving
	HistoryRead       Action = "history.read" // of a city
	SurveyRead        Action = "survey.read"  // how answers are counted
	SurveyReadAnswers Action = "survey.read_answers"
	OfferRead         Action = "offer.read" // what a city offers in a term

	ClusterRead               Action = "cluster.read"
	PlanRead                  Action = "plan.read" // of a cluster's work
	PlanChange                Action = "plan.change"
	PlanOfferHost             Action = "plan.offer_host"  // the object is the city that would be the host
	CoordinatorRead           Action = "coordinator.read" // who coordinates
	CoordinatorReadCandidates Action = "coordinator.read_candidates"
	CoordinatorAppoint        Action = "coordinator.appoint"
	CoordinatorAnnounce       Action = "coordinator.announce"
	CoordinatorLayDown        Action = "coordinator.lay_down"

	ImportCreate Action = "import.create"
	ImportRead   Action = "import.read" // its state, report and marked copy
	ImportAnswer Action = "import.answer"
	ImportCommit Action = "import.commit"
	ImportUndo   Action = "import.undo"
	// A commit or undo takes one of these too, by what the kind of its sheet is about.
	ImportNetwork Action = "import.network" // the network's records
	ImportFund    Action = "import.fund"    // the fund's

	ExportRead       Action = "export.read" // one that was asked for, by the object's person
	ExportBudget     Action = "export.budget"
	ExportMembership Action = "export.membership"
	ExportSurvey     Action = "export.survey"
	ExportFund       Action = "export.fund"
	ExportIATI       Action = "export.iati" // it names every donor with its money, until the secretariat publishes it
	ExportAudit      Action = "export.audit"
	TemplateRead     Action = "template.read" // an empty workbook to be filled in

	FundReadTotals   Action = "fund.read_totals" // what everybody may know
	FundRead         Action = "fund.read"        // balances, entries and proposals
	FundVerify       Action = "fund.verify"
	FundPost         Action = "fund.post"
	FundReverse      Action = "fund.reverse"
	FundPropose      Action = "fund.propose" // an event, the closing of a period, or that an entry is taken back
	FundApprove      Action = "fund.approve"
	FundReject       Action = "fund.reject"
	RateRead         Action = "rate.read"
	ExpenditureRead  Action = "expenditure.read"
	DonorRead        Action = "donor.read"
	PledgeRead       Action = "pledge.read"
	ContributionRead Action = "contribution.read"
	StatementRead    Action = "statement.read" // a donor's, as figures, workbook or paper
	StatementPropose Action = "statement.propose"
	StatementApprove Action = "statement.approve"
	SummaryRead      Action = "summary.read"
	// A report that was made is corrected by who answers for what it is about.
	SummaryCorrect     Action = "summary.correct"      // of the network
	SummaryCorrectFund Action = "summary.correct_fund" // of the fund
	MailRead           Action = "mail.read"            // to whom letters go, and how they stand; what will be due, and for how many
	MailSend           Action = "mail.send"            // once more, or never again

	AuditRead   Action = "audit.read" // who did what, with the product
	AuditVerify Action = "audit.verify"
	// Tasks that a queue brought and that could not be done, as they lie among its dead letters.
	DeadLetterRead   Action = "dead_letter.read"
	DeadLetterSettle Action = "dead_letter.settle" // sent again, or discarded
	// A backup holds everybody's data.
	BackupMake Action = "backup.make"

	PrivacyRead  Action = "privacy.read"  // everything that is held about one person, and which erasures there were
	PrivacyErase Action = "privacy.erase" // one person, everywhere

	PeopleRead       Action = "people.read"
	PeopleReadEvents Action = "people.read_events" // what was done about people and sessions
	PeopleInvite     Action = "people.invite"
	PeopleChange     Action = "people.change"
	PeopleRemove     Action = "people.remove"
	SessionRead      Action = "session.read"
	SessionEnd       Action = "session.end"
	LetterDecline    Action = "letter.decline" // which of the product's letters one doesn't want
)
