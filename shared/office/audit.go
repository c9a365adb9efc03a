package office

import (
	"context"
	"errors"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/table"
)

// AuditEntries are a page of at most limit entries of the audit trail that a filter chooses, the latest first; as for Imports. What was noted
// until now is in it. ACCESS_DENIED; table.ErrCursor.
func (o *Office) AuditEntries(ctx context.Context, f audit.Filter, after table.Cursor, limit int) ([]audit.Entry, table.Cursor, error) {
	if err := o.leave(ctx, access.AuditRead, access.Object{}); err != nil {
		return nil, "", err
	}
	if err := o.seal(ctx); err != nil {
		return nil, "", err
	}
	return o.Trail.Page(ctx, f, after, limit)
}

// seal gives what was noted its place in the trail. That somebody wrote there who may not is for VerifyAudit to tell, and keeps nobody from
// reading.
func (o *Office) seal(ctx context.Context) error {
	_, err := o.Trail.Seal(ctx)
	var fault *audit.Fault
	if errors.As(err, &fault) {
		o.Log.ErrorContext(ctx, "audit trail not sealed", "error", err)
		return nil
	}
	return err
}

// AuditVerification is whether the audit trail is as it was. Fault is the first place at which it isn't, nil where it is.
type AuditVerification struct {
	audit.Verification
	Fault *audit.Fault
}

// VerifyAudit goes through the audit trail from its first entry, and holds it to where it stood once, known, as far as somebody noted that
// elsewhere. ACCESS_DENIED.
func (o *Office) VerifyAudit(ctx context.Context, known []audit.Head) (AuditVerification, error) {
	if err := o.leave(ctx, access.AuditVerify, access.Object{}); err != nil {
		return AuditVerification{}, err
	}
	_, sealing := o.Trail.Seal(ctx) // whatever keeps what was noted from its place, what has one is verified
	checked, err := o.Trail.Verify(ctx, known...)
	if err == nil {
		err = sealing
	}
	var fault *audit.Fault
	if errors.As(err, &fault) {
		return AuditVerification{Fault: fault}, nil
	}
	return AuditVerification{Verification: checked}, err
}
