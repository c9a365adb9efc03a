package gallery

var importPages = []shown{
	{name: "imports/list", who: "treasurer", at: "imports", title: "Imports, and a file to send"},
	{name: "imports/list-auditor", who: "auditor", at: "imports", title: "Imports, as an auditor sees them"},
	{name: "imports/review", who: "treasurer", at: "imports/{import}", title: "What is wrong in a sheet, and what to do"},
	{name: "imports/questions", who: "treasurer", at: "imports/{import questions}", title: "A sheet that leaves questions open"},
	{name: "imports/edited", who: "treasurer", at: "imports/{import edited}", title: "A sheet with edited cells"},
	{name: "imports/members", who: "secretariat", at: "imports/{import members}", title: "A sheet of members in French"},
	{name: "imports/ready", who: "secretariat", at: "imports/{import changed}", title: "A sheet that is ready to be committed"},
	{name: "imports/changes", who: "secretariat", at: "imports/{import changed}/changes", title: "What a commit would change"},
	{name: "imports/row", who: "treasurer", at: "imports/{import}/rows/5", title: "A row and its cells"},
	{name: "imports/awaiting", who: "secretariat", at: "imports/{import awaiting}", title: "A file is still to come"},
	{name: "imports/checking", who: "secretariat", at: "imports/{import checking}", title: "A file is being checked"},
	{name: "imports/refused", who: "secretariat", at: "imports/{import refused}", title: "A file that can't be read"},
	{name: "imports/committing", who: "treasurer", at: "imports/{import committing}", title: "Rows are being stored"},
	{name: "imports/committed", who: "treasurer", at: "imports/{import committed}", title: "An import that was committed"},
	{name: "imports/failed", who: "secretariat", at: "imports/{import failed}", title: "A plan that no longer fits"},
	{name: "imports/undoing", who: "treasurer", at: "imports/{import undoing}", title: "An import is being undone"},
	{name: "imports/undone", who: "treasurer", at: "imports/{import undone}", title: "An import that was undone"},
}
