package stack

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// need is what a function does with one resource, and so what its role has to allow, with the reason.
type need struct {
	resource string // its logical identifier; for files the prefix of their names, "files" for the bucket itself
	actions  []string
	why      string
}

var (
	reading = []string{"dynamodb:BatchGetItem", "dynamodb:Query"} // the driver reads single items in batches too
	taking  = []string{"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}
	// Without GetQueueAttributes: that is for the platform, which polls for the functions.
	settling = []string{"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"}
	logging  = []string{"logs:CreateLogStream", "logs:PutLogEvents"}
	sending  = []string{"ses:SendEmail", "ses:SendRawEmail"}
	keeping  = []string{"s3:PutObject", "s3:AbortMultipartUpload"}
)

// needs says what each function does.
var needs = map[string][]need{
	"api": {
		{"Records", append([]string{"dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"}, reading...),
			"what people ask for is read, and what they do is written with all that follows, on condition that nothing changed meanwhile"},
		{"Secret", []string{"secretsmanager:GetSecretValue"}, "the keys of people and sign-in are made from it"},
		{"ClientSecret", []string{"secretsmanager:GetSecretValue"}, "the product proves to the issuer who it is"},
		{"incoming/", []string{"s3:PutObject"}, "a link for an upload may what its signer may"},
		{"imports/", []string{"s3:GetObject"}, "reports, and links to marked copies"},
		{"exports/", []string{"s3:GetObject"}, "links to workbooks"},
		{"files", []string{"s3:ListBucket"}, "a marked copy that isn't made yet is missing rather than forbidden"},
		{"CheckQueue", []string{"sqs:SendMessage"}, "further answers"},
		{"CommitQueue", []string{"sqs:SendMessage"}, "a plan is to be committed"},
		{"ExportQueue", []string{"sqs:SendMessage"}, "a workbook is asked for"},
		{"DeliverQueue", []string{"sqs:SendMessage"}, "a letter is to be sent again, or that of a correction"},
		{"BounceQueue", []string{"sqs:SendMessage"}, "a failed task is sent again"},
		{"CheckDeadLetters", settling, "failed tasks are looked through, and go when they were sent again or discarded"},
		{"CommitDeadLetters", settling, "the same"},
		{"ExportDeadLetters", settling, "the same"},
		{"DeliverDeadLetters", settling, "the same"},
		{"BounceDeadLetters", settling, "the same"},
		{"ApiLog", logging, "its log"},
	},
	"check": {
		{"Records", append([]string{"dynamodb:PutItem"}, reading...), "the import's record, and what rows are compared with"},
		{"incoming/", []string{"s3:GetObject", "s3:DeleteObject"}, "the file as it was sent, which goes when its check is done"},
		{"uploads/", append([]string{"s3:GetObject"}, keeping...), "the copy that is kept of it"},
		{"imports/", append([]string{"s3:GetObject", "s3:DeleteObject"}, keeping...), "plans, reports, marked copies; what is overtaken goes"},
		{"files", []string{"s3:ListBucket"}, "what isn't kept yet is missing rather than forbidden, and what other checks left is found"},
		{"CheckQueue", append([]string{"sqs:SendMessage"}, taking...), "its work, and what of it has to go on later"},
		{"CheckDeadLetters", []string{"sqs:SendMessage"}, "what can't be done, with the reason"},
		{"CheckLog", logging, "its log"},
	},
	"commit": {
		{"Records", append([]string{"dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"}, reading...),
			"the rows, under the commit lock; an undo frees the claims that they took"},
		{"imports/", append([]string{"s3:GetObject", "s3:DeleteObject"}, keeping...), "the plan; that of an undo with its report, or what a killed one left"},
		{"files", []string{"s3:ListBucket"}, "a plan that is lost is missing rather than forbidden, which would pass for a store that is away"},
		{"CommitQueue", append([]string{"sqs:SendMessage"}, taking...), "its work, and what of it has to go on later"},
		{"CommitDeadLetters", []string{"sqs:SendMessage"}, "what can't be done, with the reason"},
		{"CommitLog", logging, "its log"},
	},
	"export": {
		{"Records", append([]string{"dynamodb:PutItem"}, reading...), "the export's record, and what the workbook shows"},
		{"exports/", keeping, "the workbook"},
		{"ExportQueue", append([]string{"sqs:SendMessage"}, taking...), "its work, and what of it has to wait"},
		{"ExportDeadLetters", []string{"sqs:SendMessage"}, "what can't be done, with the reason"},
		{"ExportLog", logging, "its log"},
	},
	"summary": {
		{"Records", append([]string{"dynamodb:PutItem", "dynamodb:DeleteItem"}, reading...),
			"what is due is made of what is on record, and written together with its letters, once; the audit trail is sealed"},
		{"DeliverQueue", []string{"sqs:SendMessage"}, "letters are to be sent"},
		{"files", []string{"s3:ListBucket", "s3:ListBucketVersions"}, "what has been kept for long enough is found with its earlier versions"},
		{"incoming/", []string{"s3:DeleteObjectVersion"}, "and erased"},
		{"uploads/", []string{"s3:DeleteObjectVersion"}, "the same"},
		{"imports/", []string{"s3:DeleteObjectVersion"}, "the same"},
		{"exports/", []string{"s3:DeleteObjectVersion"}, "the same"},
		{"SummaryLog", logging, "its log"},
	},
	"deliver": {
		{"Records", append([]string{"dynamodb:PutItem", "dynamodb:DeleteItem"}, reading...),
			"letters, what they say and to whom; one that is settled goes from those that are open"},
		{"identity", sending, "letters leave in the sender's name"},
		{"configuration-set/${MailSet}", sending, "and through what has SES tell what becomes of them"},
		{"DeliverQueue", append([]string{"sqs:SendMessage"}, taking...), "its work, and what of it has to wait"},
		{"DeliverDeadLetters", []string{"sqs:SendMessage"}, "what can't be done, with the reason"},
		{"DeliverLog", logging, "its log"},
	},
	"bounce": {
		{"Records", append([]string{"dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"}, reading...),
			"how letters stand, and whose mailbox takes none, where no import is at it"},
		{"BounceQueue", append([]string{"sqs:SendMessage"}, taking...), "its work, and what of it has to wait"},
		{"BounceDeadLetters", []string{"sqs:SendMessage"}, "what can't be done, with the reason"},
		{"BounceLog", logging, "its log"},
	},
}

func TestEachRoleAllowsExactlyWhatItsFunctionDoes(t *testing.T) {
	resources := expanded(t)
	for function, does := range needs {
		var needed []string
		for _, n := range does {
			for _, action := range n.actions {
				needed = append(needed, action+" on "+n.resource)
			}
		}
		role := refers(resources[logicalIDs[function]].Properties["Role"])
		given := allowed(t, resources[role].Properties["Policies"])
		for id, policy := range resources {
			if policy.Type == "AWS::IAM::Policy" && refers(list(policy.Properties["Roles"])[0]) == role {
				if policy.Condition != "HasSender" {
					t.Errorf("%s allows something to %s whether there is a sender or not", id, function)
				}
				given = append(given, allowed(t, policy.Properties)...)
			}
		}
		compare(t, function+": permissions", needed, given)
		if managed := resources[role].Properties["ManagedPolicyArns"]; managed != nil {
			t.Errorf("%s has policies that others may change: %v", function, managed)
		}
	}
}

// allowed lists what a role's policies allow, as "action on resource". A wildcard in an action, or a resource that is not named, fails.
func allowed(t *testing.T, policies any) []string {
	t.Helper()
	var all []string
	for _, policy := range list(policies) {
		for _, statement := range list(at(policy, "PolicyDocument", "Statement")) {
			for _, on := range list(at(statement, "Resource")) {
				if one := list(at(on, "Fn::If")); len(one) == 3 { // the one that is used where no other is given
					if refers(one[1]) != "SenderIdentity" || !strings.HasSuffix(subbed(one[2]), ":identity/${Domain}") {
						t.Errorf("%v allows something on %v", at(statement, "Sid"), on)
					}
					on = "identity"
				}
				name := refers(on)
				if _, set, ok := strings.Cut(name, "${AWS::AccountId}:configuration-set/"); ok {
					name = "configuration-set/" + set
				}
				if name == "" || name == "*" {
					t.Errorf("%v allows something on %v", at(statement, "Sid"), on)
				}
				if _, path, ok := strings.Cut(name, "files-${AWS::AccountId}-${AWS::Region}"); ok {
					name = strings.TrimSuffix(strings.TrimPrefix(path, "/"), "*")
					if name == "" && path != "" {
						t.Errorf("%v allows something on every file", at(statement, "Sid"))
					} else if name == "" {
						name = "files"
					}
				}
				for _, action := range list(at(statement, "Action")) {
					if strings.Contains(action.(string), "*") {
						t.Errorf("%v allows %v", at(statement, "Sid"), action)
					}
					all = append(all, fmt.Sprint(action, " on ", name))
				}
			}
		}
	}
	return all
}

// subbed is the pattern of an Fn::Sub with names of its own.
func subbed(value any) string {
	parts := list(at(value, "Fn::Sub"))
	if len(parts) != 2 {
		return ""
	}
	pattern, _ := parts[0].(string)
	return pattern
}

// operations are those of the services that the drivers call, with the actions that they need. None are for an operation
// that no function gets to, with the reason beside it.
var operations = map[string][]string{
	"dynamodb.BatchGetItem": {"dynamodb:BatchGetItem"},
	"dynamodb.Query":        {"dynamodb:Query"},
	"dynamodb.Scan":         nil, // for backups, which no function makes
	"dynamodb.PutItem":      {"dynamodb:PutItem"},
	"dynamodb.DeleteItem":   {"dynamodb:DeleteItem"},
	// Each part of a transaction needs the permission of its own.
	"dynamodb.TransactWriteItems": {"dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"},
	"dynamodb.CreateTable":        nil, // for tests; here the template makes the table
	"dynamodb.DescribeTable":      nil,
	"s3.HeadObject":               {"s3:GetObject", "s3:ListBucket"}, // the latter tells missing from forbidden
	"s3.GetObject":                {"s3:GetObject"},
	"s3.PresignGetObject":         {"s3:GetObject"},
	"s3.PresignPutObject":         {"s3:PutObject"},
	"s3.UploadObject":             {"s3:PutObject", "s3:AbortMultipartUpload"},
	"s3.DeleteObject":             {"s3:DeleteObject"},
	"s3.ListObjectsV2":            {"s3:ListBucket"},                                   // what checks left behind
	"s3.ListObjectVersions":       {"s3:ListBucketVersions", "s3:DeleteObjectVersion"}, // to be erased
	"sqs.SendMessage":             {"sqs:SendMessage"},
	// The platform receives and deletes for the functions, and asks for the attributes.
	"sqs.ReceiveMessage":               {"sqs:ReceiveMessage", "sqs:GetQueueAttributes"},
	"sqs.DeleteMessage":                {"sqs:DeleteMessage"},
	"sqs.ChangeMessageVisibility":      {"sqs:ChangeMessageVisibility"}, // of dead letters; failed messages come back by the queue's own time
	"sqs.ChangeMessageVisibilityBatch": {"sqs:ChangeMessageVisibility"},
	"secretsmanager.GetSecretValue":    {"secretsmanager:GetSecretValue"},
	// SES checks a message that is built outside it as one of its older interface.
	"sesv2.SendEmail": {"ses:SendEmail", "ses:SendRawEmail"},
}

func TestTheRolesAllowWhatTheDriversCallAndNothingElse(t *testing.T) {
	called := map[string]bool{}
	for service, folder := range map[string]string{
		"dynamodb": "table/dynamo", "s3": "blob/s3", "sqs": "queue/sqs", "secretsmanager": "app/onaws",
		"sesv2": "mail/ses",
	} {
		for _, operation := range calls(t, filepath.Join(root, "shared", folder), service) {
			called[operation] = true
		}
	}
	var needed, given []string
	for operation := range called {
		actions, known := operations[operation]
		if !known {
			t.Errorf("the drivers call %s: say in operations what it needs", operation)
		}
		needed = append(needed, actions...)
	}
	for operation := range operations {
		if !called[operation] {
			t.Errorf("no driver calls %s any more", operation)
		}
	}
	for _, list := range needs {
		for _, n := range list {
			for _, action := range n.actions {
				if !strings.HasPrefix(action, "logs:") {
					given = append(given, action)
				}
			}
		}
	}
	compare(t, "actions", needed, given)
}

// calls lists the operations of a service that the Go files of a folder call: methods of the SDK's clients that take an input of
// theirs, and the paginators.
func calls(t *testing.T, folder, service string) []string {
	t.Helper()
	found := map[string]bool{}
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !strings.HasSuffix(file.Name(), ".go") || strings.HasSuffix(file.Name(), "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(folder, file.Name()), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			name, ok := inputOf(n)
			if ok {
				found[service+"."+name] = true
			}
			return !ok // the input of a signed link is not that of a call
		})
	}
	if len(found) == 0 {
		t.Fatalf("%s calls nothing", folder)
	}
	return slices.Sorted(maps.Keys(found))
}

// inputOf names the operation whose input a node makes, such as dynamodb.PutItemInput{…}. A signed link is told from the call itself.
func inputOf(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.CallExpr:
		call, ok := n.Fun.(*ast.SelectorExpr)
		if ok && strings.HasPrefix(call.Sel.Name, "Presign") && strings.HasSuffix(call.Sel.Name, "Object") {
			return call.Sel.Name, true
		}
	case *ast.CompositeLit:
		if typ, ok := n.Type.(*ast.SelectorExpr); ok {
			return strings.CutSuffix(typ.Sel.Name, "Input")
		}
	}
	return "", false
}
