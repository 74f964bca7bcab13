// Numbers are big-endian:
//
//   format 1 | verified 8 | received 8 | not before 8 | not after 8 | 1 with an extended master secret 1 |
//   length of the certificate 2 | certificate | session as mbedTLS serializes it, without a certificate | SHA-256
//
// The hash is over what the session is bound to and all that comes before it. So a client with another configuration,
// or for another server, makes a full handshake.

#include "tls-exported-session.h"

#include <string.h>

#include "psa/crypto.h"

enum { FORMAT = 3, TIME = 8, EXTENDED = 1, CERTIFICATE_LENGTH = 2 };
enum { HEADER = 1 + 4 * TIME + EXTENDED + CERTIFICATE_LENGTH, SEAL = 32 };

static void put_number(uint8_t **at, uint64_t number, int bytes)
{
	while (bytes--)
		*(*at)++ = (uint8_t)(number >> 8 * bytes);
}

static uint64_t get_number(const uint8_t **at, int bytes)
{
	uint64_t number = 0;

	while (bytes--)
		number = number << 8 | *(*at)++;
	return number;
}

static psa_status_t hash_owner(psa_hash_operation_t *hash, const xstls_exported_owner *owner)
{
	psa_status_t status = psa_hash_update(hash, owner->binding, TLS_BINDING);

	// The NUL counts: no name is not an empty one.
	if (status == PSA_SUCCESS && owner->name)
		status = psa_hash_update(hash, (const uint8_t *)owner->name, strlen(owner->name) + 1);
	return status;
}

static bool compute_seal(const xstls_exported_owner *owner, const uint8_t *exported, size_t length, uint8_t seal[SEAL])
{
	psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT;
	psa_status_t status = psa_hash_setup(&hash, PSA_ALG_SHA_256);
	size_t written;

	if (status == PSA_SUCCESS)
		status = hash_owner(&hash, owner);
	if (status == PSA_SUCCESS)
		status = psa_hash_update(&hash, exported, length);
	if (status == PSA_SUCCESS)
		status = psa_hash_finish(&hash, seal, SEAL, &written);
	psa_hash_abort(&hash);
	return status == PSA_SUCCESS;
}

size_t xstls_exported_length(size_t certificate_length, size_t session_length)
{
	return certificate_length > UINT16_MAX ? 0 : HEADER + certificate_length + session_length + SEAL;
}

bool xstls_exported_write(const xstls_exported_owner *owner, const xstls_exported_session *parts,
                          const mbedtls_ssl_session *session, uint8_t *exported, size_t length)
{
	const xstls_exported_times *times = &parts->times;
	uint8_t *at = exported;
	size_t size;

	put_number(&at, FORMAT, 1);
	put_number(&at, times->verified, TIME);
	put_number(&at, times->received, TIME);
	put_number(&at, (uint64_t)times->not_before, TIME);
	put_number(&at, (uint64_t)times->not_after, TIME);
	put_number(&at, parts->extended_master_secret, EXTENDED);
	put_number(&at, parts->certificate_length, CERTIFICATE_LENGTH);
	memcpy(at, parts->certificate, parts->certificate_length);
	at += parts->certificate_length;
	length -= SEAL;
	return mbedtls_ssl_session_save(session, at, length - (size_t)(at - exported), &size) == 0 &&
	       compute_seal(owner, exported, length, exported + length);
}

static bool is_sealed_for(const xstls_exported_owner *owner, const uint8_t *exported, size_t length)
{
	uint8_t seal[SEAL];

	return length > HEADER + SEAL && exported[0] == FORMAT && compute_seal(owner, exported, length - SEAL, seal) &&
	       memcmp(seal, exported + length - SEAL, SEAL) == 0;
}

bool xstls_exported_read(const xstls_exported_owner *owner, const uint8_t *exported, size_t length,
                         xstls_exported_session *parts)
{
	const uint8_t *at, *end;

	if (!is_sealed_for(owner, exported, length))
		return false;
	at = exported + 1;
	end = exported + length - SEAL;
	parts->times.verified = get_number(&at, TIME);
	parts->times.received = get_number(&at, TIME);
	parts->times.not_before = (int64_t)get_number(&at, TIME);
	parts->times.not_after = (int64_t)get_number(&at, TIME);
	parts->extended_master_secret = get_number(&at, EXTENDED);
	parts->certificate_length = (size_t)get_number(&at, CERTIFICATE_LENGTH);
	if (parts->certificate_length >= (size_t)(end - at))
		return false;
	parts->certificate = at;
	parts->session = at + parts->certificate_length;
	parts->session_length = (size_t)(end - parts->session);
	return true;
}
