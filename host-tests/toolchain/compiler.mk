# COMPILER and ARCHIVER for VARIANT, which is set before: this machine's, but for the variants for 32 bits.

# The desk with a memory of a device is m32.
VARIANT_32 := $(filter m32 rv32,$(VARIANT:device=m32))
COMPILER := $(if $(VARIANT_32),$(shell host-tests/toolchain/variant32.sh compiler $(VARIANT_32)),$(CC))
ARCHIVER := $(if $(VARIANT_32),$(patsubst %gcc,%ar,$(firstword $(COMPILER))),$(AR))
