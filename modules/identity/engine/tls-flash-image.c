// Nothing of a slot but its header is read before the header's checksum has been verified.

#include "tls-flash-image.h"

#include <stdbool.h>
#include <string.h>

uint32_t xstls_crc32(uint32_t crc, const uint8_t *data, size_t length)
{
	// One step for each half of a byte: sixteen words of table instead of a kilobyte.
	static const uint32_t table[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
	                                   0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
	                                   0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};

	crc = ~crc;
	for (size_t i = 0; i < length; i++) {
		crc ^= data[i];
		crc = crc >> 4 ^ table[crc & 15];
		crc = crc >> 4 ^ table[crc & 15];
	}
	return ~crc;
}

static uint32_t get32(const uint8_t *at)
{
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static uint32_t sequence_of(const uint8_t *slot)
{
	return get32(slot + 8);
}

// Entries must fill the payload to its last byte.
static bool are_entries_whole(const uint8_t *payload, size_t length)
{
	size_t at = 0;

	while (at < length) {
		size_t data;

		if (length - at < TLS_IMAGE_ENTRY_HEADER)
			return false;
		data = get32(payload + at + 4);
		at += TLS_IMAGE_ENTRY_HEADER;
		if (data > length - at || ((data + 3) & ~(size_t)3) > length - at)
			return false;
		at += (data + 3) & ~(size_t)3;
	}
	return true;
}

size_t xstls_image_check_slot(const uint8_t *slot, size_t length)
{
	static const uint8_t start[6] = {'X', 'S', 'I', 'D', 1, TLS_IMAGE_HEADER};
	size_t payload;

	if (length < TLS_IMAGE_HEADER || memcmp(slot, start, sizeof(start)) != 0)
		return 0;
	if (get32(slot + 28) != xstls_crc32(0, slot, 28))
		return 0;
	payload = get32(slot + 12);
	if (payload > length - TLS_IMAGE_HEADER || get32(slot + 20) != xstls_crc32(0, slot + TLS_IMAGE_HEADER, payload))
		return 0;
	return are_entries_whole(slot + TLS_IMAGE_HEADER, payload) ? TLS_IMAGE_HEADER + payload : 0;
}

int xstls_image_current(const uint8_t *partition, size_t length)
{
	size_t half = length / 2;
	bool first = xstls_image_check_slot(partition, half) > 0;
	bool second = xstls_image_check_slot(partition + half, half) > 0;

	if (first && second)
		return sequence_of(partition + half) > sequence_of(partition);
	return first ? 0 : second ? 1 : -1;
}
