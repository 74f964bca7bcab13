#!/usr/bin/env bash
# Brings fiat-crypto's field arithmetic, headers alone, to build/cache/fiat, or does nothing when it is there.
#
# With FIAT_DIR they come from there: third_party/fiat of the crate `ring` 0.17 or of BoringSSL. Otherwise from Debian's
# source package of that crate, which apt checks.
set -euo pipefail
cd "$(dirname "$0")/../.."

fiat=build/cache/fiat
headers=(p256_32.h p256_64.h p256_64_msvc.h curve25519_32.h curve25519_64.h)

fail() {
	printf '%s\n' "$*" >&2
	exit 1
}

# With the processor's carry in place of sums of 64 bits, as p256_64_msvc.h has it: fiat-crypto's two functions of them call
# others (modules/tls/engine/port/curves/tls-port-carry.h).
add_carry() {
	sed -e '/^static .* fiat_p256_addcarryx_u32(/,/^}/ { /^ /d; s/{$/{\n  *out2 = xstls_add_carry(arg1, arg2, arg3, out1);/; }' \
		-e '/^static .* fiat_p256_subborrowx_u32(/,/^}/ { /^ /d; s/{$/{\n  *out2 = xstls_subtract_borrow(arg1, arg2, arg3, out1);/; }' "$1"
}

[[ -e $fiat/.complete && -e $fiat/p256_32_carry.h && $(<"$fiat/.complete") == "${FIAT_DIR:-}" ]] && exit 0
unpacked=$fiat.$$
trap 'rm -rf "$unpacked"' EXIT
mkdir -p "$unpacked"

if [[ -n ${FIAT_DIR:-} ]]; then
	for header in "${headers[@]}" LICENSE; do
		[[ -e $FIAT_DIR/$header ]] || fail "FIAT_DIR=$FIAT_DIR lacks $header. Set it to third_party/fiat of the crate ring 0.17."
		cp "$FIAT_DIR/$header" "$unpacked/"
	done
else
	archive=$(host-tests/toolchain/debian-source.sh rust-ring 0.17. build/cache/ring) ||
		fail "Set FIAT_DIR to third_party/fiat of the crate ring 0.17, and run again."
	tar -xf "$archive" -C "$unpacked" --strip-components=3 --wildcards '*/third_party/fiat/*.h' '*/third_party/fiat/LICENSE'
fi
# p256_64_msvc.h asks for this header; what it takes from it is in modules/tls/engine/port/curves/tls-port-carry.h.
: >"$unpacked/intrin.h"
add_carry "$unpacked/p256_32.h" >"$unpacked/p256_32_carry.h"
echo "${FIAT_DIR:-}" >"$unpacked/.complete"
rm -rf "$fiat"
mv "$unpacked" "$fiat"
echo "fiat-crypto is in $fiat" >&2
