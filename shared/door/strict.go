package door

import "net/http"

// year is in seconds.
const year = "31536000"

// Strict says with every answer what a browser may do with it, which is nothing but to show its text: load nothing, run nothing, frame
// nothing and be framed nowhere, guess no type, and tell no other page where it came from. Over https it also has browsers use nothing else.
// What serves pages replaces the Content-Security-Policy by one of its own.
func Strict(https bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox")
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("X-Frame-Options", "DENY") // for browsers that don't know frame-ancestors
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if https {
			header.Set("Strict-Transport-Security", "max-age="+year+"; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}
