// What is offered and accepted when nothing else is asked for: AEAD suites with forward secrecy, in the order in
// which a device with hardware AES is fastest; curves by cost.

#ifndef TLS_POLICY_H
#define TLS_POLICY_H

#include <stdint.h>

extern const int tls_policy_suites[];
extern const int tls_policy_suites_with_psk[];
extern const uint16_t tls_policy_groups[];

#endif
