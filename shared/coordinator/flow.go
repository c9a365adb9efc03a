package coordinator

import "math/big"

// network finds the cheapest way to send as much as possible from its source to its sink (successive shortest paths). Costs are
// whole numbers of any size, since each part of the objective must outweigh all parts below it together.
type network struct {
	arcs []arc   // an arc's opposite, which takes its flow back, stands at its index with the last bit flipped
	from [][]int // arcs that leave a node
}

type arc struct {
	to, room int
	cost     *big.Int
}

func (n *network) node() int {
	n.from = append(n.from, nil)
	return len(n.from) - 1
}

// connect adds an arc on which room units cost so much each, and gives its index.
func (n *network) connect(from, to, room int, cost *big.Int) int {
	n.arcs = append(n.arcs, arc{to, room, cost}, arc{from, 0, new(big.Int).Neg(cost)})
	n.from[from] = append(n.from[from], len(n.arcs)-2)
	n.from[to] = append(n.from[to], len(n.arcs)-1)
	return len(n.arcs) - 2
}

// used reports whether anything flows on an arc.
func (n *network) used(arc int) bool { return n.arcs[arc^1].room > 0 }

// fill sends unit after unit along the cheapest path that is left. The graph must have no circle of negative cost; then each unit
// keeps the flow the cheapest one of its amount.
func (n *network) fill(source, sink int) {
	for {
		by := n.cheapest(source, sink)
		if by == nil {
			return
		}
		for at := sink; at != source; at = n.arcs[by[at]^1].to {
			n.arcs[by[at]].room--
			n.arcs[by[at]^1].room++
		}
	}
}

// cheapest gives the arc by which the cheapest path enters each node, or nil when the sink can't be reached (Bellman and Ford, with
// a queue of the nodes whose distance has changed).
func (n *network) cheapest(source, sink int) []int {
	distance := make([]*big.Int, len(n.from))
	by := make([]int, len(n.from))
	waiting := make([]bool, len(n.from))
	distance[source] = new(big.Int)
	queue := []int{source}
	var sum big.Int
	for len(queue) > 0 {
		at := queue[0]
		queue, waiting[at] = queue[1:], false
		for _, index := range n.from[at] {
			a := n.arcs[index]
			if a.room == 0 {
				continue
			}
			sum.Add(distance[at], a.cost)
			if known := distance[a.to]; known != nil && sum.Cmp(known) >= 0 {
				continue
			} else if known == nil {
				distance[a.to] = new(big.Int)
			}
			distance[a.to].Set(&sum)
			by[a.to] = index
			if !waiting[a.to] {
				queue, waiting[a.to] = append(queue, a.to), true
			}
		}
	}
	if distance[sink] == nil {
		return nil
	}
	return by
}
