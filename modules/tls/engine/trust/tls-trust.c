// - A bundle has names and keys, not certificates, so a root that is found there is given to mbedTLS as a certificate
//   of version 1, whose extensions mbedTLS does not check, valid for all dates. Its subject is the parsed issuer name
//   of the certificate that was to be verified.
// - mbedTLS asks for issuers at each step of the chain, trusted ones first. So the root is found even where the peer
//   sends a cross-signed form of it, whose own issuer is not trusted any more.
// - mbedTLS frees what is allocated for it here, so it comes from mbedTLS's allocator.

#include "tls-trust.h"

#include <string.h>

#include "mbedtls/platform.h"
#include "psa/crypto.h"

#include "port/tls-alloc.h"
#include "port/tls-port-crypto.h"
#include "port/tls-port-time.h"

void xstls_trust_init(xstls_trust *trust)
{
	*trust = (xstls_trust){0};
	mbedtls_x509_crt_init(&trust->ca);
}

xstls_error xstls_trust_set_bundle(xstls_trust *trust, const uint8_t *data, size_t length, bool copy)
{
	xstls_bundle bundle = {.data = data, .length = length};
	uint8_t *owned = NULL;

	if (!xstls_bundle_is_sound(bundle))
		return TLS_E_CA_INVALID;
	if (copy) {
		owned = xstls_calloc(1, length);
		if (!owned)
			return TLS_E_MEMORY;
		memcpy(owned, data, length);
		bundle.data = owned;
	}
	xstls_free(trust->owned);
	trust->owned = owned;
	trust->bundle = bundle;
	return TLS_E_NONE;
}

xstls_error xstls_trust_add_pin(xstls_trust *trust, const uint8_t *hash, size_t length)
{
	uint8_t *pins;

	if (length != TLS_PIN_SIZE)
		return TLS_E_ARGUMENT;
	pins = xstls_calloc(trust->pin_count + 1, TLS_PIN_SIZE);
	if (!pins)
		return TLS_E_MEMORY;
	if (trust->pin_count)
		memcpy(pins, trust->pins, trust->pin_count * TLS_PIN_SIZE);
	memcpy(pins + trust->pin_count++ * TLS_PIN_SIZE, hash, TLS_PIN_SIZE);
	xstls_free(trust->pins);
	trust->pins = pins;
	return TLS_E_NONE;
}

void xstls_trust_free(xstls_trust *trust)
{
	mbedtls_x509_crt_free(&trust->ca);
	xstls_free(trust->owned);
	xstls_free(trust->pins);
}

static bool has_ca(const xstls_trust *trust)
{
	return trust->ca.version != 0;
}

void xstls_trust_apply(xstls_trust *trust, mbedtls_ssl_config *ssl)
{
	// mbedTLS does not verify without a CA, so that pins alone need the callback too.
	if (trust->bundle.data || (trust->pin_count && !has_ca(trust)))
		mbedtls_ssl_conf_ca_cb(ssl, xstls_trust_find_issuers, trust);
	else
		mbedtls_ssl_conf_ca_chain(ssl, has_ca(trust) ? &trust->ca : NULL, NULL);
}

static bool copy_name(mbedtls_x509_name *to, const mbedtls_x509_name *from)
{
	*to = *from;
	to->next = NULL;
	for (from = from->next; from; from = from->next) {
		mbedtls_x509_name *next = mbedtls_calloc(1, sizeof(mbedtls_x509_name));

		if (!next)
			return false;
		*next = *from;
		next->next = NULL;
		to->next = next;
		to = next;
	}
	return true;
}

// A certificate at the front of `list`; NULL when memory is short.
static mbedtls_x509_crt *push(mbedtls_x509_crt **list)
{
	mbedtls_x509_crt *certificate = mbedtls_calloc(1, sizeof(mbedtls_x509_crt));

	if (!certificate)
		return NULL;
	mbedtls_x509_crt_init(certificate);
	certificate->next = *list;
	*list = certificate;
	return certificate;
}

static bool push_root(mbedtls_x509_crt **list, const xstls_bundle_root *root, const mbedtls_x509_name *name)
{
	mbedtls_x509_crt *certificate = push(list);

	if (!certificate)
		return false;
	certificate->version = 1;
	certificate->valid_from.year = 1;
	certificate->valid_to.year = 9999;
	certificate->subject_raw.p = (unsigned char *)root->subject;
	certificate->subject_raw.len = root->subject_length;
	if (!copy_name(&certificate->subject, name))
		return false;
	// A root with a kind of key that this build does not support stays without a key and verifies nothing.
	mbedtls_pk_parse_public_key(&certificate->pk, root->key, root->key_length);
	return !xstls_alloc_has_failed();
}

