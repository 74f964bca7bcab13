#!/usr/bin/env bash
# Builds an application with the Moddable SDK: moddable.sh PLATFORM [MANIFEST OUT [KEY=VALUE]...]
# KEY=VALUE goes to mc/config. Prints what is missing and ends with status 1 where the SDK or a toolchain is not there;
# with PLATFORM alone that is all it does, and with `tools` in its place it asks for the SDK's tools alone. OUT holds the output
# for one platform. With BUNDLE=yes the modules of this project are one there (toolchain/bundle), once `make js` has compiled them.
#
# mcconfig only writes the makefile here, and make runs the target `build`: the SDK's other targets end every running
# simulator of the machine, and its makefile asks for eight jobs unless make is told otherwise.
set -euo pipefail
cd "$(dirname "$0")/../.."

platform=$1
shift

missing() {
	printf 'moddable: %s\n' "$@" >&2
	exit 1
}

[[ -n ${MODDABLE:-} ]] || missing "MODDABLE is not set, so there is no Moddable SDK to build with." \
	"Get version 8.2 from https://github.com/Moddable-OpenSource/moddable, and: export MODDABLE=<its folder>"
tools=$MODDABLE/build/bin/lin/release
build_tools="Build the SDK's tools: PATH=\$MODDABLE/build/bin/lin/release:\$PATH make -C \$MODDABLE/build/makefiles/lin"
for tool in mcconfig xsc xsl; do
	[[ -x $tools/$tool ]] || missing "$tools/$tool is not there." "$build_tools"
done

case $platform in
lin) [[ -x $tools/mcsim ]] || missing "$tools/mcsim is not there." "$build_tools" ;;
esp32 | esp32/*)
	[[ -f ${IDF_PATH:-}/export.sh ]] || missing "IDF_PATH names no ESP-IDF. Install version 6.0 as the SDK's" \
		"documentation/devices/esp32.md says, and: export IDF_PATH=<its folder>"
	IDF_EXPORT_QUIET=1
	# shellcheck disable=SC1091
	. "$IDF_PATH/export.sh"
	;;
esp | esp/*)
	[[ -d ${ESP_BASE:-} ]] || missing "ESP_BASE names no folder. Install the ESP8266 tools as the SDK's" \
		"documentation/devices/esp8266.md says, and: export ESP_BASE=<their folder>"
	;;
esac
(($#)) || exit 0

manifest=$(realpath "$1")
mkdir -p "$2"
out=$(cd "$2" && pwd)
shift 2
PATH=$PWD/node_modules/.bin:$tools:$PATH
[[ ${BUNDLE:-no} == no ]] || manifest=$(node host-tests/toolchain/bundle/main.mjs "$platform" "$manifest" "$out/bundle")
mcconfig -p "$platform" -t build -o "$out" "$manifest" "$@"
name=$(basename "$(dirname "$manifest")")
makefile=$(find "$out/tmp" -path "*/release/$name/makefile" | head -n 1)
node host-tests/toolchain/typescript.mjs "${makefile%/*}"
options=()
# The linker hands mbedTLS's products on curves to modules/tls/engine/crypto/tls-ecp.c; on chips that have them in hardware ESP-IDF's
# own code does (docs/device.md), and RSA's signatures to modules/tls/engine/crypto/tls-rsa.c. Powers
# modulo long numbers go to crypto/numbers/tls-power.c, but for those that a chip makes in hardware. It comes to mbedTLS after our library, and
# would not look back for what only mbedTLS wants.
case $platform in
esp32 | esp32/*)
	wanted=(mbedtls_psa_rsa_sign_hash psa_key_derivation_output_bytes mbedtls_mpi_core_exp_mod mbedtls_mpi_core_exp_mod_working_limbs)
	case $platform in
	esp32/*c[256]* | esp32/*h2* | esp32/*p4*) ;;
	*) wanted+=(mbedtls_ecp_mul mbedtls_ecp_mul_restartable mbedtls_ecp_muladd_restartable mbedtls_mpi_gcd_modinv_odd) ;;
	esac
	flags=-Wl
	for wrapped in "${wanted[@]}"; do
		flags+=",--wrap=$wrapped,--undefined=__wrap_$wrapped"
	done
	options=("IDF_BUILD_OPTIONS=-DUSE_USB=\$(USE_USB) -D CMAKE_EXE_LINKER_FLAGS=$flags")
	# ESP-IDF's half takes them and its settings when it is configured, and that is when there is no sdkconfig.h: the SDK's rule asks
	# for the settings by a variable that its makefile sets only further down.
	for settings in "${makefile%/*}"/xsProj-*/sdkconfig.mc; do
		[[ -f $settings ]] && ! cmp -s "$settings" "$settings.taken" || continue
		rm -f "${settings%/*}/build/config/sdkconfig.h"
		cp "$settings" "$settings.taken"
	done
	# Where ESP-IDF's half fails, the SDK's makefile takes the image of an earlier time.
	rm -f "${makefile%/*}"/xsProj-*/build/xs_esp32.bin
	for ninja in "${makefile%/*}"/xsProj-*/build/build.ninja; do
		[[ ! -e $ninja ]] || grep -qs -e "$flags" "$ninja" "${ninja%/*}/toolchain/ldflags" || rm -f "${ninja%/*}/config/sdkconfig.h"
	done
	;;
esac
make --no-print-directory -j"${JOBS:-2}" -f "$makefile" "${options[@]}" build
