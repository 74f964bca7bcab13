#include "tls-client.h"

#include <string.h>

#include "port/tls-alloc.h"
#include "port/tls-port-session.h"
#include "port/tls-port-time.h"
#include "x509/tls-x509-time.h"

xstls_client *xstls_client_new(const char *name)
{
	size_t length = name ? strlen(name) : 0;
	xstls_client *client = xstls_calloc(1, sizeof(xstls_client) + length + 1);

	if (!client || !name)
		return client;
	// RFC 6066 §3: without a trailing dot.
	if (length && name[length - 1] == '.')
		length--;
	client->is_named = true;
	memcpy(client->name, name, length);
	return client;
}

void xstls_client_free(xstls_client *client)
{
	if (!client)
		return;
	if (client->resumable)
		xstls_port_free_session(client->resumable);
	xstls_free(client->hint);
	xstls_free(client);
}

const char *xstls_client_server_name(const xstls_client *client)
{
	return client->is_named ? client->name : NULL;
}

void xstls_client_begin_verification(xstls_client *client)
{
	client->times.verified = xstls_port_now();
	client->times.not_before = INT64_MIN;
	client->times.not_after = INT64_MAX;
}

void xstls_client_add_certificate(xstls_client *client, const mbedtls_x509_crt *certificate)
{
	int64_t from = xstls_x509_seconds(&certificate->valid_from), to = xstls_x509_seconds(&certificate->valid_to);

	if (from > client->times.not_before)
		client->times.not_before = from;
	if (to < client->times.not_after)
		client->times.not_after = to;
}

void xstls_client_renew_session(xstls_client *client, bool is_verified)
{
	client->is_unexported = is_verified && xstls_port_session_is_resumable(client->resumable);
	client->times.received = xstls_port_now();
}
