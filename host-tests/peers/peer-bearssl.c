// BearSSL as a client and as a server of TLS 1.2, for the interop tests (host-tests/interop/stacks/stack.ts has the
// command line). Its files are DER, and its certificates have EC keys.

#include "peer-tcp.h"
#include <bearssl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
	br_x509_certificate chain[1];
	br_skey_decoder_context key;
} identity;

typedef struct {
	br_x509_decoder_context decoder;
	unsigned char name[1024];
	br_x509_trust_anchor anchor;
} root;

static const char request[] = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
static const char answer[] = "HTTP/1.0 200 OK\r\n\r\nhello";
static unsigned char buffer[BR_SSL_BUFSIZE_BIDI];

static br_x509_minimal_context verifier;
static char peer_name[100];
/** Behind the length of an OID: that of commonName. */
static const unsigned char common_name[] = {3, 0x55, 4, 3};
static br_name_element wanted = {common_name, peer_name, sizeof peer_name, 0};
static br_ssl_session_parameters last_session;

static void need(bool good, const char *what)
{
	if (good)
		return;
	printf("failed: %s\n", what);
	exit(2);
}

static br_x509_certificate read_file(const char *name)
{
	FILE *file = fopen(name, "rb");
	need(file != NULL, name);
	unsigned char *data = malloc(16384);
	br_x509_certificate content = {data, fread(data, 1, 16384, file)};
	fclose(file);
	return content;
}

/** The key stays within the decoder. */
static void load(identity *own, char **files)
{
	br_x509_certificate key = read_file(files[1]);
	own->chain[0] = read_file(files[0]);
	br_skey_decoder_init(&own->key);
	br_skey_decoder_push(&own->key, key.data, key.data_len);
	need(br_skey_decoder_key_type(&own->key) == BR_KEYTYPE_EC, files[1]);
}

static void append(void *name, const void *bytes, size_t count)
{
	br_x500_name *dn = name;
	memcpy(dn->data + dn->len, bytes, count);
	dn->len += count;
}

/** Whom the verifier trusts. */
static void trust(root *into, const char *file)
{
	br_x509_certificate certificate = read_file(file);
	into->anchor = (br_x509_trust_anchor){.dn = {into->name, 0}, .flags = BR_X509_TA_CA};
	br_x509_decoder_init(&into->decoder, append, &into->anchor.dn);
	br_x509_decoder_push(&into->decoder, certificate.data, certificate.data_len);
	need(br_x509_decoder_last_error(&into->decoder) == 0, file);
	into->anchor.pkey = *br_x509_decoder_get_pkey(&into->decoder);
	br_x509_minimal_init_full(&verifier, &into->anchor, 1);
	br_x509_minimal_set_name_elements(&verifier, &wanted, 1);
}

static void describe(const br_ssl_engine_context *engine)
{
	br_ssl_session_parameters session;
	br_ssl_engine_get_session_parameters(engine, &session);
	bool resumed = session.session_id_len > 0 && session.session_id_len == last_session.session_id_len &&
	               memcmp(session.session_id, last_session.session_id, session.session_id_len) == 0;
	need(br_ssl_engine_get_version(engine) == BR_TLS12, "not TLS 1.2");
	// A session that is resumed shows no certificate again.
	printf("connected 1.2 %s %s\n", resumed ? "resumed" : "full", wanted.status == 1 ? peer_name : "-");
	last_session = session;
}

static int tcp_read(void *socket, unsigned char *into, size_t room)
{
	ssize_t count = read(*(int *)socket, into, room);
	return count > 0 ? (int)count : -1;
}

static int tcp_write(void *socket, const unsigned char *bytes, size_t length)
{
	ssize_t count = write(*(int *)socket, bytes, length);
	return count > 0 ? (int)count : -1;
}

/** An alert of the peer's is its number and 256; one that is sent, and 512. */
static void fail(const br_ssl_engine_context *engine)
{
	printf("failed: error %d\n", br_ssl_engine_last_error(engine));
}

static void visit(br_ssl_client_context *client, const char *port, bool resume)
{
	br_sslio_context io;
	int socket = peer_connect(port);
	char text[4096];
	br_ssl_client_reset(client, "localhost", resume);
	br_sslio_init(&io, &client->eng, tcp_read, &socket, tcp_write, &socket);
	int count = -1;
	if (br_sslio_write_all(&io, request, strlen(request)) == 0 && br_sslio_flush(&io) == 0)
		count = br_sslio_read(&io, text, sizeof text);
	if (count < 0) {
		fail(&client->eng);
		exit(1);
	}
	describe(&client->eng);
	printf("%.*s\n", count, text);
	while (br_sslio_read(&io, text, sizeof text) > 0)
		;
	close(socket);
}

static void be_client(int count, char **parameters)
{
	static br_ssl_client_context client;
	static root ca;
	static identity own;
	br_ssl_client_init_full(&client, &verifier, NULL, 0);
	trust(&ca, parameters[4]);
	br_ssl_engine_set_x509(&client.eng, &verifier.vtable);
	br_ssl_engine_set_versions(&client.eng, BR_TLS12, BR_TLS12);
	br_ssl_engine_set_buffer(&client.eng, buffer, sizeof buffer, 1);
	if (count > 6) {
		load(&own, parameters + 5);
		br_ssl_client_set_single_ec(&client, own.chain, 1, br_skey_decoder_get_ec(&own.key), BR_KEYTYPE_SIGN,
		                            BR_KEYTYPE_EC, br_ec_get_default(), br_ecdsa_sign_asn1_get_default());
	}
	visit(&client, parameters[2], false);
	visit(&client, parameters[2], true);
}

static void serve(br_ssl_server_context *server, int socket)
{
	br_sslio_context io;
	char text[4096];
	br_ssl_server_reset(server);
	br_sslio_init(&io, &server->eng, tcp_read, &socket, tcp_write, &socket);
	if (br_sslio_read(&io, text, sizeof text) > 0) {
		describe(&server->eng);
		br_sslio_write_all(&io, answer, strlen(answer));
		br_sslio_close(&io);
	} else {
		fail(&server->eng);
	}
	close(socket);
}

static void be_server(int count, char **parameters)
{
	static br_ssl_server_context server;
	static br_ssl_session_cache_lru cache;
	static unsigned char sessions[4096];
	static root ca;
	static identity own;
	load(&own, parameters + 3);
	br_ssl_server_init_full_ec(&server, own.chain, 1, BR_KEYTYPE_EC, br_skey_decoder_get_ec(&own.key));
	br_ssl_engine_set_versions(&server.eng, BR_TLS12, BR_TLS12);
	br_ssl_engine_set_buffer(&server.eng, buffer, sizeof buffer, 1);
	br_ssl_session_cache_lru_init(&cache, sessions, sizeof sessions);
	br_ssl_server_set_cache(&server, &cache.vtable);
	if (count > 5) {
		trust(&ca, parameters[5]);
		br_ssl_server_set_trust_anchor_names_alt(&server, &ca.anchor, 1);
		br_ssl_engine_set_x509(&server.eng, &verifier.vtable);
		br_ssl_engine_set_default_ecdsa(&server.eng);
	}
	for (int listener = peer_listen();;)
		serve(&server, peer_accept(listener));
}

int main(int count, char **parameters)
{
	need(count > 4, "too few parameters");
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGPIPE, SIG_IGN);
	if (strcmp(parameters[1], "server") == 0)
		be_server(count, parameters);
	else
		be_client(count, parameters);
	return 0;
}
