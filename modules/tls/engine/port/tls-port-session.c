#define MBEDTLS_ALLOW_PRIVATE_ACCESS

#include "tls-port-session.h"

#include <string.h>

#include "mbedtls/platform.h"
#include "mbedtls/platform_time.h"
#include "mbedtls/platform_util.h"
#include "mbedtls/version.h"

uint16_t xstls_port_session_version(const mbedtls_ssl_session *session)
{
	return (uint16_t)session->tls_version;
}

uint16_t xstls_port_negotiated_session_version(const mbedtls_ssl_context *ssl)
{
	return ssl->session_negotiate ? xstls_port_session_version(ssl->session_negotiate) : 0;
}

void xstls_port_set_ticket_age(mbedtls_ssl_session *session, uint64_t milliseconds)
{
#if defined(MBEDTLS_HAVE_TIME)
	session->ticket_creation_time = mbedtls_ms_time() - (mbedtls_ms_time_t)milliseconds;
#else
	(void)session, (void)milliseconds;
#endif
}

void xstls_port_set_kept_ticket_age(mbedtls_ssl_session *session, uint64_t milliseconds)
{
#if defined(MBEDTLS_HAVE_TIME)
	session->ticket_reception_time = mbedtls_ms_time() - (mbedtls_ms_time_t)milliseconds;
#else
	(void)session, (void)milliseconds;
#endif
}

bool xstls_port_tickets_suit_client_auth(void)
{
	return MBEDTLS_VERSION_NUMBER >= 0x04010000;
}

const mbedtls_x509_crt *xstls_port_session_certificate(const mbedtls_ssl_session *session)
{
	return session->peer_cert;
}

static void drop_certificates(mbedtls_ssl_session *session)
{
	mbedtls_x509_crt_free(session->peer_cert);
	mbedtls_free(session->peer_cert);
	session->peer_cert = NULL;
}

mbedtls_ssl_session *xstls_port_take_session(mbedtls_ssl_context *ssl)
{
	mbedtls_ssl_session *session = ssl->session;

	ssl->session = NULL;
	drop_certificates(session);
	return session;
}

void xstls_port_free_session(mbedtls_ssl_session *session)
{
	mbedtls_ssl_session_free(session);
	mbedtls_free(session);
}

bool xstls_port_session_is_resumable(const mbedtls_ssl_session *session)
{
	return session->ticket || (session->tls_version == MBEDTLS_SSL_VERSION_TLS1_2 && session->id_len);
}

uint32_t xstls_port_session_lifetime(const mbedtls_ssl_session *session)
{
	return session->ticket ? session->ticket_lifetime : 0;
}

size_t xstls_port_session_ticket_length(const mbedtls_ssl_session *session)
{
	return session->ticket ? session->ticket_len : 0;
}

int xstls_port_put_certificate(mbedtls_ssl_session *session, const uint8_t *der, size_t length)
{
	mbedtls_x509_crt *certificate = mbedtls_calloc(1, sizeof(mbedtls_x509_crt));

	if (!certificate)
		return MBEDTLS_ERR_SSL_ALLOC_FAILED;
	mbedtls_x509_crt_init(certificate);
	session->peer_cert = certificate; // freed with the session
	return mbedtls_x509_crt_parse_der(certificate, der, length);
}

static void drop_ticket(mbedtls_ssl_session *session)
{
	if (!session->ticket)
		return;
	mbedtls_platform_zeroize(session->ticket, session->ticket_len);
	mbedtls_free(session->ticket);
	session->ticket = NULL;
	session->ticket_len = 0;
}

void xstls_port_drop_ticket(mbedtls_ssl_context *ssl)
{
	if (ssl->session_negotiate)
		drop_ticket(ssl->session_negotiate);
}

const uint8_t *xstls_port_resumption_secret(const mbedtls_ssl_session *session)
{
	return session->app_secrets.resumption_master_secret;
}

static void set_key(mbedtls_ssl_session *session, const mbedtls_ssl_config *conf, uint32_t age_add, const uint8_t *key,
                    size_t length)
{
	session->ticket_age_add = age_add;
	session->ticket_flags = (uint8_t)(conf->tls13_kex_modes & MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_ALL);
	memcpy(session->resumption_key, key, length);
	session->resumption_key_len = (uint8_t)length;
}

void xstls_port_set_ticket_key(mbedtls_ssl_session *session, const mbedtls_ssl_config *conf, uint32_t age_add,
                               const uint8_t *key, size_t length)
{
	set_key(session, conf, age_add, key, length);
#if defined(MBEDTLS_HAVE_TIME)
	session->ticket_creation_time = mbedtls_ms_time();
#endif
}

const uint8_t *xstls_port_resumption_key(const mbedtls_ssl_session *session, size_t *length)
{
	*length = session->resumption_key_len;
	return session->resumption_key;
}

const uint8_t *xstls_port_offered_key(const mbedtls_ssl_context *ssl, size_t *length)
{
	if (!ssl->conf->psk)
		return xstls_port_resumption_key(ssl->session_negotiate, length);
	*length = ssl->conf->psk_len;
	return ssl->conf->psk;
}

void xstls_port_lend_identity(mbedtls_ssl_config *conf, const mbedtls_ssl_config *holder)
{
	conf->key_cert = holder ? holder->key_cert : NULL;
}

mbedtls_ssl_session *xstls_port_session(const mbedtls_ssl_context *ssl)
{
	return ssl->session;
}

bool xstls_port_put_ticket(mbedtls_ssl_session *session, const mbedtls_ssl_config *conf,
                           const xstls_port_ticket *ticket)
{
	unsigned char *copy = mbedtls_calloc(1, ticket->length);

	if (!copy || ticket->key_length > sizeof(session->resumption_key)) {
		mbedtls_free(copy);
		return false;
	}
	drop_ticket(session);
	memcpy(copy, ticket->data, ticket->length);
	session->ticket = copy;
	session->ticket_len = ticket->length;
	session->ticket_lifetime = ticket->lifetime;
	set_key(session, conf, ticket->age_add, ticket->key, ticket->key_length);
#if defined(MBEDTLS_HAVE_TIME)
	session->ticket_reception_time = mbedtls_ms_time();
#endif
	return true;
}
