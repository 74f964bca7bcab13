// Recognizes what a file is by its first bytes and outermost structure, so that an error can name a wrong one.

#ifndef TLS_INPUT_H
#define TLS_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The order is the number: form.ts has the same list (a unit test compares them). Append only.
#define TLS_INPUTS(X)                                                                                                  \
	X(UNKNOWN)                                                                                                         \
	X(EMPTY)                                                                                                           \
	X(CERTIFICATE)                                                                                                     \
	X(KEY)                                                                                                             \
	X(ENCRYPTED_KEY)                                                                                                   \
	X(OPENSSH_KEY)                                                                                                     \
	X(PUBLIC_KEY)                                                                                                      \
	X(REQUEST)                                                                                                         \
	X(PKCS12)                                                                                                          \
	X(CUT_OFF)

typedef enum {
#define TLS_INPUT_NAME(name) TLS_INPUT_##name,
	TLS_INPUTS(TLS_INPUT_NAME)
#undef TLS_INPUT_NAME
} xstls_input_kind;

typedef struct {
	xstls_input_kind kind;
	bool is_pem;
} xstls_input;

// Of a PEM file with several blocks, a block of the kind `wanted` decides if there is one; otherwise the first whose
// label is known.
xstls_input xstls_input_identify(const uint8_t *data, size_t length, xstls_input_kind wanted);

#endif
