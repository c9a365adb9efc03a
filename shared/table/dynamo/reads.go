package dynamo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/learning-cities/guildhall/shared/table"
)

const (
	maxBatch = 100 // keys that the service takes in one BatchGetItem
	batches  = 8   // read at once: each may bring 16 MB
)

func (d *driver) GetEach(ctx context.Context, keys []table.Key, now time.Time) ([]table.Item, error) {
	chunks := slices.Collect(slices.Chunk(keys, maxBatch))
	found := make([]map[table.Key]table.Item, len(chunks))
	errs := make([]error, len(chunks))
	parallel(len(chunks), min(batches, d.options.Parallel), func(n int) { found[n], errs[n] = d.batch(ctx, chunks[n], now) })
	var items []table.Item
	for n, batch := range chunks {
		if errs[n] != nil {
			return nil, errs[n]
		}
		for _, key := range batch {
			if item, ok := found[n][key]; ok {
				items = append(items, item)
			}
		}
	}
	return items, nil
}

// batch reads at most 100 items. What the service leaves out, because it is busy or 16 MB are full, is asked for again; a try
// that brought nothing counts.
func (d *driver) batch(ctx context.Context, keys []table.Key, now time.Time) (map[table.Key]table.Item, error) {
	wanted := types.KeysAndAttributes{ConsistentRead: aws.Bool(true)}
	for _, key := range keys {
		wanted.Keys = append(wanted.Keys, keyOf(key))
	}
	found := make(map[table.Key]table.Item, len(keys))
	for try := 1; ; try++ {
		var out *dynamodb.BatchGetItemOutput
		err := d.read(ctx, func(ctx context.Context) (err error) {
			out, err = d.client.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{
				RequestItems:           map[string]types.KeysAndAttributes{*d.name: wanted},
				ReturnConsumedCapacity: d.wanted(),
			}, onlyOnce)
			return err
		})
		if err != nil {
			return nil, err
		}
		for i := range out.ConsumedCapacity {
			d.consumedReading("BatchGetItem", &out.ConsumedCapacity[i])
		}
		for _, stored := range out.Responses[*d.name] {
			item, err := alive(stored, now)
			if err != nil {
				return nil, err
			}
			if item != nil {
				found[item.Key] = *item
			}
		}
		left := out.UnprocessedKeys[*d.name].Keys
		if len(left) == 0 {
			return found, nil
		}
		if len(left) < len(wanted.Keys) {
			try = 1
		}
		if try == d.options.Tries {
			return nil, fmt.Errorf("%w: %d keys stayed unprocessed", table.ErrUnavailable, len(left))
		}
		wanted.Keys = left
		if err := d.pause(ctx, try); err != nil {
			return nil, err
		}
	}
}

// Query asks for one page. Where items have expired it holds fewer than the service read.
func (d *driver) Query(ctx context.Context, within table.Range, now time.Time) ([]table.Item, *table.Position, error) {
	input := d.queryOf(within)
	var out *dynamodb.QueryOutput
	err := d.read(ctx, func(ctx context.Context) (err error) {
		out, err = d.client.Query(ctx, input, onlyOnce)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	d.consumedReading("Query", out.ConsumedCapacity)
	items, err := living(out.Items, now)
	if err != nil {
		return nil, nil, err
	}
	if len(out.LastEvaluatedKey) == 0 {
		return items, nil, nil
	}
	last, err := decode(out.LastEvaluatedKey)
	if err != nil {
		return nil, nil, err
	}
	return items, &table.Position{Key: last.Key, Index: last.Index[within.Index]}, nil
}

func (d *driver) queryOf(within table.Range) *dynamodb.QueryInput {
	partition, sort := table.AttributePartition, table.AttributeSort
	input := &dynamodb.QueryInput{
		TableName: d.name, Limit: aws.Int32(int32(within.Limit)), ScanIndexForward: aws.Bool(!within.Descending),
		ConsistentRead: aws.Bool(within.Index == ""), ReturnConsumedCapacity: d.wanted(),
	}
	if within.Index != "" {
		partition, sort = table.IndexAttributes(within.Index)
		input.IndexName = &within.Index
	}
	input.KeyConditionExpression = aws.String("#p = :p")
	input.ExpressionAttributeNames = map[string]string{"#p": partition}
	input.ExpressionAttributeValues = attributes{":p": text(within.Partition)}
	if within.Prefix != "" {
		input.KeyConditionExpression = aws.String("#p = :p AND begins_with(#s, :s)")
		input.ExpressionAttributeNames["#s"] = sort
		input.ExpressionAttributeValues[":s"] = text(within.Prefix)
	}
	if within.After != nil {
		input.ExclusiveStartKey = keyOf(within.After.Key)
		if within.Index != "" {
			input.ExclusiveStartKey[partition] = text(within.After.Index.Partition)
			input.ExclusiveStartKey[sort] = text(within.After.Index.Sort)
		}
	}
	return input
}
