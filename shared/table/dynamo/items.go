package dynamo

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/learning-cities/guildhall/shared/table"
)

// attributes is an item, or a part of one, as the service has it.
type attributes = map[string]types.AttributeValue

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

func number(n int64) types.AttributeValue {
	return &types.AttributeValueMemberN{Value: strconv.FormatInt(n, 10)}
}

func keyOf(key table.Key) attributes {
	return attributes{table.AttributePartition: text(key.Partition), table.AttributeSort: text(key.Sort)}
}

// encode lays an item out: its own attributes as they are, and what the driver needs under names with an underscore.
func encode(item *table.Item) attributes {
	out := make(attributes, len(item.Attributes)+3)
	for name, value := range item.Attributes {
		out[name] = encodeValue(value)
	}
	out[table.AttributePartition], out[table.AttributeSort] = text(item.Key.Partition), text(item.Key.Sort)
	for index, key := range item.Index {
		partition, sort := table.IndexAttributes(index)
		out[partition], out[sort] = text(key.Partition), text(key.Sort)
	}
	if !item.Expires.IsZero() {
		out[table.AttributeExpires] = number(item.Expires.Unix())
	}
	return out
}

// encodeValue takes what the seam has checked: there are no other types.
func encodeValue(value any) types.AttributeValue {
	switch v := value.(type) {
	case string:
		return text(v)
	case int64:
		return number(v)
	case bool:
		return &types.AttributeValueMemberBOOL{Value: v}
	case []any:
		list := make([]types.AttributeValue, len(v))
		for i := range v {
			list[i] = encodeValue(v[i])
		}
		return &types.AttributeValueMemberL{Value: list}
	case map[string]any:
		fields := make(attributes, len(v))
		for name, field := range v {
			fields[name] = encodeValue(field)
		}
		return &types.AttributeValueMemberM{Value: fields}
	}
	return &types.AttributeValueMemberNULL{Value: true}
}

// decode is the inverse of encode. ErrForeign.
func decode(stored attributes) (table.Item, error) {
	item := table.Item{Attributes: make(table.Attributes, len(stored))}
	for name, value := range stored {
		decoded, err := decodeValue(value)
		if err == nil && strings.HasPrefix(name, "_") {
			err = setFrame(&item, name, decoded)
		} else if err == nil {
			item.Attributes[name] = decoded
		}
		if err != nil {
			return table.Item{}, fmt.Errorf("attribute %q: %w", name, err)
		}
	}
	return item, nil
}

// setFrame puts an attribute of the driver's own where it belongs.
func setFrame(item *table.Item, name string, value any) error {
	if seconds, ok := value.(int64); ok && name == table.AttributeExpires {
		item.Expires = time.Unix(seconds, 0).UTC()
		return nil
	}
	key, ok := value.(string)
	if !ok {
		return fmt.Errorf("%w: a value of type %T", ErrForeign, value)
	}
	if name == table.AttributePartition {
		item.Key.Partition = key
	} else if name == table.AttributeSort {
		item.Key.Sort = key
	} else if index, ok := strings.CutSuffix(name[1:], table.AttributePartition); ok {
		setIndex(item, index, func(k *table.Key) { k.Partition = key })
	} else if index, ok := strings.CutSuffix(name[1:], table.AttributeSort); ok {
		setIndex(item, index, func(k *table.Key) { k.Sort = key })
	} else {
		return fmt.Errorf("%w: not an attribute of the driver", ErrForeign)
	}
	return nil
}

func setIndex(item *table.Item, index string, set func(*table.Key)) {
	if item.Index == nil {
		item.Index = map[string]table.Key{}
	}
	key := item.Index[index]
	set(&key)
	item.Index[index] = key
}

// expired tells whether an item has ceased to exist although the service hasn't deleted it yet.
func expired(item *table.Item, now time.Time) bool {
	return !item.Expires.IsZero() && !now.Before(item.Expires)
}

// alive decodes what the service has under a key: nil when that is nothing or has expired.
func alive(stored attributes, now time.Time) (*table.Item, error) {
	if len(stored) == 0 {
		return nil, nil
	}
	item, err := decode(stored)
	if err != nil || expired(&item, now) {
		return nil, err
	}
	return &item, nil
}

func decodeValue(value types.AttributeValue) (any, error) {
	switch v := value.(type) {
	case *types.AttributeValueMemberS:
		return v.Value, nil
	case *types.AttributeValueMemberN:
		n, err := strconv.ParseInt(v.Value, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%w: a number that isn't whole, or too large", ErrForeign)
		}
		return n, nil
	case *types.AttributeValueMemberBOOL:
		return v.Value, nil
	case *types.AttributeValueMemberL:
		list := make([]any, len(v.Value))
		for i := range v.Value {
			element, err := decodeValue(v.Value[i])
			if err != nil {
				return nil, err
			}
			list[i] = element
		}
		return list, nil
	case *types.AttributeValueMemberM:
		fields := make(map[string]any, len(v.Value))
		for name := range v.Value {
			field, err := decodeValue(v.Value[name])
			if err != nil {
				return nil, err
			}
			fields[name] = field
		}
		return fields, nil
	}
	return nil, fmt.Errorf("%w: a value of type %T", ErrForeign, value)
}
