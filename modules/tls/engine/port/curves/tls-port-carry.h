// The carry and the wide product of x86 for fiat-crypto, with which gcc makes half as many instructions as from plain
// C, and with words of 32 bits a third; fiat-crypto's header for 64 bits was generated for Microsoft's compiler, so
// they have that compiler's names there.

#ifndef TLS_PORT_CARRY_H
#define TLS_PORT_CARRY_H

#include <stdint.h>

#include <immintrin.h>

#ifdef __x86_64__
typedef uint64_t xstls_word;
typedef unsigned long long xstls_sum;
#define XSTLS_ADD_CARRY _addcarry_u64
#define XSTLS_SUBTRACT_BORROW _subborrow_u64
#else
typedef uint32_t xstls_word;
typedef unsigned xstls_sum;
#define XSTLS_ADD_CARRY _addcarry_u32
#define XSTLS_SUBTRACT_BORROW _subborrow_u32
#endif

static inline unsigned char xstls_add_carry(unsigned char carry, xstls_word a, xstls_word b, xstls_word *out)
{
	xstls_sum sum;

	carry = XSTLS_ADD_CARRY(carry, a, b, &sum);
	*out = sum;
	return carry;
}

static inline unsigned char xstls_subtract_borrow(unsigned char borrow, xstls_word a, xstls_word b, xstls_word *out)
{
	xstls_sum difference;

	borrow = XSTLS_SUBTRACT_BORROW(borrow, a, b, &difference);
	*out = difference;
	return borrow;
}

#ifdef __x86_64__
static inline uint64_t xstls_wide_product(uint64_t a, uint64_t b, uint64_t *high)
{
	__extension__ unsigned __int128 product = (unsigned __int128)a * b;

	*high = (uint64_t)(product >> 64);
	return (uint64_t)product;
}

#define _M_X64
#define _addcarry_u64 xstls_add_carry
#define _subborrow_u64 xstls_subtract_borrow
#define _umul128 xstls_wide_product
#endif

#endif
