package dynamo

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Consumed is what one answered request cost, in the service's capacity units: of the table itself, and of its indexes. A
// refused write costs units too, which the service doesn't tell.
type Consumed struct {
	Operation             string // PutItem, DeleteItem, TransactWriteItems, BatchGetItem, Query or Scan
	Read, Write           float64
	IndexRead, IndexWrite float64
}

func (d *driver) consumedReading(operation string, capacity *types.ConsumedCapacity) {
	if d.options.Consumed != nil && capacity != nil {
		own, indexes := units(capacity)
		d.options.Consumed(Consumed{Operation: operation, Read: own, IndexRead: indexes})
	}
}

func (d *driver) consumedWriting(operation string, capacity *types.ConsumedCapacity) {
	if d.options.Consumed != nil && capacity != nil {
		own, indexes := units(capacity)
		d.options.Consumed(Consumed{Operation: operation, Write: own, IndexWrite: indexes})
	}
}

func units(c *types.ConsumedCapacity) (own, indexes float64) {
	for _, index := range c.GlobalSecondaryIndexes {
		indexes += aws.ToFloat64(index.CapacityUnits)
	}
	return aws.ToFloat64(c.CapacityUnits) - indexes, indexes
}
