package imports

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/table"
)

// changeOf is what a row of a plan changes in records that are stored, nil where it changes none.
func changeOf(row *PlanRow) *intake.ReviewChange {
	var change *intake.ReviewChange
	for i := range row.Writes {
		w := &row.Writes[i]
		if w.Op != intake.Update || !w.effective() {
			continue
		}
		if change == nil {
			change = &intake.ReviewChange{Row: row.Row, Label: row.Label}
		}
		for _, name := range w.Fields {
			change.Fields = append(change.Fields, changedValues(w.Type, name, w.Before[name], w.After[name])...)
		}
	}
	return change
}

// changedValues are the texts of a field before and after. Of one that has fields itself each that differs is one of its own.
func changedValues(record, name string, before, after any) []intake.ChangedField {
	b, nestedBefore := before.(map[string]any)
	a, nestedAfter := after.(map[string]any)
	if nestedBefore && nestedAfter && b["minor"] == nil && a["minor"] == nil {
		var fields []intake.ChangedField
		for _, part := range changedFields(table.Attributes(b), table.Attributes(a)) {
			fields = append(fields, changedValues(record, name+"."+part, b[part], a[part])...)
		}
		return fields
	}
	field := intake.ChangedField{Record: record, Name: name}
	field.Before, _ = intake.CutText(textOf(before))
	field.After, _ = intake.CutText(textOf(after))
	return []intake.ChangedField{field}
}

// textOf is the value of a record's field as a text, empty where there is none.
func textOf(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case bool:
		return strconv.FormatBool(v)
	case map[string]any:
		minor, ofMoney := v["minor"].(int64)
		if code, ok := v["currency"].(string); ok && ofMoney && len(v) == 2 {
			return money.Amount{Minor: minor, Currency: code}.Decimal(money.ISO(code)) + " " + code
		}
	case []any:
		texts := make([]string, len(v))
		for i := range v {
			texts[i] = textOf(v[i])
		}
		return strings.Join(texts, "; ")
	}
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}
