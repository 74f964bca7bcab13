// engine/text-characters.c: which characters a text has, and that nothing behind its NUL is read.

#include "fixture.h"

#include <stdlib.h>

#include "text-characters.h"

// What is behind it is nobody's: a sanitizer sees a step beyond.
static char *copy_of(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(malloc(size), text, size);
}

static bool has_only(const char *text, const char *ranges, bool others)
{
	char *at = copy_of(text), *set = copy_of(ranges);
	bool has = xstls_text_has_only(at, set, others);

	free(at);
	free(set);
	return has;
}

static unsigned check(const char *text)
{
	char *at = copy_of(text);
	unsigned found = xstls_text_check_escapes(at);

	free(at);
	return found;
}

static void by_ranges(void **state)
{
	(void)state;
	for (int first = 1; first < 128; first += 3)
		for (int last = first; last < 128; last += 5)
			for (int code = 1; code < 128; code++) {
				const char ranges[] = {(char)first, (char)last, '!', '!', 0};
				const char text[] = {'!', (char)code, 0};

				assert_int_equal(has_only(text, ranges, false), (code >= first && code <= last) || code == '!');
			}
	assert_true(has_only("", "", false));
	assert_false(has_only("a", "", true));
	// A half of a pair at the end stands for itself.
	assert_true(has_only("ba", "aab", false));
	assert_false(has_only("c", "aab", false));
}

static void beyond_ascii(void **state)
{
	static const char *const others[] = {"\xc2\x80",     "\xc3\xa9",     "\xe2\x82\xac",
	                                     "\xed\x9f\xbf", "\xee\x80\x80", "\xf0\x9f\x98\x80"};
	static const char *const lone[] = {"\xed\xa0\x80", "\xed\xbf\xbf", "a\xed\xb0\x80z"};

	(void)state;
	for (size_t at = 0; at < sizeof others / sizeof *others; at++) {
		assert_true(has_only(others[at], "az", true));
		assert_false(has_only(others[at], "\x01\x7f", false));
	}
	for (size_t at = 0; at < sizeof lone / sizeof *lone; at++)
		assert_false(has_only(lone[at], "\x01\x7f", true));
	// As XS has a NUL.
	assert_false(has_only("a\xc0\x80", "\x01\x7f", true));
	assert_true(has_only("a\xc0\x80", "\xc0\x80\x7f", true));
	assert_false(has_only("a\xc0", "az", true));
}

// By what RFC 3629 section 4 has behind a lead byte.
static bool is_lead(int byte, int next)
{
	if (byte == 0xc0 || byte == 0xc1 || byte > 0xf4)
		return false;
	if (next < 0x80 || next > 0xbf)
		return true;
	return !((byte == 0xe0 && next < 0xa0) || (byte == 0xed && next > 0x9f) || (byte == 0xf0 && next < 0x90) ||
	         (byte == 0xf4 && next > 0x8f));
}

static void escapes(void **state)
{
	char text[16];

	(void)state;
	for (int byte = 0; byte < 256; byte++)
		for (int next = 1; next < 256; next++) {
			unsigned nul = byte == 0 ? XSTLS_ESCAPES_NUL : 0;
			bool good = is_lead(byte, next) && is_lead(next, -1);

			snprintf(text, sizeof text, byte & 1 ? "a%%%02x%%%02X" : "a%%%02X%%%02x", (unsigned)byte, (unsigned)next);
			assert_int_equal(check(text), nul | (good ? 0 : XSTLS_ESCAPES_NOT_UTF8));
		}
	assert_int_equal(check(""), 0);
	assert_int_equal(check("%e0"), 0);
	assert_int_equal(check("%c3\xa9"), 0);
	for (const char *const *bad =
	         (const char *const[]){"%", "a%4", "%g0", "%4g", "%%41", "%\xc0\x80", "%4\xc3\xa9", NULL};
	     *bad; bad++)
		assert_int_equal(check(*bad), XSTLS_ESCAPES_MALFORMED);
	assert_int_equal(check("%00%zz%c0"), XSTLS_ESCAPES_NUL | XSTLS_ESCAPES_MALFORMED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("Z8 characters by ranges", by_ranges),
	    TEST("Z8 characters above US-ASCII, and a NUL", beyond_ascii),
	    TEST("Z8 percent-encodings", escapes),
	};

	return cmocka_run_group_tests_name("text characters", tests, NULL, NULL);
}
