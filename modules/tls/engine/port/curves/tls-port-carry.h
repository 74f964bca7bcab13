// The carry and the wide product of x86-64 for fiat-crypto, with which gcc makes half as many instructions as from
// plain C; fiat-crypto's header for them was generated for Microsoft's compiler, so they have that compiler's names.

#ifndef TLS_PORT_CARRY_H
#define TLS_PORT_CARRY_H

#include <stdint.h>

#include <immintrin.h>

static inline unsigned char xstls_add_carry(unsigned char carry, uint64_t a, uint64_t b, uint64_t *out)
{
	unsigned long long sum;

	carry = _addcarry_u64(carry, a, b, &sum);
	*out = sum;
	return carry;
}

static inline unsigned char xstls_subtract_borrow(unsigned char borrow, uint64_t a, uint64_t b, uint64_t *out)
{
	unsigned long long difference;

	borrow = _subborrow_u64(borrow, a, b, &difference);
	*out = difference;
	return borrow;
}

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
