package stack

import (
	"fmt"
	"slices"
	"testing"
)

// longestBackup is how many days what was erased may still be in a backup: what DynamoDB keeps of a table's past, and no file longer.
const longestBackup = 35

func TestRecordsAndFilesOutliveTheirStackAndItsMistakes(t *testing.T) {
	resources := expanded(t)
	for _, id := range []string{"Records", "Files"} {
		if r := resources[id]; r.DeletionPolicy != "Retain" || r.UpdateReplacePolicy != "Retain" {
			t.Errorf("%s goes with its stack (%s) or when it is replaced (%s)", id, r.DeletionPolicy, r.UpdateReplacePolicy)
		}
	}
	records, files := resources["Records"].Properties, resources["Files"].Properties
	if records["DeletionProtectionEnabled"] != true {
		t.Error("the table can be deleted by mistake")
	}
	if at(records, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled") != true {
		t.Error("the table's past can't be brought back")
	}
	if at(files, "VersioningConfiguration", "Status") != "Enabled" {
		t.Error("a file that is replaced or deleted can't be brought back")
	}
}

// Only one table and one bucket keep what people entrust to the product; whatever is added has to be thought of here.
func TestNothingElseKeepsRecords(t *testing.T) {
	var kept []string
	for id, r := range expanded(t) {
		switch r.Type {
		case "AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::RDS::DBInstance", "AWS::EFS::FileSystem":
			kept = append(kept, id)
		}
	}
	slices.Sort(kept)
	if !slices.Equal(kept, []string{"Files", "Records"}) {
		t.Errorf("kept: %v", kept)
	}
}

func TestBackupsAgeOut(t *testing.T) {
	resources := expanded(t)
	days, _ := at(resources["Records"].Properties, "PointInTimeRecoverySpecification", "RecoveryPeriodInDays").(float64)
	if days != longestBackup {
		t.Errorf("the table's past goes back %v days", days)
	}
	all := false
	for _, rule := range list(at(resources["Files"].Properties, "LifecycleConfiguration", "Rules")) {
		if at(rule, "Status") != "Enabled" {
			t.Errorf("rule %v is not at work", at(rule, "Id"))
		}
		versions, bounded := at(rule, "NoncurrentVersionExpiration", "NoncurrentDays").(float64)
		if bounded && (versions < 1 || versions > longestBackup) {
			t.Errorf("rule %v keeps earlier versions for %v days", at(rule, "Id"), versions)
		}
		all = all || at(rule, "Prefix") == nil && refers(at(rule, "NoncurrentVersionExpiration", "NoncurrentDays")) == "Retention"
	}
	if !all {
		t.Error("earlier versions of some files are kept for ever")
	}
	retention := parameter(t, "Retention")
	for _, name := range []string{"Default", "MaxValue"} {
		if fmt.Sprint(retention[name]) != fmt.Sprint(longestBackup) {
			t.Errorf("Retention: %s is %v", name, retention[name])
		}
	}
}
