#include "tls-client.h"

#include <string.h>

#include "port/tls-alloc.h"
#include "port/tls-port-session.h"
#include "port/tls-port-time.h"
#include "x509/tls-x509-time.h"

tls_client *tls_client_new(const char *name)
{
	size_t length = name ? strlen(name) : 0;
	tls_client *client = tls_calloc(1, sizeof(tls_client) + length + 1);

	if (!client || !name)
		return client;
	// RFC 6066 §3: without a trailing dot.
	if (length && name[length - 1] == '.')
		length--;
	client->is_named = true;
	memcpy(client->name, name, length);
	return client;
}

void tls_client_free(tls_client *client)
{
	if (!client)
		return;
	if (client->resumable)
		tls_port_free_session(client->resumable);
	tls_free(client->hint);
	tls_free(client);
}

const char *tls_client_server_name(const tls_client *client)
{
	return client->is_named ? client->name : NULL;
}

void tls_client_begin_verification(tls_client *client)
{
	client->times.verified = tls_port_now();
	client->times.not_before = INT64_MIN;
	client->times.not_after = INT64_MAX;
}

void tls_client_add_certificate(tls_client *client, const mbedtls_x509_crt *certificate)
{
	int64_t from = tls_x509_seconds(&certificate->valid_from), to = tls_x509_seconds(&certificate->valid_to);

	if (from > client->times.not_before)
		client->times.not_before = from;
	if (to < client->times.not_after)
		client->times.not_after = to;
}

void tls_client_renew_session(tls_client *client, bool is_verified)
{
	client->is_unexported = is_verified && tls_port_session_is_resumable(client->resumable);
	client->times.received = tls_port_now();
}
