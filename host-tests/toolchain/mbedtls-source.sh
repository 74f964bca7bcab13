#!/usr/bin/env bash
# Brings the source of mbedTLS 3.6 to build/cache/mbedtls/source, or does nothing when it is there.
#
# With MBEDTLS_DIR it is that tree, whichever was there before. Otherwise: Debian 12 has mbedTLS 2.28, which has no
# TLS 1.3 server, so the source package of a newer suite is taken from the same mirror, with the same archive keys,
# through an apt configuration of its own: the machine's stays as it is. apt checks the signatures. A suite's version
# moves with its point releases, so any 3.6.x it vouches for will do.
set -euo pipefail
shopt -s extglob
cd "$(dirname "$0")/../.."

cache=build/cache/mbedtls
source=$cache/source
suites=${MBEDTLS_SUITES:-"trixie trixie-updates sid"}

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

# The first mirror of Debian that apt has; Debian's cloud images name a file with mirrors in it.
debian_mirror() {
	local sources
	sources=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
		grep -E '^(deb |URIs:)' | grep -oE '(https?|mirror\+file):/[^ ]+' | grep -v security) || true
	while read -r uri; do
		case $uri in
		mirror+file:*) grep -ohE '^https?://[^[:space:]]+' "/${uri##mirror+file:*(/)}" 2>/dev/null || true ;;
		*) echo "$uri" ;;
		esac
	done <<<"$sources" | grep -E '/debian/?$' | head -n 1 || true
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
	mirror=$(debian_mirror)
	[ -n "$mirror" ] || fail "No Debian mirror in /etc/apt. Set MBEDTLS_DIR to an mbedTLS 3.6 source tree and run again."
	apt=$PWD/$cache/apt
	mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/parts"
	: >"$apt/status"
	for suite in $suites; do
		echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
	done >"$apt/sources.list"
	options=(-o "Dir::Etc::SourceList=$apt/sources.list" -o "Dir::Etc::SourceParts=$apt/parts" -o "Dir::State::Lists=$apt/lists"
		-o "Dir::State::Status=$apt/status" -o "Dir::Cache=$apt/cache" -o "APT::Sandbox::User=$(id -un)" -o "Acquire::Languages=none")
	say "Fetching the package list of a newer Debian suite (for the mbedTLS source only) ..."
	apt-get "${options[@]}" -qq update || say "Some lists did not arrive; going on with those that did."
	version=$(apt-cache "${options[@]}" showsrc mbedtls 2>/dev/null | sed -n 's/^Version: \(3\.6\.[0-9].*\)/\1/p' | sort -V | tail -n 1)
	[ -n "$version" ] || fail "The mirror offers no mbedTLS 3.6. Set MBEDTLS_DIR to an mbedTLS 3.6 source tree and run again."
	say "Downloading mbedTLS $version ..."
	(cd "$cache" && apt-get "${options[@]}" -qq source --download-only "mbedtls=$version")
	tar -xf "$cache/mbedtls_${version%-*}.orig.tar."+([a-z0-9]) -C "$unpacked" --strip-components=1
	rm -rf "$apt"
fi
echo "$origin" >"$unpacked/.complete"
# What was compiled from another tree may be newer than this one's files.
rm -rf "$source" build/mbedtls build/desk build/engine build/fuzz build/cross build/bench build/simulator*
mv "$unpacked" "$source"
say "mbedTLS $(version_of "$source") is in $source"
