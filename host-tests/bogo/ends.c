#include "ends.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lists.h"

enum { TLS_1_2 = 0x0303, TLS_1_3 = 0x0304, MOST_FILE = 65536 };

typedef struct {
	uint8_t data[MOST_FILE + 1]; // with a NUL behind it
	size_t length;
} file;

static void check(xstls_error error, const char *what)
{
	if (error == TLS_E_NONE)
		return;
	fprintf(stderr, "%s: error %d\n", what, (int)error);
	exit(1);
}

static file *read_file(const char *path)
{
	file *whole = calloc(1, sizeof(file));
	FILE *stream = fopen(path, "rb");

	if (!whole || !stream) {
		fprintf(stderr, "%s cannot be read\n", path);
		exit(1);
	}
	whole->length = fread(whole->data, 1, MOST_FILE, stream);
	fclose(stream);
	return whole;
}

static void set_identity(xstls_config *config, const bogo_options *o)
{
	file *chain, *key;
	xstls_error error;

	if (!o->cert_file || !o->key_file)
		return;
	chain = read_file(o->cert_file);
	key = read_file(o->key_file);
	check(xstls_config_allow_weak_identity(config), "weak");
	error = xstls_config_add_identity(config, chain->data, chain->length, key->data, key->length);
	free(chain);
	free(key);
	// Of a kind that TLS of this engine does not have, such as Ed25519.
	if (error == TLS_E_KEY_INVALID || error == TLS_E_CERTIFICATE_INVALID)
		bogo_unimplemented("a certificate of that kind");
	check(error, o->cert_file);
}

static void add_ca(xstls_config *config, const char *path)
{
	file *ca = read_file(path);
	const xstls_error error = xstls_config_add_ca(config, ca->data, ca->length);

	free(ca);
	if (error != TLS_E_NONE)
		bogo_unimplemented("a CA of that kind");
}

static bool has_ca(const bogo_options *o)
{
	return o->trust_file && *o->trust_file && !o->fails_to_verify;
}

// The runner tells its shim whom to trust, and where it does not, the shim takes any certificate.
static xstls_verify verify_of(const bogo_options *o)
{
	// A chain that leads to nobody who is trusted.
	if (o->fails_to_verify && (o->verifies_peer || o->requires_certificate))
		return TLS_VERIFY_REQUIRED;
	if (o->is_server)
		return o->requires_certificate ? TLS_VERIFY_REQUIRED : o->verifies_peer ? TLS_VERIFY_OPTIONAL : TLS_VERIFY_NONE;
	return has_ca(o) ? TLS_VERIFY_REQUIRED : TLS_VERIFY_OPTIONAL;
}

static void set_trust(xstls_config *config, const bogo_options *o)
{
	if (has_ca(o))
		add_ca(config, o->trust_file);
	check(xstls_config_set_verify(config, o->is_server ? TLS_SERVER : TLS_CLIENT, verify_of(o)), "verify");
	check(xstls_config_ignore_name(config), "name");
	check(xstls_config_set_clock_floor(config, INT64_MAX), "dates");
}

static void set_versions(xstls_config *config, const bogo_options *o)
{
	int lowest = o->min_version > TLS_1_2 ? o->min_version : TLS_1_2;
	int highest = o->max_version ? o->max_version : TLS_1_3;

	if (o->no_tls12)
		lowest = TLS_1_3;
	if (o->no_tls13 && highest == TLS_1_3)
		highest = TLS_1_2;
	if (highest < lowest || highest > TLS_1_3)
		bogo_unimplemented("these versions");
	check(xstls_config_set_versions(config, (uint16_t)lowest, (uint16_t)highest), "versions");
}

// A client's names stand behind a byte with their length.
static void set_alpn(xstls_config *config, const bogo_options *o)
{
	if (o->select_alpn && *o->select_alpn)
		check(xstls_config_add_alpn(config, (const uint8_t *)o->select_alpn, strlen(o->select_alpn)), "ALPN");
	if (o->rejects_alpn)
		check(xstls_config_add_alpn(config, (const uint8_t *)"none of theirs", 14), "ALPN");
	if (!o->advertise_alpn)
		return;
	for (const uint8_t *at = (const uint8_t *)o->advertise_alpn; *at; at += 1 + *at)
		if (xstls_config_add_alpn(config, at + 1, *at) != TLS_E_NONE)
			bogo_unimplemented("these ALPN protocols");
}

static void set_psk(xstls_config *config, const bogo_options *o)
{
	const uint8_t *key = (const uint8_t *)o->psk, *identity = (const uint8_t *)(o->psk_identity ? o->psk_identity : "");
	const size_t key_length = o->psk ? strlen(o->psk) : 0, identity_length = strlen((const char *)identity);
	xstls_psks *psks;

	if (!o->psk)
		return;
	if (!o->is_server) {
		if (xstls_config_set_client_psk(config, identity, identity_length, key, key_length) != TLS_E_NONE)
			bogo_unimplemented("this pre-shared key");
		return;
	}
	psks = xstls_psks_new();
	if (xstls_psks_add(psks, identity, identity_length, key, key_length) != TLS_E_NONE)
		bogo_unimplemented("this pre-shared key");
	check(xstls_config_set_psks(config, psks), "psks");
	if (o->psk_identity && *o->psk_identity)
		xstls_config_set_psk_hint(config, identity, identity_length);
	xstls_psks_release(psks);
}

xstls_config *bogo_config(const bogo_options *o, xstls_resumption *store)
{
	xstls_config *config = xstls_config_new();

	set_versions(config, o);
	set_identity(config, o);
	set_trust(config, o);
	bogo_lists_set(config, o, !o->is_server || verify_of(o) != TLS_VERIFY_NONE);
	set_alpn(config, o);
	set_psk(config, o);
	if (o->most_sent &&
	    xstls_config_set_record_sizes(config, xstls_config_most_receive(), (size_t)o->most_sent) != TLS_E_NONE)
		bogo_unimplemented("records of that size");
	if (store)
		check(xstls_config_set_resumption(config, store), "resumption");
	check(xstls_config_seal(config), "seal");
	return config;
}
