package dynamo

import (
	"errors"
	"reflect"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/learning-cities/guildhall/shared/table"
)

// What a service stores is foreign, or an item that is stored as it was read.
func FuzzStoredItems(f *testing.F) {
	f.Add("name", []byte{0, 1, 'a'}, "_expires", []byte{1, 2, '1', '2'})
	f.Add("_partition", []byte{0, 1, 'p'}, "_sort", []byte{0, 1, 's'})
	f.Add("_by_partition", []byte{0, 1, 'p'}, "_by_sort", []byte{0, 1, 's'})
	f.Add("n", []byte{1, 3, '1', '.', '5'}, "m", []byte{4, 2, 3, 0, 1, 'a', 2, 1})
	f.Add("_partition", []byte{3, 0}, "x", []byte{5})
	f.Add("n", []byte{1, 2, '0', '7'}, "_x", []byte{0, 0})
	f.Fuzz(func(t *testing.T, name string, value []byte, other string, otherValue []byte) {
		stored := attributes{}
		for _, one := range []struct {
			name  string
			bytes []byte
		}{{name, value}, {other, otherValue}} {
			rest := one.bytes
			stored[one.name] = attributeOf(&rest, 0)
		}
		item, err := decode(stored)
		if err != nil {
			if !errors.Is(err, ErrForeign) {
				t.Errorf("it is answered %v", err)
			}
			return
		}
		again, err := decode(encode(&item))
		if err != nil || !reflect.DeepEqual(again, item) {
			t.Errorf("%+v came back as %+v (%v)", item, again, err)
		}
	})
}

// attributeOf makes a value of the service from bytes: what it is, how long, and what stands in it.
func attributeOf(rest *[]byte, depth int) types.AttributeValue {
	next := func() int {
		if len(*rest) == 0 {
			return 0
		}
		b := (*rest)[0]
		*rest = (*rest)[1:]
		return int(b)
	}
	kind, size := next()%9, next()
	size = min(size, len(*rest))
	take := func() string {
		text := string((*rest)[:size])
		*rest = (*rest)[size:]
		return text
	}
	switch {
	case kind == 0 || depth > table.MaxDepth:
		return text(take())
	case kind == 1:
		return &types.AttributeValueMemberN{Value: take()}
	case kind == 2:
		return &types.AttributeValueMemberBOOL{Value: size%2 == 1}
	case kind == 3:
		list := []types.AttributeValue{}
		for range min(size, 4) {
			list = append(list, attributeOf(rest, depth+1))
		}
		return &types.AttributeValueMemberL{Value: list}
	case kind == 4:
		fields := attributes{}
		for i := range min(size, 4) {
			fields[string(rune('a'+i))] = attributeOf(rest, depth+1)
		}
		return &types.AttributeValueMemberM{Value: fields}
	case kind == 5:
		return &types.AttributeValueMemberNULL{Value: true}
	case kind == 6:
		return &types.AttributeValueMemberB{Value: []byte(take())}
	case kind == 7:
		return &types.AttributeValueMemberSS{Value: []string{take()}}
	default:
		return nil
	}
}
