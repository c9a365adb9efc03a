package numfmt

// builtin are the formats that workbooks name by number alone (ECMA-376 Part 1, 18.8.30), as English has them. Programs write
// the currency formats 5–8, 42 and 44 out, because they depend on the sender's locale: here they show no currency that
// could be relied upon.
var builtin = map[int]string{
	0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
	9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "m/d/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
	18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yyyy h:mm",
	37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)",
	41: `_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)`, 43: `_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)`,
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",

	// Chinese, Japanese and Korean: dates in all of these locales but for 32 and 33, which are times in all. 34, 35, 55 and
	// 56 are times in Chinese only.
	27: `yyyy"年"m"月"`, 28: `m"月"d"日"`, 29: `m"月"d"日"`, 30: "m/d/yy", 31: `yyyy"年"m"月"d"日"`,
	32: `h"時"mm"分"`, 33: `h"時"mm"分"ss"秒"`, 34: `yyyy"年"m"月"`, 35: `m"月"d"日"`, 36: `yyyy"年"m"月"`,
	50: `yyyy"年"m"月"`, 51: `m"月"d"日"`, 52: `yyyy"年"m"月"`, 53: `m"月"d"日"`, 54: `m"月"d"日"`,
	55: `yyyy"年"m"月"`, 56: `m"月"d"日"`, 57: `yyyy"年"m"月"`, 58: `m"月"d"日"`,

	// Thai
	59: "0", 60: "0.00", 61: "#,##0", 62: "#,##0.00", 67: "0%", 68: "0.00%", 69: "# ?/?", 70: "# ??/??",
	71: "d/m/yyyy", 72: "d-mmm-yy", 73: "d-mmm", 74: "mmm-yy", 75: "h:mm", 76: "h:mm:ss", 77: "d/m/yyyy h:mm",
	78: "mm:ss", 79: "[h]:mm:ss", 80: "mm:ss.0", 81: "d/m/bb",
}

// builtinCurrency are the locale's own currency formats.
var builtinCurrency = map[int]string{
	5: "#,##0;-#,##0", 6: "#,##0;[Red]-#,##0", 7: "#,##0.00;-#,##0.00", 8: "#,##0.00;[Red]-#,##0.00",
	42: "#,##0", 44: "#,##0.00",
}

// Builtin returns the format with a number that no format code was given for. Numbers that mean nothing are General.
func Builtin(id int) Format {
	if code, ok := builtinCurrency[id]; ok {
		f := Parse(code)
		f.Class = Currency
		return f
	}
	if code, ok := builtin[id]; ok {
		return Parse(code)
	}
	return Format{Code: "General"}
}
