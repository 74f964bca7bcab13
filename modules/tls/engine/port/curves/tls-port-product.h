// Rows of a product of long numbers. gcc makes some sixteen instructions of the plain C for each word on x86, so that
// has the five that it takes.

#ifndef TLS_PORT_PRODUCT_H
#define TLS_PORT_PRODUCT_H

#include <stddef.h>

#include "tls-port-words.h"

// to += from * factor + carry; the new carry.
static inline xstls_word xstls_port_add_product(xstls_word *to, xstls_word from, xstls_word factor, xstls_word carry)
{
#if defined(__x86_64__) || defined(__i386__)
	xstls_word high;

	__asm__("mul %[factor]\n\t"
	        "add %[carry], %[low]\n\t"
	        "adc $0, %[high]\n\t"
	        "add %[low], %[to]\n\t"
	        "adc $0, %[high]"
	        : [low] "+a"(from), [high] "=&d"(high), [to] "+m"(*to)
	        : [factor] "r"(factor), [carry] "r"(carry)
	        : "cc");
	return high;
#else
	const xstls_wide sum = (xstls_wide)from * factor + *to + carry;

	*to = (xstls_word)sum;
	return (xstls_word)(sum >> XSTLS_WORD_BITS);
#endif
}

// to += from * factor, both of `count` words; the carry.
static inline xstls_word xstls_port_add_row(xstls_word *to, const xstls_word *from, size_t count, xstls_word factor)
{
	xstls_word carry = 0;

	for (; count >= 4; count -= 4, to += 4, from += 4) {
		carry = xstls_port_add_product(to, from[0], factor, carry);
		carry = xstls_port_add_product(to + 1, from[1], factor, carry);
		carry = xstls_port_add_product(to + 2, from[2], factor, carry);
		carry = xstls_port_add_product(to + 3, from[3], factor, carry);
	}
	for (; count; count--)
		carry = xstls_port_add_product(to++, *from++, factor, carry);
	return carry;
}

#endif
