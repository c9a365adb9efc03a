package kinds

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/locale"
)

func TestEveryKindsColumnsAreToldApartInThreeLanguages(t *testing.T) {
	w := newWorld(t)
	for _, kind := range All() {
		schema := kind.Schema(w.env)
		if err := schema.Check(); err != nil {
			t.Error(err)
		}
		if schema.Kind != kind.Name() || schema.Version < 1 || len(schema.Title.Missing()) > 0 {
			t.Errorf("%s: kind %q, version %d, title %+v", kind.Name(), schema.Kind, schema.Version, schema.Title)
		}
	}
}

func TestEveryKindsRowsFitItsColumns(t *testing.T) {
	w := newWorld(t)
	for _, kind := range All() {
		if _, err := kind.Begin(t.Context(), w.env); err != nil {
			t.Errorf("%s: %v", kind.Name(), err)
		}
	}
}

func TestEveryColumnIsReadableInATemplate(t *testing.T) {
	w := newWorld(t)
	for _, kind := range All() {
		for _, column := range kind.Schema(w.env).Columns {
			if column.Width < 8 {
				t.Errorf("%s.%s is %d characters wide", kind.Name(), column.ID, column.Width)
			}
			for _, choice := range column.Choices {
				if len(choice.Label.Missing()) > 0 {
					t.Errorf("%s.%s: the choice %s lacks a label", kind.Name(), column.ID, choice.ID)
				}
			}
			if !column.Note.IsZero() && len(column.Note.Missing()) > 0 {
				t.Errorf("%s.%s: its note lacks a language: %+v", kind.Name(), column.ID, column.Note)
			}
		}
	}
}

func TestR_LAN_1_NoTwoColumnsShareATitleInOneLanguage(t *testing.T) {
	w := newWorld(t)
	for _, kind := range All() {
		for _, lang := range locale.Langs {
			seen := map[string]string{}
			for _, column := range kind.Schema(w.env).Columns {
				title := locale.Fold(column.Label.In(lang))
				if other, taken := seen[title]; taken {
					t.Errorf("%s, %s: %s and %s are both called %q", kind.Name(), lang, other, column.ID, title)
				}
				seen[title] = column.ID
			}
		}
	}
}
