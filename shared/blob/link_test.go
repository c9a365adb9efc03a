package blob_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
)

func TestTermsOfALinkAreWithinTheirBounds(t *testing.T) {
	const csv = "text/csv; charset=utf-8"
	for _, c := range []struct {
		name  string
		terms interface{ Check() error }
		ok    bool
	}{
		{"an upload", blob.UploadTerms{Type: csv, Size: 1, For: time.Minute}, true},
		{"a large upload", blob.UploadTerms{Type: csv, Size: blob.MaxUpload, For: blob.MaxLink}, true},
		{"a download", blob.DownloadTerms{Type: csv, As: "réponses.csv", For: time.Second}, true},
		{"nothing", blob.UploadTerms{Type: csv, For: time.Minute}, false},
		{"less than nothing", blob.UploadTerms{Type: csv, Size: -1, For: time.Minute}, false},
		{"more than one request can carry", blob.UploadTerms{Type: csv, Size: blob.MaxUpload + 1, For: time.Minute}, false},
		{"no type", blob.UploadTerms{Size: 1, For: time.Minute}, false},
		{"a type that smuggles a header", blob.UploadTerms{Type: "a\r\nb: c", Size: 1, For: time.Minute}, false},
		{"a type in another script", blob.DownloadTerms{Type: "é", As: "x", For: time.Minute}, false},
		{"no name", blob.DownloadTerms{Type: csv, For: time.Minute}, false},
		{"a name too long", blob.DownloadTerms{Type: csv, As: strings.Repeat("x", 256), For: time.Minute}, false},
		{"no time", blob.DownloadTerms{Type: csv, As: "x"}, false},
		{"part of a second", blob.DownloadTerms{Type: csv, As: "x", For: 1500 * time.Millisecond}, false},
		{"too long a time", blob.UploadTerms{Type: csv, Size: 1, For: blob.MaxLink + time.Second}, false},
	} {
		err := c.terms.Check()
		if c.ok && err != nil || !c.ok && !errors.Is(err, blob.ErrTerms) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
