#ifndef TLS_SESSION_TYPES_H
#define TLS_SESSION_TYPES_H

typedef struct tls_session tls_session;

#endif
