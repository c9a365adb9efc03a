// Package host is what the functions on AWS Lambda share: their settings from the environment, their log, and the shapes in which
// API Gateway and SQS hand them work. It doesn't know what the work is.
package host
