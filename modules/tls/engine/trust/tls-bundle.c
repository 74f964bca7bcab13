#include "tls-bundle.h"

#include <string.h>

enum {
	OFFSET_SIZE = 4,
	ENTRY_HEADER = 4,
};

static size_t read_16(const uint8_t *at)
{
	return (size_t)(at[0] | at[1] << 8);
}

static size_t read_32(const uint8_t *at)
{
	return read_16(at) | read_16(at + 2) << 16;
}

size_t xstls_bundle_count(xstls_bundle bundle)
{
	size_t first = bundle.length >= OFFSET_SIZE ? read_32(bundle.data) : 0;

	return first % OFFSET_SIZE == 0 && first < bundle.length ? first / OFFSET_SIZE : 0;
}

// Lengths are checked at every access, for memory that is read in place may have changed since it was looked at first.
bool xstls_bundle_at(xstls_bundle bundle, size_t index, xstls_bundle_root *root)
{
	size_t at, left;

	if (index >= xstls_bundle_count(bundle))
		return false;
	at = read_32(bundle.data + index * OFFSET_SIZE);
	if (at >= bundle.length || bundle.length - at < ENTRY_HEADER)
		return false;
	root->subject_length = read_16(bundle.data + at);
	root->key_length = read_16(bundle.data + at + 2);
	root->subject = bundle.data + at + ENTRY_HEADER;
	root->key = root->subject + root->subject_length;
	left = bundle.length - at - ENTRY_HEADER;
	return root->subject_length <= left && root->key_length <= left - root->subject_length;
}

// As memcmp, the shorter one first when one begins with the other.
static int compare(const xstls_bundle_root *root, const uint8_t *subject, size_t length)
{
	size_t common = root->subject_length < length ? root->subject_length : length;
	int difference = memcmp(root->subject, subject, common);

	if (difference != 0)
		return difference;
	return root->subject_length < length ? -1 : root->subject_length > length;
}

bool xstls_bundle_is_named(const xstls_bundle_root *root, const uint8_t *subject, size_t length)
{
	return compare(root, subject, length) == 0;
}

bool xstls_bundle_is_sound(xstls_bundle bundle)
{
	size_t count = xstls_bundle_count(bundle);
	xstls_bundle_root before = {.subject_length = 0}, root;

	for (size_t i = 0; i < count; i++) {
		if (!xstls_bundle_at(bundle, i, &root))
			return false;
		if (i > 0 && compare(&before, root.subject, root.subject_length) > 0)
			return false;
		before = root;
	}
	return count > 0;
}

size_t xstls_bundle_find(xstls_bundle bundle, const uint8_t *subject, size_t length)
{
	size_t count = xstls_bundle_count(bundle);
	size_t low = 0, high = count;
	xstls_bundle_root root;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (!xstls_bundle_at(bundle, middle, &root))
			return count;
		if (compare(&root, subject, length) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && xstls_bundle_at(bundle, low, &root) && xstls_bundle_is_named(&root, subject, length) ? low
	                                                                                                           : count;
}
