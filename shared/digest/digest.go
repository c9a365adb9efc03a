// Package digest puts together what each report and reminder says, from what was on record at a moment. It knows not who reads it, how it
// is sent, nor whether it is due.
package digest
