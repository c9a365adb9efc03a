package exports_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/statement"
)

// readStatements reads what a workbook's statements are computed from.
func readStatements(t *testing.T, in exports.Input) statement.Input {
	t.Helper()
	var read statement.Input
	err := in.Records.Snapshot(t.Context(), donors.Types(), func(from records.Reader) (err error) {
		read, err = donors.Read(t.Context(), from, donors.Source{Programme: in.Programme, Reference: in.Reference, At: in.At})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return read
}
