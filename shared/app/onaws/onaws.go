// Package onaws puts the product together on AWS: a DynamoDB table, an S3 bucket and SQS queues behind the seams, as a function's
// environment names them. It is the one place that reads the platform's own settings.
package onaws

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"

	"github.com/learning-cities/guildhall/shared/archive/mark"
	"github.com/learning-cities/guildhall/shared/blob/s3"
	"github.com/learning-cities/guildhall/shared/host"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/queue/sqs"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
)

// Namespace holds the figures of all functions.
const Namespace = "Guildhall"

// Function is a function with what all of them have.
type Function struct {
	Settings host.Settings
	Clock    identity.Clock
	IDs      identity.IDs
	Log      *slog.Logger
	Measure  metric.Sink
	aws      aws.Config
	restore  *mark.Watch
}

// Open reads the function's settings and those of the platform.
func Open(ctx context.Context, name host.Function) (*Function, error) {
	settings, err := host.Load(name, os.LookupEnv)
	if err != nil {
		return nil, err
	}
	platform, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, fmt.Errorf("onaws: %w", err)
	}
	clock := identity.System()
	f := &Function{
		Settings: settings, Clock: clock, IDs: identity.NewIDs(clock, nil), aws: platform,
		Log:     host.NewLog(os.Stdout, name, settings.LogLevel),
		Measure: metric.Embedded(os.Stdout, Namespace, clock),
	}
	called := settings.Address // what people know it by
	if called == "" {
		called = settings.Table
	}
	f.restore = mark.NewWatch(called, f.Table(), clock)
	return f, nil
}

// Unfinished is RESTORE_UNFINISHED while a backup is being restored into what the function works on. Each event asks before anything is done.
func (f *Function) Unfinished(ctx context.Context) error { return f.restore.Unfinished(ctx) }

// Table is the table that the function works on.
func (f *Function) Table() table.Table {
	return dynamo.New(dynamo.Client(f.aws), f.Settings.Table, table.Config{Clock: f.Clock}, dynamo.Options{})
}

// Files is the bucket.
func (f *Function) Files() *s3.Store { return s3.New(f.aws, f.Settings.Bucket, s3.Options{}) }

// DeadLetters takes what can't be done of the work that a queue brings the function.
func (f *Function) DeadLetters() queue.DeadLetters {
	return sqs.New(f.aws, f.Settings.DeadLetters, sqs.Options{})
}

// Queue is the queue of an address.
func (f *Function) Queue(url string) queue.Queue { return sqs.New(f.aws, url, sqs.Options{}) }

// Platform is how services are reached, for drivers that not every function links.
func (f *Function) Platform() aws.Config { return f.aws }

// Run opens a function, makes its handler and serves the platform's invocations until the process ends. What keeps it from starting
// goes to the log, and the process ends.
func Run(name host.Function, handler func(*Function) (any, error)) {
	host.BoundMemory(os.LookupEnv)
	f, err := Open(context.Background(), name)
	var serve any
	if err == nil {
		serve, err = handler(f)
	}
	if err != nil {
		host.NewLog(os.Stdout, name, slog.LevelInfo).Error("can't start", "error", err)
		os.Exit(1)
	}
	lambda.Start(serve)
}
