package bolt

import (
	"bytes"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
)

func TestEqualItemsAreEqualBytes(t *testing.T) {
	var one, two encoder
	want := bytes.Clone(one.encode(contribution(17)))
	for range 20 {
		if !bytes.Equal(two.encode(contribution(17)), want) {
			t.Fatal("the same item in other bytes")
		}
	}
}

func TestDecodingReversesEncoding(t *testing.T) {
	item := contribution(17)
	item.Expires = time.Unix(-5, 0).UTC()
	item.Index = map[string]table.Key{"b": {Partition: "p\x00", Sort: "s"}, "a": {Partition: "p", Sort: "\x00"}}
	var enc encoder
	got, err := newDecoder().item(item.Key, enc.encode(item))
	if err != nil || !reflect.DeepEqual(got, *item) {
		t.Fatalf("got %+v, %v", got, err)
	}
}

func TestADamagedItemIsAnErrorAndNoPanic(t *testing.T) {
	item := contribution(17)
	item.Index = map[string]table.Key{"i": {Partition: "p", Sort: "s"}}
	var enc encoder
	whole := bytes.Clone(enc.encode(item))
	for cut := range whole {
		if _, err := newDecoder().item(item.Key, whole[:cut]); !errors.Is(err, ErrCorrupt) {
			t.Fatalf("cut at %d: %v, want ErrCorrupt", cut, err)
		}
	}
	if _, err := newDecoder().item(item.Key, append(bytes.Clone(whole), 0)); !errors.Is(err, ErrCorrupt) {
		t.Fatalf("a byte more: %v, want ErrCorrupt", err)
	}
	for at := range whole {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 0xff
		newDecoder().item(item.Key, damaged) // may read as another item, must not panic
	}
}

func FuzzDecode(f *testing.F) {
	var enc encoder
	f.Add(bytes.Clone(enc.encode(contribution(1))))
	f.Add([]byte{itemFormat, 0, 0, 1, 1, 'n', tagList, 200, 200, 200, 200, 15})
	f.Fuzz(func(t *testing.T, stored []byte) {
		item, err := newDecoder().item(table.Key{Partition: "p", Sort: "s"}, stored)
		if err != nil {
			return
		}
		again, err := newDecoder().item(item.Key, enc.encode(&item))
		if err != nil || !reflect.DeepEqual(again, item) {
			t.Fatalf("%+v came back as %+v, %v", item, again, err)
		}
	})
}

func TestIndexKeysSortAsTheirSortKeysDo(t *testing.T) {
	ascending := []string{"\x00", "\x00\x00", "\x00\x01", "\x01", "a", "a\x00", "a\x00\x00", "a\x00b", "a\x01", "aa", "\xc3\xa9"}
	item := table.Key{Partition: "p", Sort: "s"}
	var last []byte
	for _, sort := range ascending {
		there := table.Key{Partition: "i", Sort: sort}
		k := appendIndexKey(nil, there, item)
		if bytes.Compare(last, k) >= 0 {
			t.Errorf("%q doesn't sort after the one before", sort)
		}
		gotThere, gotItem, ok := parseIndexKey(k)
		if !ok || gotThere != there || gotItem != item {
			t.Errorf("%q came back as %q, %q", sort, gotThere, gotItem)
		}
		last = k
	}
}
