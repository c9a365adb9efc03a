package jobs

import (
	"testing"
)

// Whatever the check queue brings, from us or from the store, is poison that is never tried again, or names imports that can be.
func FuzzArrivals(f *testing.F) {
	for _, body := range []string{
		`{"import":"20260930-1"}`, `{"import":"x/y"}`, `{"Event":"s3:TestEvent"}`, `{"Records":[{"s3":{"object":{"key":"incoming/1"}}}]}`,
		`{"Records":[{"s3":{"object":{"key":"incoming/%zz"}}}]}`, `{"Records":[{"s3":{"object":{"key":"uploads/1"}}},{}]}`, `{"Records":[]}`,
		`{"records":null,"import":"1","step":"annotate"}`, `null`, `7`, `{"import":"1","step":"undo"}`, `{"Records":[{"s3":{"object":{"key":"incoming/a+b"}}}]}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		tasks, err := new(Check).read(body)
		if err != nil {
			return
		}
		for _, one := range tasks {
			if named(one.Import) != nil {
				t.Errorf("%q asks for a check of %q", body, one.Import)
			}
		}
	})
}
