// Numbers as words, the lowest first: of 256 bits, which are bytes too, and tables of any.

#ifndef TLS_WORDS_INTERNAL_H
#define TLS_WORDS_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "port/curves/tls-port-words.h"

void xstls_words_read(xstls_word out[XSTLS_WORDS_OF_256], const uint8_t in[32]);
void xstls_words_write(uint8_t out[32], const xstls_word in[XSTLS_WORDS_OF_256]);

// `count` bits from bit `from` on, of which all are in one word.
unsigned xstls_words_bits(const xstls_word in[XSTLS_WORDS_OF_256], int from, int count);

// A number out of a table, whose numbers have `words` each. All of it is read, so that the address tells nothing.
void xstls_words_look_up(xstls_word *out, const xstls_word *table, size_t entries, size_t words, xstls_word index);

#endif
