// Command summary is the function that the clock wakes. What is due by now is made, each summary and reminder once, and its letters are handed on.
package main

import (
	"github.com/learning-cities/guildhall/shared/app/onaws"
	"github.com/learning-cities/guildhall/shared/app/onaws/worker"
	"github.com/learning-cities/guildhall/shared/host"
)

func main() { onaws.Run(host.Summary, worker.Summary) }
