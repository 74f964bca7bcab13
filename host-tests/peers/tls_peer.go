// Go's crypto/tls as a client and as a server, for the interop tests (host-tests/interop/stacks/stack.ts has the command line).
package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"os"
)

var versions = map[string]uint16{"1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
	return value
}

func roots(file string) *x509.CertPool {
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(must(os.ReadFile(file))) {
		must(pool, errors.New("no certificate in "+file))
	}
	return pool
}

func settings(version string, files []string) *tls.Config {
	config := &tls.Config{MinVersion: versions[version], MaxVersion: versions[version]}
	if len(files) >= 2 {
		config.Certificates = []tls.Certificate{must(tls.LoadX509KeyPair(files[0], files[1]))}
	}
	return config
}

func describe(state tls.ConnectionState) string {
	how := "full"
	if state.DidResume {
		how = "resumed"
	}
	name := "-"
	if len(state.PeerCertificates) > 0 {
		name = state.PeerCertificates[0].Subject.CommonName
	}
	version := "1.3"
	if state.Version == tls.VersionTLS12 {
		version = "1.2"
	}
	return fmt.Sprintf("connected %s %s %s", version, how, name)
}

func visit(port string, config *tls.Config) {
	connection := must(tls.Dial("tcp", "127.0.0.1:"+port, config))
	defer connection.Close()
	must(io.WriteString(connection, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
	// Over TLS 1.3 a server that refuses the client's certificate says so now.
	answer := must(io.ReadAll(connection))
	fmt.Printf("%s\n%s\n", describe(connection.ConnectionState()), answer)
}

func serve(connection *tls.Conn) {
	defer connection.Close()
	_, err := bufio.NewReader(connection).ReadString('\n')
	if err != nil {
		fmt.Println("failed:", err)
		return
	}
	fmt.Println(describe(connection.ConnectionState()))
	io.WriteString(connection, "HTTP/1.0 200 OK\r\n\r\nhello")
}

func main() {
	mode, parameters := os.Args[1], os.Args[2:]
	if mode == "client" {
		config := settings(parameters[1], parameters[3:])
		config.RootCAs, config.ServerName = roots(parameters[2]), "localhost"
		config.ClientSessionCache = tls.NewLRUClientSessionCache(4)
		visit(parameters[0], config)
		visit(parameters[0], config)
		return
	}
	config := settings(parameters[0], parameters[1:])
	if len(parameters) > 3 {
		config.ClientCAs, config.ClientAuth = roots(parameters[3]), tls.RequireAndVerifyClientCert
	}
	listener := must(tls.Listen("tcp", "127.0.0.1:0", config))
	var port int
	must(fmt.Sscanf(listener.Addr().String(), "127.0.0.1:%d", &port))
	fmt.Println("listening on", port)
	for {
		serve(must(listener.Accept()).(*tls.Conn))
	}
}
