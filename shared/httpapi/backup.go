package httpapi

import (
	"errors"
	"net/http"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/problem"
)

// BackupPath is where a backup is fetched. Its answer is as long as everything that there is, and a host gives it the time that takes.
const BackupPath = "/api/backup"

func backupRoutes() []Route {
	return []Route{{Method: "GET", Pattern: BackupPath, serve: (*api).backup}}
}

var backupStatuses = map[problem.Code]int{
	"BACKUP_ELSEWHERE": http.StatusNotImplemented,
	"BACKUP_UNSETTLED": http.StatusServiceUnavailable,
}

// backup answers with all that the product keeps, as an archive.
func (a *api) backup(q *asking) (*answer, error) {
	write, err := a.Office.Backup(q.Context())
	if err != nil {
		return nil, err
	}
	name := "guildhall-" + a.Clock().UTC().Format("20060102T150405Z") + ".tar.zst"
	return &answer{handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		to := &download{w: w, connection: http.NewResponseController(w), name: name}
		// The request was read. Whether its sender is still there shows when something is sent.
		_ = to.connection.SetReadDeadline(time.Time{})
		err := write(r.Context(), to)
		switch {
		case err == nil:
		case !to.begun:
			refuse(w, q, err)
		default:
			q.log.ErrorContext(r.Context(), "backup broken off", "error", err)
			// What was sent must not end as if that were all.
			_ = to.connection.SetWriteDeadline(time.Unix(1, 0))
		}
	})}, nil
}

// download is a file on its way, whose header is sent with its first byte.
type download struct {
	w          http.ResponseWriter
	connection *http.ResponseController
	name       string
	begun      bool
}

// patience is how long whoever fetches a file may take for a part of it. Connections know no clock but the machine's.
const patience = 30 * time.Second

var errNobody = errors.New("httpapi: nobody takes it")

// Write implements io.Writer.
func (d *download) Write(p []byte) (int, error) {
	if !d.begun {
		header := d.w.Header()
		header.Set("Content-Type", "application/zstd")
		header.Set("Content-Disposition", blob.Attachment(d.name))
		header.Set("Cache-Control", "private, no-store")
		d.begun = true
	}
	// What can't have deadlines has no connection that could be slow.
	_ = d.connection.SetWriteDeadline(time.Now().Add(patience))
	n, err := d.w.Write(p)
	if err != nil {
		return n, errors.Join(errNobody, err)
	}
	return n, nil
}
