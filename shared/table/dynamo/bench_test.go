package dynamo_test

import (
	"fmt"
	"testing"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
)

// BenchmarkWriteEach writes items as a commit does, 200 a call, at DynamoDB Local: what it says of the service is only how much
// the driver itself takes.
func BenchmarkWriteEach(b *testing.B) {
	for _, parallel := range []int{1, 8, 32, 64} {
		b.Run(fmt.Sprint(parallel, " at once"), func(b *testing.B) {
			tbl := dynamodblocal.Open(b, table.Config{}, dynamo.Options{Parallel: parallel})
			written := 0
			for b.Loop() {
				ws := make([]table.Write, 200)
				for i := range ws {
					written++
					ws[i] = table.Write{Condition: table.Absent(), Put: &table.Item{
						Key: table.Key{Partition: "contribution#2025", Sort: fmt.Sprintf("BANK-%07d", written)},
						Attributes: table.Attributes{"version": int64(1), "import": "imp", "body": map[string]any{
							"donor": "Company", "minor": int64(written), "currency": "EUR", "value_date": "2025-01-11"}},
					}}
				}
				if errs := tbl.WriteEach(b.Context(), ws); errs != nil {
					b.Fatal(errs)
				}
			}
			b.ReportMetric(float64(written)/b.Elapsed().Seconds(), "items/s")
		})
	}
}
