package page

// Tone says how much something matters; a colour goes with it, and never stands alone.
type Tone string

// The tones.
const (
	Calm   Tone = "calm"
	Good   Tone = "good"
	Watch  Tone = "watch"  // something is to be looked at
	Urgent Tone = "urgent" // something is wrong, or late
)

// Fact is a name with what it is.
type Fact struct{ Name, Value string }

// Figure is a number that matters, in words of the reader.
type Figure struct {
	Name, Value string
	Note        string // of what, or since when; "" for none
	Path        string // of the page that says more; "" for none
	Tone        Tone
}
