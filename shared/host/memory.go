package host

import (
	"math"
	"runtime/debug"
	"strconv"
)

// memoryVariable is the platform's own: the memory that a function has, in MiB.
const memoryVariable = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE"

// BoundMemory has the garbage collector keep to 85 % of what the platform gives the function: a process that takes more is ended,
// and the rest is for what the collector doesn't count. It gives the bound in bytes; without a word of the platform there is none.
func BoundMemory(lookup func(string) (string, bool)) int64 {
	text, _ := lookup(memoryVariable)
	size, err := strconv.ParseInt(text, 10, 32)
	if err != nil || size <= 0 {
		return math.MaxInt64
	}
	bound := size << 20 / 100 * 85
	debug.SetMemoryLimit(bound)
	return bound
}
