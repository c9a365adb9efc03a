package dynamo

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/learning-cities/guildhall/shared/table"
)

// createWithin bounds the waiting for a new table.
const createWithin = time.Minute

// CreateTable makes a table as New needs it, for tests and local use, and waits until it is there; on AWS template.yaml does.
// Expired items aren't deleted by themselves: the engine would go by its own clock, and who acts as of another day by theirs.
func CreateTable(ctx context.Context, client *dynamodb.Client, name string, indexes []string) error {
	input := &dynamodb.CreateTableInput{
		TableName: &name, BillingMode: types.BillingModePayPerRequest,
		KeySchema:            schema(table.AttributePartition, table.AttributeSort),
		AttributeDefinitions: definitions(table.AttributePartition, table.AttributeSort),
	}
	for _, index := range indexes {
		partition, sort := table.IndexAttributes(index)
		input.AttributeDefinitions = append(input.AttributeDefinitions, definitions(partition, sort)...)
		input.GlobalSecondaryIndexes = append(input.GlobalSecondaryIndexes, types.GlobalSecondaryIndex{
			IndexName: aws.String(index), KeySchema: schema(partition, sort),
			Projection: &types.Projection{ProjectionType: types.ProjectionTypeAll},
		})
	}
	if _, err := client.CreateTable(ctx, input); err != nil {
		return fmt.Errorf("create table %s: %w", name, err)
	}
	waiter := dynamodb.NewTableExistsWaiter(client, func(o *dynamodb.TableExistsWaiterOptions) { o.MinDelay = 100 * time.Millisecond })
	if err := waiter.Wait(ctx, &dynamodb.DescribeTableInput{TableName: &name}, createWithin); err != nil {
		return fmt.Errorf("wait for table %s: %w", name, err)
	}
	return nil
}

func schema(partition, sort string) []types.KeySchemaElement {
	return []types.KeySchemaElement{
		{AttributeName: &partition, KeyType: types.KeyTypeHash},
		{AttributeName: &sort, KeyType: types.KeyTypeRange},
	}
}

func definitions(names ...string) []types.AttributeDefinition {
	var list []types.AttributeDefinition
	for _, name := range names {
		list = append(list, types.AttributeDefinition{AttributeName: aws.String(name), AttributeType: types.ScalarAttributeTypeS})
	}
	return list
}
