package dynamodblocal_test

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
)

// asHost makes TestTheEmulatorEndsWhenTheTestProcessIsKilled's second process start an emulator, and wait to be killed.
const asHost = "GUILDHALL_TEST_EMULATOR_HOST"

func TestTheEmulatorAnswersOnTheLoopbackAddressOnly(t *testing.T) {
	endpoint, err := url.Parse(dynamodblocal.Start(t))
	if err != nil || endpoint.Hostname() != "127.0.0.1" {
		t.Fatal(endpoint, err)
	}
	if again := dynamodblocal.Start(t); again != endpoint.String() {
		t.Fatalf("a second emulator at %s beside %s", again, endpoint)
	}
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range addresses {
		ip := address.(*net.IPNet).IP
		if ip.String() == "127.0.0.1" || ip.IsLinkLocalUnicast() {
			continue
		}
		if conn, err := net.Dial("tcp", net.JoinHostPort(ip.String(), endpoint.Port())); err == nil {
			t.Errorf("it answers on %s too: %v", ip, conn.Close())
		}
	}
}

func TestEachTableIsItsOwnAndEmpty(t *testing.T) {
	client, first := dynamodblocal.NewTable(t, "first")
	_, second := dynamodblocal.NewTable(t)
	for name, indexes := range map[string]int{first: 1, second: 0} {
		about, err := client.DescribeTable(t.Context(), &dynamodb.DescribeTableInput{TableName: &name})
		if err != nil || len(about.Table.GlobalSecondaryIndexes) != indexes || *about.Table.ItemCount != 0 {
			t.Fatal(about, err)
		}
	}
}

func TestTheEmulatorEndsWhenTheTestProcessIsKilled(t *testing.T) {
	if os.Getenv(asHost) != "" {
		fmt.Println(dynamodblocal.Start(t))
		select {} // the first process kills this one
	}
	host := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.timeout=1m")
	host.Env = append(os.Environ(), asHost+"=1")
	out, err := host.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := host.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	address := strings.TrimPrefix(strings.TrimSpace(line), "http://")
	conn, dialErr := net.Dial("tcp", address)
	if err := errors.Join(err, dialErr, host.Process.Kill()); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	if err := conn.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	var late net.Error
	if _, err := conn.Read(make([]byte, 1)); errors.As(err, &late) && late.Timeout() {
		t.Fatal("the emulator outlived the process that started it")
	}
	_ = host.Wait() // it was killed
}
