package stack

import (
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/problem"
)

var update = flag.Bool("update", false, "write the routes of template.yaml anew")

// What stands around the routes in template.yaml.
const (
	routesBegin = "          # Routes of the code: go test ./infra/stack -run TestTheAPIHas -update\n"
	routesEnd   = "          # End of the routes.\n"
)

// integration is how API Gateway has a request answered: by the api function, whose name is spelled out since its variables name the API.
const integration = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/" +
	"arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${AWS::StackName}-api/invocations"

// resourcePath is the path of API Gateway's at which a route is: it knows none that ends in a slash, takes requests for one as for that
// without, and hands the path on as it came.
func resourcePath(route httpapi.Route) string {
	if path := strings.TrimSuffix(route.Pattern, "/"); path != "" {
		return path
	}
	return "/"
}

// routes are those of the code, as template.yaml has them.
func routes() string {
	methods := map[string][]string{}
	for _, route := range httpapi.Routes() {
		methods[resourcePath(route)] = append(methods[resourcePath(route)], strings.ToLower(route.Method))
	}
	var b strings.Builder
	for _, path := range slices.Sorted(maps.Keys(methods)) {
		fmt.Fprintf(&b, "          %s:\n", path)
		for _, method := range slices.Sorted(slices.Values(methods[path])) {
			fmt.Fprintf(&b, "            %s: {responses: {}, x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: !Sub %q}}\n",
				method, integration)
		}
	}
	return b.String()
}

