package stack

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/host"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/table"
)

func TestEachFunctionIsGivenExactlyTheVariablesThatItReads(t *testing.T) {
	resources := expanded(t)
	if len(host.Functions()) != len(logicalIDs) {
		t.Errorf("%d functions in the code, %d in this test", len(host.Functions()), len(logicalIDs))
	}
	for _, function := range host.Functions() {
		var reads []string
		for _, variable := range host.Variables(function) {
			reads = append(reads, variable.Name)
		}
		given, _ := at(resources[logicalIDs[string(function)]].Properties, "Environment", "Variables").(map[string]any)
		compare(t, string(function)+": variables", reads, slices.Collect(maps.Keys(given)))
	}
}

func TestEachFunctionHasItsLogItsLimitsAndItsAlarms(t *testing.T) {
	resources := expanded(t)
	for name, id := range logicalIDs {
		function := resources[id]
		log := refers(at(function.Properties, "LoggingConfig", "LogGroup"))
		if resources[log].Type != "AWS::Logs::LogGroup" || resources[log].Properties["RetentionInDays"] == nil {
			t.Errorf("%s: no log group with a retention", name)
		}
		if runtime := function.Properties["Runtime"]; runtime != "provided.al2023" {
			t.Errorf("%s runs on %v", name, runtime)
		}
		if memory := function.Properties["MemorySize"]; memory != 512.0 {
			t.Errorf("%s has %v MiB", name, memory)
		}
		for _, metric := range []string{"Errors", "Throttles"} {
			if !alarmed(resources, metric, id) {
				t.Errorf("%s: no alarm on %s", name, metric)
			}
		}
	}
	if !alarmed(resources, "5XXError", "AWS::StackName") {
		t.Error("no alarm on the API's failures")
	}
}

func TestEachQueueIsEncryptedWatchedAndHasDeadLettersAndOneConsumer(t *testing.T) {
	resources := expanded(t)
	for _, name := range queued {
		id := strings.TrimSuffix(logicalIDs[name], "Function")
		main, dead := resources[id+"Queue"], resources[id+"DeadLetters"]
		target := refers(at(main.Properties, "RedrivePolicy", "deadLetterTargetArn"))
		if target != id+"DeadLetters" || dead.Type != "AWS::SQS::Queue" {
			t.Errorf("%s: dead letters go to %q", name, target)
		}
		if most := at(main.Properties, "RedrivePolicy", "maxReceiveCount"); most != float64(jobs.Deliveries) {
			t.Errorf("%s: delivered %v times, the jobs say %d", name, most, jobs.Deliveries)
		}
		for what, queue := range map[string]resource{"queue": main, "dead letters": dead} {
			if queue.Properties["SqsManagedSseEnabled"] != true {
				t.Errorf("%s: the %s are not encrypted", name, what)
			}
		}
		timeout, _ := resources[logicalIDs[name]].Properties["Timeout"].(float64)
		if hidden, _ := main.Properties["VisibilityTimeout"].(float64); hidden != 6*timeout {
			t.Errorf("%s: a message is hidden for %v s, the function may take %v s", name, hidden, timeout)
		}
		kept, _ := dead.Properties["MessageRetentionPeriod"].(float64)
		waits, _ := main.Properties["MessageRetentionPeriod"].(float64)
		if kept <= waits {
			t.Errorf("%s: dead letters are kept for %v s, messages for %v s", name, kept, waits)
		}
		if !alarmed(resources, "ApproximateNumberOfMessagesVisible", id+"DeadLetters") ||
			!alarmed(resources, "ApproximateAgeOfOldestMessage", id+"Queue") {
			t.Errorf("%s: nobody is told of dead letters or of a queue that stands", name)
		}
		source := resources[logicalIDs[name]+"Jobs"].Properties
		if refers(source["EventSourceArn"]) != id+"Queue" || refers(source["FunctionName"]) != logicalIDs[name] ||
			fmt.Sprint(source["FunctionResponseTypes"]) != "[ReportBatchItemFailures]" ||
			at(source, "ScalingConfig", "MaximumConcurrency") == nil {
			t.Errorf("%s: event source %v", name, source)
		}
	}
}

// A sheet of many long texts keeps them in a file of up to so many bytes; another's check must not suffer when one is too much.
func TestTheCheckHasRoomForWhatASheetMayHoldAndAnInvocationOfItsOwn(t *testing.T) {
	resources := expanded(t)
	most := float64(sheet.DefaultLimits().Strings) / (1 << 20)
	if room, _ := at(resources["CheckFunction"].Properties, "EphemeralStorage", "Size").(float64); room < most {
		t.Errorf("%v MiB for files, a sheet's texts may take %v", room, most)
	}
	if size := resources["CheckFunctionJobs"].Properties["BatchSize"]; size != 1.0 {
		t.Errorf("files of %v senders are checked in one invocation", size)
	}
}

