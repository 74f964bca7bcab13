# What `make bench` needs besides the npm packages: the yardstick server on the same mbedTLS, the same with mbedTLS's own
# curve code, two identities, and what counts instructions in an emulator.

VARIANT := release
include host-tests/toolchain/mbedtls.mk

BENCH_OUT := build/bench

.PHONY: bench
bench: $(BENCH_OUT)/c-server $(BENCH_OUT)/c-server-own-curves $(BENCH_OUT)/count-instructions.so $(BENCH_OUT)/.identities

BENCH_SOURCES := host-tests/bench/c-server.c $(filter %/tls-policy.c %/tls-alloc.c %/tls-port-count.c %/tls-port-heap.c %/tls-port-sha256.c,$(C_SOURCES))
BENCH_CFLAGS := -O2 -g1 -fno-pie -no-pie -D_GNU_SOURCE -Wall -Wextra -DTLS_ALLOC_COUNT $(C_INCLUDES) -isystem $(MBEDTLS_SOURCE)/include \
	-isystem $(FIAT_SOURCE) -Ihost-tests/bench '-DMBEDTLS_USER_CONFIG_FILE="yardstick-config.h"'
BENCH_CURVES := $(filter %/tls-ecp.c %/tls-p256.c %/tls-p256-base.c %/tls-p256-order.c %/tls-words.c %/tls-x25519.c %/tls-25519-base.c \
	%/tls-port-library-ecp.c %/tls-port-library-bignum.c %/tls-montgomery.c %/tls-power.c %/tls-rsa.c %/tls-port-rsa.c %/tls-port-library-rsa.c,$(C_SOURCES))
# Of mbedTLS only ssl_*.c ask for the length of a record. AES-GCM is mbedTLS's own, as the record layer is.
YARDSTICK := $(patsubst $(MBEDTLS_SOURCE)/library/%.c,$(BENCH_OUT)/yardstick/%.o,$(wildcard $(MBEDTLS_SOURCE)/library/ssl_*.c) $(MBEDTLS_SOURCE)/library/gcm.c)

$(BENCH_OUT)/yardstick/%.o: $(MBEDTLS_SOURCE)/library/%.c host-tests/bench/yardstick-config.h $(C_MBEDTLS_CONFIG)
	@mkdir -p $(@D)
	@$(CC) $(subst port/tls-mbedtls-config.h,yardstick-config.h,$(MBEDTLS_CFLAGS)) -Ihost-tests/bench -c -o $@ $<

$(BENCH_OUT)/c-server: $(BENCH_SOURCES) $(BENCH_CURVES) $(YARDSTICK) $(MBEDTLS_OUT)/libmbedtls.a
	@mkdir -p $(@D)
	@$(CC) $(BENCH_CFLAGS) -o $@ $^

# Compiled so, these have the names by which the rest of mbedTLS asks for products.
OWN_CURVES := $(BENCH_OUT)/own-curves/ecp.o $(BENCH_OUT)/own-curves/bignum.o $(BENCH_OUT)/own-curves/psa_crypto_rsa.o

$(BENCH_OUT)/c-server-own-curves: $(BENCH_SOURCES) $(OWN_CURVES) $(YARDSTICK) $(MBEDTLS_OUT)/libmbedtls.a
	@$(CC) $(BENCH_CFLAGS) -o $@ $^

$(BENCH_OUT)/own-curves/%.o: $(MBEDTLS_SOURCE)/library/%.c $(C_MBEDTLS_CONFIG)
	@mkdir -p $(@D)
	@$(CC) $(MBEDTLS_CFLAGS) -c -o $@ $<

$(BENCH_OUT)/%.so: host-tests/bench/%.c
	@mkdir -p $(@D)
	@$(CC) -O2 -Wall -Wextra -Werror -shared -fPIC -o $@ $<

$(BENCH_OUT)/.identities:
	@mkdir -p $(@D)
	@node certs/bin/certs.mjs server --out $(@D) --as p256 --key-type p-256 --host localhost --ip 127.0.0.1 --force >/dev/null
	@node certs/bin/certs.mjs server --out $(@D) --as rsa2048 --key-type rsa-2048 --host localhost --ip 127.0.0.1 --force >/dev/null
	@touch $@

.DEFAULT_GOAL := bench
