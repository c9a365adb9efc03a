package gallery

var deadLetterPages = []shown{
	{name: "dead-letters/list", who: "secretariat", at: "dead-letters", title: "Tasks of the product that failed"},
}
