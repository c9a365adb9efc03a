// Command deliver is the function behind the deliver queue. A letter is to be sent: it is written in its reader's language and given to SES, once.
package main

import (
	"github.com/learning-cities/guildhall/shared/app/onaws"
	"github.com/learning-cities/guildhall/shared/app/onaws/worker"
	"github.com/learning-cities/guildhall/shared/host"
)

func main() { onaws.Run(host.Deliver, worker.Deliver) }
