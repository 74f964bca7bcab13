# mbedTLS, once per variant, from the one source tree and this project's configuration header.
# Gives build/mbedtls/VARIANT/libmbedtls.a, in which is all of it: TLS, X.509 and crypto. modules/tls has what it calls:
# the allocator, and products on curves (tls-ecp.h), for which -I$(FIAT_SOURCE) is needed.

MBEDTLS_RULES := $(lastword $(MAKEFILE_LIST))

VARIANT ?= release
MBEDTLS_SOURCE := build/cache/mbedtls/source
FIAT_SOURCE := build/cache/fiat
include host-tests/toolchain/sources.mk
include host-tests/toolchain/compiler.mk
MBEDTLS_OUT := build/mbedtls/$(MBEDTLS_VARIANT)

MBEDTLS_CFLAGS_release := -O2
MBEDTLS_CFLAGS_debug := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined
MBEDTLS_CFLAGS_m32 := -O2
MBEDTLS_CFLAGS_esp8266 := -O2
# There is no system beneath to ask for randomness and time: who links it has both (host-tests/engine/rv32).
MBEDTLS_CFLAGS_rv32 := -O2 -DMBEDTLS_NO_PLATFORM_ENTROPY -DMBEDTLS_ENTROPY_HARDWARE_ALT -DMBEDTLS_PLATFORM_MS_TIME_ALT
# For the shared object that the simulator loads.
MBEDTLS_CFLAGS_pic := -O2 -fPIC -fvisibility=hidden
MBEDTLS_CFLAGS := $(MBEDTLS_CFLAGS_$(MBEDTLS_VARIANT)) -std=c99 -I$(MBEDTLS_SOURCE)/include -I$(MBEDTLS_SOURCE)/library \
	-I$(MBEDTLS_SOURCE)/3rdparty/everest/include -I$(MBEDTLS_SOURCE)/3rdparty/everest/include/everest \
	-I$(MBEDTLS_SOURCE)/3rdparty/p256-m/p256-m -I$(MBEDTLS_SOURCE)/3rdparty/p256-m/p256-m/include/p256-m \
	-I$(MBEDTLS_SOURCE)/3rdparty/p256-m $(C_INCLUDES) $(C_MBEDTLS_DEFINE)

# Five files are compiled with the modules (port/curves, port/library).
MBEDTLS_FILES := $(filter-out %/library/ecp.c %/library/bignum.c %/library/gcm.c %/library/psa_crypto_rsa.c %/library/ssl_tls.c,$(wildcard $(MBEDTLS_SOURCE)/library/*.c \
	$(MBEDTLS_SOURCE)/3rdparty/p256-m/*.c $(MBEDTLS_SOURCE)/3rdparty/p256-m/p256-m/*.c))
MBEDTLS_OBJECTS := $(patsubst $(MBEDTLS_SOURCE)/%.c,$(MBEDTLS_OUT)/obj/%.o,$(MBEDTLS_FILES))

mbedtls: $(MBEDTLS_OUT)/libmbedtls.a

$(MBEDTLS_OUT)/libmbedtls.a: $(MBEDTLS_OBJECTS)
	@rm -f $@ && $(ARCHIVER) rcs $@ $^
	@echo "mbedtls: $@"

# mbedTLS compares empty names by memcmp(NULL, NULL, 0), which C takes offence at until C2y.
$(MBEDTLS_OUT)/obj/%.o: MBEDTLS_CFLAGS += -fno-sanitize=nonnull-attribute
$(MBEDTLS_OUT)/obj/%.o: $(MBEDTLS_SOURCE)/%.c $(C_MBEDTLS_CONFIG) $(MBEDTLS_RULES) $(COMPILER_STAMP)
	@mkdir -p $(@D)
	@$(COMPILER) $(MBEDTLS_CFLAGS) -c $< -o $@

.PHONY: mbedtls
