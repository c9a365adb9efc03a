package server

import (
	"net"
	"net/netip"
	"strconv"

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
	listener, err := net.Listen("tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, problem.New("ADDRESS_UNUSABLE").Valued(address)
	}
	return listener, nil
}

// namesOf is the address that people are told, and all that a request may be sent to.
func namesOf(address net.Addr) (own string, hosts []string) {
	own = address.String()
	hosts = []string{own}
	_, port, err := net.SplitHostPort(own)
	if err != nil {
		return own, hosts
	}
	for _, name := range []string{"localhost", "127.0.0.1", "::1"} {
		hosts = append(hosts, net.JoinHostPort(name, port))
	}
	if port == strconv.Itoa(80) { // which programs leave out
		hosts = append(hosts, "localhost", "127.0.0.1", "[::1]")
	}
	return own, hosts
}
