package numfmt

import (
	"strconv"
	"strings"
)

// symbols stand for one currency wherever they are used.
var symbols = map[string]string{
	"€": "EUR", "US$": "USD", "$US": "USD", "U$S": "USD", "CA$": "CAD", "C$": "CAD", "$CA": "CAD", "A$": "AUD", "AU$": "AUD",
	"NZ$": "NZD", "HK$": "HKD", "NT$": "TWD", "S$": "SGD", "R$": "BRL", "MX$": "MXN", "£": "GBP", "₣": "CHF", "Fr.": "CHF",
	"SFr.": "CHF", "₽": "RUB", "₹": "INR", "₩": "KRW", "₪": "ILS", "₫": "VND", "₴": "UAH", "₺": "TRY", "₦": "NGN", "₱": "PHP",
	"₲": "PYG", "₡": "CRC", "₵": "GHS", "₸": "KZT", "₼": "AZN", "₾": "GEL", "฿": "THB", "zł": "PLN", "Kč": "CZK", "Ft": "HUF",
	"lei": "RON", "лв": "BGN", "CFA": "XOF", "FCFA": "XOF", "元": "CNY", "円": "JPY", "원": "KRW",
}

// shared are symbols of several currencies: only the format's locale tells which.
var shared = map[string]map[int]string{
	"$": {
		0x0409: "USD", 0x1009: "CAD", 0x0c0c: "CAD", 0x0c09: "AUD", 0x1409: "NZD", 0x080a: "MXN", 0x2c0a: "ARS", 0x340a: "CLP",
		0x240a: "COP", 0x380a: "UYU", 0x4809: "SGD", 0x0c04: "HKD", 0x0404: "TWD", 0x440a: "USD", 0x300a: "USD",
	},
	"kr":  {0x041d: "SEK", 0x081d: "SEK", 0x0414: "NOK", 0x0814: "NOK", 0x0406: "DKK", 0x040f: "ISK"},
	"kr.": {0x0406: "DKK", 0x040f: "ISK"},
	"¥":   {0x0411: "JPY", 0x0804: "CNY"},
	"￥":   {0x0411: "JPY", 0x0804: "CNY"},
	"Rs":  {0x4009: "INR", 0x0420: "PKR"},
}

// currencyOf reads the inside of [$symbol-locale]; the locale is a hexadecimal language identifier or a name such as fr-CH.
func currencyOf(symbol, locale string) string {
	symbol = strings.TrimSpace(symbol)
	if code := isoCode(symbol); code != "" {
		return code
	}
	if code, ok := symbols[symbol]; ok {
		return code
	}
	id, err := strconv.ParseUint(locale, 16, 32)
	if code, ok := shared[symbol][int(id&0xffff)]; ok && err == nil {
		return code
	}
	if locale == "en-US" && symbol == "$" {
		return "USD"
	}
	return symbol
}

// currencyOfLiteral recognises a currency in literal text; other words are not currencies.
func currencyOfLiteral(text string) string {
	if code := isoCode(text); code != "" {
		return code
	}
	if code, ok := symbols[text]; ok {
		return code
	}
	if _, ok := shared[text]; ok {
		return text
	}
	return ""
}

// isoCode returns text that has the form of an ISO 4217 code. Whether it is one is for those who know the currencies.
func isoCode(text string) string {
	if len(text) != 3 {
		return ""
	}
	for i := range len(text) {
		if text[i] < 'A' || text[i] > 'Z' {
			return ""
		}
	}
	if text == "CFA" {
		return ""
	}
	return text
}
