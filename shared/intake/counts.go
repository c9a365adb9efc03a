package intake

// Outcome is what becomes of a row, or of one record that it names.
type Outcome string

// The outcomes of a row; a record's is one of the first three. In the plan of an undo a record has one of the last two.
const (
	Create    Outcome = "create"
	Update    Outcome = "update"
	Unchanged Outcome = "unchanged" // stored already as the row says
	Skip      Outcome = "skip"      // not data, or said by an earlier row
	Fail      Outcome = "fail"      // has an error or an open question: nothing of it is written
	Remove    Outcome = "remove"    // was created by the import that is undone
	Restore   Outcome = "restore"   // was changed by it, and is as before again
)

// Counts are a sheet's rows by outcome. Read is the sum of the others: the non-blank rows below the header.
type Counts struct {
	Read      int `json:"read"`
	Create    int `json:"create"`
	Update    int `json:"update"`
	Unchanged int `json:"unchanged"`
	Skip      int `json:"skip"`
	Fail      int `json:"fail"`
}

// Add counts one more row.
func (c *Counts) Add(outcome Outcome) {
	c.Read++
	switch outcome {
	case Create:
		c.Create++
	case Update:
		c.Update++
	case Unchanged:
		c.Unchanged++
	case Skip:
		c.Skip++
	case Fail:
		c.Fail++
	}
}
