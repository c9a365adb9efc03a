package civil

import "github.com/learning-cities/guildhall/shared/locale"

// Text is the date in words, in the three languages, as messages name it; no words for no date.
func (d Date) Text() locale.Text {
	written := func(lang locale.Lang) string { return locale.FormatDate(lang, d.Year, int(d.Month), d.Day) }
	return locale.Text{EN: written(locale.EN), FR: written(locale.FR), ES: written(locale.ES)}
}

// MonthText is the date's month with its year, in the three languages; no words for no date.
func (d Date) MonthText() locale.Text {
	written := func(lang locale.Lang) string { return locale.FormatMonth(lang, d.Year, int(d.Month)) }
	return locale.Text{EN: written(locale.EN), FR: written(locale.FR), ES: written(locale.ES)}
}
