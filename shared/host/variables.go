package host

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Function names one of the functions.
type Function string

// The functions, each with a folder of that name in functions/.
const (
	API     Function = "api"
	Check   Function = "check"
	Commit  Function = "commit"
	Export  Function = "export"
	Summary Function = "summary"
	Deliver Function = "deliver"
	Bounce  Function = "bounce"
)

// Functions lists them.
func Functions() []Function { return []Function{API, Check, Commit, Export, Summary, Deliver, Bounce} }

// Variable is a variable of the environment that a function reads.
type Variable struct {
	Name     string
	Optional bool // it may be missing or empty
	accepts  func(string) error
}

// The names of the variables. Addresses of emulators and credentials are the SDK's own affair (AWS_ENDPOINT_URL and so on).
const (
	TableVariable        = "GUILDHALL_TABLE"
	BucketVariable       = "GUILDHALL_BUCKET"
	CheckQueueVariable   = "GUILDHALL_CHECK_QUEUE"
	CommitQueueVariable  = "GUILDHALL_COMMIT_QUEUE"
	ExportQueueVariable  = "GUILDHALL_EXPORT_QUEUE"
	DeliverQueueVariable = "GUILDHALL_DELIVER_QUEUE"
	BounceQueueVariable  = "GUILDHALL_BOUNCE_QUEUE"
	DeadLettersVariable  = "GUILDHALL_DEAD_LETTERS"
	// Those of each queue, for whoever looks after all of them.
	CheckDeadLettersVariable   = "GUILDHALL_CHECK_DEAD_LETTERS"
	CommitDeadLettersVariable  = "GUILDHALL_COMMIT_DEAD_LETTERS"
	ExportDeadLettersVariable  = "GUILDHALL_EXPORT_DEAD_LETTERS"
	DeliverDeadLettersVariable = "GUILDHALL_DELIVER_DEAD_LETTERS"
	BounceDeadLettersVariable  = "GUILDHALL_BOUNCE_DEAD_LETTERS"

	SenderVariable        = "GUILDHALL_SENDER"
	ConfigurationVariable = "GUILDHALL_CONFIGURATION_SET"
	AddressVariable       = "GUILDHALL_ADDRESS"
	IssuerVariable        = "GUILDHALL_ISSUER"
	ClientVariable        = "GUILDHALL_CLIENT"
	ClientSecretVariable  = "GUILDHALL_CLIENT_SECRET"
	SecretVariable        = "GUILDHALL_SECRET"
	FirstPersonVariable   = "GUILDHALL_FIRST_PERSON"
	FirstLanguageVariable = "GUILDHALL_FIRST_LANGUAGE"
	LogLevelVariable      = "GUILDHALL_LOG_LEVEL"
)

