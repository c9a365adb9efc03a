// Command check is the function behind the check queue. An upload arrived: it is read, judged and planned. It writes
// the plan, the report and the import's record, no record of the network.
package main

import (
	"github.com/learning-cities/guildhall/shared/app/onaws"
	"github.com/learning-cities/guildhall/shared/app/onaws/worker"
	"github.com/learning-cities/guildhall/shared/host"
)

func main() { onaws.Run(host.Check, worker.Check) }
