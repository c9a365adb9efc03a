package fund

import (
	"errors"

	"github.com/learning-cities/guildhall/shared/access"
	giving "github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/table"
)

// donorRow is a donor in a list.
type donorRow struct{ Path, Name, Kind, Country string }

// donors lists those on record, by kind and name; a donor's own page is its part of the list.
func (d desk) donors() (*page.Answer, error) {
	if own := d.who.Own().Donor; own != "" {
		d.Values = map[string]string{}
		d.Values["donorKind"], d.Values["donor"] = page.DonorSteps(own)
		return d.donor()
	}
	kind, wanted, after := d.Query.Get("kind"), d.Query.Get("name"), d.Query.Get(page.AfterParameter)
	found, next, err := d.DonorPage(d.ctx, office.DonorFilter{Kind: kind, Name: wanted}, after, page.PartLength)
	if errors.Is(err, table.ErrCursor) {
		return nil, noCursor()
	}
	if err != nil {
		return nil, err
	}
	var rows []donorRow
	for _, one := range found {
		rows = append(rows, donorRow{page.DonorPath(one.ID), donorName(one.ID, map[string]string{one.ID: one.Name}), d.donorKind(one), d.country(one.Country)})
	}
	fields := []page.Input{
		{Name: "name", Value: wanted, Label: nameLabel}, {Name: "kind", Value: kind, Label: donorKindLabel, Options: []page.Option{{Name: d.in(allOfThem)}}},
	}
	for _, one := range d.Programme.DonorTypes {
		fields[1].Options = append(fields[1].Options, page.Option{Value: one.ID, Name: one.Label.In(d.Lang)})
	}
	imports := d.may(access.ImportCreate, access.Object{})
	return d.Written(d.ctx, donorsPage(d.framed(donorsTitle), fields, rows, next, len(found) > 0 || kind+wanted+after != "", imports))
}

func (d desk) donorKind(of giving.Donor) string {
	if known, ok := d.Programme.DonorType(of.Type); ok {
		return known.Label.In(d.Lang)
	}
	return of.Type
}
