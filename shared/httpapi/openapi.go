package httpapi

import (
	_ "embed"
	"net/http"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed openapi.yaml
var openapi []byte

// document is the OpenAPI document as JSON. It is printed when it is first asked for: most starts of a function never are.
var document = sync.OnceValues(func() ([]byte, error) { return yaml.YAMLToJSON(openapi) })

// readDocument answers what can be asked, as programs read it.
func (a *api) readDocument(*asking) (*answer, error) {
	text, err := document()
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, text: text}, nil
}
