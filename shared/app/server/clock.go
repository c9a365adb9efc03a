package server

import (
	"context"
	"time"
)

// keepTime has what is due made, at the start and in each hour that begins, until the server stops. The clock is looked at rather than waited
// for: a machine that slept finds the hour gone, and a clock that is set goes on from there.
func (s *Server) keepTime(ctx context.Context) {
	look := time.NewTicker(poll)
	defer look.Stop()
	var last time.Time
	for {
		now := s.App.Clock()
		if hour := now.Truncate(time.Hour); !hour.Equal(last) {
			last = hour
			s.tick(ctx, now)
		}
		select {
		case <-s.stopping:
			return
		case <-look.C:
		}
	}
}

// tick makes what is due, ends what has been kept for long enough, goes on with erasures that are not done, and seals the audit trail. What fails is
// tried again with the next hour.
func (s *Server) tick(ctx context.Context, now time.Time) {
	ctx, cancel := context.WithTimeout(ctx, hidden)
	defer cancel()
	if _, err := s.summaries.Run(ctx, now); err != nil {
		s.Log.WarnContext(ctx, "summaries not made", "error", err)
	}
	if _, err := s.retention.Run(ctx, now); err != nil {
		s.Log.WarnContext(ctx, "not all is ended that has been kept for long enough", "error", err)
	}
	if _, _, err := s.resume(ctx); err != nil {
		s.Log.WarnContext(ctx, "erasures not brought to their end", "error", err)
	}
	if err := s.seal(ctx); err != nil {
		s.Log.ErrorContext(ctx, "audit trail not sealed", "error", err)
	}
}
