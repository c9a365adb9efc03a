package httpapi

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
)

// The keys of an operation in the files from which described makes what OpenAPI has.
const (
	keyProblems = "x-problems" // the codes with which this operation in particular may be refused
	keyTakes    = "x-takes"    // names of taken
)

// taken are the things that many operations take, with the parameters by which they do and the codes with which they are refused.
var taken = map[string]struct {
	parameters []string
	codes      []string
}{
	"key":     {[]string{"idempotencyKey"}, []string{"IDEMPOTENCY_KEY_INVALID", "IDEMPOTENCY_KEY_REUSED"}},
	"version": {[]string{"ifMatch"}, []string{"IF_MATCH_MISSING", "RECORD_CHANGED"}},
	"page":    {[]string{"cursor", "limit"}, []string{"CURSOR_INVALID", "FIELD_INVALID"}},
}

// described adds to the operation of a route what it shares with others: parameters, headers, and an answer for each status with which it
// may be refused.
func described(whole node, route Route) error {
	item := below(whole, "paths", route.Pattern)
	operation, ok := item[strings.ToLower(route.Method)].(node)
	if !ok {
		return fmt.Errorf("httpapi: the document has no %s %s", route.Method, route.Pattern)
	}
	reads := route.Method == http.MethodGet
	parameters, codes := []string{"lang", "acceptLanguage"}, append([]string{"FIELD_INVALID"}, named(operation, keyProblems)...)
	for part := range strings.SplitSeq(route.Pattern, "/") {
		if name, is := variable(part); is {
			parameters = append(parameters, name)
			codes = append(codes, "ROUTE_UNKNOWN")
		}
	}
	for _, name := range named(operation, keyTakes) {
		what, ok := taken[name]
		if !ok {
			return fmt.Errorf("httpapi: %s %s takes %q", route.Method, route.Pattern, name)
		}
		parameters = append(parameters, what.parameters...)
		codes = append(codes, what.codes...)
	}
	shows := reads && below(operation, "responses")["200"] != nil
	if shows {
		parameters = append(parameters, "ifNoneMatch")
	}
	if operation["requestBody"] != nil {
		codes = append(codes, "BODY_INVALID", "FIELD_UNKNOWN", "BODY_INCOMPLETE", "BODY_TOO_LARGE", "BODY_TYPE_UNKNOWN")
	}
	switch {
	case route.Public:
		operation["security"] = []any{}
	case reads:
		codes = append(codes, "SIGNIN_NEEDED", "ACCESS_DENIED")
	default:
		parameters = append(parameters, "csrfToken")
		codes = append(codes, "SIGNIN_NEEDED", "ACCESS_DENIED", "CSRF_TOKEN_INVALID")
	}
	codes = append(codes, "INTERNAL", "UNAVAILABLE", "RESTORE_UNFINISHED")
	delete(operation, keyProblems)
	delete(operation, keyTakes)
	taking(operation, parameters)
	answering(below(operation, "responses"), codes, shows)
	return nil
}

// named are the texts of a list.
func named(n node, key string) []string {
	list, _ := n[key].([]any)
	names := make([]string, len(list))
	for i, one := range list {
		names[i], _ = one.(string)
	}
	return names
}

func taking(operation node, parameters []string) {
	own, _ := operation["parameters"].([]any)
	for _, name := range parameters {
		own = append(own, node{"$ref": "#/components/parameters/" + name})
	}
	operation["parameters"] = own
}

// answering completes the answers of an operation.
func answering(responses node, codes []string, reads bool) {
	for status, response := range responses {
		about, _ := response.(node)
		if about["$ref"] != nil { // which is complete in itself
			continue
		}
		headers := below(about, "headers")
		headers["X-Request-Id"] = node{"$ref": "#/components/headers/requestId"}
		switch {
		case reads && status == "200":
			headers["ETag"] = node{"$ref": "#/components/headers/etag"}
		case status[0] == '2':
			headers["ETag"] = node{"$ref": "#/components/headers/versionTag"}
		}
	}
	if reads {
		responses["304"] = node{"$ref": "#/components/responses/NotModified"}
	}
	responses["429"] = node{"$ref": "#/components/responses/TooMany"}
	slices.Sort(codes)
	by := map[int][]any{}
	for _, code := range slices.Compact(codes) {
		status := statusOf(problem.Code(code))
		by[status] = append(by[status], code)
	}
	for status, list := range by {
		responses[strconv.Itoa(status)] = refused(status, list)
	}
}

// refused describes the answer of a status to what is refused with one of these codes.
func refused(status int, codes []any) node {
	content := node{
		"application/problem+json": node{"schema": node{
			"$ref": "#/components/schemas/Problem", "properties": node{"code": node{"enum": codes}},
		}},
	}
	if status == http.StatusForbidden { // API Gateway's own, to what is none of its routes
		content["application/json"] = node{"schema": node{"$ref": "#/components/schemas/GatewayMessage"}}
	}
	response := node{"description": title(status, locale.EN), "content": content}
	if slices.ContainsFunc(codes, func(code any) bool { return helpsToWait(problem.Code(code.(string))) }) {
		response["headers"] = node{"Retry-After": node{"$ref": "#/components/headers/retryAfter"}}
	}
	return response
}
