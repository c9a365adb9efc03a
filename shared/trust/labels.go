package trust

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
)

// Label is what an event of this kind is called, in small letters.
func (k Kind) Label() locale.Text { return kindLabels[k] }

var kindLabels = map[Kind]locale.Text{
	Deposit:      {EN: "deposit", FR: "versement reçu", ES: "ingreso"},
	Refund:       {EN: "refund", FR: "remboursement", ES: "reembolso"},
	Earned:       {EN: "interest", FR: "intérêts", ES: "intereses"},
	ExchangeDiff: {EN: "exchange difference", FR: "différence de change", ES: "diferencia de cambio"},
	SupportCost:  {EN: "support costs", FR: "frais d'appui", ES: "gastos de apoyo"},
	Allocation:   {EN: "allocation", FR: "allocation", ES: "asignación"},
	Deallocation: {EN: "de-allocation", FR: "libération de fonds alloués", ES: "liberación de fondos asignados"},
	Expenditure:  {EN: "expenditure", FR: "dépense", ES: "gasto"},
}

// AccountLabel is what an account is called; of those of activities, without the activity (ActivityOf).
func AccountLabel(a ledger.Account) locale.Text {
	if label, ok := accountLabels[a]; ok {
		return label
	}
	if strings.HasPrefix(string(a), spending) {
		return locale.Text{EN: "spent", FR: "dépensé", ES: "gastado"}
	}
	return locale.Text{EN: "allocated, not yet spent", FR: "alloué, non encore dépensé", ES: "asignado, aún sin gastar"}
}

var accountLabels = map[ledger.Account]locale.Text{
	Cash:          {EN: "cash", FR: "trésorerie", ES: "efectivo"},
	Unallocated:   {EN: "held in trust, unallocated", FR: "détenu en dépôt, non alloué", ES: "en depósito, sin asignar"},
	Contributions: {EN: "contributions received", FR: "contributions reçues", ES: "contribuciones recibidas"},
	Refunds:       {EN: "refunds", FR: "remboursements", ES: "reembolsos"},
	Interest:      {EN: "interest", FR: "intérêts", ES: "intereses"},
	Exchange:      {EN: "exchange differences", FR: "différences de change", ES: "diferencias de cambio"},
	Support:       {EN: "support costs", FR: "frais d'appui", ES: "gastos de apoyo"},
	Changes:       {EN: "counterpart of the reasons", FR: "contrepartie des motifs", ES: "contrapartida de los motivos"},
}
