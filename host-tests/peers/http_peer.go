// Go's net/http, for the interop tests (host-tests/interop/http-clients/steps.ts has the command line).
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
)

type answer struct {
	status int
	body   string
	header http.Header
}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
	return value
}

func clientFor(file string) *http.Client {
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(must(os.ReadFile(file)))
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}}
}

var client *http.Client

func ask(method, url string, body io.Reader, fields ...string) answer {
	request := must(http.NewRequest(method, url, body))
	for at := 0; at < len(fields); at += 2 {
		request.Header.Set(fields[at], fields[at+1])
	}
	response := must(client.Do(request))
	defer response.Body.Close()
	return answer{response.StatusCode, string(must(io.ReadAll(response.Body))), response.Header}
}

func text(url string) string {
	answer := ask("GET", url, nil)
	return fmt.Sprint(answer.status, " ", answer.body)
}

func sendFile(url, name string) string {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	must(must(form.CreateFormFile("f", name)).Write([]byte("content")))
	form.Close()
	return ask("POST", url, &body, "Content-Type", form.FormDataContentType()).body
}

func main() {
	base, plain := os.Args[1], os.Args[2]
	client = clientFor(os.Args[3])
	fmt.Println("page", text(base+"/"))
	kept := make([]string, 5)
	for at := range kept {
		kept[at] = text(base + "/peer")
	}
	fmt.Println("kept", strings.Join(kept, " "))
	fmt.Println("redirect", text(plain+"/peer"))
	fmt.Println("pieces", text(base+"/pieces"))
	fmt.Println("download", len(ask("GET", base+"/bytes/1000000", nil).body))
	fmt.Println("upload", ask("POST", base+"/upload", bytes.NewReader(make([]byte, 1_000_000))).body)
	// Of a reader whose length it does not know, net/http sends chunks.
	fmt.Println("stream", ask("POST", base+"/upload", io.LimitReader(strings.NewReader(strings.Repeat("x", 300_000)), 300_000)).body)
	file := base + "/files/text.txt"
	part := ask("GET", file, nil, "Range", "bytes=10-19")
	fmt.Println("range", part.status, part.body)
	fmt.Println("unchanged", ask("GET", file, nil, "If-None-Match", part.header.Get("ETag")).status)
	head := ask("HEAD", file, nil)
	fmt.Println("head", head.status, head.header.Get("Content-Length"))
	fmt.Println("expect", ask("POST", base+"/upload", bytes.NewReader(make([]byte, 100_000)), "Expect", "100-continue").body)
	fmt.Println("form", sendFile(base+"/form", "größe 😀.txt"))
	refused := ask("POST", base+"/refused", bytes.NewReader(make([]byte, 12_000_000)))
	fmt.Println("refused", refused.status, refused.body)
	if _, err := clientFor("stranger.pem").Get(base); err != nil {
		fmt.Println("stranger", err)
	}
}
