#include "tls-abort.h"

#include "port/tls-alloc.h"
#include "port/tls-port-handshake.h"
#include "tls-failure.h"

// Whether mbedTLS has failed because of an alert. OpenSSL's TLS 1.3 client does not encrypt its alerts until it has
// sent its first flight, and mbedTLS takes such a record for one that was tampered with.
static bool has_received_alert(const tls_handshake *h, int library, uint8_t *description)
{
	if (library == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE || library == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) {
		*description = tls_port_received_alert(h->ssl);
		return true;
	}
	return library == MBEDTLS_ERR_SSL_INVALID_MAC && tls_record_is_plain_alert(&h->tracker, description);
}

// Whether the peer has failed to show that it has its key.
static bool is_disproved(const tls_handshake *h, tls_error code)
{
	return tls_port_is_at_proof(h->ssl) && (code == TLS_E_INTERNAL || code == TLS_E_HANDSHAKE_FAILURE);
}

// Where mbedTLS has sent an alert, the failure says that one; where it has not, it is sent now.
static void send_alert(tls_handshake *h, tls_failure *failure)
{
	uint8_t sent = h->plain_alert != TLS_ALERT_NONE ? h->plain_alert : tls_port_sent_alert(h->ssl);

	if (is_disproved(h, failure->code))
		tls_failure_set_alert(failure, TLS_ALERT_DECRYPT_ERROR);
	if (!h->wrote_alert)
		mbedtls_ssl_send_alert_message(h->ssl, MBEDTLS_SSL_ALERT_LEVEL_FATAL, failure->alert);
	else if (sent != TLS_ALERT_NONE)
		tls_failure_set_alert(failure, sent);
}

void tls_abort(tls_handshake *h, int library)
{
	tls_failure failure;
	uint8_t description;

	if (has_received_alert(h, library, &description)) {
		failure = (tls_failure){
		    .code = TLS_E_ALERT_RECEIVED,
		    .alert = description,
		    .alert_received = true,
		    .library = library,
		};
	} else {
		failure = tls_failure_from(library, mbedtls_ssl_get_verify_result(h->ssl), tls_alloc_has_failed());
		send_alert(h, &failure);
		// A wrong pre-shared key shows by the first message that is encrypted with what comes of it.
		if (h->state.uses_psk && h->state.role == TLS_SERVER && failure.code != TLS_E_MEMORY)
			failure.code = TLS_E_UNKNOWN_PSK_IDENTITY;
	}
	tls_handshake_fail(h, failure);
}

void tls_abort_in_clear(tls_handshake *h, tls_error code, uint8_t alert)
{
	const uint8_t record[] = {TLS_ALERT, 3, 3, 0, 2, MBEDTLS_SSL_ALERT_LEVEL_FATAL, alert};

	tls_outbox_put(&h->state.outbox, record, sizeof(record));
	tls_handshake_fail(h, (tls_failure){.code = code, .alert = alert});
}
