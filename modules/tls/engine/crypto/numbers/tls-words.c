#include "tls-words-internal.h"

#include <string.h>

void xstls_words_read(xstls_word out[XSTLS_WORDS_OF_256], const uint8_t in[32])
{
	memset(out, 0, 32);
	for (int i = 0; i < 32; i++)
		out[i / (int)sizeof(xstls_word)] |= (xstls_word)in[i] << i % sizeof(xstls_word) * 8;
}

void xstls_words_write(uint8_t out[32], const xstls_word in[XSTLS_WORDS_OF_256])
{
	for (int i = 0; i < 32; i++)
		out[i] = (uint8_t)(in[i / (int)sizeof(xstls_word)] >> i % sizeof(xstls_word) * 8);
}

unsigned xstls_words_bits(const xstls_word in[XSTLS_WORDS_OF_256], int from, int count)
{
	return (unsigned)(in[from / XSTLS_WORD_BITS] >> from % XSTLS_WORD_BITS) & ((1u << count) - 1);
}

void xstls_words_look_up(xstls_word *restrict out, const xstls_word *restrict table, size_t entries, size_t words,
                         xstls_word index)
{
	memset(out, 0, words * sizeof(*out));
	for (xstls_word i = 0; i < entries; i++, table += words) {
		const xstls_word differing = i ^ index;
		const xstls_word mask = ((differing | (0 - differing)) >> (XSTLS_WORD_BITS - 1)) - 1;

		size_t j = 0;

		for (; j + 4 <= words; j += 4) {
			out[j] |= table[j] & mask;
			out[j + 1] |= table[j + 1] & mask;
			out[j + 2] |= table[j + 2] & mask;
			out[j + 3] |= table[j + 3] & mask;
		}
		for (; j < words; j++)
			out[j] |= table[j] & mask;
	}
}
