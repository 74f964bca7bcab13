# Compiles every C file of the modules for a 32-bit RISC-V device (ESP32-C3's instruction set), and fails at a warning.
# Nothing is linked: the check is that the sources hold on a machine with other integer sizes and another C library, that
# the names which they give to the linker are surely ours, and that the layer rule has seen what the compiler sees.

.DEFAULT_GOAL := cross-compile
include host-tests/toolchain/sources.mk

CROSS_CC ?= riscv64-unknown-elf-gcc
CROSS_OUT := build/cross
CROSS_XS := build/cache/xs-0.15.0/moddable/xs
CROSS_OBJECTS := $(patsubst %.c,$(CROSS_OUT)/%.o,$(notdir $(filter-out $(C_XS_SOURCES),$(C_SOURCES)) $(C_LWIP_SOURCES)))
CROSS_CFLAGS := -march=rv32imc -mabi=ilp32 --specs=picolibc.specs -Os -std=gnu11 -ffunction-sections \
	-Wall -Wextra -Wconversion -Wno-sign-conversion -Wshadow -Wnested-externs -Werror \
	$(C_INCLUDES) $(C_LWIP_INCLUDES) -isystem build/cache/mbedtls/source/include -isystem build/cache/fiat $(C_MBEDTLS_DEFINE) \
	-isystem $(CROSS_XS)/includes -isystem $(CROSS_XS)/platforms

# Not mbedTLS's own files, which are compiled with ours.
CROSS_OURS := $(filter-out $(CROSS_OUT)/tls-port-library-%.o,$(CROSS_OBJECTS))

cross-compile: $(CROSS_OBJECTS)
	@node host-tests/lint/c-globals.mjs riscv64-unknown-elf-nm $(CROSS_OURS)
	@node host-tests/lint/c-objects.mjs riscv64-unknown-elf-nm $(CROSS_OURS)
	@riscv64-unknown-elf-size -t $(CROSS_OURS) | tail -n 1 | awk '{ printf "rv32imc: %d files, %d bytes of code, %d bytes of data\n", $(words $(CROSS_OURS)), $$1, $$2 + $$3 }'

vpath %.c $(C_FOLDERS)
$(CROSS_OUT)/%.o: %.c $(C_HEADERS) host-tests/toolchain/cross-compile.mk
	@mkdir -p $(@D)
	@$(CROSS_CC) $(CROSS_CFLAGS) -E -dI $< | grep '^#' >$(@:.o=.includes)
	@$(CROSS_CC) $(CROSS_CFLAGS) -c -o $@ $<

.PHONY: cross-compile
