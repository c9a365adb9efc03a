package records

import "github.com/learning-cities/guildhall/shared/table"

// The functions below are writes for callers who make a transaction of their own, beside those of a Put and Guard;
// Keeping then adds what keeps the versions that these replace.

// Unchanged checks that a record is at a version; 0 is that there is none, or none any more.
func Unchanged(ref Ref, version int64) table.Write {
	return table.Write{Check: ref.Key(), Condition: at(version), Label: ref.String()}
}

// Remove takes a record away that is at a version. That is a version of its own, from which the record may be created again
// (Store.Latest), so that no version comes twice; Keeping adds who removes.
func Remove(ref Ref, version int64) table.Write {
	return table.Write{Put: itemOf(Record{Ref: ref, Version: version + 1, Gone: true}), Condition: at(version), Label: ref.String()}
}

// Take takes a claim that is free or its holder's.
func Take(c Claim, by Provenance) table.Write { return c.write(by) }

// Release gives a claim back that is its holder's.
func Release(c Claim) table.Write {
	return table.Write{Delete: claimKey(c), Condition: table.Equal(attrHolder, c.Holder), Label: claimRef(c).String()}
}

func at(version int64) table.Condition {
	if version == 0 {
		return table.AnyOf(table.Absent(), table.Equal(attrGone, true))
	}
	return table.Equal(attrVersion, version)
}
