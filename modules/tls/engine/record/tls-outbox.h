// Ciphertext that waits for the transport: a list of records, each in a block of its own, which is freed when it is
// drained.

#ifndef TLS_OUTBOX_H
#define TLS_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct xstls_outbox_block xstls_outbox_block;

typedef struct {
	xstls_outbox_block *first;
	xstls_outbox_block *last;
	size_t taken;                 // bytes of the first block that were drained
	size_t pending;               // bytes in all that were not
	xstls_outbox_block *reserved; // not in the list yet
} xstls_outbox;

// False, and nothing changed, when memory is short.
bool xstls_outbox_put(xstls_outbox *outbox, const uint8_t *data, size_t length);
// Room for `length` bytes, to be written in place; nothing is sent until it is committed. NULL when memory is short.
uint8_t *xstls_outbox_reserve(xstls_outbox *outbox, size_t length);
// Appends the block that was reserved last.
void xstls_outbox_commit(xstls_outbox *outbox);
// Moves at most `capacity` bytes to `out`; returns how many.
size_t xstls_outbox_take(xstls_outbox *outbox, uint8_t *out, size_t capacity);
// Where the first bytes stand, and how many are together there; NULL when there are none.
const uint8_t *xstls_outbox_look(const xstls_outbox *outbox, size_t *length);
// Drops so many of these.
void xstls_outbox_skip(xstls_outbox *outbox, size_t count);
void xstls_outbox_clear(xstls_outbox *outbox);

#endif
