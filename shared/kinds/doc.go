// Package kinds binds the domain's records to sheets: for each kind of sheet its columns in three languages, the row type they are
// decoded into, and the domain's rules in the order in which a secretariat would apply them. It reads records, and writes none:
// what a row changes is returned to package imports as part of its judgement. It does not know how a sheet is read.
package kinds
