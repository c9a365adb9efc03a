package imports

import (
	"context"
	"fmt"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// The tests import stones: each has a code and a name, lies in a quarry, and may claim one of the quarry's two places.
const (
	stoneKind = "stones"
	stoneType = "stone"
	places    = 2
)

type stone struct {
	Code    string `sheet:"code" json:"code"`
	Name    string `sheet:"name" json:"name"`
	Weight  int64  `sheet:"weight" json:"weight,omitempty"`
	Quarry  string `sheet:"quarry" json:"quarry,omitempty"`
	Version int64  `sheet:"version" json:"-"`

	Found civil.Date `sheet:"found" json:"found,omitzero"`
	Size  string     `sheet:"size" json:"size,omitempty"`
}

func stones() Kind {
	return Define(Definition[stone]{
		Name: stoneKind, Touches: []string{stoneType, quarryType},
		Schema: func(*Env) sheet.Schema {
			return sheet.Schema{Kind: stoneKind, Version: 1, Title: locale.Same("Stones"), Columns: []sheet.Column{
				{ID: "code", Label: label("Code", "Code pierre", "Código"), Type: sheet.TypeCode, Required: true},
				{ID: "name", Label: label("Name", "Nom", "Nombre"), Type: sheet.TypeText, Required: true},
				{ID: "weight", Label: label("Weight", "Poids", "Peso"), Type: sheet.TypeInteger},
				{ID: "quarry", Label: label("Quarry", "Carrière", "Cantera"), Type: sheet.TypeText},
				{ID: "version", Label: label("Version", "Révision", "Versión"), Type: sheet.TypeInteger},
				{ID: "found", Label: label("Found on", "Trouvée le", "Hallada el"), Type: sheet.TypeDate},
				{ID: "size", Label: label("Size", "Taille", "Tamaño"), Type: sheet.TypeEnum, Choices: []sheet.Choice{
					{ID: "small", Label: label("Small", "Petite", "Pequeña")}, {ID: "large", Label: label("Large", "Grande", "Grande")},
				}},
			}}
		},
		Begin: func(ctx context.Context, env *Env) (Rules[stone], error) {
			return &stoneRules{env: env, taken: map[string]map[string]string{}}, nil
		},
	})
}

func label(en, fr, es string) locale.Text { return locale.Text{EN: en, FR: fr, ES: es} }

const quarryType = "quarry"

type stoneRules struct {
	env   *Env
	taken map[string]map[string]string // by quarry: holder by place
	rows  map[string][]Place           // by quarry: the rows that want a place
}

// Judge gives each stone of a quarry the first free place there; a stone named "loose" stays without.
func (r *stoneRules) Judge(ctx context.Context, row stone, at Place) (Judgement, error) {
	j := Judgement{Key: row.Code, Label: row.Name}
	if at.Failed {
		return j, nil
	}
	change := Change{Ref: records.Ref{Type: stoneType, ID: row.Code}, Body: row, BaseVersion: row.Version}
	if row.Quarry != "" {
		j.Changes = append(j.Changes, Change{
			Ref: records.Ref{Type: quarryType, ID: row.Quarry}, Body: map[string]any{"found": row.Code}, KeepExisting: true,
		})
		place, err := r.place(ctx, row)
		if err != nil {
			return j, err
		}
		if place == "" {
			j.Problems = append(j.Problems, *problem.New("NATCOM_QUOTA_EXCEEDED").In("quarry").
				With("country", row.Quarry).WithInt("quota", places).With("contenders", r.contenders(row)))
		} else {
			change.Claims = []records.Claim{{Partition: quota(row.Quarry), ID: place, Holder: row.Code}}
		}
	}
	if row.Name == "odd" {
		j.Problems = append(j.Problems, *problem.New("CELL_REQUIRED").In("weight").With("column", "weight"))
	}
	if like, known := strings.CutPrefix(row.Name, "like "); known {
		j.Problems = append(j.Problems, *problem.New("CITY_NEAR_DUPLICATE").In("name").Asking(like).With("candidates", "Anna"))
	}
	if row.Name == "late" {
		if r.rows == nil {
			r.rows = map[string][]Place{}
		}
		r.rows["late"] = append(r.rows["late"], at)
	}
	j.Changes = append(j.Changes, change)
	return j, nil
}

func quota(quarry string) string { return "quota#" + quarry }

func (r *stoneRules) place(ctx context.Context, row stone) (string, error) {
	held := r.taken[row.Quarry]
	if held == nil {
		claims, err := records.Holders(ctx, r.env.Records, quota(row.Quarry))
		if err != nil {
			return "", err
		}
		held = map[string]string{}
		for _, c := range claims {
			held[c.ID] = c.Holder
		}
		r.taken[row.Quarry] = held
	}
	free := ""
	for n := places; n > 0; n-- {
		id := fmt.Sprintf("slot-%d", n)
		switch held[id] {
		case row.Code:
			return id, nil
		case "":
			free = id
		}
	}
	if free != "" {
		held[free] = row.Code
	}
	return free, nil
}

func (r *stoneRules) contenders(row stone) string {
	var all []string
	for n := 1; n <= places; n++ {
		all = append(all, r.taken[row.Quarry][fmt.Sprintf("slot-%d", n)])
	}
	return strings.Join(append(all, row.Code), ", ")
}

// Finish refuses the rows named "late", which Judge let pass.
func (r *stoneRules) Finish(context.Context) ([]problem.Problem, error) {
	var late []problem.Problem
	for _, at := range r.rows["late"] {
		late = append(late, *problem.New("REF_AMBIGUOUS").At(at.Sheet, at.Row, 0).In("name").With("candidates", "late, later"))
	}
	return late, nil
}
