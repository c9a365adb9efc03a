package signin

import (
	"net"
	"net/url"
	"path"
	"strings"
)

// maxNext is the bytes of the address to which a sign-in leads: it travels in a cookie.
const maxNext = 1024

// local gives the path and query that a text names below the base path, such as "/imports/1?lang=fr", and "/" for everything that could
// lead a browser elsewhere: nobody is sent by us where somebody else wants.
func local(text string) string {
	if len(text) > maxNext || !strings.HasPrefix(text, "/") || strings.ContainsFunc(text, unsafe) {
		return "/"
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" || strings.ContainsFunc(u.Path, unsafe) {
		return "/"
	}
	if clean := path.Clean(u.Path); clean != u.Path && clean+"/" != u.Path {
		return "/" // steps up, and "//", which begins a host's name
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String()
}

// unsafe are the characters that browsers drop, or take for a slash.
func unsafe(c rune) bool { return c <= ' ' || c == '\\' || c == 0x7f }

// trustworthy reports whether what is sent to an address reaches it unread and unchanged: https, or a host that is this machine.
func trustworthy(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && loopback(u.Hostname())
}

func loopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}
