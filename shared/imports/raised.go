package imports

import "github.com/learning-cities/guildhall/shared/problem"

// raised are problems as the rows bring them. They stand in parts that are filled once: a list that grows by being copied holds a sheet
// of wrong cells twice at its last growth, which is when a check has the most memory.
type raised struct {
	parts [][]problem.Problem
	count int
}

const raisedInPart = 1024

// add appends a problem and returns which it is.
func (r *raised) add(p problem.Problem) int {
	if r.count%raisedInPart == 0 {
		r.parts = append(r.parts, make([]problem.Problem, 0, raisedInPart))
	}
	last := &r.parts[len(r.parts)-1]
	*last = append(*last, p)
	r.count++
	return r.count - 1
}

// at is the problem that add gave this number.
func (r *raised) at(i int) *problem.Problem { return &r.parts[i/raisedInPart][i%raisedInPart] }

// between is one list of what is known before the rows, what they raised, and what is known after them, with room for what the engine adds.
// The parts are gone then.
func (r *raised) between(before, after []problem.Problem) []problem.Problem {
	const room = 8
	all := make([]problem.Problem, 0, len(before)+r.count+len(after)+room)
	all = append(all, before...)
	for i, part := range r.parts {
		all = append(all, part...)
		r.parts[i] = nil
	}
	return append(all, after...)
}
