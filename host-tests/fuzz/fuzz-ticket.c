// What a server is given for a ticket. The first byte: bit 0 for TLS 1.3, bit 1 for what is sealed with the right key
// before it is opened, as by a server that shares the key and is of another version.

#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "fuzz.h"
#include "kinds.h"
#include "random.h"

#include <stdlib.h>

#include "psa/crypto.h"

#include "tls-config-private.h"
#include "tls-resumption-private.h"

enum { IS_1_3 = 1, IS_SEALED = 2, NONCE = 12, TAG = 16, BEFORE = TLS_TICKET_NAME + NONCE, MOST = 4096 };

static kind_ends *ends_of(bool is_1_3)
{
	static kind_ends ends[2];

	for (size_t i = 0; i < handshake_kind_count && !ends[is_1_3].kind; i++) {
		if (!handshake_kinds[i].tickets || (handshake_kinds[i].version == TLS13) != is_1_3)
			continue;
		fuzz_stop_clock();
		random_seed(3);
		ends[is_1_3] = kind_set_up(&handshake_kinds[i]);
	}
	return &ends[is_1_3];
}

static size_t seal(const tls_config *config, uint8_t *ticket, size_t plain_length)
{
	const tls_ticket_key *key = &config->resumption->keys[0];
	psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
	uint8_t binding[TLS_RESUMPTION_BINDING];
	mbedtls_svc_key_id_t id;
	size_t length;

	memcpy(ticket, key->name, TLS_TICKET_NAME);
	memset(ticket + TLS_TICKET_NAME, 7, NONCE);
	psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
	psa_set_key_algorithm(&attributes, PSA_ALG_GCM);
	psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT);
	fuzz_check(psa_import_key(&attributes, key->secret, sizeof(key->secret), &id) == PSA_SUCCESS, "a key is imported");
	tls_config_get_binding(config, binding);
	fuzz_check(psa_aead_encrypt(id, PSA_ALG_GCM, ticket + TLS_TICKET_NAME, NONCE, binding, sizeof(binding),
	                            ticket + BEFORE, plain_length, ticket + BEFORE, plain_length + TAG,
	                            &length) == PSA_SUCCESS,
	           "a ticket is sealed");
	psa_destroy_key(id);
	return BEFORE + length;
}

// In a block of its own, for the callback decrypts in place.
static void open_ticket(const tls_config *config, const uint8_t *ticket, size_t length)
{
	const mbedtls_ssl_config *ssl = &config->ssl[TLS_SERVER];
	uint8_t *copy = malloc(length + (length == 0));
	mbedtls_ssl_session session;

	memcpy(copy, ticket, length);
	mbedtls_ssl_session_init(&session);
	ssl->f_ticket_parse(ssl->p_ticket, &session, copy, length);
	mbedtls_ssl_session_free(&session);
	free(copy);
}

static void run(const uint8_t *data, size_t length)
{
	uint8_t ticket[BEFORE + MOST + TAG];
	kind_ends *ends = ends_of(data[0] & IS_1_3);

	if (data[0] & IS_SEALED) {
		memcpy(ticket + BEFORE, data + 1, length - 1);
		open_ticket(ends->server, ticket, seal(ends->server, ticket, length - 1));
	} else {
		open_ticket(ends->server, data + 1, length - 1);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
	if (length >= 1 && length - 1 <= MOST)
		fuzz_check_leaks(run, data, length);
	return 0;
}

static void put_plain(int is_1_3, const kind_ends *ends)
{
	uint8_t plain[1 + 10 + sizeof(ends->cached)] = {(uint8_t)(IS_SEALED | is_1_3)};
	size_t length = ends->cached_length;

	memset(plain + 1, 0xff, 8); // issued in the far future
	plain[9] = (uint8_t)(length >> 8);
	plain[10] = (uint8_t)length;
	memcpy(plain + 11, ends->cached, length);
	fuzz_put_seed(is_1_3 ? "session 1.3" : "session 1.2", plain, 11 + (length < 118 ? 118 : length));
}

// It is somewhere in what the client keeps, and begins with the name of the key.
static void put_ticket(int is_1_3, const kind_ends *ends)
{
	const uint8_t *name = ends->store->keys[0].name, *end = ends->kept.bytes + ends->kept.length;
	uint8_t input[sizeof(ends->kept.bytes) + 1] = {(uint8_t)is_1_3};

	for (const uint8_t *at = ends->kept.bytes; at + TLS_TICKET_NAME <= end; at++) {
		if (memcmp(at, name, TLS_TICKET_NAME) != 0)
			continue;
		size_t length = (size_t)at[-2] << 8 | at[-1];

		memcpy(input + 1, at, length);
		fuzz_put_seed(is_1_3 ? "ticket 1.3" : "ticket 1.2", input, 1 + length);
		return;
	}
	fuzz_check(false, "a client has a ticket");
}

void fuzz_make_seeds(void)
{
	for (int is_1_3 = 0; is_1_3 < 2; is_1_3++) {
		put_plain(is_1_3, ends_of(is_1_3));
		put_ticket(is_1_3, ends_of(is_1_3));
	}
}
