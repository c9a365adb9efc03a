package table

// The bounds that every engine keeps; they are DynamoDB's.
const (
	MaxPartition   = 2048      // bytes of a partition key
	MaxSort        = 1024      // bytes of a sort key
	MaxName        = 255       // bytes of an attribute's name
	MaxDepth       = 31        // levels of nested lists and maps, the value within them being the 32nd
	MaxItem        = 400 << 10 // bytes of an item, as Size counts
	MaxTransaction = 100       // writes of a transaction
	MaxTransacted  = 4 << 20   // bytes of a transaction's items and conditions together
	MaxConditions  = 50        // comparisons in one condition
	MaxPage        = 1000      // items of a page
)
