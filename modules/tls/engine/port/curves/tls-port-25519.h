// fiat-crypto's arithmetic in the field of Curve25519, as it was generated for the words of tls-port-words.h.

#ifndef TLS_PORT_25519_H
#define TLS_PORT_25519_H

#include <stdint.h>

#if UINTPTR_MAX > 0xffffffff
#include <curve25519_64.h>
#else
#include <curve25519_32.h>
#endif

#endif
