package survey

// VotesBy counts the votes for each topic within groups of answers, such as countries or regions: by group, then by topic. Only
// answers that count are looked at (R-SUR-2).
func VotesBy(counted []Answer, group func(Answer) string) map[string]map[string]int {
	votes := map[string]map[string]int{}
	for _, a := range counted {
		of := group(a)
		if votes[of] == nil {
			votes[of] = map[string]int{}
		}
		for _, topic := range a.Topics {
			votes[of][topic]++
		}
	}
	return votes
}
