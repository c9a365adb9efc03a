// Command bounce is the function behind the bounce queue. SES tells what became of a letter: it is noted at the letter, and at a mailbox that takes none.
package main

import (
	"github.com/learning-cities/guildhall/shared/app/onaws"
	"github.com/learning-cities/guildhall/shared/app/onaws/worker"
	"github.com/learning-cities/guildhall/shared/host"
)

func main() { onaws.Run(host.Bounce, worker.Bounce) }
