// Package storage opens what a deployed product keeps, its table and its bucket, for whoever looks after them from a machine of their own:
// with that machine's settings of the platform, as its other tools have them. It knows no function and no queue.
//
// On the table it needs dynamodb:Scan, BatchGetItem, Query, PutItem, DeleteItem and ConditionCheckItem; on the bucket s3:ListBucket, GetObject,
// PutObject and AbortMultipartUpload, and to erase a person ListBucketVersions, DeleteObject and DeleteObjectVersion too. No function of the
// product may scan.
package storage

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/smithy-go/logging"

	"github.com/learning-cities/guildhall/shared/archive"
	"github.com/learning-cities/guildhall/shared/blob/s3"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
)

// Open opens a table and a bucket by their names. Whether they are there shows at their first use.
func Open(ctx context.Context, tableName, bucket string) (archive.Store, error) {
	// The client of S3 would print a line for each file that has no sum which it knows. Archives have their own.
	platform, err := config.LoadDefaultConfig(ctx, config.WithLogger(logging.Nop{}))
	if err != nil {
		return archive.Store{}, fmt.Errorf("storage: %w", err)
	}
	return archive.Store{
		Name:  tableName + ", " + bucket,
		Table: dynamo.New(dynamo.Client(platform), tableName, table.Config{}, dynamo.Options{}),
		Blobs: s3.New(platform, bucket, s3.Options{}),
	}, nil
}
