// Which of a configuration's versions, identities and sessions suit a server's client, by its ClientHello.

#ifndef TLS_SELECTION_H
#define TLS_SELECTION_H

#include "tls-handshake-state.h"

// Notes which curves of certificates the client offers, and of a configuration that resumes which of its suites: a bit
// for each.
void xstls_selection_read_hello(xstls_handshake *handshake);
// Sets the suites that mbedTLS may choose from over TLS 1.3, where it would choose by the client's order of preference.
void xstls_selection_choose_suite(xstls_handshake *handshake);
// Notes which identity to show over TLS 1.3: the first that fits the client's first signature algorithm, as mbedTLS
// chooses it.
void xstls_selection_choose_identity(xstls_handshake *handshake);
// The identity whose Certificate message comes next; NULL where there is none or mbedTLS chooses.
const xstls_identity *xstls_selection_identity(const xstls_handshake *handshake);
// Whether client and configuration have a version in common.
bool xstls_selection_has_version(const xstls_handshake *handshake);
// Gives mbedTLS those identities that the client can verify. 0 or an mbedTLS error.
int xstls_selection_give_identities(xstls_handshake *handshake);
// Whether a session of that version and suite may be resumed by its ticket: the configuration allows the suite, the
// client offers it, and a full handshake would use no other.
bool xstls_selection_may_resume(const xstls_handshake *handshake, uint16_t version, int suite);

#endif
