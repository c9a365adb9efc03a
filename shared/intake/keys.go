package intake

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/table"
)

// The keys under which imports are kept in the table:
//
//	what                        partition                 sort
//	import                      import                    <id>
//	import that stored a file   import#file#<sha256>      <id>: identifiers ascend with time
//	committed import of a plan  import#plan#<hash>        committed
//	what a person answered      import#answers#<person>   <kind>
const (
	importPartition  = "import"
	filePartition    = "import#file#"
	planPartition    = "import#plan#"
	planSort         = "committed"
	answersPartition = "import#answers#"
)

func importKey(id string) table.Key { return table.Key{Partition: importPartition, Sort: id} }

// FileKey is where a committed import that stored rows is found by its file's hash.
func FileKey(sha256, id string) table.Key {
	return table.Key{Partition: filePartition + sha256, Sort: id}
}

// PlanKey is where a committed import is found by its plan's hash.
func PlanKey(plan string) table.Key {
	return table.Key{Partition: planPartition + plan, Sort: planSort}
}

// AnswersKey is where a person's answers about a kind of sheet are kept.
func AnswersKey(person, kind string) table.Key {
	return table.Key{Partition: answersPartition + person, Sort: kind}
}

// FoundBy is what the items of FileKey and PlanKey hold.
func FoundBy(id string) table.Attributes { return table.Attributes{"import": id} }

// foundBy reads what FoundBy wrote.
func foundBy(item table.Item) string {
	id, _ := item.Attributes["import"].(string)
	return id
}

// Incoming names the blob in which the file of an import is awaited.
func Incoming(id string) string { return "incoming/" + id }

// UploadBlob names the blob of a sender's file, by the hash of its bytes.
func UploadBlob(sha256 string) string { return "uploads/" + sha256 }

// PlanBlob names the blob of the plan that one check of an import made. The first check of a file at hand has no name of its own.
func PlanBlob(id, check string) string { return checkBlob(id, check, "plan.jsonl") }

// ReportBlob names the blob of the report that one check of an import made.
func ReportBlob(id, check string) string { return checkBlob(id, check, "report.jsonl") }

// PartBlob names the blob of what an interrupted check keeps.
func PartBlob(id string) string { return "imports/" + id + "/part.jsonl.gz" }

// EditsBlob names the blob of the edits over an import's sheet, by the import's attempt that began with them and the hash of their bytes. The
// attempt tells those that no check needs any more from those that one is just being asked for with.
func EditsBlob(id string, attempt int64, sum string) string {
	return "imports/" + id + "/edits/" + strconv.FormatInt(attempt, 10) + "-" + sum + ".jsonl"
}

// ReviewBlob names the blob of what a page shows of a check, ReviewRowsBlob and ReviewChangesBlob those of its rows and of the records
// that it changes, in chunks.
func ReviewBlob(id, check string) string { return checkBlob(id, check, "review.json") }

// ReviewRowsBlob is described with ReviewBlob.
func ReviewRowsBlob(id, check string) string { return checkBlob(id, check, "review.rows.jsonl") }

// ReviewChangesBlob is described with ReviewBlob.
func ReviewChangesBlob(id, check string) string { return checkBlob(id, check, "review.changes.jsonl") }

// CheckBlobs is how the names of all blobs begin that an import's checks made.
func CheckBlobs(id string) string { return "imports/" + id + "/" }

func checkBlob(id, check, name string) string {
	if check == "" {
		return "imports/" + id + "/" + name
	}
	return "imports/" + id + "/" + check + "/" + name
}

// LongReport is the size, in bytes as it is kept, from which a report is fetched as a blob instead of being answered: answers that
// pass an API have a limit of a few megabytes.
const LongReport = 1 << 20

// PrintedBlob holds a long report as it is given out (see Report.WriteJSON) in a language. A check keeps it after its report.
func PrintedBlob(id, check string, lang locale.Lang) string {
	return checkBlob(id, check, "report."+string(lang)+".json")
}

// AnnotatedBlob holds the copy of the sender's workbook in which the problems of a check are marked. A check keeps it after its
// report, where there are problems.
func AnnotatedBlob(id, check string) string { return checkBlob(id, check, "annotated.xlsx") }
