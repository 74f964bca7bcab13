#!/usr/bin/env bash
# Brings the source of mbedTLS 3.6 to build/cache/mbedtls/source, or does nothing when it is there.
#
# With MBEDTLS_DIR it is that tree, whichever was there before. Otherwise: Debian 12 has mbedTLS 2.28, which has no
# TLS 1.3 server, so the source package of a newer suite is taken (debian-source.sh). A suite's version moves with its
# point releases, so any 3.6.x that apt vouches for will do.
set -euo pipefail
cd "$(dirname "$0")/../.."

cache=build/cache/mbedtls
source=$cache/source

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

version_of() {
	sed -n 's/^#define MBEDTLS_VERSION_STRING  *"\(.*\)"/\1/p' "$1/include/mbedtls/build_info.h" 2>/dev/null || true
}

# Where a whole tree of 3.6 or later, below 4, is at hand. What git has lacks files that a release has.
check_tree() {
	local version file
	version=$(version_of "$1")
	[[ -n $version && -e $1/library/ssl_tls.c ]] ||
		fail "MBEDTLS_DIR=$1 holds no mbedTLS source tree. Set it to the root of one, unpacked from a release of 3.6."
	[[ $version =~ ^3\.([6-9]|[1-9][0-9])\. ]] ||
		fail "MBEDTLS_DIR=$1 holds mbedTLS $version. This project needs 3.6 or later, below 4."
	for file in error.c version_features.c ssl_debug_helpers_generated.c psa_crypto_driver_wrappers.h; do
		[[ -e $1/library/$file ]] || fail "MBEDTLS_DIR=$1 lacks library/$file. Run there: make generated_files"
	done
}

# What the tree there was made from: nothing to do when that is what is wanted.
origin=
if [[ -n ${MBEDTLS_DIR:-} ]]; then
	check_tree "$MBEDTLS_DIR"
	origin="MBEDTLS_DIR=$(cd "$MBEDTLS_DIR" && pwd) $(version_of "$MBEDTLS_DIR")"
fi
[[ -e $source/.complete && $(<"$source/.complete") == "$origin" ]] && exit 0
mkdir -p "$cache"
# Put together aside and renamed, so that an interrupted run leaves nothing that looks complete.
unpacked=$source.$$
trap 'rm -rf "$unpacked"' EXIT
mkdir "$unpacked"

if [[ -n $origin ]]; then
	cp -R "$MBEDTLS_DIR/." "$unpacked/"
else
	host-tests/toolchain/packages.sh source
	archive=$(host-tests/toolchain/debian-source.sh mbedtls 3.6. "$cache") ||
		fail "Set MBEDTLS_DIR to an mbedTLS 3.6 source tree and run again."
	tar -xf "$archive" -C "$unpacked" --strip-components=1
fi
echo "$origin" >"$unpacked/.complete"
# What was compiled from another tree may be newer than this one's files.
rm -rf "$source" build/mbedtls build/desk build/engine build/fuzz build/cross build/bench build/simulator*
mv "$unpacked" "$source"
say "mbedTLS $(version_of "$source") is in $source"
