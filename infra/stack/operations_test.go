package stack

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// settings are what docs/operations.md says of each queue, in the order of its columns after the name.
func settings(t *testing.T) map[string][]float64 {
	t.Helper()
	text, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	table := map[string][]float64{}
	_, rest, _ := strings.Cut(string(text), "| queue | function may take | hidden for | delivered at most | batch | functions at once | reserved | message kept | dead letter kept |\n")
	for line := range strings.Lines(rest) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 9 {
			break
		}
		var row []float64
		for _, cell := range cells[1:] {
			if n, err := strconv.ParseFloat(strings.TrimSpace(cell), 64); err == nil {
				row = append(row, n)
			}
		}
		if len(row) == 8 {
			table[strings.TrimSpace(cells[0])] = row
		}
	}
	return table
}

func TestTheQueuesAreSetAsTheDocumentationJustifies(t *testing.T) {
	resources, documented := expanded(t), settings(t)
	if len(documented) != len(queued) {
		t.Fatalf("docs/operations.md tells of %v, the template has %v", documented, queued)
	}
	number := func(value any) float64 {
		n, _ := value.(float64)
		return n
	}
	for _, name := range queued {
		id := strings.TrimSuffix(logicalIDs[name], "Function")
		function, main, dead, source := resources[logicalIDs[name]].Properties, resources[id+"Queue"].Properties,
			resources[id+"DeadLetters"].Properties, resources[logicalIDs[name]+"Jobs"].Properties
		set := []float64{
			number(function["Timeout"]), number(main["VisibilityTimeout"]), number(at(main, "RedrivePolicy", "maxReceiveCount")),
			number(source["BatchSize"]), number(at(source, "ScalingConfig", "MaximumConcurrency")), number(function["ReservedConcurrentExecutions"]),
			number(main["MessageRetentionPeriod"]), number(dead["MessageRetentionPeriod"]),
		}
		for i, want := range documented[name] {
			if set[i] != want {
				t.Errorf("%s: column %d of docs/operations.md says %v, the template %v", name, i+2, want, set[i])
			}
		}
	}
}
