#!/usr/bin/env bash
# Brings the upstream archive of a Debian source package: debian-source.sh PACKAGE VERSION_START CACHE
# PACKAGE of the highest version that begins with VERSION_START goes to the folder CACHE; prints the archive's name.
#
# The package comes from a newer suite of the mirror that this machine has, checked with the same archive keys, through
# an apt configuration of its own: the machine's stays as it is.
set -euo pipefail
shopt -s extglob

package=$1 start=$2 cache=$3
suites=${MBEDTLS_SUITES:-"trixie trixie-updates sid"}

say() { printf '%s\n' "$*" >&2; }

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

mirror=$(debian_mirror)
[ -n "$mirror" ] || { say "No Debian mirror in /etc/apt."; exit 1; }
mkdir -p "$cache"
apt=$(cd "$cache" && pwd)/apt
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/parts"
trap 'rm -rf "$apt"' EXIT
: >"$apt/status"
for suite in $suites; do
	echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
done >"$apt/sources.list"
options=(-o "Dir::Etc::SourceList=$apt/sources.list" -o "Dir::Etc::SourceParts=$apt/parts" -o "Dir::State::Lists=$apt/lists"
	-o "Dir::State::Status=$apt/status" -o "Dir::Cache=$apt/cache" -o "APT::Sandbox::User=$(id -un)" -o "Acquire::Languages=none")
say "Fetching the package list of a newer Debian suite (for the source of $package only) ..."
apt-get "${options[@]}" -qq update || say "Some lists did not arrive; going on with those that did."
version=$(apt-cache "${options[@]}" showsrc "$package" 2>/dev/null | sed -n "s/^Version: \(${start//./\\.}[0-9].*\)/\1/p" |
	sort -V | tail -n 1)
[ -n "$version" ] || { say "The mirror offers no $package ${start}x."; exit 1; }
say "Downloading $package $version ..."
(cd "$cache" && apt-get "${options[@]}" -qq source --download-only --tar-only "$package=$version") >&2
echo "$cache/${package}_${version%-*}.orig.tar."+([a-z0-9])