var (
	tableVariable       = Variable{Name: TableVariable, accepts: matches(`^[a-zA-Z0-9_.-]{3,255}$`, "the name of a DynamoDB table")}
	bucketVariable      = Variable{Name: BucketVariable, accepts: matches(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`, "the name of an S3 bucket")}
	checkQueueVariable  = Variable{Name: CheckQueueVariable, accepts: queueURL}
	commitQueueVariable = Variable{Name: CommitQueueVariable, accepts: queueURL}
	exportQueueVariable = Variable{Name: ExportQueueVariable, accepts: queueURL}
	deliverVariable     = Variable{Name: DeliverQueueVariable, accepts: queueURL}
	bounceVariable      = Variable{Name: BounceQueueVariable, accepts: queueURL}
	deadLettersVariable = Variable{Name: DeadLettersVariable, accepts: queueURL}
	// What may be written there exactly is for sign-in to say, and for people.
	addressVariable       = Variable{Name: AddressVariable, accepts: matches(`^https?://[^/?#]+/([^?#]+/)?$`, "an address that ends in a slash")}
	issuerVariable        = Variable{Name: IssuerVariable, accepts: matches(`^https?://[^/?#]+`, "the address of an issuer")}
	clientVariable        = Variable{Name: ClientVariable, accepts: matches(`^\S+$`, "the identifier of a client")}
	clientSecretVariable  = Variable{Name: ClientSecretVariable, accepts: matches(secretARN, "the ARN of a secret")}
	secretVariable        = Variable{Name: SecretVariable, accepts: matches(secretARN, "the ARN of a secret")}
	firstPersonVariable   = Variable{Name: FirstPersonVariable, Optional: true, accepts: matches(`^\S+@\S+$`, "an e-mail address")}
	firstLanguageVariable = Variable{Name: FirstLanguageVariable, Optional: true, accepts: matches(`^[a-z]{2}$`, "a language")}
	// What an address of a sender is exactly is for the mail's own package to say.
	senderVariable        = Variable{Name: SenderVariable, Optional: true, accepts: matches(`^[^@]*[^@\s]@[^@\s]+$`, "an e-mail address")}
	configurationVariable = Variable{Name: ConfigurationVariable, Optional: true, accepts: matches(`^[A-Za-z0-9_-]{1,64}$`, "a configuration set of SES")}
	logLevelVariable      = Variable{Name: LogLevelVariable, Optional: true, accepts: logLevel}
)

// secretARN is the name of a secret of Secrets Manager, which its own variable has instead of the secret.
const secretARN = `^arn:[a-z0-9-]+:secretsmanager:[^:]+:[0-9]{12}:secret:\S+$`

// variables says what each function reads, and so what template.yaml has to set for it: that and nothing else.
var variables = map[Function][]Variable{
	API: {
		tableVariable, bucketVariable, checkQueueVariable, commitQueueVariable, exportQueueVariable, deliverVariable, bounceVariable,
		{Name: CheckDeadLettersVariable, accepts: queueURL}, {Name: CommitDeadLettersVariable, accepts: queueURL},
		{Name: ExportDeadLettersVariable, accepts: queueURL}, {Name: DeliverDeadLettersVariable, accepts: queueURL},
		{Name: BounceDeadLettersVariable, accepts: queueURL}, addressVariable, issuerVariable,
		clientVariable, clientSecretVariable, secretVariable, firstPersonVariable, firstLanguageVariable, logLevelVariable,
	},
	Check:   {tableVariable, bucketVariable, checkQueueVariable, deadLettersVariable, logLevelVariable},
	Commit:  {tableVariable, bucketVariable, commitQueueVariable, deadLettersVariable, logLevelVariable},
	Export:  {tableVariable, bucketVariable, exportQueueVariable, deadLettersVariable, logLevelVariable},
	Summary: {tableVariable, bucketVariable, deliverVariable, senderVariable, logLevelVariable},
	Deliver: {tableVariable, deliverVariable, deadLettersVariable, addressVariable, senderVariable, configurationVariable, logLevelVariable},
	Bounce:  {tableVariable, bounceVariable, deadLettersVariable, logLevelVariable},
}

// Variables lists the variables of a function, none for a function that there isn't.
func Variables(function Function) []Variable { return slices.Clone(variables[function]) }

// Settings are what a function was given. What it doesn't read is empty.
type Settings struct {
	Function    Function
	Table       string // the DynamoDB table's name
	Bucket      string // the S3 bucket's name
	CheckQueue  string // the SQS queues' addresses
	CommitQueue string
	ExportQueue string
	// DeliverQueue brings the letters to be sent, BounceQueue what SES tells of those that were.
	DeliverQueue, BounceQueue string
	DeadLetters               string // of the queue that brings the function its work
	// The dead letters of each queue.
	CheckDeadLetters, CommitDeadLetters, ExportDeadLetters, DeliverDeadLetters, BounceDeadLetters string
	// Sender is whom letters are from, with or without a name before the address; "" where none are sent.
	Sender string
	// ConfigurationSet is SES's, which has it tell what becomes of letters; "" for none.
	ConfigurationSet string
	// Address is where people find the product: its root, with its base path.
	Address string
	// Issuer recognises people for its client Client, which proves itself by the secret that ClientSecret names.
	Issuer, Client, ClientSecret string
	// Secret names the secret that the keys of people and sign-in are made from.
	Secret string
	// FirstPerson is the address of the first person of the secretariat, FirstLanguage its language; "" where none is to be put on record.
	FirstPerson, FirstLanguage string
	LogLevel                   slog.Level // info unless the environment says otherwise
}

// Load reads a function's settings from the environment, as os.LookupEnv does, and names everything that is wrong with it at once.
func Load(function Function, lookup func(string) (string, bool)) (Settings, error) {
	settings := Settings{Function: function}
	targets := map[string]*string{
		TableVariable: &settings.Table, BucketVariable: &settings.Bucket, CheckQueueVariable: &settings.CheckQueue,
		CommitQueueVariable: &settings.CommitQueue, ExportQueueVariable: &settings.ExportQueue,
		DeliverQueueVariable: &settings.DeliverQueue, BounceQueueVariable: &settings.BounceQueue,
		SenderVariable: &settings.Sender, ConfigurationVariable: &settings.ConfigurationSet,
		DeadLettersVariable: &settings.DeadLetters, AddressVariable: &settings.Address, IssuerVariable: &settings.Issuer,
		ClientVariable: &settings.Client, ClientSecretVariable: &settings.ClientSecret, SecretVariable: &settings.Secret,
		CheckDeadLettersVariable: &settings.CheckDeadLetters, CommitDeadLettersVariable: &settings.CommitDeadLetters,
		ExportDeadLettersVariable: &settings.ExportDeadLetters, DeliverDeadLettersVariable: &settings.DeliverDeadLetters,
		BounceDeadLettersVariable: &settings.BounceDeadLetters,
		FirstPersonVariable:       &settings.FirstPerson, FirstLanguageVariable: &settings.FirstLanguage,
	}
	if variables[function] == nil {
		return Settings{}, fmt.Errorf("host: there is no function %q", function)
	}
	var wrong []error
	for _, variable := range variables[function] {
		value, _ := lookup(variable.Name)
		switch err := variable.check(value); {
		case err != nil:
			wrong = append(wrong, err)
		case variable.Name == LogLevelVariable && value != "":
			_ = settings.LogLevel.UnmarshalText([]byte(value)) // check has read it before
		case targets[variable.Name] != nil:
			*targets[variable.Name] = value
		}
	}
	return settings, errors.Join(wrong...)
}

func (v Variable) check(value string) error {
	if value == "" {
		if v.Optional {
			return nil
		}
		return fmt.Errorf("host: %s is not set", v.Name)
	}
	if err := v.accepts(value); err != nil {
		return fmt.Errorf("host: %s is %w", v.Name, err)
	}
	return nil
}

func matches(pattern, what string) func(string) error {
	return func(value string) error {
		if !regexp.MustCompile(pattern).MatchString(value) {
			return errors.New("not " + what)
		}
		return nil
	}
}

// queueURL accepts an absolute http or https address with a path: AWS's are https, those of emulators on this machine http.
func queueURL(value string) error {
	address, err := url.Parse(value)
	if err != nil || address.Scheme != "https" && address.Scheme != "http" || address.Host == "" ||
		strings.Trim(address.Path, "/") == "" || address.RawQuery != "" {
		return errors.New("not the address of an SQS queue")
	}
	return nil
}

func logLevel(value string) error {
	var level slog.Level
	if level.UnmarshalText([]byte(value)) != nil {
		return errors.New("not a level: debug, info, warn or error")
	}
	return nil
}
