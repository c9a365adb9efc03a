package imports

import (
	"context"
	"errors"

	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Import checks a file and commits the plan, as Check and Commit do. When another import is in the way or changes what this
// one rests on, the file is checked again, a bounded number of times: so what comes of two imports at the same moment is what
// would have come of one after the other.
//
// With the hash of a plan only that very plan is committed, else PLAN_STALE; a plan that was committed before gives its earlier
// report and result. The report is nil only when there is neither a check nor a refusal to report.
func (s *Service) Import(ctx context.Context, up Upload, opts Options, mode intake.Mode, plan string) (*intake.Report, *intake.Result, error) {
	if plan != "" {
		report, result, err := s.earlier(ctx, up, plan)
		if err != nil || result != nil {
			return report, result, err
		}
	}
	for try := 1; ; try++ {
		report, err := s.Check(ctx, up, opts)
		if err != nil {
			return report, nil, err
		}
		if plan != "" && report.Plan != plan {
			return report, nil, problem.New("PLAN_STALE")
		}
		order := Order{Import: report.Import, Plan: report.Plan, Mode: mode, Progress: opts.Progress}
		result, err := s.Commit(ctx, order)
		if err == nil || !overtaken(err) || try >= s.checks {
			return report, result, err
		}
		if err := s.pause(ctx, try); err != nil {
			return report, nil, err
		}
	}
}

// overtaken reports whether a commit was refused because of another import, so that a new check may fare better.
func overtaken(err error) bool {
	var refusal *problem.Problem
	return errors.As(err, &refusal) && (refusal.Code == "PLAN_STALE" || refusal.Code == "RECORD_BUSY")
}

// earlier returns the report and result of a plan of this file that was committed before, or nothing.
func (s *Service) earlier(ctx context.Context, up Upload, plan string) (*intake.Report, *intake.Result, error) {
	imp, err := s.intake.CommittedOfPlan(ctx, plan)
	if err != nil || imp == nil || imp.State != intake.Committed {
		return nil, nil, err
	}
	sum, err := hashOf(ctx, up)
	if err != nil || sum != imp.File.SHA256 {
		return nil, nil, err
	}
	report, err := s.intake.Report(ctx, imp.ID)
	return report, imp.Result(), err
}
