package httpapi_test

// Whoever has a backup has everything.
var backupRows = []row{{route: "GET /api/backup", own: asked{path: "/api/backup"}, reach: bySecretariat}}
