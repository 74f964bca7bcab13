// mbedTLS's gcm.c in place of itself, so that on x86 a block takes the processor's own instructions and little else:
// mbedTLS turns the bytes of both factors around one by one, and comes to the cipher through three calls, which is 34
// instructions a byte in place of 16. Where the processor has no such instructions, and on a device, all is mbedTLS's.

#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "mbedtls/build_info.h"

#if defined(TLS_FIAT_CURVES) && MBEDTLS_VERSION_NUMBER < 0x04000000

#include "mbedtls/aes.h"
#include "mbedtls/gcm.h"

#include <../library/aesni.h>
#include <../library/common.h>

#if defined(MBEDTLS_AESNI_HAVE_CODE) && defined(__GNUC__)

#include <tmmintrin.h>
#include <wmmintrin.h>

#if defined(MBEDTLS_ARIA_C) || defined(MBEDTLS_CAMELLIA_C)
#error "The cipher beneath GCM may be another than AES"
#endif

#define WITH_INSTRUCTIONS __attribute__((target("aes,pclmul,ssse3")))

// One block: mbedTLS asks for no other length.
WITH_INSTRUCTIONS
static int encrypt_block(mbedtls_cipher_context_t *cipher, const unsigned char *in, size_t length, unsigned char *out,
                         size_t *out_length)
{
	const mbedtls_aes_context *aes = cipher->cipher_ctx;
	const __m128i *keys = (const __m128i *)(const void *)(aes->buf + aes->rk_offset);
	__m128i block;

	if (!mbedtls_aesni_has_support(MBEDTLS_AESNI_AES))
		return mbedtls_cipher_update(cipher, in, length, out, out_length);
	block = _mm_xor_si128(_mm_loadu_si128((const void *)in), _mm_loadu_si128(keys));
	for (int i = 1; i < aes->nr; i++)
		block = _mm_aesenc_si128(block, _mm_loadu_si128(keys + i));
	_mm_storeu_si128((void *)out, _mm_aesenclast_si128(block, _mm_loadu_si128(keys + aes->nr)));
	*out_length = length;
	return 0;
}

WITH_INSTRUCTIONS
static inline __m128i load_turned(const unsigned char *bytes)
{
	return _mm_shuffle_epi8(_mm_loadu_si128((const void *)bytes),
	                        _mm_set_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
}

// The polynomial without its highest term, bits turned around: its upper half.
static const long long polynomial = (long long)UINT64_C(0xc200000000000000);

// Of an element whose bits are turned around, as GCM has them (RFC 8452, appendix A).
WITH_INSTRUCTIONS
static inline __m128i times_x(__m128i element)
{
	const __m128i carry = _mm_shuffle_epi32(_mm_srai_epi32(element, 31), 0xff),
	              shifted = _mm_or_si128(_mm_slli_epi64(element, 1), _mm_slli_si128(_mm_srli_epi64(element, 63), 8));

	return _mm_xor_si128(shifted, _mm_and_si128(carry, _mm_set_epi64x(polynomial, 1)));
}

// Takes 64 bits off the lower end, by adding the multiple of the polynomial that ends in them.
WITH_INSTRUCTIONS
static inline __m128i reduce_half(__m128i low)
{
	const __m128i multiple = _mm_clmulepi64_si128(low, _mm_set_epi64x(0, polynomial), 0x00);

	return _mm_xor_si128(_mm_shuffle_epi32(low, 0x4e), multiple);
}

// a b: the product of a and b x with 256 bits, divided by x^128.
WITH_INSTRUCTIONS
static void multiply(unsigned char out[16], const unsigned char a[16], const unsigned char b[16])
{
	const __m128i x = load_turned(a), y = times_x(load_turned(b)),
	              middle = _mm_xor_si128(_mm_clmulepi64_si128(x, y, 0x01), _mm_clmulepi64_si128(x, y, 0x10)),
	              low = _mm_xor_si128(_mm_clmulepi64_si128(x, y, 0x00), _mm_slli_si128(middle, 8)),
	              high = _mm_xor_si128(_mm_clmulepi64_si128(x, y, 0x11), _mm_srli_si128(middle, 8));
	unsigned char product[16];

	_mm_storeu_si128((void *)product, _mm_xor_si128(high, reduce_half(reduce_half(low))));
	_mm_storeu_si128((void *)out, load_turned(product));
}

static inline void xor_half(unsigned char *out, const unsigned char *a, const unsigned char *b)
{
	uint64_t x, y;

	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	x ^= y;
	memcpy(out, &x, sizeof(x));
}

// Most are of a block, which mbedTLS takes in a loop, and asks after each word how much is left.
static inline void xor_bytes(unsigned char *out, const unsigned char *a, const unsigned char *b, size_t length)
{
	if (length != 16) {
		mbedtls_xor(out, a, b, length);
		return;
	}
	xor_half(out, a, b);
	xor_half(out + 8, a + 8, b + 8);
}

#define mbedtls_xor xor_bytes
#define mbedtls_cipher_update encrypt_block
#define mbedtls_aesni_gcm_mult multiply

#endif

#include <../library/gcm.c>

#endif
