package dynamo

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"github.com/learning-cities/guildhall/shared/table"
)

// Scan asks for one page. No function of the product is allowed to: it is for whoever looks after the table.
func (d *driver) Scan(ctx context.Context, after *table.Key, limit int, now time.Time) ([]table.Item, *table.Key, error) {
	input := &dynamodb.ScanInput{
		TableName: d.name, Limit: aws.Int32(int32(limit)), ConsistentRead: aws.Bool(true), ReturnConsumedCapacity: d.wanted(),
	}
	if after != nil {
		input.ExclusiveStartKey = keyOf(*after)
	}
	var out *dynamodb.ScanOutput
	err := d.read(ctx, func(ctx context.Context) (err error) {
		out, err = d.client.Scan(ctx, input, onlyOnce)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	d.consumedReading("Scan", out.ConsumedCapacity)
	items, err := living(out.Items, now)
	if err != nil || len(out.LastEvaluatedKey) == 0 {
		return items, nil, err
	}
	last, err := decode(out.LastEvaluatedKey)
	return items, &last.Key, err
}

// living decodes those of the items that have not expired.
func living(stored []attributes, now time.Time) ([]table.Item, error) {
	var items []table.Item
	for _, one := range stored {
		item, err := alive(one, now)
		if err != nil {
			return nil, err
		}
		if item != nil {
			items = append(items, *item)
		}
	}
	return items, nil
}
