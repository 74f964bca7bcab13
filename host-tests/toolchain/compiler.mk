# COMPILER and ARCHIVER for VARIANT, which is set before: this machine's, but for the variants for 32 bits.

# The desk with a memory of a device is m32.
VARIANT_32 := $(filter m32 rv32,$(VARIANT:device=m32))
COMPILER := $(if $(VARIANT_32),$(shell M32='$(M32)' host-tests/toolchain/variant32.sh compiler $(VARIANT_32)),$(CC))
ARCHIVER := $(if $(VARIANT_32),$(patsubst %gcc,%ar,$(firstword $(COMPILER))),$(AR))

ifneq ($(VARIANT_32),)
ifeq ($(COMPILER),)
$(error there is no compiler for VARIANT=$(VARIANT))
endif
# What objects of 32 bits depend on: another compiler (M32) makes all of them anew.
COMPILER_STAMP := build/compiler/$(VARIANT_32)
ifneq ($(COMPILER),$(file <$(COMPILER_STAMP)))
$(shell mkdir -p $(dir $(COMPILER_STAMP)) && echo '$(COMPILER)' >$(COMPILER_STAMP))
endif
endif
