package sheet

import (
	"slices"
	"strings"

	"golang.org/x/text/currency"

	"github.com/learning-cities/guildhall/shared/locale"
)

// currencySigns are the signs and words for money with the currencies that each can stand for. A sign shared by more
// currencies than are worth listing has none: it contradicts none.
var currencySigns = map[string][]string{
	"$": {
		"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "DOP", "CUP", "BRL", "NAD", "FJD", "JMD",
		"TTD", "BBD", "BSD", "BZD", "BMD", "GYD", "KYD", "LRD", "SRD", "SBD", "XCD", "BND", "NIO", "TOP", "WST", "CVE", "MOP", "ZWG",
	},
	"US$": {"USD"}, "$US": {"USD"}, "U$S": {"USD"}, "C$": {"CAD", "NIO"}, "CA$": {"CAD"}, "A$": {"AUD"}, "AU$": {"AUD"},
	"NZ$": {"NZD"}, "S$": {"SGD"}, "HK$": {"HKD"}, "MX$": {"MXN"}, "R$": {"BRL"}, "S/": {"PEN"}, "S/.": {"PEN"},
	"€": {"EUR"}, "£": {"GBP", "EGP", "LBP", "SYP", "SSP", "GIP", "FKP", "SHP"}, "¥": {"JPY", "CNY"}, "￥": {"JPY", "CNY"},
	"元": {"CNY", "TWD", "HKD"}, "円": {"JPY"}, "₩": {"KRW", "KPW"}, "₹": {"INR"}, "₺": {"TRY"}, "₽": {"RUB"}, "₴": {"UAH"},
	"₫": {"VND"}, "₦": {"NGN"}, "₱": {"PHP"}, "₪": {"ILS"}, "฿": {"THB"}, "₸": {"KZT"}, "₾": {"GEL"}, "₵": {"GHS"}, "៛": {"KHR"},
	"Fr.": {"CHF"}, "SFr.": {"CHF"}, "sFr.": {"CHF"}, "SFr": {"CHF"}, "FCFA": {"XOF", "XAF"}, "CFA": {"XOF", "XAF"},
	"F CFA": {"XOF", "XAF"}, "kr": {"SEK", "NOK", "DKK", "ISK"}, "kr.": {"DKK", "SEK", "NOK", "ISK"}, "zł": {"PLN"},
	"Kč": {"CZK"}, "Ft": {"HUF"}, "R": {"ZAR"}, "RM": {"MYR"}, "Rp": {"IDR"}, "KSh": {"KES"}, "TSh": {"TZS"}, "USh": {"UGX"},
	"DH": {"MAD", "AED"}, "DT": {"TND"}, "DA": {"DZD"},
}

// currencyWords are what people write instead, folded.
var currencyWords = map[string][]string{
	"dollar": currencySigns["$"], "dollars": currencySigns["$"], "dolar": currencySigns["$"], "dolares": currencySigns["$"],
	"us dollar": {"USD"}, "us dollars": {"USD"}, "dollars us": {"USD"}, "dollars americains": {"USD"}, "dollars des etats unis": {"USD"},
	"dolares estadounidenses": {"USD"}, "euro": {"EUR"}, "euros": {"EUR"}, "yen": {"JPY"}, "yens": {"JPY"}, "yuan": {"CNY"},
	"swiss francs": {"CHF"}, "francs suisses": {"CHF"}, "francos suizos": {"CHF"}, "francs cfa": {"XOF", "XAF"},
}

// currenciesOf lists the currencies that a sign, a word or an ISO 4217 code can stand for; ok is false when it is none.
func currenciesOf(text string) (codes []string, ok bool) {
	text = strings.TrimSpace(text)
	if codes, ok = currencySigns[text]; ok {
		return codes, true
	}
	if codes, ok = currencyWords[locale.Fold(text)]; ok {
		return codes, true
	}
	if len(text) == 3 {
		if unit, err := currency.ParseISO(text); err == nil {
			return []string{unit.String()}, true
		}
	}
	return nil, false
}

// contradicts reports whether an amount shown in one currency can't be in the stated one. What is not known contradicts nothing.
func contradicts(shown, stated string) bool {
	seen, ok := currenciesOf(shown)
	if !ok || stated == "" {
		return false
	}
	meant, ok := currenciesOf(stated)
	return ok && !slices.ContainsFunc(meant, func(code string) bool { return slices.Contains(seen, code) })
}
