package imports

import (
	"maps"
	"slices"
	"strconv"
)

// appendBody spells a body so that equal ones, and only they, are spelled alike.
func appendBody(dst []byte, body map[string]any) []byte {
	dst = append(dst, '{')
	for _, name := range slices.Sorted(maps.Keys(body)) {
		dst = appendBodyValue(strconv.AppendQuote(dst, name), body[name])
	}
	return append(dst, '}')
}

func appendBodyValue(dst []byte, value any) []byte {
	switch v := value.(type) {
	case string:
		return strconv.AppendQuote(dst, v)
	case int64:
		return append(strconv.AppendInt(dst, v, 10), ',')
	case bool:
		return append(strconv.AppendBool(dst, v), ',')
	case map[string]any:
		return appendBody(dst, v)
	case []any:
		dst = append(dst, '[')
		for _, element := range v {
			dst = appendBodyValue(dst, element)
		}
		return append(dst, ']')
	}
	return dst // attributes have no other values
}
