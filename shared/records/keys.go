package records

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/table"
)

// The keys of everything this package stores. They are designed here and nowhere else:
//
//	what           partition key                 sort key      read by
//	record         <type>                        <id>          Get; Scan in order of id, also by a prefix of it
//	               <type>#<partition>            <id>          the same, within a call, survey, term or year
//	claim          claim#<claim's partition>     <claim's id>  Get; Holders of all slots of a limit
//	commit lock    lock#<type>                   lock          Locks; Guard in other writers' transactions
//	earlier        past#<record's partition key> <id>#<moment of the version>#<version>   EarlierOf, AsOf
//	version
//
// A type is a word of small letters, digits and underscores, so the first # ends it; "lock" is no record's type, and none of "claim"
// and "past" is written by itself. The parts of an
// id are put in the order in which they are scanned by prefix (country, then city, then date), separated by # too.
//
//	member          member                       FR#brest
//	application     application#2025             FR#brest
//	endorsement     endorsement#2025             FR#brest
//	decision        decision#2025                FR#brest
//	survey_answer   survey_answer#2019           FR#brest#2019-03-01
//	offer           offer#2019-2021              FR#brest
//	candidacy       candidacy#2019-2021          FR#brest#health
//	mandate         mandate#2019-2021            health#FR#brest
//	news            news#2019-2021               health#2020-03-31#FR#brest
//	contribution    contribution#2025            bank reference, or a hash of the row
//	monthly rate    rate#2025                    EUR#2025-03-01
//	instalment      instalment                   kor-mdfm-2020#001, the agreement and the instalment's number
//	expenditure     expenditure#2025             the voucher's reference, or a hash of the row
//	result          result#2024-2026             fund/1.1, the activity
//	gift            donor_gift#donor_country#KR  2025-05-02#ref-r1, leads to a contribution
//	donor           donor                        donor_country#KR, leads to a record that names it
//	event           application_event#2025       FR#brest#000001, the place in the city's stream
//	extension       extension#2025               000001, in the order in which they were granted
//	request         request#<its identifier>     effect
//	person          person                       its identifier
//	people event    people_event#2026            its identifier, which sorts by time
//	quota slot      claim#quota#2025#FR          slot-1 … slot-3
//	e-mail address  claim#email                  a keyed hash of it
//	seat            claim#seat#2019-2021#health  seat-1, seat-2
//	seat freed      coordinator_freed#2019-2021  seat, of which only the version matters
//	what was said   past#survey_answer#2019      FR#brest#2019-03-01#20190301T120000.000000000Z#000001
//
// All of a type's records of one call, term or year lie in one partition, because that is what is scanned together; on DynamoDB
// its write throughput is then that of one partition until the engine splits it by sort key. There is no secondary index:
// nothing here may depend on one (it would be eventually consistent).
const (
	separator = "#"
	claimType = "claim"
	pastType  = "past"
	lockType  = "lock"
	lockSort  = "lock"
)

// Ref names a record. Type is of small letters, digits and underscores; Partition, which may be empty, and ID are texts that
// table keys can hold.
type Ref struct{ Type, Partition, ID string }

// String prints a ref for messages, as type#partition/id.
func (r Ref) String() string { return r.Key().String() }

// Key is the record's key in the table.
func (r Ref) Key() table.Key {
	return table.Key{Partition: partition(r.Type, r.Partition), Sort: r.ID}
}

func partition(typ, part string) string {
	if part == "" {
		return typ
	}
	return typ + separator + part
}

// refOf is the inverse of Ref.Key.
func refOf(key table.Key) Ref {
	typ, part, _ := strings.Cut(key.Partition, separator)
	return Ref{Type: typ, Partition: part, ID: key.Sort}
}

func lockKey(typ string) table.Key {
	return table.Key{Partition: lockType + separator + typ, Sort: lockSort}
}

// lockedType is the inverse of lockKey.
func lockedType(key table.Key) (typ string, isLock bool) {
	return strings.CutPrefix(key.Partition, lockType+separator)
}

func claimKey(c Claim) table.Key { return claimRef(c).Key() }

func claimRef(c Claim) Ref { return Ref{Type: claimType, Partition: c.Partition, ID: c.ID} }
