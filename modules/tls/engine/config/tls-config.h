// A TLS configuration: who this end is, whom it trusts, what it speaks. Built once, sealed, then shared by every
// session by reference count; certificates are parsed here and nowhere else.

#ifndef TLS_CONFIG_H
#define TLS_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "port/tls-error.h"
#include "tls-policy.h"
#include "tls-psk.h"
#include "resumption/tls-resumption.h"

typedef struct tls_config tls_config;

typedef enum {
	TLS_SERVER = 0,
	TLS_CLIENT = 1,
} tls_role;

typedef enum {
	TLS_VERIFY_NONE = 0,     // the peer's certificate is not asked for (server) or not checked (client)
	TLS_VERIFY_OPTIONAL = 1, // asked for; a bad or missing one shows in the verify flags and does not end the session
	TLS_VERIFY_REQUIRED = 2, // no verified certificate, no session
} tls_verify;

// A configuration with one reference, owned by the caller; NULL when memory or randomness is short. It serves both
// roles: a session says which one it plays.
tls_config *tls_config_new(void);
tls_config *tls_config_retain(tls_config *config);
void tls_config_release(tls_config *config);

// The setters work until the configuration is sealed; afterwards they answer TLS_E_STATE.
// Certificates and keys are DER or PEM, told apart by their first bytes, and copied.

// A certificate chain, leaf first, with its private key. Several identities may be given, in order of preference;
// the first that the client can verify is used (row A3).
tls_error tls_config_add_identity(tls_config *config, const uint8_t *chain, size_t chain_length, const uint8_t *key,
                                  size_t key_length);
// The same with a private key that PSA holds, by its id, 1 to 0x7fffffff (row B9). It is tried out: KEY_NOT_FOUND,
// KEY_NOT_USABLE when its type or its policy does not let it sign for the versions that are set by now, KEY_MISMATCH.
tls_error tls_config_add_opaque_identity(tls_config *config, const uint8_t *chain, size_t chain_length,
                                         uint32_t key_id);
tls_error tls_config_add_ca(tls_config *config, const uint8_t *certificates, size_t length);
// One ALPN protocol, 1 to 255 bytes; call once for each, in order of preference (row B5, RFC 7301).
tls_error tls_config_add_alpn(tls_config *config, const uint8_t *name, size_t length);
// Lowest and highest version: 0x0303 is TLS 1.2, 0x0304 is TLS 1.3.
tls_error tls_config_set_versions(tls_config *config, uint16_t lowest, uint16_t highest);
// Allows a cipher suite, a group or a signature algorithm by IANA's name; call once for each, in order of preference.
// What is named first of its kind takes the place of the default list. ARGUMENT when this build does not have it.
tls_error tls_config_allow(tls_config *config, tls_policy_list list, const char *name, size_t length);
// Most bytes of plaintext in a record that is taken and in one that is made, TLS_RECORD_LEAST to what this build's
// buffers hold (row A1, E5); else ARGUMENT. A TLS 1.2 client asks for records of that size (max_fragment_length, RFC
// 6066 §4).
tls_error tls_config_set_record_sizes(tls_config *config, size_t receive, size_t transmit);
size_t tls_config_most_receive(void);
size_t tls_config_most_transmit(void);
// Default: a server asks for no certificate, a client requires a verified one (rows A5, C1, E1).
tls_error tls_config_set_verify(tls_config *config, tls_role role, tls_verify verify);
// Where a server's sessions are kept for resumption; the configuration takes a reference of its own (rows A4, B6).
// Below mbedTLS 4.1 a configuration that asks for client certificates gives no tickets: a flaw of it would let who
// overhears one in.
tls_error tls_config_set_resumption(tls_config *config, tls_resumption *resumption);
// A server's pre-shared keys; the configuration takes a reference of its own, and the table may change at any time
// (row C4). It offers them beside its certificates, or alone.
tls_error tls_config_set_psks(tls_config *config, tls_psks *psks);
// What a TLS 1.2 server tells a client so that it finds its key (RFC 4279 §5.2), 1 to 128 bytes without NUL, else
// ARGUMENT. It goes out with suites of a pre-shared key alone, such as TLS_PSK_WITH_AES_128_GCM_SHA256.
tls_error tls_config_set_psk_hint(tls_config *config, const uint8_t *hint, size_t length);
// A client's pre-shared key: identity 1 to 128 bytes, key 1 to 32 bytes, else ARGUMENT.
tls_error tls_config_set_client_psk(tls_config *config, const uint8_t *identity, size_t identity_length,
                                    const uint8_t *key, size_t key_length);
tls_error tls_config_seal(tls_config *config);
bool tls_config_is_sealed(const tls_config *config);

// The mbedTLS error behind the last setter that failed, 0 when it had none.
int tls_config_library_error(const tls_config *config);

#endif
