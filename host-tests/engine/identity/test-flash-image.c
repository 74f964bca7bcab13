// Rows E1, E2: of a flash image with two slots the newest whole one is in force, whatever a cut left of the other.

#include "fixture.h"

#include <stdlib.h>

#include "tls-flash-image.h"

enum { SLOT = 512 };

static void put32(uint8_t *at, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		at[i] = (uint8_t)(value >> 8 * i);
}

// A slot with entries of 5, 0 and 8 bytes; gives the bytes in use.
static size_t make_slot(uint8_t slot[SLOT], uint32_t sequence)
{
	static const uint8_t sizes[] = {5, 0, 8};
	size_t at = TLS_IMAGE_HEADER;

	memset(slot, 0xff, SLOT);
	for (size_t i = 0; i < sizeof(sizes); i++) {
		uint32_t padded = (uint32_t)(sizes[i] + 3) & ~3u;

		memset(slot + at, 0, TLS_IMAGE_ENTRY_HEADER + padded);
		slot[at] = (uint8_t)(i + 1);
		put32(slot + at + 4, sizes[i]);
		at += TLS_IMAGE_ENTRY_HEADER + padded;
	}
	memset(slot, 0, TLS_IMAGE_HEADER);
	memcpy(slot, "XSID\1\40", 6);
	put32(slot + 8, sequence);
	put32(slot + 12, (uint32_t)(at - TLS_IMAGE_HEADER));
	put32(slot + 20, xstls_crc32(0, slot + TLS_IMAGE_HEADER, at - TLS_IMAGE_HEADER));
	put32(slot + 28, xstls_crc32(0, slot, 28));
	return at;
}

static void the_sum_of_the_standard(void **state)
{
	const uint8_t digits[] = "123456789";

	(void)state;
	assert_int_equal(xstls_crc32(0, digits, 9), 0xcbf43926);
	assert_int_equal(xstls_crc32(xstls_crc32(0, digits, 4), digits + 4, 5), 0xcbf43926);
	assert_int_equal(xstls_crc32(0, NULL, 0), 0);
}

static void the_newest_slot(void **state)
{
	uint8_t image[2 * SLOT];

	(void)state;
	memset(image, 0xff, sizeof(image));
	assert_int_equal(xstls_image_current(image, sizeof(image)), -1);
	make_slot(image, 7);
	assert_int_equal(xstls_image_current(image, sizeof(image)), 0);
	make_slot(image + SLOT, 8);
	assert_int_equal(xstls_image_current(image, sizeof(image)), 1);
	make_slot(image, 9);
	assert_int_equal(xstls_image_current(image, sizeof(image)), 0);
	memset(image, 0xff, SLOT);
	assert_int_equal(xstls_image_current(image, sizeof(image)), 1);
}

static void a_write_cut_at_every_byte(void **state)
{
	uint8_t image[2 * SLOT];
	size_t used;

	(void)state;
	make_slot(image, 1);
	used = make_slot(image + SLOT, 2);
	for (size_t cut = 0; cut < used; cut++) {
		make_slot(image + SLOT, 2);
		memset(image + SLOT + cut, 0xff, SLOT - cut);
		assert_int_equal(xstls_image_current(image, sizeof(image)), 0);
	}
}

static void every_flipped_bit(void **state)
{
	uint8_t slot[SLOT];
	size_t used = make_slot(slot, 1);

	(void)state;
	assert_int_equal(xstls_image_check_slot(slot, SLOT), used);
	for (size_t bit = 0; bit < 8 * used; bit++) {
		slot[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_equal(xstls_image_check_slot(slot, SLOT), 0);
		slot[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

// Each is exactly as long as it says, so that a sanitizer sees a read beyond it.
static void truncated_at_every_byte(void **state)
{
	uint8_t slot[SLOT];
	size_t used = make_slot(slot, 1);

	(void)state;
	for (size_t length = 0; length < used; length++) {
		uint8_t *part = malloc(length ? length : 1);

		memcpy(part, slot, length);
		assert_int_equal(xstls_image_check_slot(part, length), 0);
		assert_int_equal(xstls_image_current(part, length), -1);
		free(part);
	}
}

// Checksums that are right around lengths that are not.
static void entries_that_lie(void **state)
{
	static const uint32_t lengths[] = {6, 9, 1000, 0x7fffffff, 0xfffffffd, 0xffffffff};

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		uint8_t slot[SLOT];
		size_t used = make_slot(slot, 1);

		put32(slot + used - 12, lengths[i]);
		put32(slot + 20, xstls_crc32(0, slot + TLS_IMAGE_HEADER, used - TLS_IMAGE_HEADER));
		put32(slot + 28, xstls_crc32(0, slot, 28));
		// 6 is as good as 8 once it is padded.
		assert_int_equal(xstls_image_check_slot(slot, SLOT), i == 0 ? used : 0);
		put32(slot + 12, lengths[i]);
		put32(slot + 28, xstls_crc32(0, slot, 28));
		assert_int_equal(xstls_image_check_slot(slot, SLOT), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("CRC-32 of IEEE 802.3, whole and in parts", the_sum_of_the_standard),
	    TEST("E2 the newest whole slot is in force", the_newest_slot),
	    TEST("E2 a write cut at any byte leaves the older slot in force", a_write_cut_at_every_byte),
	    TEST("E2 any flipped bit is seen", every_flipped_bit),
	    TEST("E2 a slot truncated at any byte is none", truncated_at_every_byte),
	    TEST("E2 entries whose lengths lie are refused", entries_that_lie),
	};

	return cmocka_run_group_tests_name("flash image", tests, NULL, NULL);
}
