package access

import "iter"

// Reach says to which objects a role may do something.
type Reach int

// The reaches. Nothing is the zero Reach.
const (
	Nothing Reach = iota
	Self          // what is about the person, or was asked for by it
	Own           // what is of the country, city or donor that the role is of
	All
)

// String is the word of the documentation.
func (r Reach) String() string { return [...]string{"–", "self", "own", "all"}[r] }

// grants is how far the roles reach with one action, in the order of Roles.
type grants [len(Roles)]Reach

// Class is what an action does, and so whether it is noted in the audit trail.
type Class int

// The classes. The zero Class is that of what is no action.
const (
	Reading Class = iota + 1 // of what names nobody
	Viewing                  // of personal data, or of what a file shows that can have some: noted
	Acting                   // noted
)

// row is what the table says of an action. Reading and viewing change nothing of the network; to ask for a workbook is one of them.
type row struct {
	action Action
	class  Class
	grants grants
}

// The words of the table.
const (
	reading = Reading
	viewing = Viewing
	acting  = Acting

	no   = Nothing
	self = Self
	own  = Own
	all  = All
)

// table grants everything that is granted.
var table = []row{
	// secretariat, treasurer, National Commission, city, donor, auditor
	{CallRead, reading, grants{all, all, all, all, all, all}},
	{CallExtend, acting, grants{all, no, no, no, no, no}},

	{ApplicationRead, viewing, grants{all, no, own, own, no, all}},
	{ApplicationStart, acting, grants{no, no, no, own, no, no}},
	{ApplicationEdit, acting, grants{no, no, no, own, no, no}},
	{ApplicationSend, acting, grants{no, no, no, own, no, no}},
	{ApplicationWithdraw, acting, grants{no, no, no, own, no, no}},
	{ApplicationReturn, acting, grants{no, no, own, no, no, no}},
	{ApplicationEndorse, acting, grants{no, no, own, no, no, no}},
	{ApplicationSubmit, acting, grants{no, no, own, no, no, no}},
	{ApplicationRecall, acting, grants{no, no, own, no, no, no}},
	{ApplicationAccept, acting, grants{all, no, no, no, no, no}},
	{ApplicationDefer, acting, grants{all, no, no, no, no, no}},
	{ApplicationDecline, acting, grants{all, no, no, no, no, no}},
	{QuotaRead, reading, grants{all, no, own, no, no, all}},

	{MemberRead, reading, grants{all, all, all, all, all, all}},
	{MemberEnter, acting, grants{all, no, no, no, no, no}},
	{HistoryRead, reading, grants{all, no, own, own, no, all}},
	{SurveyRead, reading, grants{all, all, all, all, all, all}},
	{SurveyReadAnswers, reading, grants{all, no, own, own, no, all}},
	{OfferRead, reading, grants{all, no, own, own, no, all}},

	{ClusterRead, reading, grants{all, all, all, all, all, all}},
	{PlanRead, reading, grants{all, all, all, all, no, all}},
	{PlanChange, acting, grants{all, no, no, no, no, no}},
	{PlanOfferHost, acting, grants{all, no, no, own, no, no}},
	{CoordinatorRead, reading, grants{all, all, all, all, all, all}},
	{CoordinatorReadCandidates, reading, grants{all, no, no, no, no, all}},
	{CoordinatorAppoint, acting, grants{all, no, no, no, no, no}},
	{CoordinatorAnnounce, acting, grants{all, no, no, no, no, no}},
	{CoordinatorLayDown, acting, grants{all, no, no, no, no, no}},

	{ImportCreate, acting, grants{all, all, no, no, no, no}},
	{ImportRead, viewing, grants{all, all, no, no, no, all}},
	{ImportAnswer, acting, grants{all, all, no, no, no, no}},
	{ImportCommit, acting, grants{all, all, no, no, no, no}},
	{ImportUndo, acting, grants{all, all, no, no, no, no}},
	{ImportNetwork, acting, grants{all, no, no, no, no, no}},
	{ImportFund, acting, grants{no, all, no, no, no, no}},

	{ExportRead, reading, grants{all, all, self, self, self, all}},
	{ExportBudget, reading, grants{all, all, no, no, no, all}},
	{ExportMembership, reading, grants{all, no, no, no, no, all}},
	{ExportSurvey, reading, grants{all, no, no, no, no, all}},
	{ExportFund, reading, grants{all, all, no, no, no, all}},
	{ExportIATI, reading, grants{all, all, no, no, no, all}},
	{ExportAudit, viewing, grants{all, no, no, no, no, all}},
	{TemplateRead, reading, grants{all, all, all, all, all, all}},

	{FundReadTotals, reading, grants{all, all, all, all, all, all}},
	{FundRead, reading, grants{all, all, no, no, no, all}},
	{FundVerify, reading, grants{all, all, no, no, no, all}},
	{FundPost, acting, grants{no, all, no, no, no, no}},
	{FundReverse, acting, grants{no, all, no, no, no, no}},
	{FundPropose, acting, grants{no, all, no, no, no, no}},
	{FundApprove, acting, grants{all, all, no, no, no, no}},
	{FundReject, acting, grants{all, all, no, no, no, no}},
	{RateRead, reading, grants{all, all, all, all, all, all}},
	{ExpenditureRead, reading, grants{all, all, no, no, no, all}},
	{DonorRead, reading, grants{all, all, no, no, own, all}},
	{PledgeRead, reading, grants{all, all, no, no, own, all}},
	{ContributionRead, reading, grants{all, all, no, no, own, all}},
	{StatementRead, reading, grants{all, all, no, no, own, all}},
	{StatementPropose, acting, grants{no, all, no, no, no, no}},
	{StatementApprove, acting, grants{all, all, no, no, no, no}},
	{SummaryRead, reading, grants{all, all, own, own, own, all}},
	{SummaryCorrect, acting, grants{all, no, no, no, no, no}},
	{SummaryCorrectFund, acting, grants{all, all, no, no, no, no}},
	{MailRead, viewing, grants{all, no, no, no, no, all}},
	{MailSend, acting, grants{all, no, no, no, no, no}},

	{AuditRead, viewing, grants{all, no, no, no, no, all}},
	{AuditVerify, reading, grants{all, no, no, no, no, all}},
	{DeadLetterRead, reading, grants{all, no, no, no, no, all}},
	{DeadLetterSettle, acting, grants{all, no, no, no, no, no}},
	{BackupMake, acting, grants{all, no, no, no, no, no}},

	{PrivacyRead, viewing, grants{all, no, no, no, no, all}},
	{PrivacyErase, acting, grants{all, no, no, no, no, no}},

	{PeopleRead, viewing, grants{all, self, self, self, self, all}},
	{PeopleReadEvents, viewing, grants{all, no, no, no, no, all}},
	{PeopleInvite, acting, grants{all, no, no, no, no, no}},
	{PeopleChange, acting, grants{all, no, no, no, no, no}},
	{PeopleRemove, acting, grants{all, no, no, no, no, no}},
	{SessionRead, viewing, grants{all, self, self, self, self, all}},
	{SessionEnd, acting, grants{all, self, self, self, self, self}},
	{LetterDecline, acting, grants{self, self, self, self, self, self}},
}

var rows = func() map[Action]row {
	byAction := make(map[Action]row, len(table))
	for _, r := range table {
		byAction[r.action] = r
	}
	return byAction
}()

// Actions are all actions, in the table's order.
func Actions() iter.Seq[Action] {
	return func(yield func(Action) bool) {
		for _, r := range table {
			if !yield(r.action) {
				return
			}
		}
	}
}

// Reads reports whether it is an action that changes nothing.
func (a Action) Reads() bool { return rows[a].class == Reading || rows[a].class == Viewing }

// Class is what the action does; 0 where the table has no such action.
func (a Action) Class() Class { return rows[a].class }

// Grants is how far a role reaches with the action: Nothing where the table has no such action or role.
func (a Action) Grants(to Role) Reach {
	if column := to.column(); column >= 0 {
		return rows[a].grants[column]
	}
	return Nothing
}
