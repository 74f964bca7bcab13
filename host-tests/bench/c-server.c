// The yardstick: the least HTTPS server in C on the same mbedTLS, one thread, epoll, keep-alive.
// Not hardened and not shipped: it answers what bench.mjs asks and trusts its client.
//
//   c-server CERTIFICATE KEY     prints "listening on PORT", serves GET /, GET /bytes/N and POST until SIGTERM

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mbedtls/psa_util.h"
#include "mbedtls/ssl.h"
#include "mbedtls/ssl_cache.h"
#include "mbedtls/ssl_ticket.h"
#include "psa/crypto.h"

#include "config/tls-policy.h"

enum { HEAD_CAPACITY = 4096, CHUNK = 4096, LISTENER_BACKLOG = 64, EVENTS = 64 };

typedef struct {
	mbedtls_ssl_context ssl;
	int fd;
	size_t head_length;
	size_t body_left; // of the request
	size_t to_send;   // of the response's content
	size_t out_length, out_sent;
	char head[HEAD_CAPACITY];
	char out[CHUNK];
} connection;

static mbedtls_ssl_config config;

static void stop(int signal)
{
	(void)signal;
	_exit(0);
}

static int on_send(void *context, const unsigned char *data, size_t length)
{
	ssize_t count = send(((connection *)context)->fd, data, length, MSG_NOSIGNAL);

	return count >= 0 ? (int)count : errno == EAGAIN ? MBEDTLS_ERR_SSL_WANT_WRITE : MBEDTLS_ERR_SSL_INTERNAL_ERROR;
}

static int on_receive(void *context, unsigned char *data, size_t length)
{
	ssize_t count = recv(((connection *)context)->fd, data, length, 0);

	return count >= 0 ? (int)count : errno == EAGAIN ? MBEDTLS_ERR_SSL_WANT_READ : MBEDTLS_ERR_SSL_INTERNAL_ERROR;
}

static void respond(connection *c, size_t length, const char *text)
{
	c->out_length = (size_t)snprintf(c->out, sizeof(c->out),
	                                 "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: %zu\r\n\r\n%s",
	                                 text ? strlen(text) : length, text ? text : "");
	c->out_sent = 0;
	c->to_send = text ? 0 : length;
}

static void answer(connection *c)
{
	char *end = strstr(c->head, "\r\n\r\n");
	const char *length = strcasestr(c->head, "\r\ncontent-length: ");

	if (!end)
		return;
	if (length)
		c->body_left = strtoul(length + 18, NULL, 10) - (size_t)(c->head + c->head_length - (end + 4));
	else if (strncmp(c->head, "GET /bytes/", 11) == 0)
		respond(c, strtoul(c->head + 11, NULL, 10), NULL);
	else
		respond(c, 0, "hello");
	if (length && c->body_left == 0)
		respond(c, 0, "stored");
	c->head_length = 0;
}

// False when the connection is over.
static int read_more(connection *c)
{
	unsigned char body[CHUNK];
	int count;

	if (c->body_left) {
		count = mbedtls_ssl_read(&c->ssl, body, sizeof(body));
		if (count <= 0)
			return count;
		c->body_left -= (size_t)count;
		if (c->body_left == 0)
			respond(c, 0, "stored");
		return count;
	}
	count = mbedtls_ssl_read(&c->ssl, (unsigned char *)c->head + c->head_length, HEAD_CAPACITY - 1 - c->head_length);
	if (count <= 0)
		return count;
	c->head_length += (size_t)count;
	c->head[c->head_length] = 0;
	answer(c);
	return count;
}

static int write_more(connection *c)
{
	while (c->out_sent < c->out_length || c->to_send) {
		int count;

		if (c->out_sent == c->out_length) {
			c->out_length = c->to_send < CHUNK ? c->to_send : CHUNK;
			c->out_sent = 0;
			c->to_send -= c->out_length;
		}
		count = mbedtls_ssl_write(&c->ssl, (unsigned char *)c->out + c->out_sent, c->out_length - c->out_sent);
		if (count <= 0)
			return count;
		c->out_sent += (size_t)count;
	}
	return 1;
}

static int serve(connection *c)
{
	int result = 1;

	if (!mbedtls_ssl_is_handshake_over(&c->ssl)) {
		result = mbedtls_ssl_handshake(&c->ssl);
		if (result)
			return result;
	}
	for (result = write_more(c); result > 0; result = write_more(c)) {
		result = read_more(c);
		if (result <= 0)
			return result;
	}
	return result;
}

