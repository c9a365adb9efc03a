//go:build race

package imports

// The race detector makes everything ten times as slow; it looks at each tenth write, an ordinary run at every one.
const everyWrite = 10
