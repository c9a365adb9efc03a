package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// printTable prints a comparison: medians with the least and the most, and what each takes of the first program's time.
func printTable(out io.Writer, c *contest, results [][]run, agreed string) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "\n### %s\n\n| program | runs | wall time, s: median (least–most) | ratio | memory, MiB |\n| --- | --: | --: | --: | --: |\n", c.title)
	base := median(results[0])
	for i, runs := range results {
		walls := sorted(runs)
		fmt.Fprintf(&b, "| %s | %d | %.3f (%.3f–%.3f) | %.2f | %.0f |\n", c.programs[i].name, len(runs), median(runs), walls[0],
			walls[len(walls)-1], median(runs)/base, float64(peakOf(runs))/(1<<20))
	}
	fmt.Fprintf(&b, "\nAll agree: %s\n\n", agreed)
	for i := range c.targets {
		fmt.Fprintln(&b, c.targets[i].verdict(results))
	}
	_, err := out.Write(b.Bytes())
	return err
}

func sorted(runs []run) []float64 {
	walls := make([]float64, len(runs))
	for i, r := range runs {
		walls[i] = r.wall.Seconds()
	}
	slices.SortFunc(walls, cmp.Compare[float64])
	return walls
}

func median(runs []run) float64 {
	walls := sorted(runs)
	n := len(walls)
	return (walls[(n-1)/2] + walls[n/2]) / 2
}

// grouped is 100,000.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// printMachine says what was measured on: processor, cores, memory and compilers, nothing that names the machine.
func printMachine(ctx context.Context, out io.Writer) error {
	lines := []string{
		fmt.Sprintf("%d cores, %s, %s of memory", runtime.NumCPU(), field("/proc/cpuinfo", "model name"), memory()),
		runtime.Version(),
	}
	for _, tool := range []string{"rustc", "python3"} {
		version, err := exec.CommandContext(ctx, tool, "--version").Output()
		if err != nil {
			return err
		}
		lines = append(lines, strings.TrimSpace(string(version)))
	}
	_, err := fmt.Fprintln(out, strings.Join(lines, "; "))
	return err
}

// field is the value of a line such as "model name : x".
func field(path, name string) string {
	file, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if key, value, ok := strings.Cut(lines.Text(), ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

func memory() string {
	kilobytes, err := strconv.ParseInt(strings.TrimSuffix(field("/proc/meminfo", "MemTotal"), " kB"), 10, 64)
	if err != nil {
		return "an unknown amount"
	}
	return fmt.Sprintf("%.0f GiB", float64(kilobytes)/(1<<20))
}