func TestTheAPIHasExactlyTheRoutesOfTheCode(t *testing.T) {
	file := filepath.Join(root, "template.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(text), routesBegin)
	written, after, ends := strings.Cut(rest, routesEnd)
	if !begins || !ends {
		t.Fatal("template.yaml doesn't say where the routes stand")
	}
	if want := routes(); written != want && *update {
		if err := os.WriteFile(file, []byte(before+routesBegin+want+routesEnd+after), 0o600); err != nil {
			t.Fatal(err)
		}
	} else if written != want {
		t.Error("template.yaml has other routes than the code: go test ./infra/stack -run TestTheAPIHas -update")
	}
}

// The session is the door, which the function asks for by route; an authorizer of API Gateway would keep people out that the product lets in.
func TestEachRouteOfTheAPILeadsToTheFunctionUnhindered(t *testing.T) {
	resources := expanded(t)
	var served, asked []string
	for _, route := range httpapi.Routes() {
		served = append(served, route.Method+" "+resourcePath(route))
	}
	body := at(resources["Api"].Properties, "Body")
	paths, _ := at(body, "paths").(map[string]any)
	for path, methods := range paths {
		for method, about := range methods.(map[string]any) {
			route := strings.ToUpper(method) + " " + path
			asked = append(asked, route)
			if security := at(about, "security"); security != nil {
				t.Errorf("%s asks for %v", route, security)
			}
			if target := refers(at(about, "x-amazon-apigateway-integration", "uri")); target != integration {
				t.Errorf("%s goes to %s", route, target)
			}
			if credentials := at(about, "x-amazon-apigateway-integration", "credentials"); credentials != nil {
				t.Errorf("%s needs its caller to be allowed to invoke the function: %v", route, credentials)
			}
		}
	}
	compare(t, "routes", served, asked)
	if security := at(body, "security"); security != nil {
		t.Errorf("every route asks for %v", security)
	}
	if name := refers(resources["ApiFunction"].Properties["FunctionName"]); name != "${AWS::StackName}-api" {
		t.Errorf("the function is %q, and the routes lead to another", name)
	}
	if types := fmt.Sprint(at(body, "x-amazon-apigateway-binary-media-types")); types != "[*/*]" {
		t.Errorf("compressed answers go out as text, but for %s", types)
	}
}

// A function's policy may have 20 KB, which one permission for each route would fill.
func TestOnePermissionLetsTheAPICallTheFunction(t *testing.T) {
	var permissions []string
	for id, r := range expanded(t) {
		if r.Type != "AWS::Lambda::Permission" || refers(r.Properties["FunctionName"]) != "ApiFunction" {
			continue
		}
		permissions = append(permissions, id)
		if r.Properties["Principal"] != "apigateway.amazonaws.com" || !strings.HasSuffix(refers(r.Properties["SourceArn"]), ":${Api}/*") {
			t.Errorf("%s: %v", id, r.Properties)
		}
	}
	if len(permissions) != 1 {
		t.Errorf("permissions: %v", permissions)
	}
}

// Whoever else may call a function is the clock, and only what it is there for.
func TestNothingButTheHourlyRuleCallsAnotherFunction(t *testing.T) {
	for id, r := range expanded(t) {
		if r.Type != "AWS::Lambda::Permission" || refers(r.Properties["FunctionName"]) == "ApiFunction" {
			continue
		}
		if r.Properties["Principal"] != "events.amazonaws.com" || refers(r.Properties["FunctionName"]) != "SummaryFunction" ||
			refers(r.Properties["SourceArn"]) != "SummaryFunctionHourly" {
			t.Errorf("%s: %v", id, r.Properties)
		}
	}
}

// API Gateway refuses two variables at the same place of a path that have different names.
func TestVariablesAtTheSamePlaceOfAPathHaveOneName(t *testing.T) {
	names := map[string]string{}
	for _, route := range httpapi.Routes() {
		place := ""
		for segment := range strings.SplitSeq(strings.TrimPrefix(route.Pattern, "/"), "/") {
			if strings.HasPrefix(segment, "{") {
				if other, ok := names[place]; ok && other != segment {
					t.Errorf("below %s there are %s and %s", place, other, segment)
				}
				names[place] = segment
			}
			place += "/" + segment
		}
	}
}

func TestTheAPIHasOneStageWithLimits(t *testing.T) {
	stages := 0
	for id, r := range expanded(t) {
		// Without the version of OpenAPI the transform would make a second stage, without limits.
		if r.Type == "AWS::ApiGateway::Deployment" && r.Properties["StageName"] != nil {
			t.Errorf("%s makes a stage of its own: %v", id, r.Properties["StageName"])
		}
		if r.Type == "AWS::ApiGateway::Stage" {
			stages++
			if r.Properties["StageName"] != "Prod" {
				t.Errorf("%s is %v, the addresses say Prod", id, r.Properties["StageName"])
			}
		}
		for _, settings := range list(r.Properties["MethodSettings"]) {
			if at(settings, "MetricsEnabled") == true { // which docs/cost.md says they are not
				t.Errorf("%s pays for figures by method", id)
			}
			if at(settings, "ThrottlingRateLimit") == nil || at(settings, "ThrottlingBurstLimit") == nil {
				t.Errorf("%s has no limits: %v", id, settings)
			}
		}
	}
	if stages != 1 {
		t.Errorf("%d stages", stages)
	}
}

// What API Gateway answers itself has the shape of the function's problems, so that programs need to know one.
func TestWhatAPIGatewayAnswersItselfIsAProblemAsTheFunctionTellsIt(t *testing.T) {
	answers, _ := at(expanded(t)["Api"].Properties, "Body", "x-amazon-apigateway-gateway-responses").(map[string]any)
	problems := map[string]*problem.Problem{
		"MISSING_AUTHENTICATION_TOKEN": problem.New("ROUTE_UNKNOWN").Valued("/nothing"),
		"THROTTLED":                    problem.New("TOO_MANY_REQUESTS").WithInt("seconds", 1),
		"REQUEST_TOO_LARGE":            problem.New("BODY_TOO_LARGE").WithInt("limit", httpapi.MaxBody),
		"DEFAULT_5XX":                  problem.New("UNAVAILABLE"),
	}
	if len(answers) != len(problems) {
		t.Errorf("%d answers of API Gateway's own, %d problems", len(answers), len(problems))
	}
	for kind, p := range problems {
		var got, want map[string]any
		text, _ := at(answers, kind, "responseTemplates", "application/json").(string)
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Errorf("%s: %v: %s", kind, err, text)
		}
		told := httptest.NewRecorder()
		httpapi.Refuse(told, httptest.NewRequest(http.MethodGet, "/nothing", nil), "c0ffee", slog.New(slog.DiscardHandler), p)
		if err := json.Unmarshal(told.Body.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want))) {
			t.Errorf("%s: API Gateway tells %v, the function %v", kind, got, want)
		}
		for _, name := range []string{"type", "title", "status", "code"} {
			if got[name] != want[name] || name == "status" && at(answers, kind, "statusCode") != got[name] {
				t.Errorf("%s: the %s is %v at API Gateway, %v by the function", kind, name, got[name], want[name])
			}
		}
	}
}
