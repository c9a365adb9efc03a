package office

import (
	"context"
	"errors"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/kinds/area"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// Templates names the kinds of sheets that are taken, each of which has an empty workbook to be filled in. ACCESS_DENIED.
func (o *Office) Templates(ctx context.Context) ([]string, error) {
	if err := o.leave(ctx, access.TemplateRead, access.Object{}); err != nil {
		return nil, err
	}
	return area.Kinds(), nil
}

// Template is the empty workbook of a kind of sheet in a language, with the choices of today, and the link through which it is fetched. The
// first who asks for it on a day has it made: the link is nil until it is there. ACCESS_DENIED, KIND_UNKNOWN.
func (o *Office) Template(ctx context.Context, kind string, lang locale.Lang) (request.Template, *blob.Link, error) {
	template := request.Template{Kind: kind, Lang: lang}
	if err := o.leave(ctx, access.TemplateRead, access.Object{}); err != nil {
		return template, nil, err
	}
	if _, known := area.Of(kind); !known {
		refusal := problem.New("KIND_UNKNOWN").Valued(kind).WithText("kinds", listed(area.Kinds()))
		if near, ok := locale.Nearest(kind, area.Kinds()); ok {
			refusal.Suggest(near)
		}
		return template, nil, refusal
	}
	template.Day = civil.Of(o.Clock(), time.UTC)
	if _, err := o.Blobs.Stat(ctx, template.Blob()); errors.Is(err, blob.ErrNotFound) {
		return template, nil, o.ExportQueue.Send(ctx, task.Template(template), 0)
	} else if err != nil {
		return template, nil, err
	}
	link, err := o.download(ctx, template.Blob(), request.XLSX.MediaType(), template.File())
	return template, link, err
}
