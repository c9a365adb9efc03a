//go:build !race

package imports

const everyWrite = 1
