// Package intake keeps the record of an import, from the moment a person asks for it to its end, with the edits over its sheet, the report
// and the review of its check, and the names of its blobs; it knows no sheet and no kind. Whoever asks for an import, or wants to know what became of it, needs no more
// than this, and none of what reads workbooks (see TestWhatTakesRequestsInLinksNoSheetReader in infra/architecture).
package intake
