#include "tls-psk-internal.h"

#include <string.h>

#include "mbedtls/platform_util.h"
#include "psa/crypto.h"

#include "port/tls-alloc.h"
#include "port/tls-port-crypto.h"

xstls_psks *xstls_psks_new(void)
{
	xstls_psks *psks;

	if (!xstls_port_start())
		return NULL;
	psks = xstls_calloc(1, sizeof(xstls_psks));
	if (!psks)
		return NULL;
	psks->references = 1;
	if (psa_generate_random((uint8_t *)&psks->decoy, sizeof(psks->decoy)) != PSA_SUCCESS) {
		xstls_free(psks);
		return NULL;
	}
	return psks;
}

xstls_psks *xstls_psks_retain(xstls_psks *psks)
{
	psks->references++;
	return psks;
}

static void free_entry(xstls_psk_entry *entry)
{
	mbedtls_platform_zeroize(entry, sizeof(*entry) + entry->name_length);
	xstls_free(entry);
}

static void drop(xstls_psks *psks, xstls_psk_entry **link)
{
	xstls_psk_entry *entry = *link;

	*link = entry->next;
	psks->count--;
	free_entry(entry);
}

void xstls_psks_release(xstls_psks *psks)
{
	if (!psks || --psks->references)
		return;
	while (psks->first)
		drop(psks, &psks->first);
	mbedtls_platform_zeroize(psks, sizeof(*psks));
	xstls_free(psks);
}

bool xstls_psk_hash(const uint8_t *data, size_t length, uint8_t out[TLS_PSK_HASH])
{
	size_t hash_length;

	return psa_hash_compute(PSA_ALG_SHA_256, data, length, out, TLS_PSK_HASH, &hash_length) == PSA_SUCCESS;
}

static bool fill(xstls_psk_entry *entry, const uint8_t *identity, size_t identity_length, const uint8_t *key,
                 size_t key_length)
{
	uint8_t both[TLS_PSK_HASH + TLS_PSK_MOST_KEY];
	bool is_done;

	if (!xstls_psk_hash(identity, identity_length, entry->identity))
		return false;
	memcpy(entry->name, identity, identity_length);
	entry->name_length = (uint8_t)identity_length;
	memcpy(entry->key, key, key_length);
	entry->key_length = (uint8_t)key_length;
	memcpy(both, entry->identity, TLS_PSK_HASH);
	memcpy(both + TLS_PSK_HASH, key, key_length);
	is_done = xstls_psk_hash(both, TLS_PSK_HASH + key_length, entry->token);
	mbedtls_platform_zeroize(both, sizeof(both));
	return is_done;
}

static xstls_psk_entry **find(xstls_psks *psks, const uint8_t identity[TLS_PSK_HASH])
{
	xstls_psk_entry **link = &psks->first;

	while (*link && memcmp((*link)->identity, identity, TLS_PSK_HASH) != 0)
		link = &(*link)->next;
	return link;
}

// Replaces the entry of the same identity, unless it has the same key.
static void put(xstls_psks *psks, xstls_psk_entry *entry)
{
	static uint32_t last_number;
	xstls_psk_entry **same = find(psks, entry->identity);

	if (*same && memcmp((*same)->token, entry->token, TLS_PSK_HASH) == 0) {
		free_entry(entry);
		return;
	}
	if (*same)
		drop(psks, same);
	entry->number = ++last_number;
	entry->next = psks->first;
	psks->first = entry;
	psks->count++;
}

xstls_error xstls_psks_add(xstls_psks *psks, const uint8_t *identity, size_t identity_length, const uint8_t *key,
                           size_t key_length)
{
	xstls_psk_entry *entry;

	if (identity_length < 1 || identity_length > TLS_PSK_MOST_IDENTITY || key_length < 1 ||
	    key_length > TLS_PSK_MOST_KEY)
		return TLS_E_ARGUMENT;
	entry = xstls_calloc(1, sizeof(xstls_psk_entry) + identity_length);
	if (!entry)
		return TLS_E_MEMORY;
	if (!fill(entry, identity, identity_length, key, key_length)) {
		free_entry(entry);
		return TLS_E_MEMORY;
	}
	put(psks, entry);
	return TLS_E_NONE;
}

bool xstls_psks_revoke(xstls_psks *psks, const uint8_t *identity, size_t identity_length)
{
	uint8_t hashed[TLS_PSK_HASH];
	xstls_psk_entry **link;

	if (!xstls_psk_hash(identity, identity_length, hashed))
		return false;
	link = find(psks, hashed);
	if (!*link)
		return false;
	drop(psks, link);
	return true;
}

size_t xstls_psks_count(const xstls_psks *psks)
{
	return psks->count;
}

static const xstls_psk_entry *entry_of(const xstls_psks *psks, uint32_t number)
{
	const xstls_psk_entry *entry = psks ? psks->first : NULL;

	while (entry && entry->number != number)
		entry = entry->next;
	return entry;
}

bool xstls_psks_get_token(const xstls_psks *psks, uint32_t number, uint8_t token[TLS_PSK_HASH])
{
	const xstls_psk_entry *entry = entry_of(psks, number);

	if (entry)
		memcpy(token, entry->token, TLS_PSK_HASH);
	return entry != NULL;
}

const uint8_t *xstls_psks_get_name(const xstls_psks *psks, uint32_t number, size_t *length)
{
	const xstls_psk_entry *entry = entry_of(psks, number);

	*length = entry ? entry->name_length : 0;
	return entry ? entry->name : NULL;
}

uint32_t xstls_psks_get_number(const xstls_psks *psks, const uint8_t token[TLS_PSK_HASH])
{
	for (const xstls_psk_entry *entry = psks ? psks->first : NULL; entry; entry = entry->next)
		if (memcmp(entry->token, token, TLS_PSK_HASH) == 0)
			return entry->number;
	return 0;
}