static void end(connection *c)
{
	close(c->fd);
	mbedtls_ssl_free(&c->ssl);
	free(c);
}

static void accept_all(int listener, int poll)
{
	for (;;) {
		int one = 1, fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
		connection *c;

		if (fd < 0)
			return;
		c = calloc(1, sizeof(*c));
		c->fd = fd;
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
		mbedtls_ssl_init(&c->ssl);
		if (mbedtls_ssl_setup(&c->ssl, &config))
			exit(1);
		mbedtls_ssl_set_bio(&c->ssl, c, on_send, on_receive, NULL);
		epoll_ctl(poll, EPOLL_CTL_ADD, fd, &(struct epoll_event){EPOLLIN | EPOLLOUT | EPOLLET, {.ptr = c}});
	}
}

static int is_waiting(int result)
{
	return result == MBEDTLS_ERR_SSL_WANT_READ || result == MBEDTLS_ERR_SSL_WANT_WRITE;
}

static void configure(const char *certificate, const char *key)
{
	static mbedtls_x509_crt chain;
	static mbedtls_pk_context private_key;
	static mbedtls_ssl_cache_context cache;
	static mbedtls_ssl_ticket_context tickets;
	static unsigned char text[2][16384];
	const char *names[] = {certificate, key};

	for (int i = 0; i < 2; i++) {
		FILE *file = fopen(names[i], "r");

		if (!file || !fread(text[i], 1, sizeof(text[i]) - 1, file))
			exit(1);
		fclose(file);
	}
	psa_crypto_init();
	mbedtls_x509_crt_init(&chain);
	mbedtls_pk_init(&private_key);
	mbedtls_ssl_config_init(&config);
	mbedtls_ssl_cache_init(&cache);
	mbedtls_ssl_ticket_init(&tickets);
	if (mbedtls_x509_crt_parse(&chain, text[0], strlen((char *)text[0]) + 1) ||
	    mbedtls_pk_parse_key(&private_key, text[1], strlen((char *)text[1]) + 1, NULL, 0, mbedtls_psa_get_random,
	                         MBEDTLS_PSA_RANDOM_STATE) ||
	    mbedtls_ssl_config_defaults(&config, MBEDTLS_SSL_IS_SERVER, MBEDTLS_SSL_TRANSPORT_STREAM,
	                                MBEDTLS_SSL_PRESET_DEFAULT) ||
	    mbedtls_ssl_conf_own_cert(&config, &chain, &private_key) ||
	    mbedtls_ssl_ticket_setup(&tickets, mbedtls_psa_get_random, MBEDTLS_PSA_RANDOM_STATE, MBEDTLS_CIPHER_AES_256_GCM,
	                             86400))
		exit(1);
	mbedtls_ssl_conf_rng(&config, mbedtls_psa_get_random, MBEDTLS_PSA_RANDOM_STATE);
	mbedtls_ssl_conf_ciphersuites(&config, xstls_policy_suites);
	mbedtls_ssl_conf_groups(&config, xstls_policy_groups);
	mbedtls_ssl_conf_session_cache(&config, &cache, mbedtls_ssl_cache_get, mbedtls_ssl_cache_set);
	mbedtls_ssl_conf_session_tickets_cb(&config, mbedtls_ssl_ticket_write, mbedtls_ssl_ticket_parse, &tickets);
}

static int start_listening(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof(address);
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

	if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, LISTENER_BACKLOG))
		exit(1);
	getsockname(listener, (struct sockaddr *)&address, &length);
	printf("listening on %d\n", ntohs(address.sin_port));
	fflush(stdout);
	return listener;
}

int main(int argc, char **argv)
{
	struct epoll_event events[EVENTS];
	struct sigaction action = {.sa_handler = stop};
	int listener, poll = epoll_create1(0);

	if (argc != 3)
		return 2;
	sigaction(SIGTERM, &action, NULL);
	configure(argv[1], argv[2]);
	listener = start_listening();
	epoll_ctl(poll, EPOLL_CTL_ADD, listener, &(struct epoll_event){EPOLLIN, {.ptr = NULL}});
	for (;;) {
		int count = epoll_wait(poll, events, EVENTS, -1);

		for (int i = 0; i < count; i++) {
			connection *c = events[i].data.ptr;

			if (!c)
				accept_all(listener, poll);
			else if (!is_waiting(serve(c)))
				end(c);
		}
	}
}
