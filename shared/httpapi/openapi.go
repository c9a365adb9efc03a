package httpapi

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"slices"

	"github.com/goccy/go-yaml"
)

func documentRoutes() []Route {
	return []Route{
		{Method: "GET", Pattern: "/api/", Public: true, serve: (*api).browse},
		{Method: "GET", Pattern: "/api/openapi.json", Public: true, serve: (*api).readDocument},
	}
}

// openapi is the OpenAPI document in files: base.yaml, and the paths, schemas and parameters of each area. What many operations have in
// common is not in them but in described.
//
//go:embed openapi/*.yaml
var openapi embed.FS

// node is an object of the document.
type node = map[string]any

// documentOf is the OpenAPI document as JSON.
func documentOf(routes []Route) ([]byte, error) {
	whole, err := joined()
	if err != nil {
		return nil, err
	}
	for _, route := range routes {
		if route.Page {
			continue
		}
		if err := described(whole, route); err != nil {
			return nil, err
		}
	}
	return json.Marshal(whole)
}

// joined is the base with the areas in it. A name that two of them have is an error.
func joined() (node, error) {
	whole, err := part("openapi/base.yaml")
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(openapi, "openapi/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if name == "openapi/base.yaml" {
			continue
		}
		area, err := part(name)
		if err != nil {
			return nil, err
		}
		if err := merge(whole, area); err != nil {
			return nil, fmt.Errorf("httpapi: %s: %w", name, err)
		}
	}
	return whole, nil
}

func part(name string) (node, error) {
	text, err := openapi.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var n node
	if err := yaml.Unmarshal(text, &n); err != nil {
		return nil, fmt.Errorf("httpapi: %s: %w", name, err)
	}
	return n, nil
}

// merge adds the tags, paths and components of an area.
func merge(whole, area node) error {
	for key, value := range area {
		switch key {
		case "tags":
			tags, _ := whole[key].([]any)
			more, _ := value.([]any)
			whole[key] = append(tags, more...)
		case "paths":
			if err := unite(below(whole, key), value.(node)); err != nil {
				return err
			}
		case "components":
			for kind, named := range value.(node) {
				if err := unite(below(whole, key, kind), named.(node)); err != nil {
					return err
				}
			}
		default:
			return fmt.Errorf("an area has no %s", key)
		}
	}
	return nil
}

func unite(into, more node) error {
	for _, name := range slices.Sorted(maps.Keys(more)) {
		if _, twice := into[name]; twice {
			return fmt.Errorf("%s is described twice", name)
		}
		into[name] = more[name]
	}
	return nil
}

// below is the object under keys, one in the other, made where there is none.
func below(n node, keys ...string) node {
	for _, key := range keys {
		next, ok := n[key].(node)
		if !ok {
			next = node{}
			n[key] = next
		}
		n = next
	}
	return n
}

// readDocument answers what can be asked, as programs read it.
func (a *api) readDocument(*asking) (*answer, error) {
	text, err := a.document()
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, text: text}, nil
}
