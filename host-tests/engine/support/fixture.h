// What every engine test starts from: cmocka, certificates, configurations.

#ifndef ENGINE_FIXTURE_H
#define ENGINE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "port/tls-alloc.h"
#include "config/tls-config.h"
#include "session/tls-session.h"

// One row of a test table.
#define TEST(title, function)                                                                                          \
	{                                                                                                                  \
		title, function, NULL, NULL, NULL                                                                              \
	}

enum { TLS12 = 0x0303, TLS13 = 0x0304 };

typedef struct {
	uint8_t *data;
	size_t length;
} file_bytes;

// A file that make-identities.sh made. Kept until the program ends, with a NUL behind it that is not counted.
file_bytes identity_file(const char *name);

typedef struct {
	const char *identity[3]; // names without ".pem", in order of preference
	const char *ca;          // file name; NULL for none
	const char *alpn[4];
	uint16_t version; // 0 for both
} config_options;

// A configuration that is not sealed yet; the test fails if it cannot be made.
xstls_config *config_draft(const config_options *options);
// A sealed one. It belongs to the caller.
xstls_config *config_make(const config_options *options);

// The usual two: a server with the identity `name`, and a client that trusts both test CAs.
xstls_config *config_server(const char *name, uint16_t version);
xstls_config *config_client(uint16_t version);

// Fails unless bytes and blocks in use are what they were. The first handshake of a program leaves mbedTLS's key
// slots behind, so `warm_up` comes before the first count.
void warm_up(void);
void assert_same_memory(xstls_alloc_counters before);

#endif
