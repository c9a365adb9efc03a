// Command export is the function behind the export queue. A workbook was asked for: it is made from what is stored.
package main

import (
	"github.com/learning-cities/guildhall/shared/app/onaws"
	"github.com/learning-cities/guildhall/shared/app/onaws/worker"
	"github.com/learning-cities/guildhall/shared/host"
)

func main() { onaws.Run(host.Export, worker.Export) }
