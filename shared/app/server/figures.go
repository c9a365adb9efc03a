package server

import (
	"strconv"
	"time"

	"github.com/learning-cities/guildhall/shared/metric"
)

// reported is how often the log is told what the server did, route by route and job by job.
const reported = time.Minute

// report tells the log until the server stops.
func (s *Server) report() {
	ticker := time.NewTicker(reported)
	defer ticker.Stop()
	for {
		select {
		case <-s.stopping:
			return
		case <-ticker.C:
			s.figures.WriteTo(s.Log)
		}
	}
}

// measure takes down an answer to what is not the API's, as the API does of its own.
func (s *Server) measure(route string, status int, took time.Duration) {
	s.figures.Put(map[string]string{"Route": route, "Class": strconv.Itoa(status/100) + "xx"},
		metric.One("Requests"), metric.Milli("Duration", took))
}
