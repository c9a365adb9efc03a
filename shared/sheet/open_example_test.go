package sheet_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// Reading a file that may be anything: the format is told by content, rows come one at a time.
func ExampleOpen() {
	const text = "city;joined;amount\nBrest;2019;1 000\nLausanne;2023;\n"
	ctx := context.Background()
	book, err := sheet.Open(ctx, strings.NewReader(text), int64(len(text)), "members.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer book.Close()
	info, err := book.DefaultSheet()
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, err := book.Rows(ctx, info.Name)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer rows.Close()
	for rows.Next() {
		fmt.Printf("%d %s\n", rows.Row().Number, rows.Row().AppendJSON(nil))
	}
	fmt.Println(info.Name, book.Format(), rows.Err())
	// Output:
	// 1 ["city","joined","amount"]
	// 2 ["Brest","2019","1 000"]
	// 3 ["Lausanne","2023"]
	// members csv <nil>
}

// A refusal is a problem with a stable code.
func ExampleOpen_refused() {
	const text = "<html><table></table></html>"
	_, err := sheet.Open(context.Background(), strings.NewReader(text), int64(len(text)), "members.xls")
	var refusal *problem.Problem
	fmt.Println(errors.As(err, &refusal) && refusal.Code == "FILE_TYPE_UNSUPPORTED")
	// Output: true
}
