package exports_test

import (
	"bytes"
	"testing"

	standard "github.com/learning-cities/guildhall/infra/iati"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
)

func TestTheFundIsPublishedAsTheStandardAsks(t *testing.T) {
	in := input(trustFund(t), locale.EN)
	in.Format = request.IATI
	var file bytes.Buffer
	if err := exports.Write(t.Context(), &file, request.Fund, in); err != nil {
		t.Fatal(err)
	}
	today := civil.Of(in.At, in.At.Location())
	for _, fault := range standard.Faults(t, file.Bytes(), today) {
		t.Error(fault)
	}
	for _, want := range []string{"Open Book Foundation", "<recipient-country code=\"SN\">", "coordinateurs de 31 villes"} {
		if !bytes.Contains(file.Bytes(), []byte(want)) {
			t.Errorf("%s is missing", want)
		}
	}
}
