package dynamo

import (
	"errors"
	"net"
	"net/http"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// outcome is what is known of a request.
type outcome int

const (
	answered   outcome = iota // it was done
	turnedAway                // it had no effect, and may have one when it is sent again
	refused                   // it had no effect, and never will
	lost                      // no answer tells whether it had an effect
)

// busyCodes say that the service didn't even begin, or undid everything: too many requests, or another's transaction in the way.
var busyCodes = []string{
	"ProvisionedThroughputExceededException", "ThrottlingException", "Throttling", "RequestLimitExceeded",
	"TransactionConflictException", "TransactionInProgressException", "IdempotentParameterMismatchException",
	"ReplicatedWriteConflictException",
}

// busyReasons are the same for one write of a transaction.
var busyReasons = []string{"TransactionConflict", "ProvisionedThroughputExceeded", "ThrottlingError"}

const reasonCondition = "ConditionalCheckFailed"

// outcomeOf reads an error of the client. Whatever isn't known to have had no effect counts as lost: an answer of 5xx may follow
// a write that was done.
func outcomeOf(err error) outcome {
	if err == nil {
		return answered
	}
	var cancelled *types.TransactionCanceledException
	if errors.As(err, &cancelled) {
		return outcomeOfCancelled(cancelled.CancellationReasons)
	}
	var api smithy.APIError
	if !errors.As(err, &api) {
		return outcomeOfSending(err)
	}
	status := statusOf(err)
	switch {
	case slices.Contains(busyCodes, api.ErrorCode()), status == http.StatusTooManyRequests:
		return turnedAway
	case status >= 400 && status < 500 && status != http.StatusRequestTimeout:
		return refused
	}
	return lost
}

// outcomeOfCancelled: a failed condition decides, whatever else came in the way.
func outcomeOfCancelled(reasons []types.CancellationReason) outcome {
	result := refused
	for _, reason := range reasons {
		code := aws.ToString(reason.Code)
		if code == reasonCondition {
			return refused
		}
		if slices.Contains(busyReasons, code) {
			result = turnedAway
		}
	}
	return result
}

// outcomeOfSending: where there was no connection, nothing was sent.
func outcomeOfSending(err error) outcome {
	var network *net.OpError
	if errors.As(err, &network) && network.Op == "dial" {
		return turnedAway
	}
	return lost
}

func statusOf(err error) int {
	var response *smithyhttp.ResponseError
	if errors.As(err, &response) {
		return response.HTTPStatusCode()
	}
	return 0
}
