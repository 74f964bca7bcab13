#include "text-characters.h"

#include <stdint.h>
#include <string.h>

enum { ASCII = 0x80, NUL = 0xc0, SURROGATE = 0xed, SURROGATES = 0xa0, WORD = 32 };

// The next byte. What follows that of a NUL is passed over.
static unsigned take(const char **at)
{
	unsigned byte = (uint8_t) * (*at)++;

	if (byte != NUL)
		return byte;
	if (**at)
		++*at;
	return 0;
}

bool xstls_text_has_only(const char *text, const char *ranges, bool others)
{
	uint32_t set[ASCII / WORD] = {0};

	while (*ranges) {
		unsigned first = take(&ranges);
		unsigned last = *ranges ? take(&ranges) : first;

		for (; first <= last && first < ASCII; first++)
			set[first / WORD] |= UINT32_C(1) << first % WORD;
	}
	while (*text) {
		unsigned byte = take(&text);

		if (byte < ASCII) {
			if (!(set[byte / WORD] >> byte % WORD & 1))
				return false;
		} else if (!others || (byte == SURROGATE && (uint8_t)*text >= SURROGATES)) {
			return false;
		}
	}
	return true;
}

static int digit_of(char character)
{
	if (character >= '0' && character <= '9')
		return character - '0';
	character |= 0x20;
	return character >= 'a' && character <= 'f' ? character - 'a' + 10 : -1;
}

// The byte that an escape stands for, or -1.
static int byte_of(const char *escape)
{
	int high = digit_of(escape[1]);
	int low = high < 0 ? -1 : digit_of(escape[2]);

	return low < 0 ? -1 : high << 4 | low;
}

// By the lead byte and the one behind it, -1 where there is none (RFC 3629 section 4).
static bool may_lead(int byte, int next)
{
	switch (byte) {
	case 0xc0:
	case 0xc1:
		return false;
	case 0xe0:
		return next >> 5 != 0x80 >> 5;
	case SURROGATE:
		return next >> 5 != SURROGATES >> 5;
	case 0xf0:
		return next >> 4 != 0x80 >> 4;
	case 0xf4:
		return next < 0x90 || next >= 0xc0;
	default:
		return byte < 0xf5;
	}
}

unsigned xstls_text_check_escapes(const char *text)
{
	unsigned found = 0;

	for (const char *at = strchr(text, '%'); at; at = strchr(at + 1, '%')) {
		int byte = byte_of(at);

		if (byte < 0)
			return found | XSTLS_ESCAPES_MALFORMED;
		if (byte == 0)
			found |= XSTLS_ESCAPES_NUL;
		if (!may_lead(byte, at[3] == '%' ? byte_of(at + 3) : -1))
			found |= XSTLS_ESCAPES_NOT_UTF8;
	}
	return found;
}
