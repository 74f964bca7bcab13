#!/usr/bin/env bash
# Brings the source of mbedTLS 3.6 to build/cache/mbedtls/source, or does nothing when it is there.
#
# Debian 12 has mbedTLS 2.28, which has no TLS 1.3 server, so the source package of a newer suite is taken from the
# same mirror, with the same archive keys, through an apt configuration of its own: the machine's stays as it is.
# apt checks the signatures. A suite's version moves with its point releases, so any 3.6.x it vouches for will do.
set -euo pipefail
cd "$(dirname "$0")/../.."

cache=build/cache/mbedtls
source=$cache/source
suites=${MBEDTLS_SUITES:-"trixie trixie-updates sid"}

say() { printf '%s\n' "$*" >&2; }

[ -e "$source/.complete" ] && exit 0
mkdir -p "$cache"

if [ -n "${MBEDTLS_DIR:-}" ]; then
	[ -d "$MBEDTLS_DIR/library" ] || { say "MBEDTLS_DIR=$MBEDTLS_DIR holds no mbedTLS source tree (no library folder). Set it to the root of one."; exit 1; }
	rm -rf "$source" && mkdir -p "$source"
	cp -R "$MBEDTLS_DIR/." "$source/"
else
	mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
		grep -oE '^(deb |URIs:)[^#]*https?://[^ ]+/debian/?( |$)' | grep -oE 'https?://[^ ]+' | grep -v security | head -n 1 || true)
	[ -n "$mirror" ] || { say "No Debian mirror in /etc/apt. Set MBEDTLS_DIR to an mbedTLS 3.6 source tree and run again."; exit 1; }
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
	[ -n "$version" ] || { say "The mirror offers no mbedTLS 3.6. Set MBEDTLS_DIR to an mbedTLS 3.6 source tree and run again."; exit 1; }
	say "Downloading mbedTLS $version ..."
	(cd "$cache" && apt-get "${options[@]}" -qq source --download-only "mbedtls=$version")
	rm -rf "$source" && mkdir -p "$source"
	tar -xf "$cache"/mbedtls_*.orig.tar.* -C "$source" --strip-components=1
	rm -rf "$apt"
fi
touch "$source/.complete"
say "mbedTLS $(sed -n 's/^#define MBEDTLS_VERSION_STRING  *"\(.*\)"/\1/p' "$source/include/mbedtls/build_info.h") is in $source"
