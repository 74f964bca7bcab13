# BoringSSL's test runner against the engine: make -f host-tests/bogo/bogo.mk VARIANT=debug bogo-shim

VARIANT ?= debug

.DEFAULT_GOAL := bogo-shim
include host-tests/toolchain/mbedtls.mk

BOGO_DIR := host-tests/bogo
BOGO_OUT := build/bogo/$(VARIANT)
BOGO_OBJECTS := $(patsubst %.c,$(BOGO_OUT)/obj/%.o,$(notdir $(C_ENGINE_SOURCES) $(wildcard $(BOGO_DIR)/*.c)))
BOGO_CFLAGS := $(MBEDTLS_CFLAGS_$(VARIANT)) -g -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wshadow -Werror \
	$(C_MBEDTLS_DEFINE) $(C_INCLUDES) -I$(BOGO_DIR) -isystem $(MBEDTLS_SOURCE)/include -isystem $(FIAT_SOURCE)

bogo-shim: $(BOGO_OUT)/shim

$(BOGO_OUT)/shim: $(BOGO_OBJECTS) $(MBEDTLS_OUT)/libmbedtls.a
	@$(COMPILER) $(MBEDTLS_CFLAGS_$(VARIANT)) -Wl,--wrap=xstls_takeover -o $@ $^

vpath %.c $(C_FOLDERS) $(BOGO_DIR)
$(BOGO_OUT)/obj/%.o: %.c $(BOGO_DIR)/bogo.mk $(COMPILER_STAMP) | $(BOGO_OUT)/obj
	@$(COMPILER) $(BOGO_CFLAGS) -MMD -MP -c -o $@ $<

$(BOGO_OUT)/obj:
	@mkdir -p $@

-include $(wildcard $(BOGO_OUT)/obj/*.d)

.PHONY: bogo-shim