func TestCommitsThatWereLeftBehindAreLookedForFromTimeToTime(t *testing.T) {
	resources := expanded(t)
	rule := resources["CommitRecovery"]
	targets := list(rule.Properties["Targets"])
	if rule.Properties["State"] != "ENABLED" || rule.Properties["ScheduleExpression"] != "rate(1 hour)" || len(targets) != 1 {
		t.Fatalf("the rule: %v", rule)
	}
	if at(targets[0], "Input") != string(task.Recover()) || refers(at(targets[0], "Arn")) != "CommitQueue" {
		t.Errorf("sends %v to %v", at(targets[0], "Input"), at(targets[0], "Arn"))
	}
	for _, r := range resources {
		for _, statement := range list(at(r.Properties, "PolicyDocument", "Statement")) {
			if at(statement, "Principal", "Service") == "events.amazonaws.com" && at(statement, "Action") == "sqs:SendMessage" &&
				refers(at(statement, "Resource")) == "CommitQueue" && refers(at(statement, "Condition", "ArnEquals", "aws:SourceArn")) == "CommitRecovery" {
				return
			}
		}
	}
	t.Error("the queue takes no message of the rule")
}

// Who sends a dead letter on its way again must find the file that it is about.
func TestAnUploadIsKeptAsLongAsAMessageAboutItMayBe(t *testing.T) {
	resources := expanded(t)
	kept, _ := resources["CheckDeadLetters"].Properties["MessageRetentionPeriod"].(float64)
	for _, rule := range list(at(resources["Files"].Properties, "LifecycleConfiguration", "Rules")) {
		if at(rule, "Prefix") == intake.Incoming("") {
			if days, _ := at(rule, "ExpirationInDays").(float64); days*24*60*60 <= kept {
				t.Errorf("uploads are kept for %v days, dead letters for %v s", days, kept)
			}
			return
		}
	}
	t.Error("uploads that nobody took are kept for ever")
}

func TestEachQueueAndTheBucketRefuseWhatIsNotEncryptedOnItsWay(t *testing.T) {
	resources := expanded(t)
	refusing := map[string]bool{}
	for _, r := range resources {
		if r.Type != "AWS::SQS::QueuePolicy" && r.Type != "AWS::S3::BucketPolicy" {
			continue
		}
		for _, statement := range list(at(r.Properties, "PolicyDocument", "Statement")) {
			if at(statement, "Effect") == "Deny" && at(statement, "Principal") == "*" &&
				at(statement, "Condition", "Bool", "aws:SecureTransport") == "false" {
				for _, of := range append(list(r.Properties["Queues"]), list(r.Properties["Bucket"])...) {
					refusing[refers(of)] = true
				}
			}
		}
	}
	for id, r := range resources {
		if (r.Type == "AWS::SQS::Queue" || r.Type == "AWS::S3::Bucket") && !refusing[id] {
			t.Errorf("%s takes requests that anybody on the way can read", id)
		}
	}
}

func TestTheTableHasTheKeysOfTheDriverAndOutlivesTheStack(t *testing.T) {
	records := expanded(t)["Records"]
	var keys []string
	for _, key := range list(records.Properties["KeySchema"]) {
		keys = append(keys, fmt.Sprint(at(key, "AttributeName"), " ", at(key, "KeyType")))
	}
	if want := []string{table.AttributePartition + " HASH", table.AttributeSort + " RANGE"}; !slices.Equal(keys, want) {
		t.Errorf("keys %v, want %v", keys, want)
	}
	if got := at(records.Properties, "TimeToLiveSpecification", "AttributeName"); got != table.AttributeExpires {
		t.Errorf("items expire by %v", got)
	}
	for _, path := range [][]string{
		{"DeletionProtectionEnabled"}, {"PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"}, {"SSESpecification", "SSEEnabled"},
	} {
		if at(records.Properties, path...) != true {
			t.Errorf("%v is not on", path)
		}
	}
	if records.DeletionPolicy != "Retain" || expanded(t)["Files"].DeletionPolicy != "Retain" {
		t.Error("what is stored goes with the stack")
	}
}

// alarmed reports whether an alarm watches a metric of a resource.
func alarmed(resources map[string]resource, metric, of string) bool {
	for _, r := range resources {
		if r.Type != "AWS::CloudWatch::Alarm" || r.Properties["MetricName"] != metric || r.Properties["AlarmActions"] == nil {
			continue
		}
		for _, dimension := range list(r.Properties["Dimensions"]) {
			if refers(at(dimension, "Value")) == of {
				return true
			}
		}
	}
	return false
}

// compare fails for what is needed and not there, and for what is there and not needed.
func compare(t *testing.T, what string, needed, given []string) {
	t.Helper()
	for _, name := range needed {
		if !slices.Contains(given, name) {
			t.Errorf("%s: %s is missing from template.yaml", what, name)
		}
	}
	for _, name := range given {
		if !slices.Contains(needed, name) {
			t.Errorf("%s: %s of template.yaml is used by nothing", what, name)
		}
	}
}
