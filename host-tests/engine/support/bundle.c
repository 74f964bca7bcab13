#include "bundle.h"

#include <stdlib.h>

#include "mbedtls/x509_crt.h"

static void put_16(uint8_t *at, size_t value)
{
	at[0] = (uint8_t)value;
	at[1] = (uint8_t)(value >> 8);
}

static size_t put_root(uint8_t *at, const char *name)
{
	file_bytes file = identity_file(name);
	mbedtls_x509_crt root;
	size_t length;

	mbedtls_x509_crt_init(&root);
	assert_int_equal(mbedtls_x509_crt_parse_der(&root, file.data, file.length), 0);
	put_16(at, root.subject_raw.len);
	put_16(at + 2, root.pk_raw.len);
	memcpy(at + 4, root.subject_raw.p, root.subject_raw.len);
	memcpy(at + 4 + root.subject_raw.len, root.pk_raw.p, root.pk_raw.len);
	length = 4 + root.subject_raw.len + root.pk_raw.len;
	mbedtls_x509_crt_free(&root);
	return length;
}

file_bytes bundle_of(const char *const *names)
{
	uint8_t *roomy = calloc(1, 65536);
	size_t count = 0, length;
	file_bytes bundle;

	while (names[count])
		count++;
	length = count * 4;
	for (size_t i = 0; i < count; i++) {
		put_16(roomy + i * 4, length);
		length += put_root(roomy + length, names[i]);
	}
	bundle = (file_bytes){.data = malloc(length), .length = length};
	assert_non_null(bundle.data);
	memcpy(bundle.data, roomy, length);
	free(roomy);
	return bundle;
}
