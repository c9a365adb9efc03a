// Command api is the function behind the REST API: it takes work in and says how it stands. It reads no sheet and makes no workbook.
package main

import (
	"github.com/learning-cities/guildhall/shared/app/onaws"
	"github.com/learning-cities/guildhall/shared/host"
)

func main() {
	onaws.Run(host.API, func(f *onaws.Function) (any, error) { return host.Gateway(f.API()), nil })
}
