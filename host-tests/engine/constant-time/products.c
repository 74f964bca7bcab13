// Products, powers, a hash and AES-GCM of numbers that nobody has initialised: valgrind tells of every branch and
// address that hangs on one, so they stand for secrets. run.sh judges what it tells.

#include <stdlib.h>
#include <string.h>

#include "mbedtls/gcm.h"

#include "crypto/tls-p256-order.h"
#include "crypto/tls-p256.h"
#include "crypto/numbers/tls-power.h"
#include "port/library/tls-port-sha256.h"
#include "crypto/tls-x25519.h"

enum { BYTES = 32, LIMBS = 16, SHORT = 1 };

static const uint8_t base_x[BYTES] = {0x96, 0xc2, 0x98, 0xd8, 0x45, 0x39, 0xa1, 0xf4, 0xa0, 0x33, 0xeb,
                                      0x2d, 0x81, 0x7d, 0x03, 0x77, 0xf2, 0x40, 0xa4, 0x63, 0xe5, 0xe6,
                                      0xbc, 0xf8, 0x47, 0x42, 0x2c, 0xe1, 0xf2, 0xd1, 0x17, 0x6b};

__attribute__((noipa)) static void branches_on(const uint8_t *secret)
{
	static volatile int taken;

	if (secret[0] & 1)
		taken++;
}

__attribute__((noipa)) static void *uninitialised(size_t length)
{
	return malloc(length);
}

// As of a prime factor of an RSA key, by exponents of both windows; the base, the exponent and the modulus are secret.
static void make_power(const mbedtls_mpi_uint *secret, size_t e_limbs)
{
	mbedtls_mpi_uint x[LIMBS],
	    *room = uninitialised(xstls_mpi_core_exp_mod_working_limbs(LIMBS, e_limbs) * sizeof(*room));

	xstls_mpi_core_exp_mod(x, secret, secret, LIMBS, secret, e_limbs, secret, room);
	free(room);
}

static void hash(const uint8_t *block)
{
	mbedtls_sha256_context context;

	mbedtls_sha256_init(&context);
	(void)mbedtls_sha256_starts(&context, 0);
	(void)xstls_port_sha256_process(&context, block);
}

// By the processor's own instructions, which valgrind has too: mbedTLS's AES in software has tables. The key and the
// text are secret, and a block is not whole.
static void seal(const uint8_t *secret)
{
#ifdef __x86_64__
	static const uint8_t nonce[12], header[5];
	uint8_t sealed[BYTES + SHORT], tag[16];
	mbedtls_gcm_context gcm;

	if (!__builtin_cpu_supports("aes") || !__builtin_cpu_supports("pclmul"))
		return;
	mbedtls_gcm_init(&gcm);
	(void)mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, secret, 128);
	(void)mbedtls_gcm_crypt_and_tag(&gcm, MBEDTLS_GCM_ENCRYPT, sizeof(sealed), nonce, sizeof(nonce), header,
	                                sizeof(header), secret, sealed, sizeof(tag), tag);
	mbedtls_gcm_free(&gcm);
#else
	(void)secret;
#endif
}

int main(void)
{
	uint8_t *secret = uninitialised(LIMBS * sizeof(mbedtls_mpi_uint)), *random = uninitialised(BYTES), out[BYTES];
	xstls_p256_point point, product;

	if (!secret || !random)
		return 1;
	memcpy(point.x, base_x, BYTES);
	memcpy(point.y, secret, BYTES);
	(void)xstls_p256_multiply(&product, secret, NULL, random);
	(void)xstls_p256_multiply(&product, secret, &point, random);
	xstls_p256_invert_scalar(out, secret);
	(void)xstls_x25519(out, secret, base_x, random);
	(void)xstls_x25519_base(out, secret, random);
	make_power((const mbedtls_mpi_uint *)secret, LIMBS);
	make_power((const mbedtls_mpi_uint *)secret, SHORT);
	hash(secret);
	seal(secret);
	branches_on(secret);
	free(secret);
	free(random);
	return 0;
}
