package dynamo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/learning-cities/guildhall/shared/table"
)

const allOld = types.ReturnValuesOnConditionCheckFailureAllOld

// WriteEach sends each write by itself: the service's batch of writes knows no conditions.
func (d *driver) WriteEach(ctx context.Context, ws []table.Write, now time.Time) []error {
	errs := make([]error, len(ws))
	parallel(len(ws), d.options.Parallel, func(i int) {
		if errs[i] = ctx.Err(); errs[i] == nil {
			errs[i] = d.writeOne(ctx, ws[i], now)
		}
	})
	return errs
}

func (d *driver) writeOne(ctx context.Context, w table.Write, now time.Time) error {
	send := d.delete
	if w.Put != nil {
		send = d.put
	}
	err := d.write(ctx, func(ctx context.Context) error { return send(ctx, w, condition(w.Condition, now)) })
	var failed *types.ConditionalCheckFailedException
	if !errors.As(err, &failed) {
		return err
	}
	refusal, err := conditionError(w, failed.Item, now)
	if err != nil {
		return err
	}
	return &refusal
}

func (d *driver) put(ctx context.Context, w table.Write, e expression) error {
	out, err := d.client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName: d.name, Item: encode(w.Put),
		ConditionExpression: e.text, ExpressionAttributeNames: e.names, ExpressionAttributeValues: e.values,
		ReturnValuesOnConditionCheckFailure: allOld, ReturnConsumedCapacity: d.wanted(),
	}, onlyOnce)
	if err == nil {
		d.consumedWriting("PutItem", out.ConsumedCapacity)
	}
	return err
}

func (d *driver) delete(ctx context.Context, w table.Write, e expression) error {
	out, err := d.client.DeleteItem(ctx, &dynamodb.DeleteItemInput{
		TableName: d.name, Key: keyOf(w.Delete),
		ConditionExpression: e.text, ExpressionAttributeNames: e.names, ExpressionAttributeValues: e.values,
		ReturnValuesOnConditionCheckFailure: allOld, ReturnConsumedCapacity: d.wanted(),
	}, onlyOnce)
	if err == nil {
		d.consumedWriting("DeleteItem", out.ConsumedCapacity)
	}
	return err
}

// conditionError says what was stored when a condition failed; an item that had expired was not.
func conditionError(w table.Write, stored attributes, now time.Time) (table.ConditionError, error) {
	current, err := alive(stored, now)
	return table.ConditionError{Label: w.Label, Key: w.Key(), Current: current}, err
}

// Transact leaves the client's token to chance: the service keeps one for ten minutes only, so a try after a lost answer would
// be safe for no longer.
func (d *driver) Transact(ctx context.Context, ws []table.Write, now time.Time) error {
	input := &dynamodb.TransactWriteItemsInput{ReturnConsumedCapacity: d.wanted()}
	for _, w := range ws {
		input.TransactItems = append(input.TransactItems, d.transacted(w, condition(w.Condition, now)))
	}
	err := d.write(ctx, func(ctx context.Context) error {
		fresh := *input // the client fills in a token, which must be another for each try
		out, err := d.client.TransactWriteItems(ctx, &fresh, onlyOnce)
		if err == nil {
			for i := range out.ConsumedCapacity {
				d.consumedWriting("TransactWriteItems", &out.ConsumedCapacity[i])
			}
		}
		return err
	})
	var cancelled *types.TransactionCanceledException
	if !errors.As(err, &cancelled) {
		return err
	}
	return transactionError(ws, cancelled, now)
}

func (d *driver) transacted(w table.Write, e expression) types.TransactWriteItem {
	switch {
	case w.Put != nil:
		return types.TransactWriteItem{Put: &types.Put{
			TableName: d.name, Item: encode(w.Put),
			ConditionExpression: e.text, ExpressionAttributeNames: e.names, ExpressionAttributeValues: e.values,
			ReturnValuesOnConditionCheckFailure: allOld,
		}}
	case w.Delete != (table.Key{}):
		return types.TransactWriteItem{Delete: &types.Delete{
			TableName: d.name, Key: keyOf(w.Delete),
			ConditionExpression: e.text, ExpressionAttributeNames: e.names, ExpressionAttributeValues: e.values,
			ReturnValuesOnConditionCheckFailure: allOld,
		}}
	}
	return types.TransactWriteItem{ConditionCheck: &types.ConditionCheck{
		TableName: d.name, Key: keyOf(w.Check),
		ConditionExpression: e.text, ExpressionAttributeNames: e.names, ExpressionAttributeValues: e.values,
		ReturnValuesOnConditionCheckFailure: allOld,
	}}
}

// transactionError names the conditions that failed, which the service lists in the order of the writes. Where none did, the
// service refused the transaction for another reason, as it stands in its error.
func transactionError(ws []table.Write, cancelled *types.TransactionCanceledException, now time.Time) error {
	var failed []table.Failure
	for i, reason := range cancelled.CancellationReasons {
		if i >= len(ws) || aws.ToString(reason.Code) != reasonCondition {
			continue
		}
		refusal, err := conditionError(ws[i], reason.Item, now)
		if err != nil {
			return err
		}
		failed = append(failed, table.Failure{Index: i, ConditionError: refusal})
	}
	if len(failed) == 0 {
		return fmt.Errorf("dynamo: transaction refused: %w", cancelled)
	}
	return &table.TransactionError{Failed: failed}
}
