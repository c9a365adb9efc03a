package office

import (
	"context"
	"io"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Backup gives what writes all that the product keeps. ACCESS_DENIED; BACKUP_ELSEWHERE where the host's answers are too short for that.
func (o *Office) Backup(ctx context.Context) (func(ctx context.Context, to io.Writer) error, error) {
	if err := o.leave(ctx, access.BackupMake, access.Object{}); err != nil {
		return nil, err
	}
	if o.Archive == nil {
		return nil, problem.New("BACKUP_ELSEWHERE")
	}
	return o.Archive, nil
}
