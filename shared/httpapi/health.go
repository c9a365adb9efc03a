package httpapi

import "net/http"

// healthRoutes are for whoever watches over the process: /health says that it answers, /ready that what it stands on does so too.
func healthRoutes() []Route {
	return []Route{
		{Method: "GET", Pattern: "/health", Public: true, serve: (*api).health},
		{Method: "GET", Pattern: "/ready", Public: true, serve: (*api).ready},
	}
}

// healthAnswer says that all is well; what isn't is a problem.
type healthAnswer struct {
	Status string `json:"status"` // well
}

func (a *api) health(*asking) (*answer, error) {
	return &answer{status: http.StatusOK, body: healthAnswer{Status: "well"}}, nil
}

func (a *api) ready(q *asking) (*answer, error) {
	if a.Ready != nil {
		if err := a.Ready(q.Context()); err != nil {
			return nil, err
		}
	}
	return a.health(q)
}
