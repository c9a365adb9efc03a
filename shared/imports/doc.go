// Package imports takes a sheet from the sender's upload to stored records: it checks the sheet into an immutable plan, and
// commits a plan so that each row takes effect exactly once. It knows the kinds of sheet by registration only: what a row
// means, and which rules hold for it, is said by a [Kind].
//
// # Check
//
// [Service.Check] reads every row once, has the kind judge it, compares what the row asks for with what is stored, and gives
// each row one of five outcomes: create, update, unchanged, skip or fail. It changes no record of the network. The plan is
// written to a blob line by line, so that memory grows with the problems found and a few bytes a row, not with the rows.
//
// What a sheet leaves open is a question, asked once however many rows wait for its answer. Once an import with its sender's answers is committed, they are defaults for the same
// questions in that sender's next sheets of the kind: they settle what would be asked, never what can be read in one way only,
// and the report names them (ANSWER_REMEMBERED).
//
// Edits lie over a sheet (intake.Edit): they are read in place of what its cells hold, and a plan's hash depends on them. See
// docs/decisions/0026-edits.md.
//
// A file that comes later, or through an upload link, is awaited by an import that the package intake makes;
// [Service.CheckIncoming] checks it as Check does, however often and by however many it is called, and keeps what pages show of the
// check (intake.Review).
//
// # Commit
//
// [Service.Commit] executes a plan under the commit lock of the record types it touches. The plan is first confirmed against
// what is stored (PLAN_STALE otherwise), then its rows are written by conditional writes that may be repeated at will; one
// last transaction marks the import committed and releases the lock. Whatever stops it in between, [Service.Recover] or the
// same commit again brings it to its end. Checks and commits can be stopped on purpose, too, and go on later ([Unfinished]).
// See docs/decisions/0003-plan-and-commit-lock.md.
//
// # Undo
//
// [Service.Undo] takes back what a committed import stored, row by row, under the same lock: where nobody has changed a row since, and
// nothing rests on it ([Supporting]). See docs/decisions/0013-undo.md.
package imports
