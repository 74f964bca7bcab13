#ifndef TLS_SESSION_XS_H
#define TLS_SESSION_XS_H

#include "session/tls-session.h"
#include "tls-xs.h"

// The session behind `this`; throws when it is none or was freed.
xstls_session *xstls_xs_get_session(xsMachine *the);

#endif
