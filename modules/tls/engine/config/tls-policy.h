// Cipher suites, groups and signature algorithms by the names that IANA registers, and the default lists (row B14).
//
// Suites are AEAD with forward secrecy by default, the fastest on a device with hardware AES first; groups are in the
// order of their cost. Suites without ECDHE are there by name, for pre-shared
// keys only: whoever learns the key could read what was recorded before.

#ifndef TLS_POLICY_H
#define TLS_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
	TLS_POLICY_SUITES = 0,
	TLS_POLICY_GROUPS = 1,
	TLS_POLICY_SIGNATURES = 2,
	TLS_POLICY_LISTS = 3,
} xstls_policy_list;

// The number behind a name that is `length` bytes long; 0 when this build does not have it.
uint16_t xstls_policy_number(xstls_policy_list list, const char *name, size_t length);
// Whether this build has it.
bool xstls_policy_knows(xstls_policy_list list, uint16_t number);
// Names of all that this build has, in order of preference; NULL behind the last.
const char *xstls_policy_name(xstls_policy_list list, size_t index);

// The default suites, 0 behind the last.
extern const int xstls_policy_suites[];
extern const int xstls_policy_suites_with_psk[];
extern const uint16_t xstls_policy_groups[];

#endif
