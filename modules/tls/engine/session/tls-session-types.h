#ifndef TLS_SESSION_TYPES_H
#define TLS_SESSION_TYPES_H

typedef struct xstls_session xstls_session;

#endif
