package httpapi

// For tests: the status of each code, and the codes that have one of their own.
var (
	StatusOf = statusOf
	Statuses = statuses
)
