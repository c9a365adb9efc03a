package office

import (
	"context"
	"errors"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/privacy"
	"github.com/learning-cities/guildhall/shared/problem"
)

// The data of one person is found and erased by reading all that there is. Names and addresses that are looked for are noted nowhere, only the
// identifier of an account.

// FindPersonal is everything that is held about a person. ACCESS_DENIED, FIELD_INVALID, PRIVACY_ELSEWHERE.
func (o *Office) FindPersonal(ctx context.Context, who privacy.Who) (*privacy.Found, error) {
	if err := o.leaveForPersonal(ctx, access.PrivacyRead, who.Account); err != nil {
		return nil, err
	}
	return o.Privacy.Find(ctx, who)
}

// CopyPersonal makes a copy of everything that is held about a person, under an identifier that was made for it, and gives the link through
// which it is fetched, a zip. ACCESS_DENIED, FIELD_INVALID, FINDINGS_TOO_MANY, PRIVACY_ELSEWHERE.
func (o *Office) CopyPersonal(ctx context.Context, id string, who privacy.Who, lang locale.Lang) (link *blob.Link, err error) {
	if err := o.leaveForPersonal(ctx, access.PrivacyRead, who.Account); err != nil {
		return nil, err
	}
	name := privacy.CopyBlob(id)
	w, err := o.Blobs.Create(ctx, name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.Abort()) }()
	if _, err := o.Privacy.Export(ctx, who, lang, w); err != nil {
		return nil, err
	}
	if _, err := w.Commit(); err != nil {
		return nil, err
	}
	return o.download(ctx, name, "application/zip", "personal-data.zip")
}

// ErasePersonal takes a person out of everything that is held, for good. ACCESS_DENIED, FIELD_INVALID, ERASURE_NOTHING, LAST_SECRETARIAT,
// PRIVACY_ELSEWHERE.
func (o *Office) ErasePersonal(ctx context.Context, who privacy.Who) (*privacy.Erasure, error) {
	if err := o.leaveForPersonal(ctx, access.PrivacyErase, who.Account); err != nil {
		return nil, err
	}
	return o.Privacy.Erase(ctx, who, access.ActorOf(ctx).Person)
}

// Erasures are those of the register, the earliest first; who asked for them is named where the actor may see that person. ACCESS_DENIED,
// PRIVACY_ELSEWHERE.
func (o *Office) Erasures(ctx context.Context) ([]privacy.Erasure, error) {
	if err := o.leaveForPersonal(ctx, access.PrivacyRead, "register"); err != nil {
		return nil, err
	}
	all := []privacy.Erasure{}
	err := o.Privacy.Register(ctx, func(e privacy.Erasure) error {
		e.By = shown(ctx, e.By)
		all = append(all, e)
		return nil
	})
	return all, err
}

// leaveForPersonal asks for leave, and says where a person's data is found and erased if not here.
func (o *Office) leaveForPersonal(ctx context.Context, do access.Action, id string) error {
	if err := o.leave(ctx, do, access.Object{}, id); err != nil {
		return err
	}
	if o.Privacy == nil {
		return problem.New("PRIVACY_ELSEWHERE")
	}
	return nil
}
