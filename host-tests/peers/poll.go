// Clients over Go's net/http that post again and again, each with a connection of its own that it keeps (judges/pollers.mjs).
//
//	poll URL CA CLIENTS SECONDS LEAST MOST    prints how many posts were answered, and each that was not
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

func number(at int) int {
	value, err := strconv.Atoi(os.Args[at])
	if err != nil {
		panic(err)
	}
	return value
}

func post(client *http.Client, url string) string {
	response, err := client.Post(url, "text/plain", strings.NewReader("ping"))
	if err != nil {
		return fmt.Sprint("lost ", err)
	}
	defer response.Body.Close()
	if _, err := io.ReadAll(response.Body); err != nil {
		return fmt.Sprint("lost ", err)
	}
	if response.StatusCode != 200 {
		return fmt.Sprint("status ", response.StatusCode)
	}
	return "answered"
}

func main() {
	pool := x509.NewCertPool()
	ca, err := os.ReadFile(os.Args[2])
	if err != nil || !pool.AppendCertsFromPEM(ca) {
		panic("no CA")
	}
	clients, least, most := number(3), number(5), number(6)
	end := time.Now().Add(time.Duration(number(4)) * time.Second)
	results := make(chan string)
	ended := make(chan bool)
	for client := 0; client < clients; client++ {
		transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, MaxConnsPerHost: 1}
		go func() {
			for time.Now().Before(end) {
				time.Sleep(time.Duration(least+rand.Intn(most-least)) * time.Millisecond)
				results <- post(&http.Client{Transport: transport}, os.Args[1])
			}
			ended <- true
		}()
	}
	answered := 0
	for clients > 0 {
		select {
		case <-ended:
			clients--
		case result := <-results:
			if result == "answered" {
				answered++
			} else {
				fmt.Println(result)
			}
		}
	}
	fmt.Println("answered", answered)
}
