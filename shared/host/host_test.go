package host_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"math"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/learning-cities/guildhall/shared/host"
)

// whole is an environment in which every variable is set rightly.
func whole() map[string]string {
	return map[string]string{
		"GUILDHALL_TABLE":                "guildhall-Records-1A2B",
		"GUILDHALL_BUCKET":               "guildhall-files-1a2b",
		"GUILDHALL_CHECK_QUEUE":          "https://sqs.eu-west-1.amazonaws.com/123456789012/check",
		"GUILDHALL_COMMIT_QUEUE":         "http://127.0.0.1:4566/000000000000/commit",
		"GUILDHALL_EXPORT_QUEUE":         "https://sqs.eu-west-1.amazonaws.com/123456789012/export",
		"GUILDHALL_DELIVER_QUEUE":        "https://sqs.eu-west-1.amazonaws.com/123456789012/deliver",
		"GUILDHALL_BOUNCE_QUEUE":         "https://sqs.eu-west-1.amazonaws.com/123456789012/bounce",
		"GUILDHALL_SENDER":               "Guildhall <letters@example.org>",
		"GUILDHALL_CONFIGURATION_SET":    "guildhall-mail",
		"GUILDHALL_DEAD_LETTERS":         "https://sqs.eu-west-1.amazonaws.com/123456789012/dead",
		"GUILDHALL_CHECK_DEAD_LETTERS":   "https://sqs.eu-west-1.amazonaws.com/123456789012/check-dead",
		"GUILDHALL_COMMIT_DEAD_LETTERS":  "https://sqs.eu-west-1.amazonaws.com/123456789012/commit-dead",
		"GUILDHALL_EXPORT_DEAD_LETTERS":  "https://sqs.eu-west-1.amazonaws.com/123456789012/export-dead",
		"GUILDHALL_DELIVER_DEAD_LETTERS": "https://sqs.eu-west-1.amazonaws.com/123456789012/deliver-dead",
		"GUILDHALL_BOUNCE_DEAD_LETTERS":  "https://sqs.eu-west-1.amazonaws.com/123456789012/bounce-dead",
		"GUILDHALL_ADDRESS":              "https://a1b2.execute-api.eu-west-1.amazonaws.com/Prod/",
		"GUILDHALL_ISSUER":               "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCd",
		"GUILDHALL_CLIENT":               "guildhall",
		"GUILDHALL_CLIENT_SECRET":        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:ClientSecret-a1b2",
		"GUILDHALL_SECRET":               "arn:aws:secretsmanager:eu-west-1:123456789012:secret:Secret-a1b2",
		"GUILDHALL_FIRST_PERSON":         "anna@example.org",
		"GUILDHALL_FIRST_LANGUAGE":       "fr",
		"GUILDHALL_LOG_LEVEL":            "debug",
	}
}

func lookup(env map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) { value, ok := env[name]; return value, ok }
}

func TestAFunctionReadsOnlyItsOwnVariables(t *testing.T) {
	for _, function := range host.Functions() {
		read := map[string]bool{}
		_, err := host.Load(function, func(name string) (string, bool) { read[name] = true; return lookup(whole())(name) })
		if err != nil {
			t.Errorf("%s: %v", function, err)
		}
		for _, variable := range host.Variables(function) {
			if !read[variable.Name] {
				t.Errorf("%s lists %s and doesn't read it", function, variable.Name)
			}
			delete(read, variable.Name)
		}
		if len(read) > 0 {
			t.Errorf("%s reads %v without listing them", function, read)
		}
	}
}

func TestTheSettingsAreWhatTheEnvironmentSays(t *testing.T) {
	got, err := host.Load(host.API, lookup(whole()))
	want := host.Settings{
		Function: host.API, Table: "guildhall-Records-1A2B", Bucket: "guildhall-files-1a2b",
		CheckQueue:   "https://sqs.eu-west-1.amazonaws.com/123456789012/check",
		CommitQueue:  "http://127.0.0.1:4566/000000000000/commit",
		ExportQueue:  "https://sqs.eu-west-1.amazonaws.com/123456789012/export",
		DeliverQueue: "https://sqs.eu-west-1.amazonaws.com/123456789012/deliver",
		BounceQueue:  "https://sqs.eu-west-1.amazonaws.com/123456789012/bounce",

		CheckDeadLetters:   "https://sqs.eu-west-1.amazonaws.com/123456789012/check-dead",
		CommitDeadLetters:  "https://sqs.eu-west-1.amazonaws.com/123456789012/commit-dead",
		ExportDeadLetters:  "https://sqs.eu-west-1.amazonaws.com/123456789012/export-dead",
		DeliverDeadLetters: "https://sqs.eu-west-1.amazonaws.com/123456789012/deliver-dead",
		BounceDeadLetters:  "https://sqs.eu-west-1.amazonaws.com/123456789012/bounce-dead",
		Address:            "https://a1b2.execute-api.eu-west-1.amazonaws.com/Prod/",
		Issuer:             "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCd", Client: "guildhall",
		ClientSecret: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:ClientSecret-a1b2",
		Secret:       "arn:aws:secretsmanager:eu-west-1:123456789012:secret:Secret-a1b2",
		FirstPerson:  "anna@example.org", FirstLanguage: "fr", LogLevel: slog.LevelDebug,
	}
	if err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestEverythingThatIsWrongWithTheEnvironmentIsNamedAtOnce(t *testing.T) {
	env := whole()
	delete(env, "GUILDHALL_TABLE")
	env["GUILDHALL_BUCKET"] = "No_Bucket"
	env["GUILDHALL_CHECK_QUEUE"] = "check"
	env["GUILDHALL_LOG_LEVEL"] = "loud"
	_, err := host.Load(host.Check, lookup(env))
	if err == nil {
		t.Fatal("accepted")
	}
	for _, name := range []string{"GUILDHALL_TABLE", "GUILDHALL_BUCKET", "GUILDHALL_CHECK_QUEUE", "GUILDHALL_LOG_LEVEL"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%v does not name %s", err, name)
		}
	}
}

