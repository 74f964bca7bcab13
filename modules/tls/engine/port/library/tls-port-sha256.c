// A sum of three rotations is three rotations of sums: each goes on where the one before ended. The majority of a, b
// and c is b, where a is the same, and else c; of what is asked for that, half is the last round's.

#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "tls-port-sha256.h"

#ifdef MBEDTLS_SHA256_PROCESS_ALT

#include "mbedtls/platform_util.h"

enum { WORDS = 16, ROUNDS = 64 };

static const uint32_t constants[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static inline uint32_t rotate(uint32_t word, int bits)
{
	return word >> bits | word << (32 - bits);
}

static inline uint32_t read_word(const uint8_t *in)
{
	return (uint32_t)in[0] << 24 | (uint32_t)in[1] << 16 | (uint32_t)in[2] << 8 | in[3];
}

// The word of 16 rounds later, in place.
static inline uint32_t next_word(uint32_t w[WORDS], int i)
{
	const uint32_t x = w[(i + 1) % WORDS], y = w[(i + 14) % WORDS];

	w[i] += (rotate(rotate(x, 11) ^ x, 7) ^ x >> 3) + (rotate(rotate(y, 2) ^ y, 17) ^ y >> 10) + w[(i + 9) % WORDS];
	return w[i];
}

// `last` is b ^ c.
#define ROUND(a, b, c, d, e, f, g, h, i, word)                                                                         \
	do {                                                                                                               \
		const uint32_t differing = a ^ b;                                                                              \
		h += (word) + k[i] + rotate(rotate(rotate(e, 14) ^ e, 5) ^ e, 6) + (g ^ (e & (f ^ g)));                        \
		d += h;                                                                                                        \
		h += rotate(rotate(rotate(a, 9) ^ a, 11) ^ a, 2) + (b ^ (differing & last));                                   \
		last = differing;                                                                                              \
	} while (0)
// Each round has the words of the state one place further on.
#define EIGHT_ROUNDS(i, word)                                                                                          \
	do {                                                                                                               \
		ROUND(a, b, c, d, e, f, g, h, i, word(i));                                                                     \
		ROUND(h, a, b, c, d, e, f, g, i + 1, word(i + 1));                                                             \
		ROUND(g, h, a, b, c, d, e, f, i + 2, word(i + 2));                                                             \
		ROUND(f, g, h, a, b, c, d, e, i + 3, word(i + 3));                                                             \
		ROUND(e, f, g, h, a, b, c, d, i + 4, word(i + 4));                                                             \
		ROUND(d, e, f, g, h, a, b, c, i + 5, word(i + 5));                                                             \
		ROUND(c, d, e, f, g, h, a, b, i + 6, word(i + 6));                                                             \
		ROUND(b, c, d, e, f, g, h, a, i + 7, word(i + 7));                                                             \
	} while (0)
#define READ(i) (w[i] = read_word(block + 4 * (i)))
#define NEXT(i) next_word(w, i)

int xstls_port_sha256_process(mbedtls_sha256_context *context, const unsigned char block[64])
{
	uint32_t *const s = context->state;
	uint32_t a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7], last = b ^ c;
	const uint32_t *k = constants;
	uint32_t w[WORDS];

	EIGHT_ROUNDS(0, READ);
	EIGHT_ROUNDS(8, READ);
	while ((k += WORDS) < constants + ROUNDS) {
		EIGHT_ROUNDS(0, NEXT);
		EIGHT_ROUNDS(8, NEXT);
	}
	s[0] += a;
	s[1] += b;
	s[2] += c;
	s[3] += d;
	s[4] += e;
	s[5] += f;
	s[6] += g;
	s[7] += h;
	mbedtls_platform_zeroize(w, sizeof(w));
	return 0;
}

#endif
