#include "key-shares.h"

#include "psa/crypto.h"

static void (*change_key)(uint8_t *key, size_t length);

psa_status_t __real_psa_export_public_key(mbedtls_svc_key_id_t key, uint8_t *data, size_t size, size_t *length);
psa_status_t __wrap_psa_export_public_key(mbedtls_svc_key_id_t key, uint8_t *data, size_t size, size_t *length);

void key_shares_change(void (*change)(uint8_t *key, size_t length))
{
	change_key = change;
}

psa_status_t __wrap_psa_export_public_key(mbedtls_svc_key_id_t key, uint8_t *data, size_t size, size_t *length)
{
	psa_status_t status = __real_psa_export_public_key(key, data, size, length);

	if (status == PSA_SUCCESS && change_key)
		change_key(data, *length);
	return status;
}
