// A peer must not learn which identities there are (RFC 4279 §7.2, RFC 8446 §E.6):
//
// - Identities are kept as hashes, and all of them are compared, each in constant time.
// - An identity that is not in the table gets a random key (the decoy), so that its handshake fails where one with a
//   wrong key fails.
// - The length of a key shows in the time that its handshake takes. The decoy is therefore as long as a key of the
//   table, which a secret picks by the identity: lengths are distributed alike over known and unknown identities.

#include "tls-psk-find.h"

#include <string.h>

#include "mbedtls/constant_time.h"

#include "tls-psk-internal.h"

// The place in the table of the key whose length the decoy has for this identity.
static bool choose(const xstls_psks *psks, const uint8_t identity[TLS_PSK_HASH], uint32_t *place)
{
	uint8_t both[2 * TLS_PSK_HASH], mixed[TLS_PSK_HASH];
	uint32_t number;

	memcpy(both, psks->decoy.choice, TLS_PSK_HASH);
	memcpy(both + TLS_PSK_HASH, identity, TLS_PSK_HASH);
	if (!xstls_psk_hash(both, sizeof(both), mixed))
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
	for (const xstls_psk_entry *entry = psks->first; entry; entry = entry->next) {
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

	if (length > TLS_PSK_MOST_IDENTITY || !xstls_psk_hash(identity, length, hashed) || !choose(psks, hashed, &chosen))
		return false;
	*key_length = look_up(psks, hashed, chosen, key, number);
	return true;
}
