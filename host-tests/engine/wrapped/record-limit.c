#include "record-limit.h"

#include "mbedtls/ssl.h"

static size_t most;

int __real_mbedtls_ssl_get_max_out_record_payload(const mbedtls_ssl_context *ssl);
int __wrap_mbedtls_ssl_get_max_out_record_payload(const mbedtls_ssl_context *ssl);

void record_limit_set(size_t limit)
{
	most = limit;
}

int __wrap_mbedtls_ssl_get_max_out_record_payload(const mbedtls_ssl_context *ssl)
{
	int own = __real_mbedtls_ssl_get_max_out_record_payload(ssl);

	return most && own > (int)most ? (int)most : own;
}