func TestAWrongVariableIsNamedAndWhatItSaysIsKept(t *testing.T) {
	for name, value := range map[string]string{
		"GUILDHALL_SECRET": "hunter2", "GUILDHALL_CLIENT_SECRET": "hunter2", "GUILDHALL_FIRST_PERSON": "anna at example", "GUILDHALL_ADDRESS": "https://example.org", "GUILDHALL_ISSUER": "hunter2", "GUILDHALL_CLIENT": "two words", "GUILDHALL_FIRST_LANGUAGE": "French",
	} {
		env := whole()
		env[name] = value
		if _, err := host.Load(host.API, lookup(env)); err == nil || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), value) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheSettingsOfDeliveryNameTheSenderOrNobody(t *testing.T) {
	env := whole()
	for value, right := range map[string]bool{
		"letters@example.org": true, "Guildhall <letters@example.org>": true, "": true,
		"letters": false, "@example.org": false, "two@example.org, three@example.org": false,
	} {
		env["GUILDHALL_SENDER"] = value
		for _, function := range []host.Function{host.Summary, host.Deliver} {
			if got, err := host.Load(function, lookup(env)); (err == nil) != right || right && got.Sender != value {
				t.Errorf("%s: %q is %q, %v", function, value, got.Sender, err)
			}
		}
	}
}

func TestTheLogLevelMayBeMissing(t *testing.T) {
	env := whole()
	delete(env, "GUILDHALL_LOG_LEVEL")
	settings, err := host.Load(host.Check, lookup(env))
	if err != nil || settings.LogLevel != slog.LevelInfo {
		t.Errorf("got %v, %v", settings.LogLevel, err)
	}
}

func TestThereAreOnlyTheFunctionsThatThereAre(t *testing.T) {
	if _, err := host.Load("letters", lookup(whole())); err == nil {
		t.Error("settings of a function that doesn't exist")
	}
}

func TestEntriesOfTheLogNameTheFunctionAndTheInvocation(t *testing.T) {
	var lines bytes.Buffer
	log := host.NewLog(&lines, host.Check, slog.LevelInfo)
	ctx := lambdacontext.NewContext(context.Background(), &lambdacontext.LambdaContext{AwsRequestID: "c0ffee"})
	log.With("import", "01abc").WithGroup("of").InfoContext(ctx, "checked", "rows", 3)
	log.DebugContext(ctx, "not written")
	var entry struct {
		Function, Import, Msg string
		Of                    struct {
			Rows       int
			Invocation string
		}
	}
	if err := json.Unmarshal(lines.Bytes(), &entry); err != nil {
		t.Fatalf("%v: %s", err, lines.String())
	}
	if entry.Function != "check" || entry.Import != "01abc" || entry.Of.Rows != 3 || entry.Of.Invocation != "c0ffee" {
		t.Errorf("got %s", lines.String())
	}
}

func TestWorkStopsTenSecondsOr15PercentBeforeTheDeadline(t *testing.T) {
	start := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	tests := []struct{ timeout, stop time.Duration }{
		{60 * time.Second, 50 * time.Second},
		{15 * time.Minute, 15*time.Minute - 135*time.Second},
		{10 * time.Second, 5 * time.Second}, // ten seconds would leave none to work in
	}
	for _, test := range tests {
		ctx, cancel := context.WithDeadline(context.Background(), start.Add(test.timeout))
		defer cancel()
		ctx = host.Begin(ctx, start)
		at := func(d time.Duration) bool { return host.Hurry(func() time.Time { return start.Add(d) })(ctx) }
		if at(test.stop-time.Millisecond) || !at(test.stop) || !at(test.timeout) {
			t.Errorf("of %v, work must stop after %v", test.timeout, test.stop)
		}
	}
}

func TestWithoutADeadlineThereIsNoHurry(t *testing.T) {
	ctx := host.Begin(context.Background(), time.Now())
	if host.Hurry(time.Now)(ctx) {
		t.Error("in a hurry")
	}
}

func TestMemoryIsBoundByWhatThePlatformGives(t *testing.T) {
	before := debug.SetMemoryLimit(-1)
	defer debug.SetMemoryLimit(before)
	for _, none := range []string{"", "much", "-1"} {
		if bound := host.BoundMemory(lookup(map[string]string{"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": none})); bound != math.MaxInt64 {
			t.Errorf("%q bounds to %d", none, bound)
		}
	}
	bound := host.BoundMemory(lookup(map[string]string{"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512"}))
	if set := debug.SetMemoryLimit(-1); set != bound || bound > 440<<20 || bound < 420<<20 {
		t.Errorf("bound to %d, set to %d", bound, set)
	}
}
