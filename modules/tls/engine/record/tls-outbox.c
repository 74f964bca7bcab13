#include "tls-outbox.h"

#include <string.h>

#include "port/tls-alloc.h"

struct xstls_outbox_block {
	xstls_outbox_block *next;
	size_t length;
	uint8_t data[];
};

uint8_t *xstls_outbox_reserve(xstls_outbox *outbox, size_t length)
{
	xstls_outbox_block *block = xstls_calloc(1, sizeof(xstls_outbox_block) + length);

	xstls_free(outbox->reserved);
	outbox->reserved = block;
	if (!block)
		return NULL;
	block->length = length;
	return block->data;
}

void xstls_outbox_commit(xstls_outbox *outbox)
{
	xstls_outbox_block *block = outbox->reserved;

	outbox->reserved = NULL;
	if (outbox->last)
		outbox->last->next = block;
	else
		outbox->first = block;
	outbox->last = block;
	outbox->pending += block->length;
}

bool xstls_outbox_put(xstls_outbox *outbox, const uint8_t *data, size_t length)
{
	uint8_t *room = xstls_outbox_reserve(outbox, length);

	if (!room)
		return false;
	memcpy(room, data, length);
	xstls_outbox_commit(outbox);
	return true;
}

static void drop_first(xstls_outbox *outbox)
{
	xstls_outbox_block *block = outbox->first;

	outbox->first = block->next;
	if (!outbox->first)
		outbox->last = NULL;
	outbox->taken = 0;
	xstls_free(block);
}

size_t xstls_outbox_take(xstls_outbox *outbox, uint8_t *out, size_t capacity)
{
	size_t total = 0;

	while (outbox->first && total < capacity) {
		size_t left;
		const uint8_t *from = xstls_outbox_look(outbox, &left);
		size_t count = left < capacity - total ? left : capacity - total;

		memcpy(out + total, from, count);
		total += count;
		xstls_outbox_skip(outbox, count);
	}
	return total;
}

const uint8_t *xstls_outbox_look(const xstls_outbox *outbox, size_t *length)
{
	*length = outbox->first ? outbox->first->length - outbox->taken : 0;
	return outbox->first ? outbox->first->data + outbox->taken : NULL;
}

void xstls_outbox_skip(xstls_outbox *outbox, size_t count)
{
	outbox->taken += count;
	outbox->pending -= count;
	if (outbox->taken == outbox->first->length)
		drop_first(outbox);
}

void xstls_outbox_clear(xstls_outbox *outbox)
{
	while (outbox->first)
		drop_first(outbox);
	outbox->pending = 0;
	xstls_free(outbox->reserved);
	outbox->reserved = NULL;
}
