package server

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/problem"
)

// Listen listens at an address of this machine's own, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080; port 0 is any that is free.
// ADDRESS_OPEN for an address that others can reach, ADDRESS_UNUSABLE.
func Listen(address string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, problem.New("ADDRESS_UNUSABLE").Valued(address)
	}
	if host == "localhost" {
		host = "127.0.0.1" // whatever this machine's own table of names says
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || !ip.IsLoopback() { // a name may lead anywhere, and no name to everywhere
		return nil, problem.New("ADDRESS_OPEN").Valued(address)
	}
	return listen(net.JoinHostPort(host, port), address)
}

// ListenOpen listens at any address, such as :8080, where a proxy brings what people ask for over https. ADDRESS_UNUSABLE.
func ListenOpen(address string) (net.Listener, error) { return listen(address, address) }

func listen(at, typed string) (net.Listener, error) {
	listener, err := net.Listen("tcp", at)
	if err != nil {
		return nil, problem.New("ADDRESS_UNUSABLE").Valued(typed)
	}
	return listener, nil
}

// isLoopback reports whether only this machine reaches a listener.
func isLoopback(at net.Addr) bool {
	address, err := netip.ParseAddrPort(at.String())
	return err == nil && address.Addr().IsLoopback()
}

// Root is where the product is found that a listener serves, when it has no other name.
func Root(listener net.Listener) string { return "http://" + listener.Addr().String() + "/" }

// hostsOf are the names that a request may be sent to: that of the address and, so that the machine can ask itself, the listener's own.
func hostsOf(address *url.URL, at net.Addr) []string {
	hosts := []string{strings.ToLower(address.Host)}
	_, port, err := net.SplitHostPort(at.String())
	if err != nil {
		return hosts
	}
	for _, name := range []string{"localhost", "127.0.0.1", "::1"} {
		hosts = append(hosts, net.JoinHostPort(name, port))
	}
	if port == strconv.Itoa(80) { // which programs leave out
		hosts = append(hosts, "localhost", "127.0.0.1", "[::1]")
	}
	return hosts
}
