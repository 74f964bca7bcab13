// fiat-crypto's arithmetic in the field of P-256, as it was generated for the words of tls-port-words.h. On x86 it is
// the variant with the processor's carry (tls-port-carry.h).

#ifndef TLS_PORT_P256_H
#define TLS_PORT_P256_H

#include <stdint.h>

#if defined(__i386__) && __has_include(<p256_32_carry.h>)
#include "tls-port-carry.h"
#include <p256_32_carry.h>
#elif UINTPTR_MAX <= 0xffffffff
#include <p256_32.h>
#elif defined(__x86_64__)
#include "tls-port-carry.h"
#include <p256_64_msvc.h>
#else
#include <p256_64.h>
#endif

#endif
