package locale

// Plural is the form of words that goes with a number, without the number: French says 0 as it says 1.
func Plural(l Lang, n int64, one, more Text) string {
	if n == 1 || n == 0 && l == FR {
		return one.In(l)
	}
	return more.In(l)
}
