#ifndef TLS_SESSION_STATE_H
#define TLS_SESSION_STATE_H

#include "negotiation/tls-handshake-state.h"

struct xstls_session {
	xstls_handshake handshake; // and in it the state that stays when it is over
	size_t taken;              // by the last feed
};

#endif
