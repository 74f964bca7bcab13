#include "tls-outbox.h"

#include <string.h>

#include "port/tls-alloc.h"

struct tls_outbox_block {
	tls_outbox_block *next;
	size_t length;
	uint8_t data[];
};

uint8_t *tls_outbox_reserve(tls_outbox *outbox, size_t length)
{
	tls_outbox_block *block = tls_calloc(1, sizeof(tls_outbox_block) + length);

	tls_free(outbox->reserved);
	outbox->reserved = block;
	if (!block)
		return NULL;
	block->length = length;
	return block->data;
}

void tls_outbox_commit(tls_outbox *outbox)
{
	tls_outbox_block *block = outbox->reserved;

	outbox->reserved = NULL;
	if (outbox->last)
		outbox->last->next = block;
	else
		outbox->first = block;
	outbox->last = block;
	outbox->pending += block->length;
}

bool tls_outbox_put(tls_outbox *outbox, const uint8_t *data, size_t length)
{
	uint8_t *room = tls_outbox_reserve(outbox, length);

	if (!room)
		return false;
	memcpy(room, data, length);
	tls_outbox_commit(outbox);
	return true;
}

static void drop_first(tls_outbox *outbox)
{
	tls_outbox_block *block = outbox->first;

	outbox->first = block->next;
	if (!outbox->first)
		outbox->last = NULL;
	outbox->taken = 0;
	tls_free(block);
}

size_t tls_outbox_take(tls_outbox *outbox, uint8_t *out, size_t capacity)
{
	size_t total = 0;

	while (outbox->first && total < capacity) {
		size_t left = outbox->first->length - outbox->taken;
		size_t count = left < capacity - total ? left : capacity - total;

		memcpy(out + total, outbox->first->data + outbox->taken, count);
		total += count;
		outbox->taken += count;
		if (count == left)
			drop_first(outbox);
	}
	outbox->pending -= total;
	return total;
}

void tls_outbox_clear(tls_outbox *outbox)
{
	while (outbox->first)
		drop_first(outbox);
	outbox->pending = 0;
	tls_free(outbox->reserved);
	outbox->reserved = NULL;
}
