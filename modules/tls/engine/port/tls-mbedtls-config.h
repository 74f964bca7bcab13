// mbedTLS as this project wants it, on top of mbedTLS's own defaults (MBEDTLS_USER_CONFIG_FILE).
// Used where mbedTLS is compiled for this project: desk host, simulator, ESP8266. On ESP32 the sdkconfig does the same.
//
// Every C file that includes an mbedTLS header must be compiled with this header named, for struct layouts depend on
// it.

#ifndef TLS_MBEDTLS_CONFIG_H
#define TLS_MBEDTLS_CONFIG_H

// Every allocation goes through the counting allocator (tls-alloc.c).
#include <stddef.h>
void *xstls_library_calloc(size_t count, size_t size);
void xstls_free(void *block);
#define MBEDTLS_PLATFORM_MEMORY
#define MBEDTLS_PLATFORM_CALLOC_MACRO xstls_library_calloc
#define MBEDTLS_PLATFORM_FREE_MACRO xstls_free

// The engine is sans-I/O: no sockets, no files, no timers, no console.
#undef MBEDTLS_NET_C
#undef MBEDTLS_TIMING_C
#undef MBEDTLS_FS_IO
#undef MBEDTLS_PSA_ITS_FILE_C
#undef MBEDTLS_PSA_CRYPTO_STORAGE_C
#undef MBEDTLS_DEBUG_C
#undef MBEDTLS_SELF_TEST
#undef MBEDTLS_ERROR_C
#undef MBEDTLS_ERROR_STRERROR_DUMMY
#undef MBEDTLS_VERSION_FEATURES

// One crypto interface for both protocol versions, and keys that may stay in hardware (row B9).
#define MBEDTLS_USE_PSA_CRYPTO

// PSA need not copy its input: nothing else writes there while it works.
#define MBEDTLS_PSA_ASSUME_EXCLUSIVE_BUFFERS

// Products on P-256 and Curve25519 are crypto/tls-ecp.c's, three to eight times as fast: what one file of mbedTLS's asks of
// another has the name of a function there, and mbedTLS's own function another (port/curves). Signatures by RSA keys are
// crypto/tls-rsa.c's, in the same way (port/library).
#define TLS_FIAT_CURVES
#ifdef TLS_LIBRARY_NAMES
#define mbedtls_ecp_mul xstls_library_ecp_mul
#define mbedtls_ecp_mul_restartable xstls_library_ecp_mul_restartable
#define mbedtls_ecp_muladd_restartable xstls_library_ecp_muladd_restartable
#define mbedtls_mpi_gcd_modinv_odd xstls_library_mpi_gcd_modinv_odd
#define mbedtls_psa_rsa_sign_hash xstls_library_rsa_sign_hash
#else
#define mbedtls_ecp_mul xstls_ecp_mul
#define mbedtls_ecp_mul_restartable xstls_ecp_mul_restartable
#define mbedtls_ecp_muladd_restartable xstls_ecp_muladd_restartable
#define mbedtls_mpi_gcd_modinv_odd xstls_mpi_gcd_modinv_odd
#define mbedtls_psa_rsa_sign_hash xstls_rsa_sign_hash
#endif

// SHA-256's compression is port/library/tls-port-sha256.c's.
#define MBEDTLS_SHA256_PROCESS_ALT
#define mbedtls_internal_sha256_process xstls_port_sha256_process

// Powers, as in a signature by an RSA key, by four bits at a time: 1 kB (2048 bits) while one is made, for a twentieth of it.
#define MBEDTLS_MPI_WINDOW_SIZE 4

// Roots are looked up in a bundle, one by one (row C2).
#define MBEDTLS_X509_TRUSTED_CERTIFICATE_CALLBACK

// TLS over a stream, 1.2 and 1.3; what is old or dangerous is not compiled in.
#undef MBEDTLS_SSL_PROTO_DTLS
#undef MBEDTLS_SSL_DTLS_ANTI_REPLAY
#undef MBEDTLS_SSL_DTLS_HELLO_VERIFY
#undef MBEDTLS_SSL_DTLS_CLIENT_PORT_REUSE
#undef MBEDTLS_SSL_DTLS_CONNECTION_ID
#undef MBEDTLS_SSL_DTLS_CONNECTION_ID_COMPAT
#undef MBEDTLS_SSL_RENEGOTIATION
#undef MBEDTLS_SSL_ENCRYPT_THEN_MAC
#undef MBEDTLS_KEY_EXCHANGE_RSA_ENABLED
#undef MBEDTLS_KEY_EXCHANGE_DHE_RSA_ENABLED
#undef MBEDTLS_KEY_EXCHANGE_DHE_PSK_ENABLED
#undef MBEDTLS_KEY_EXCHANGE_RSA_PSK_ENABLED
#undef MBEDTLS_KEY_EXCHANGE_ECDH_ECDSA_ENABLED
#undef MBEDTLS_KEY_EXCHANGE_ECDH_RSA_ENABLED
#undef MBEDTLS_ECP_DP_SECP192R1_ENABLED
#undef MBEDTLS_ECP_DP_SECP224R1_ENABLED
#undef MBEDTLS_ECP_DP_SECP192K1_ENABLED
#undef MBEDTLS_ECP_DP_SECP224K1_ENABLED
#undef MBEDTLS_ECP_DP_SECP256K1_ENABLED
#undef MBEDTLS_ECP_DP_BP256R1_ENABLED
#undef MBEDTLS_ECP_DP_BP384R1_ENABLED
#undef MBEDTLS_ECP_DP_BP512R1_ENABLED
#undef MBEDTLS_ARIA_C
#undef MBEDTLS_CAMELLIA_C
#undef MBEDTLS_DES_C
#undef MBEDTLS_RIPEMD160_C
#undef MBEDTLS_LMS_C
#undef MBEDTLS_PKCS7_C
#undef MBEDTLS_X509_CRL_PARSE_C
#undef MBEDTLS_NIST_KW_C

// What a flight of the handshake may need; afterwards records are the engine's own (tls-records.c), and a peer may
// send them of 16 kB. The buffer for input begins as long as the first record, and grows to this at most
// (tls-port-input.c); that for output is as long as this.
#define MBEDTLS_SSL_IN_CONTENT_LEN 16384
#define MBEDTLS_SSL_OUT_CONTENT_LEN 4096
#define MBEDTLS_SSL_VARIABLE_BUFFER_LENGTH
// TLS 1.3 records are not padded. mbedTLS's default of 16 bytes hides next to nothing.
#define MBEDTLS_SSL_CID_TLS1_3_PADDING_GRANULARITY 1
// RFC 8449: for TLS 1.3, as max_fragment_length is for TLS 1.2.
#define MBEDTLS_SSL_RECORD_SIZE_LIMIT

#endif
