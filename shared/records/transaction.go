package records

import "github.com/learning-cities/guildhall/shared/table"

// The functions below are writes for callers who make a transaction of their own, beside those of a Put and Guard;
// Keeping then adds what keeps the versions that these replace.

// Unchanged checks that a record is at a version; 0 is that there is none.
func Unchanged(ref Ref, version int64) table.Write {
	return table.Write{Check: ref.Key(), Condition: at(version), Label: ref.String()}
}

// Remove takes a record away that is at a version. Whoever creates it again gives Put.Past, so that a version never comes twice.
func Remove(ref Ref, version int64) table.Write {
	return table.Write{Delete: ref.Key(), Condition: at(version), Label: ref.String()}
}

// Release gives a claim back that is its holder's.
func Release(c Claim) table.Write {
	return table.Write{Delete: claimKey(c), Condition: table.Equal(attrHolder, c.Holder), Label: claimRef(c).String()}
}

func at(version int64) table.Condition {
	if version == 0 {
		return table.Absent()
	}
	return table.Equal(attrVersion, version)
}
