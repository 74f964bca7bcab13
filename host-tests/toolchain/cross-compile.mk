# Compiles every C file of the modules for a 32-bit RISC-V device (ESP32-C3's instruction set), and fails at a warning. With CORE=lx106
# for an Xtensa core: an ESP8266's, and as near to an ESP32's as Debian's compilers come, which has other calls and more instructions.
# Nothing is linked: the check is that the sources hold on a machine with other integer sizes and another C library, that
# the names which they give to the linker are surely ours, and that the layer rule has seen what the compiler sees.

.DEFAULT_GOAL := cross-compile
include host-tests/toolchain/sources.mk

CORE ?= rv32imc
CROSS_rv32imc := riscv64-unknown-elf
CROSS_lx106 := xtensa-lx106-elf
CROSS_FLAGS_rv32imc := -march=rv32imc -mabi=ilp32
# No call is out of reach, as for an ESP8266. Its compiler takes a byte for a signed one, RISC-V's does not.
CROSS_FLAGS_lx106 := -mlongcalls
CROSS_SPECS_rv32imc := picolibc.specs
# Debian's compiler does not look where its library is.
CROSS_SPECS_lx106 := /usr/lib/xtensa-lx106-elf/picolibc.specs
CROSS_CC ?= $(CROSS_$(CORE))-gcc
CROSS_OUT := build/cross$(if $(filter-out rv32imc,$(CORE)),-$(CORE))
CROSS_XS := build/cache/xs-0.15.0/moddable/xs
CROSS_OBJECTS := $(patsubst %.c,$(CROSS_OUT)/%.o,$(notdir $(filter-out $(C_XS_SOURCES),$(C_SOURCES)) $(C_LWIP_SOURCES)))
CROSS_CFLAGS := $(CROSS_FLAGS_$(CORE)) --specs=$(CROSS_SPECS_$(CORE)) -Os -std=gnu11 -ffunction-sections \
	-Wall -Wextra -Wconversion -Wno-sign-conversion -Wshadow -Wnested-externs -Werror \
	$(C_INCLUDES) $(C_LWIP_INCLUDES) -isystem build/cache/mbedtls/source/include -isystem build/cache/fiat $(C_MBEDTLS_DEFINE) \
	-isystem $(CROSS_XS)/includes -isystem $(CROSS_XS)/platforms

# Not mbedTLS's own files, which are compiled with ours.
CROSS_OURS := $(filter-out $(CROSS_OUT)/tls-port-library-%.o,$(CROSS_OBJECTS))

cross-compile: $(CROSS_OBJECTS)
	@node host-tests/lint/c-globals.mjs $(CROSS_$(CORE))-nm $(CROSS_OURS)
	@node host-tests/lint/c-objects.mjs $(CROSS_$(CORE))-nm $(CROSS_OURS)
	@$(CROSS_$(CORE))-size -t $(CROSS_OURS) | tail -n 1 | awk '{ printf "$(CORE): %d files, %d bytes of code, %d bytes of data\n", $(words $(CROSS_OURS)), $$1, $$2 + $$3 }'

vpath %.c $(C_FOLDERS)
$(CROSS_OUT)/%.o: %.c $(C_HEADERS) host-tests/toolchain/cross-compile.mk
	@mkdir -p $(@D)
	@$(CROSS_CC) $(CROSS_CFLAGS) -E -dI $< | grep '^#' >$(@:.o=.includes)
	@$(CROSS_CC) $(CROSS_CFLAGS) -c -o $@ $<

.PHONY: cross-compile
