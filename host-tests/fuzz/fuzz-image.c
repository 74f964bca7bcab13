// The identity's flash image. The first byte: with bit 0 the checksums are made right first, for no mutation hits one.

#include "fuzz.h"
#include "tls-flash-image.h"

#include <stdlib.h>

static void put_32(uint8_t *at, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		at[i] = (uint8_t)(value >> 8 * i);
}

static uint32_t get_32(const uint8_t *at)
{
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static void mend(uint8_t *slot, size_t length)
{
	size_t payload;

	if (length < TLS_IMAGE_HEADER)
		return;
	payload = get_32(slot + 12);
	if (payload <= length - TLS_IMAGE_HEADER)
		put_32(slot + 20, xstls_crc32(0, slot + TLS_IMAGE_HEADER, payload));
	put_32(slot + 28, xstls_crc32(0, slot, 28));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
	size_t size = length ? length - 1 : 0, half = size / 2;
	uint8_t *partition = malloc(size + (size == 0));
	int current;

	if (size)
		memcpy(partition, data + 1, size);
	if (length && data[0] & 1) {
		mend(partition, half);
		mend(partition + half, half);
	}
	current = xstls_image_current(partition, size);
	fuzz_check(current >= -1 && current <= 1, "it is one half, the other or none");
	if (current >= 0) {
		size_t used = xstls_image_check_slot(partition + (size_t)current * half, half);

		fuzz_check(used >= TLS_IMAGE_HEADER && used <= half, "a slot that is in force is whole");
	}
	free(partition);
	return 0;
}

void fuzz_make_seeds(void)
{
	enum { SLOT = 128, PAYLOAD = 20 };
	uint8_t image[1 + 2 * SLOT] = {1};

	for (int i = 0; i < 2; i++) {
		uint8_t *slot = image + 1 + i * SLOT;

		memcpy(slot, "XSID\1\40", 6);
		slot[8] = (uint8_t)(i + 1);
		slot[12] = PAYLOAD;
		put_32(slot + TLS_IMAGE_HEADER + 4, 10);
		mend(slot, SLOT);
	}
	fuzz_put_seed("two slots", image, sizeof(image));
	image[0] = 0;
	fuzz_put_seed("two slots, as they are", image, sizeof(image));
}
