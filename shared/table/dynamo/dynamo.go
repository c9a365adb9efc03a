// Package dynamo is the table on DynamoDB: one table of the service, items in native attributes that a console shows as they are.
// It knows nothing of what is stored.
//
// It needs these actions on the table and its indexes: BatchGetItem, Query, PutItem, DeleteItem and ConditionCheckItem;
// and Scan for whoever asks for all items.
package dynamo

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/learning-cities/guildhall/shared/sdkhttp"
	"github.com/learning-cities/guildhall/shared/table"
)

// ErrForeign: a stored item has values that this driver doesn't write.
var ErrForeign = errors.New("dynamo: an item that another program wrote")

// Options are how the driver speaks with the service. The zero value is right for one function.
type Options struct {
	Parallel int                                        // writes under way at once for one WriteEach; 0: 32. Reads: 8 at most
	Tries    int                                        // how often a request is sent that had no effect; 0: 10
	Patience time.Duration                              // how long one answer is waited for; 0: 10 s
	Random   func() float64                             // from 0 to below 1, for the pauses' lengths; nil: random
	Pause    func(context.Context, time.Duration) error // waits between tries; nil: by the machine's clock
	Consumed func(Consumed)                             // told what each answered request cost, from many goroutines; nil: nobody asks
}

func (o Options) complete() Options {
	if o.Parallel == 0 {
		o.Parallel = 32
	}
	if o.Tries == 0 {
		o.Tries = 10
	}
	if o.Patience == 0 {
		o.Patience = 10 * time.Second
	}
	if o.Random == nil {
		o.Random = rand.Float64
	}
	if o.Pause == nil {
		o.Pause = pause
	}
	return o
}

// Client makes a client as the driver wants it (sdkhttp.Whole), with connections for as many requests as run at once, and no
// second try by the client itself.
func Client(cfg aws.Config) *dynamodb.Client {
	return dynamodb.NewFromConfig(cfg, onlyOnce, func(o *dynamodb.Options) {
		if buildable, ok := o.HTTPClient.(*awshttp.BuildableClient); ok {
			o.HTTPClient = buildable.WithTransportOptions(func(t *http.Transport) {
				t.MaxIdleConnsPerHost = 64
				t.IdleConnTimeout = idle
			})
		}
		o.HTTPClient = sdkhttp.Whole{Sender: o.HTTPClient}
	})
}

// idle is for how long a connection that nobody uses is kept. While a function is frozen the service closes its connections, and a
// write that is sent into a closed one ends as one whose answer was lost; after this time, frozen or not, none is used again.
const idle = 10 * time.Second

// onlyOnce keeps the client from trying again. It would also do so after an answer was lost, and then report as a failed
// condition what its first try brought about.
func onlyOnce(o *dynamodb.Options) { o.Retryer = aws.NopRetryer{} }

// New makes a table of the service's table of that name, over a client that Client made. The table has the key schema and indexes that CreateTable makes.
func New(client *dynamodb.Client, name string, c table.Config, o Options) table.Table {
	return table.New(&driver{client: client, name: &name, options: o.complete()}, c)
}

// driver implements table.Driver.
type driver struct {
	client  *dynamodb.Client
	name    *string
	options Options
}

// Close leaves the client's connections to whoever made it.
func (d *driver) Close() error { return nil }

// wanted says whether answers must tell what they cost.
func (d *driver) wanted() types.ReturnConsumedCapacity {
	if d.options.Consumed == nil {
		return types.ReturnConsumedCapacityNone
	}
	return types.ReturnConsumedCapacityIndexes
}
