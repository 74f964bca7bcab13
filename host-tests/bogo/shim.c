// The shim between BoringSSL's test runner (BoGo) and the engine: the runner starts it for each case, and it connects
// to the runner by TCP, whichever end of TLS it is. Content is sent back with all its bits turned over.

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ends.h"
#include "exporter.h"
#include "session/tls-client-session.h"
#include "session/tls-peer.h"
#include "session/tls-session.h"

enum { USUAL_READ = 512, MOST_READ = 65536, MOST_KEPT = 16384, LIFETIME = 7200, CACHE = 8 };

typedef struct {
	const bogo_options *options;
	xstls_config *config;
	xstls_session *session;
	int socket;
	bool is_at_end; // of TCP
	bool has_new_session;
} connection;

static struct {
	uint8_t bytes[MOST_KEPT];
	size_t length;
} kept;

static const char *const error_names[] = {
#define NAME(name) ":" #name ":",
    TLS_ERRORS(NAME)
#undef NAME
};

static void refuse(const char *what)
{
	fprintf(stderr, "%s\n", what);
	exit(1);
}

static int connect_to_runner(const bogo_options *o)
{
	const struct sockaddr_in6 v6 = {
	    .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)o->port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	const struct sockaddr_in v4 = {
	    .sin_family = AF_INET, .sin_port = htons((uint16_t)o->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	const int fd = socket(o->is_ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
	uint8_t id[8];

	for (int i = 0; i < 8; i++)
		id[i] = (uint8_t)(o->shim_id >> 8 * i);
	if (connect(fd, o->is_ipv6 ? (const struct sockaddr *)&v6 : (const struct sockaddr *)&v4,
	            o->is_ipv6 ? sizeof(v6) : sizeof(v4)) ||
	    write(fd, id, sizeof(id)) != sizeof(id))
		refuse("the runner cannot be reached");
	return fd;
}

static void flush(connection *c)
{
	uint8_t buffer[16384];
	size_t count;

	while ((count = xstls_session_drain(c->session, buffer, sizeof(buffer))) > 0)
		for (size_t at = 0; at < count;) {
			ssize_t sent = send(c->socket, buffer + at, count - at, MSG_NOSIGNAL);

			if (sent <= 0)
				return;
			at += (size_t)sent;
		}
}

static void keep_session(connection *c)
{
	const size_t length = c->options->is_server ? 0 : xstls_session_export(c->session, kept.bytes, sizeof(kept.bytes));

	if (length > sizeof(kept.bytes))
		refuse("a session of that length is not kept");
	if (length)
		kept.length = length;
	c->has_new_session |= length > 0;
}

static void choose(connection *c)
{
	if (xstls_session_status(c->session) != TLS_WANTS_IDENTITY)
		return;
	if (c->options->refuses_early)
		xstls_session_refuse(c->session);
	else
		xstls_session_use(c->session, c->config);
}

static bool has_failed(const connection *c)
{
	return xstls_session_status(c->session) == TLS_FAIL;
}

// What was read of TCP and not taken yet stays here, until plaintext was read.
static void feed(connection *c, const uint8_t *bytes, size_t length, void (*on_plaintext)(connection *))
{
	while (length && !has_failed(c)) {
		size_t taken = xstls_session_feed(c->session, bytes, c->options->is_async ? 1 : length);

		choose(c);
		keep_session(c);
		flush(c);
		if (xstls_session_readable(c->session) && on_plaintext)
			on_plaintext(c);
		else if (taken == 0)
			return;
		bytes += taken;
		length -= taken;
	}
}

// Takes what the runner sends next.
static void receive(connection *c, void (*on_plaintext)(connection *))
{
	static uint8_t buffer[MOST_READ];
	ssize_t count = recv(c->socket, buffer, sizeof(buffer), 0);

	if (count <= 0)
		c->is_at_end = true;
	else
		feed(c, buffer, (size_t)count, on_plaintext);
}

static void drain_socket(connection *c)
{
	uint8_t buffer[4096];

	flush(c);
	shutdown(c->socket, SHUT_WR);
	while (recv(c->socket, buffer, sizeof(buffer), 0) > 0)
		;
}

static void fail(connection *c)
{
	const xstls_failure failure = xstls_session_failure(c->session);

	fprintf(stderr, "%s alert %d%s, library -0x%x, flags 0x%x\n", error_names[failure.code], failure.alert,
	        failure.alert_received ? " received" : "", (unsigned)-failure.library, (unsigned)failure.verify_flags);
	drain_socket(c);
	exit(1);
}

// A client may come with content behind its Finished.
static void turn_over(connection *c)
{
	static uint8_t buffer[MOST_READ];
	size_t most = c->options->read_size ? (size_t)c->options->read_size : USUAL_READ, count;

	if (c->options->never_done)
		refuse("the handshake is over");
	while ((count = xstls_session_read(c->session, buffer, most < sizeof(buffer) ? most : sizeof(buffer))) > 0) {
		for (size_t i = 0; i < count; i++)
			buffer[i] ^= 0xff;
		xstls_session_write(c->session, buffer, count);
		flush(c);
	}
}

static void refuse_content(connection *c)
{
	(void)c;
	refuse("content before close_notify");
}

static void (*on_content(const bogo_options *o))(connection *)
{
	return o->shuts_down && o->checks_close_notify ? refuse_content : turn_over;
}

static void expect(bool is_so, const char *what)
{
	if (!is_so)
		refuse(what);
}

static uint16_t cipher_of(const connection *c)
{
	char name[64];

	return xstls_session_cipher(c->session, name, sizeof(name))
	           ? xstls_policy_number(TLS_POLICY_SUITES, name, strlen(name))
	           : 0;
}

static void check_name(const connection *c)
{
	const char *expected = c->options->expect_server_name;
	size_t length;
	const uint8_t *name = xstls_session_asked_name(c->session, &length);

	if (expected)
		expect(name && length == strlen(expected) && memcmp(name, expected, length) == 0, "another server name");
}

static void check_alpn(const connection *c)
{
	const char *expected = c->options->expect_alpn, *alpn = xstls_session_alpn(c->session);

	if (expected)
		expect(strcmp(alpn ? alpn : "", expected) == 0, "another ALPN protocol");
}

static void check_handshake(const connection *c, bool is_resumption)
{
	const bogo_options *o = c->options;

	expect(!o->never_done, "the handshake is over");
	expect(!o->expect_version || xstls_session_version(c->session) == o->expect_version, "another version");
	expect(!o->expect_cipher || cipher_of(c) == o->expect_cipher, "another cipher suite");
	expect(xstls_session_is_resumed(c->session) == (is_resumption && !o->expects_miss),
	       is_resumption && !o->expects_miss ? "was not resumed" : "was resumed");
	check_name(c);
	check_alpn(c);
	if (!o->psk && (!o->is_server || o->requires_certificate) && !xstls_session_is_resumed(c->session))
		expect(xstls_session_peer_chain(c->session, NULL, 0) > 0, "no certificate");
}

static void write_all(connection *c, const uint8_t *bytes, size_t length)
{
	xstls_session_write(c->session, bytes, length);
	flush(c);
}

static void write_sizes(connection *c)
{
	static const size_t sizes[] = {0, 1, 255, 256, 257, 16383, 16384, 16385, 32767, 32768, 32769};
	static uint8_t content[32769];

	memset(content, 0x42, sizeof(content));
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		write_all(c, content, sizes[i]);
}

static void exchange(connection *c)
{
	const bogo_options *o = c->options;

	if (o->export_length) {
		expect(bogo_exporter_material() != NULL, "no keying material");
		write_all(c, bogo_exporter_material(), (size_t)o->export_length);
	}
	if (o->writes_many_sizes)
		write_sizes(c);
	else if (o->writes_first)
		write_all(c, (const uint8_t *)"hello", 5);
	if (!o->shuts_down && !o->writes_many_sizes) {
		turn_over(c);
		while (!has_failed(c) && !c->is_at_end && !xstls_session_is_ended_by_peer(c->session))
			receive(c, turn_over);
	}
	if (has_failed(c))
		fail(c);
	xstls_session_close(c->session);
	flush(c);
	while (o->checks_close_notify && !has_failed(c) && !c->is_at_end && !xstls_session_is_ended_by_peer(c->session))
		receive(c, on_content(o));
	if (has_failed(c))
		fail(c);
	expect(!o->checks_close_notify || xstls_session_is_ended_by_peer(c->session), "no close_notify");
}

static void check_session(const connection *c)
{
	const bogo_options *o = c->options;

	expect(!o->expects_renewal || c->has_new_session, "no new session came");
	if (!o->is_server && xstls_session_version(c->session) == 0x0304 && !o->shuts_down && !o->writes_many_sizes)
		expect((kept.length > 0) == !o->expects_no_session, kept.length ? "a session came" : "no session came");
}

static void run(connection *c, bool is_resumption)
{
	const bool begins = !c->options->is_server;

	c->socket = connect_to_runner(c->options);
	c->session = xstls_session_new(c->config, begins ? TLS_CLIENT : TLS_SERVER, c->options->host_name);
	if (!c->session)
		refuse("no session");
	if (!begins && (c->options->chooses_identity || c->options->refuses_early))
		xstls_session_ask_identity(c->session);
	if (begins && is_resumption && kept.length)
		xstls_session_restore(c->session, kept.bytes, kept.length);
	kept.length = 0;
	xstls_session_step(c->session);
	flush(c);
	while (!has_failed(c) && !c->is_at_end && !xstls_session_is_established(c->session))
		receive(c, on_content(c->options));
	keep_session(c);
	if (has_failed(c))
		fail(c);
	if (c->is_at_end && !xstls_session_is_established(c->session))
		refuse("the runner has closed");
	check_handshake(c, is_resumption);
	exchange(c);
	check_session(c);
	drain_socket(c);
	close(c->socket);
	xstls_session_free(c->session);
}

int main(int count, char **arguments)
{
	bogo_ends ends;
	xstls_resumption *store = NULL;

	if (count == 2 && strcmp(arguments[1], "-is-handshaker-supported") == 0)
		return puts("No") < 0;
	ends = bogo_options_read(count, arguments);
	if (ends.initial.no_ticket != ends.resumed.no_ticket || (ends.initial.no_ticket && !ends.initial.is_server))
		bogo_unimplemented("tickets for some connections only");
	if (ends.initial.is_server)
		store = xstls_resumption_new(CACHE, LIFETIME, !ends.initial.no_ticket);
	for (int i = 0; i <= ends.initial.resume_count; i++) {
		connection c = {.options = i ? &ends.resumed : &ends.initial};

		c.config = bogo_config(c.options, store);
		bogo_exporter_expect(c.options);
		run(&c, i > 0);
		xstls_config_release(c.config);
	}
	xstls_resumption_release(store);
	return 0;
}
