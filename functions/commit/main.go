// Command commit is the function behind the commit queue. A person confirmed a plan: it is executed, each row exactly once.
package main

import (
	"github.com/learning-cities/guildhall/shared/app/onaws"
	"github.com/learning-cities/guildhall/shared/app/onaws/worker"
	"github.com/learning-cities/guildhall/shared/host"
)

func main() { onaws.Run(host.Commit, worker.Commit) }
