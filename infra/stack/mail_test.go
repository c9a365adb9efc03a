package stack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/app/assembly"
	"github.com/learning-cities/guildhall/shared/app/onaws"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/metric"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

func TestWhatIsDueIsLookedForEachFullHourByARuleOfItsOwn(t *testing.T) {
	resources := expanded(t)
	rule := resources["SummaryFunctionHourly"]
	targets := list(rule.Properties["Targets"])
	if rule.Type != "AWS::Events::Rule" || rule.Properties["ScheduleExpression"] != "cron(0 * * * ? *)" || len(targets) != 1 ||
		refers(at(targets[0], "Arn")) != "SummaryFunction" {
		t.Errorf("the rule: %+v", rule)
	}
	for _, r := range resources {
		if r.Type == "AWS::Lambda::Permission" && refers(r.Properties["FunctionName"]) == "SummaryFunction" &&
			r.Properties["Principal"] == "events.amazonaws.com" && refers(r.Properties["SourceArn"]) == "SummaryFunctionHourly" {
			return
		}
	}
	t.Error("the rule may not call the function")
}

// An attempt to send is taken for broken off once a lease is over: no function may still be at it then.
func TestNoFunctionRunsAsLongAsALetterMayBeOnItsWay(t *testing.T) {
	for id, r := range expanded(t) {
		timeout, _ := r.Properties["Timeout"].(float64)
		if r.Type == "AWS::Lambda::Function" && (timeout == 0 || timeout >= outbox.Lease.Seconds()) {
			t.Errorf("%s may run for %v s", id, timeout)
		}
	}
}

func TestWhatKeepsSummariesAndLettersBackIsToldByFiguresThatAreMeasured(t *testing.T) {
	clock := identity.Fixed(time.Date(2026, 7, 15, 6, 0, 0, 0, time.UTC))
	measured := map[string]bool{}
	parts := assembly.Parts{
		Table: memory.New(table.Config{Clock: clock}), Clock: clock, IDs: identity.NewIDs(clock, nil),
		Measure: func(dimensions map[string]string, values ...metric.Value) {
			for _, value := range values {
				measured[value.Name] = len(dimensions) == 0
			}
		},
	}
	if _, err := parts.Summaries(nil).Run(context.Background(), clock()); err != nil {
		t.Fatal(err)
	}
	watched := map[string][]string{}
	for id, r := range expanded(t) {
		if r.Type != "AWS::CloudWatch::Alarm" || r.Properties["Namespace"] != onaws.Namespace {
			continue
		}
		name := fmt.Sprint(r.Properties["MetricName"])
		if !measured[name] || r.Properties["Dimensions"] != nil {
			t.Errorf("%s watches %s of %v, which a run doesn't measure", id, name, r.Properties["Dimensions"])
		}
		watched[name] = append(watched[name], fmt.Sprint(r.Properties["Statistic"], " ", r.Properties["ComparisonOperator"], " ",
			r.Properties["Threshold"], ", nothing is ", r.Properties["TreatMissingData"]))
	}
	for name, want := range map[string][]string{
		"SummariesLate": {
			"Maximum GreaterThanOrEqualToThreshold 7200, nothing is notBreaching", "SampleCount LessThanThreshold 1, nothing is breaching",
		},
		"SummariesPassedOver": {"Maximum GreaterThanOrEqualToThreshold 1, nothing is notBreaching"},
		"MailsUncertain":      {"Maximum GreaterThanOrEqualToThreshold 1, nothing is notBreaching"},
		"MailsFailed":         {"Maximum GreaterThanOrEqualToThreshold 1, nothing is notBreaching"},
	} {
		if slices.Sort(watched[name]); !slices.Equal(watched[name], want) {
			t.Errorf("%s is watched for %q", name, watched[name])
		}
	}
}

func TestWithoutASenderNothingOfSESIsMade(t *testing.T) {
	seen := 0
	for id, r := range expanded(t) {
		if !strings.HasPrefix(r.Type, "AWS::SES::") && !strings.HasPrefix(r.Type, "AWS::SNS::") {
			continue
		}
		seen++
		want := "HasSender"
		if id == "MailIdentity" {
			want = "HasOwnIdentity"
		}
		if r.Condition != want {
			t.Errorf("%s is made on condition %q", id, r.Condition)
		}
	}
	if seen != 6 {
		t.Errorf("%d resources of SES and SNS", seen)
	}
}

func TestWhatBecomesOfLettersComesFromSESAloneOverTheTopicIntoTheQueue(t *testing.T) {
	resources := expanded(t)
	destination := resources["MailEvents"].Properties
	types := fmt.Sprint(at(destination, "EventDestination", "MatchingEventTypes"))
	if refers(destination["ConfigurationSetName"]) != "MailSet" || types != "[bounce complaint delivery reject]" ||
		refers(at(destination, "EventDestination", "SnsDestination", "TopicARN")) != "MailTopic" {
		t.Errorf("SES tells %v", destination)
	}
	subscription := resources["MailTopicToQueue"].Properties
	if refers(subscription["TopicArn"]) != "MailTopic" || refers(subscription["Endpoint"]) != "BounceQueue" || subscription["Protocol"] != "sqs" {
		t.Errorf("the topic tells %v", subscription)
	}
	admitted := map[string]string{}
	for _, id := range []string{"MailTopicAccess", "BounceQueueAccess"} {
		for _, statement := range list(at(resources[id].Properties, "PolicyDocument", "Statement")) {
			if chosen := list(at(statement, "Fn::If")); len(chosen) == 3 {
				statement = chosen[1]
			}
			if at(statement, "Effect") == "Allow" {
				admitted[id] += fmt.Sprint(at(statement, "Principal", "Service"), " from ", refers(at(statement, "Condition", "ArnEquals", "aws:SourceArn")), ";")
			}
		}
	}
	if got := admitted["MailTopicAccess"]; got != "ses.amazonaws.com from arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:configuration-set/${MailSet};" {
		t.Errorf("the topic is told by %s", got)
	}
	if got := admitted["BounceQueueAccess"]; got != "sns.amazonaws.com from MailTopic;" {
		t.Errorf("the queue is told by %s", got)
	}
}
