#include "tls-abort.h"

#include "port/tls-alert.h"
#include "port/tls-alloc.h"
#include "port/tls-port-handshake.h"
#include "tls-bio.h"
#include "tls-failure.h"

// Whether mbedTLS has failed because of an alert.
static bool has_received_alert(const xstls_handshake *h, int library, uint8_t *description)
{
	if (library == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE || library == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) {
		*description = xstls_port_received_alert(h->ssl);
		return true;
	}
	return library == MBEDTLS_ERR_SSL_INVALID_MAC && xstls_bio_came_plain_alert(h, description);
}

// Whether the peer has failed to show that it has its key.
static bool is_disproved(const xstls_handshake *h, xstls_error code)
{
	return xstls_port_is_at_proof(h->ssl) && (code == TLS_E_INTERNAL || code == TLS_E_HANDSHAKE_FAILURE);
}

// mbedTLS has PSA's errors for a share that is no point of its curve, and no other cause but memory.
static bool is_bad_share(const xstls_handshake *h, xstls_error code)
{
	return xstls_port_is_at_key_agreement(h->ssl) && code == TLS_E_INTERNAL;
}

// mbedTLS sends no alert while it has other output, but that output, and calls that success. A message in the clear
// that was not sent yet is dropped then: a ServerHello before the alert would have the peer wait for encrypted records.
static void write_alert(xstls_handshake *h, uint8_t alert)
{
	enum { MOST_TRIES = 2 };

	h->only_alerts = true;
	for (int i = 0; i < MOST_TRIES && !h->wrote_alert; i++)
		mbedtls_ssl_send_alert_message(h->ssl, MBEDTLS_SSL_ALERT_LEVEL_FATAL, alert);
}

// Where mbedTLS has sent an alert, the failure says that one; where it has not, it is sent now. mbedTLS's choice is the
// better one: its alerts are finer than its errors.
static void send_alert(xstls_handshake *h, xstls_failure *failure)
{
	bool is_plain = h->wrote_alert && h->plain_alert != TLS_ALERT_NONE;
	uint8_t chosen = is_plain ? h->plain_alert : xstls_port_chosen_alert(h->ssl);

	if (is_disproved(h, failure->code) && (!h->wrote_alert || chosen == TLS_ALERT_NONE))
		xstls_failure_set_alert(failure, TLS_ALERT_DECRYPT_ERROR);
	else if (is_bad_share(h, failure->code) && !h->wrote_alert)
		xstls_failure_set_alert(failure, TLS_ALERT_ILLEGAL_PARAMETER);
	else if (chosen != TLS_ALERT_NONE)
		xstls_failure_set_alert(failure, chosen);
	if (!h->wrote_alert) {
		write_alert(h, failure->alert);
		if (h->wrote_alert && h->plain_alert != TLS_ALERT_NONE)
			xstls_failure_set_alert(failure, h->plain_alert);
	}
	// For lack of memory.
	if (!h->wrote_alert)
		failure->alert = TLS_ALERT_NONE;
}

static xstls_failure failure_of(const xstls_handshake *h, int library)
{
	xstls_failure failure;

	if (h->refused != TLS_E_NONE)
		return (xstls_failure){.code = h->refused, .alert = xstls_alert_of(h->refused)};
	failure = xstls_failure_from(library, mbedtls_ssl_get_verify_result(h->ssl), xstls_alloc_has_failed());
	// RFC 5246 §7.4.6: certificate_required is an alert of TLS 1.3.
	if (failure.code == TLS_E_CERTIFICATE_REQUIRED &&
	    mbedtls_ssl_get_version_number(h->ssl) == MBEDTLS_SSL_VERSION_TLS1_2)
		failure.alert = TLS_ALERT_HANDSHAKE_FAILURE;
	return failure;
}

void xstls_abort(xstls_handshake *h, int library)
{
	xstls_failure failure;
	uint8_t description;

	if (has_received_alert(h, library, &description)) {
		failure = (xstls_failure){
		    .code = TLS_E_ALERT_RECEIVED,
		    .alert = description,
		    .alert_received = true,
		    .library = library,
		};
	} else {
		failure = failure_of(h, library);
		send_alert(h, &failure);
		// A wrong pre-shared key shows by the first message that is encrypted with what comes of it.
		if (h->state.uses_psk && h->state.role == TLS_SERVER && failure.code != TLS_E_MEMORY)
			failure.code = TLS_E_UNKNOWN_PSK_IDENTITY;
	}
	xstls_handshake_fail(h, failure);
}

void xstls_abort_in_clear(xstls_handshake *h, xstls_error code, uint8_t alert)
{
	const uint8_t record[] = {TLS_ALERT, 3, 3, 0, 2, MBEDTLS_SSL_ALERT_LEVEL_FATAL, alert};

	bool is_sent = xstls_outbox_put(&h->state.outbox, record, sizeof(record));

	xstls_handshake_fail(h, (xstls_failure){.code = code, .alert = is_sent ? alert : TLS_ALERT_NONE});
}