static bool push_from_bundle(mbedtls_x509_crt **list, xstls_bundle bundle, const mbedtls_x509_crt *child)
{
	const mbedtls_x509_buf *issuer = &child->issuer_raw;
	xstls_bundle_root root;

	for (size_t i = xstls_bundle_find(bundle, issuer->p, issuer->len);
	     xstls_bundle_at(bundle, i, &root) && xstls_bundle_is_named(&root, issuer->p, issuer->len); i++)
		if (!push_root(list, &root, &child->issuer))
			return false;
	return true;
}

static bool push_from_ca(mbedtls_x509_crt **list, const mbedtls_x509_crt *ca, const mbedtls_x509_crt *child)
{
	const mbedtls_x509_buf *issuer = &child->issuer_raw;

	for (; ca && ca->version; ca = ca->next) {
		mbedtls_x509_crt *certificate;

		if (ca->subject_raw.len != issuer->len || memcmp(ca->subject_raw.p, issuer->p, issuer->len) != 0)
			continue;
		certificate = push(list);
		// It has been parsed once already, so it can only fail for lack of memory.
		if (!certificate || mbedtls_x509_crt_parse_der_nocopy(certificate, ca->raw.p, ca->raw.len))
			return false;
	}
	return true;
}

int xstls_trust_find_issuers(void *context, const mbedtls_x509_crt *child, mbedtls_x509_crt **issuers)
{
	xstls_trust *trust = context;

	*issuers = NULL;
	if (push_from_bundle(issuers, trust->bundle, child) && push_from_ca(issuers, &trust->ca, child))
		return 0;
	mbedtls_x509_crt_free(*issuers);
	mbedtls_free(*issuers);
	*issuers = NULL;
	return MBEDTLS_ERR_X509_ALLOC_FAILED;
}

static bool is_pinned(const xstls_trust *trust, const mbedtls_x509_crt *certificate)
{
	uint8_t hash[TLS_PIN_SIZE];
	size_t length;

	if (psa_hash_compute(PSA_ALG_SHA_256, certificate->pk_raw.p, certificate->pk_raw.len, hash, sizeof(hash), &length))
		return false;
	for (size_t i = 0; i < trust->pin_count; i++)
		if (memcmp(trust->pins + i * TLS_PIN_SIZE, hash, TLS_PIN_SIZE) == 0)
			return true;
	return false;
}

static bool is_by_pins_alone(const xstls_trust *trust)
{
	return trust->pin_count && !has_ca(trust) && !trust->bundle.data;
}

static void judge_by_pins(const xstls_trust *trust, const mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
	if (is_by_pins_alone(trust)) {
		// The pinned key is the trust anchor, whoever signed its certificate.
		if (depth > 0)
			*flags = 0;
		*flags &= ~(uint32_t)MBEDTLS_X509_BADCERT_NOT_TRUSTED;
	}
	if (depth == 0 && !is_pinned(trust, certificate))
		*flags |= MBEDTLS_X509_BADCERT_OTHER;
}

void xstls_trust_judge_signature(const xstls_trust *trust, const uint16_t *allowed, size_t count,
                                 const mbedtls_x509_crt *certificate, uint32_t *flags)
{
	const uint16_t signature = xstls_port_signature(certificate);

	if (is_by_pins_alone(trust))
		return;
	for (size_t i = 0; i < count; i++)
		if (allowed[i] == signature)
			return;
	*flags |= MBEDTLS_X509_BADCERT_BAD_PK;
}

bool xstls_trust_counts_dates(const xstls_trust *trust)
{
	return trust->clock_floor == 0 || xstls_port_clock() >= trust->clock_floor;
}

void xstls_trust_judge(const xstls_trust *trust, const mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
	if (!xstls_trust_counts_dates(trust))
		*flags &= ~(uint32_t)(MBEDTLS_X509_BADCERT_EXPIRED | MBEDTLS_X509_BADCERT_FUTURE);
	if (trust->pin_count)
		judge_by_pins(trust, certificate, depth, flags);
}
