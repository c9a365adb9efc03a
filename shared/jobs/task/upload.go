package task

import (
	"encoding/json"
	"fmt"
	"net/url"
)

// storeEvent is what S3 says when something was stored; Event is set when it only tests whether it may send.
type storeEvent struct {
	Event   string
	Records []struct {
		S3 struct {
			Object struct{ Key string }
		}
	}
}

// Stored are the names of the blobs that a store's event tells of; known is false for a message that is no such event. A store that only tests
// whether it may send tells of none.
func Stored(body []byte) (names []string, known bool, err error) {
	var event storeEvent
	if err := json.Unmarshal(body, &event); err != nil {
		return nil, false, fmt.Errorf("task: no event: %w", err)
	}
	if event.Records == nil || event.Event == "s3:TestEvent" {
		return nil, event.Event == "s3:TestEvent", nil
	}
	for _, record := range event.Records {
		name, err := url.QueryUnescape(record.S3.Object.Key) // as the store writes names in its events
		if err != nil {
			return nil, true, fmt.Errorf("task: an event of no name: %w", err)
		}
		names = append(names, name)
	}
	return names, true, nil
}
