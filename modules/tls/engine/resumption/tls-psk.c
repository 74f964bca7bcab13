// A peer must not learn which identities there are (RFC 4279 §7.2, RFC 8446 §E.6):
//
// - Identities are kept as hashes, and all of them are compared, each in constant time.
// - An identity that is not in the table gets a random key (the decoy), so that its handshake fails where one with a
//   wrong key fails.
// - The length of a key shows in the time that its handshake takes. The decoy is therefore as long as a key of the
// table,
//   which a secret picks by the identity: lengths are distributed alike over known and unknown identities.

#include "tls-psk-internal.h"

#include <string.h>

#include "mbedtls/constant_time.h"
#include "mbedtls/platform_util.h"
#include "psa/crypto.h"

#include "port/tls-alloc.h"
#include "port/tls-port-crypto.h"

typedef struct psk_entry {
	struct psk_entry *next;
	uint32_t number;
	uint8_t identity[TLS_PSK_HASH];
	uint8_t token[TLS_PSK_HASH]; // of identity and key
	uint8_t key[TLS_PSK_MOST_KEY];
	uint8_t key_length;
	uint8_t name_length;
	uint8_t name[]; // the identity as it was given
} psk_entry;

struct xstls_psks {
	psk_entry *first;
	unsigned references;
	uint32_t count;
	struct {
		uint8_t key[TLS_PSK_MOST_KEY];
		uint8_t choice[TLS_PSK_HASH]; // the secret that picks its length
	} decoy;
};

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

static void free_entry(psk_entry *entry)
{
	mbedtls_platform_zeroize(entry, sizeof(*entry) + entry->name_length);
	xstls_free(entry);
}

static void drop(xstls_psks *psks, psk_entry **link)
{
	psk_entry *entry = *link;

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

static bool hash(const uint8_t *data, size_t length, uint8_t out[TLS_PSK_HASH])
{
	size_t hash_length;

	return psa_hash_compute(PSA_ALG_SHA_256, data, length, out, TLS_PSK_HASH, &hash_length) == PSA_SUCCESS;
}

static bool fill(psk_entry *entry, const uint8_t *identity, size_t identity_length, const uint8_t *key,
                 size_t key_length)
{
	uint8_t both[TLS_PSK_HASH + TLS_PSK_MOST_KEY];
	bool is_done;

	if (!hash(identity, identity_length, entry->identity))
		return false;
	memcpy(entry->name, identity, identity_length);
	entry->name_length = (uint8_t)identity_length;
	memcpy(entry->key, key, key_length);
	entry->key_length = (uint8_t)key_length;
	memcpy(both, entry->identity, TLS_PSK_HASH);
	memcpy(both + TLS_PSK_HASH, key, key_length);
	is_done = hash(both, TLS_PSK_HASH + key_length, entry->token);
	mbedtls_platform_zeroize(both, sizeof(both));
	return is_done;
}

static psk_entry **find(xstls_psks *psks, const uint8_t identity[TLS_PSK_HASH])
{
	psk_entry **link = &psks->first;

	while (*link && memcmp((*link)->identity, identity, TLS_PSK_HASH) != 0)
		link = &(*link)->next;
	return link;
}

// Replaces the entry of the same identity, unless it has the same key.
static void put(xstls_psks *psks, psk_entry *entry)
{
	static uint32_t last_number;
	psk_entry **same = find(psks, entry->identity);

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
	psk_entry *entry;

	if (identity_length < 1 || identity_length > TLS_PSK_MOST_IDENTITY || key_length < 1 ||
	    key_length > TLS_PSK_MOST_KEY)
		return TLS_E_ARGUMENT;
	entry = xstls_calloc(1, sizeof(psk_entry) + identity_length);
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
	psk_entry **link;

	if (!hash(identity, identity_length, hashed))
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

static const psk_entry *entry_of(const xstls_psks *psks, uint32_t number)
{
	const psk_entry *entry = psks ? psks->first : NULL;

	while (entry && entry->number != number)
		entry = entry->next;
	return entry;
}

bool xstls_psks_get_token(const xstls_psks *psks, uint32_t number, uint8_t token[TLS_PSK_HASH])
{
	const psk_entry *entry = entry_of(psks, number);

	if (entry)
		memcpy(token, entry->token, TLS_PSK_HASH);
	return entry != NULL;
}

const uint8_t *xstls_psks_get_name(const xstls_psks *psks, uint32_t number, size_t *length)
{
	const psk_entry *entry = entry_of(psks, number);

	*length = entry ? entry->name_length : 0;
	return entry ? entry->name : NULL;
}

uint32_t xstls_psks_get_number(const xstls_psks *psks, const uint8_t token[TLS_PSK_HASH])
{
	for (const psk_entry *entry = psks ? psks->first : NULL; entry; entry = entry->next)
		if (memcmp(entry->token, token, TLS_PSK_HASH) == 0)
			return entry->number;
	return 0;
}

// The place in the table of the key whose length the decoy has for this identity.
static bool choose(const xstls_psks *psks, const uint8_t identity[TLS_PSK_HASH], uint32_t *place)
{
	uint8_t both[2 * TLS_PSK_HASH], mixed[TLS_PSK_HASH];
	uint32_t number;

	memcpy(both, psks->decoy.choice, TLS_PSK_HASH);
	memcpy(both + TLS_PSK_HASH, identity, TLS_PSK_HASH);
	if (!hash(both, sizeof(both), mixed))
		return false;
	memcpy(&number, mixed, sizeof(number));
	*place = psks->count ? number % psks->count : 0;
	return true;
}

// 0xff for 0, and 0 for anything up to 0xffff, without a branch.
static uint8_t mask_if_zero(unsigned number)
{
	return (uint8_t)((number - 1) >> 16);
}

// Copies the key of `identity`, or the decoy; returns its length. `*number` is 0 for the decoy.
static size_t look_up(const xstls_psks *psks, const uint8_t identity[TLS_PSK_HASH], uint32_t chosen,
                      uint8_t key[TLS_PSK_MOST_KEY], uint32_t *number)
{
	uint8_t length = 0, decoy_length = TLS_PSK_MOST_KEY, found = 0;
	uint32_t place = 0;

	*number = 0;
	memcpy(key, psks->decoy.key, TLS_PSK_MOST_KEY);
	for (const psk_entry *entry = psks->first; entry; entry = entry->next) {
		uint8_t mask = mask_if_zero((unsigned)mbedtls_ct_memcmp(entry->identity, identity, TLS_PSK_HASH));
		uint8_t is_chosen = mask_if_zero((place++ ^ chosen) & UINT16_MAX);

		for (size_t i = 0; i < TLS_PSK_MOST_KEY; i++)
			key[i] = (uint8_t)((key[i] & ~mask) | (entry->key[i] & mask));
		length |= entry->key_length & mask;
		decoy_length = (uint8_t)((decoy_length & ~is_chosen) | (entry->key_length & is_chosen));
		*number |= entry->number & (mask * 0x01010101u);
		found |= mask;
	}
	return length | (decoy_length & (uint8_t)~found);
}

bool xstls_psks_find_key(const xstls_psks *psks, const uint8_t *identity, size_t length, uint8_t key[TLS_PSK_MOST_KEY],
                         size_t *key_length, uint32_t *number)
{
	uint8_t hashed[TLS_PSK_HASH];
	uint32_t chosen;

	if (length > TLS_PSK_MOST_IDENTITY || !hash(identity, length, hashed) || !choose(psks, hashed, &chosen))
		return false;
	*key_length = look_up(psks, hashed, chosen, key, number);
	return true;
}
